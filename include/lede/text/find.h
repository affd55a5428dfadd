/* find - words where they stand in a text that is shown.
 *
 * Compared in the folded form (fold_form.h), so that case, width, accents and the Chinese script do
 * not matter. What a person types to find in an article is found as typed, anywhere; words of a
 * search are found as the index finds them: whole words, with whatever parts words between them.
 * Blanks are found as any run of blanks, so that a text may be wrapped between its words.
 * Must not know: the index, lines, the screen.
 */
#ifndef LEDE_TEXT_FIND_H
#define LEDE_TEXT_FIND_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"
#include "lede/text/rich.h"

#define FIND_LETTERS_MAX 512 /* of one text to find, folded; what follows is left out */

enum find_way {
	FIND_LETTERS, /* as typed, in the middle of a word too */
	FIND_WORDS, /* whole words */
	FIND_STARTS /* whole words, of which the last may go on */
};

struct find; /* what is looked for: any of several texts */
struct find *find_new(void);
void find_free(struct find *f); /* NULL is fine */
/* A text in which nothing can be found (blanks; of words: no letter) adds nothing. */
void find_add(struct find *f, struct str text, enum find_way way);
bool find_is_empty(const struct find *f); /* NULL is empty */

struct find_at { uint32_t from, to; }; /* bytes of the text */
/* The next place at or behind *at, which goes behind it; the longest of those that begin there.
 * False: there is none. */
bool find_next(const struct find *f, struct str text, uint32_t *at, struct find_at *out);

enum find_step { FIND_FOUND, FIND_NO_MORE, FIND_TIRED };
/* The same in the text of a document, whose bytes are its places (rich.h); numbers of links are
 * passed over. Looks at about *work characters (some 10 ns each) and counts them off; FIND_TIRED:
 * they are used up, *at says where to go on. */
enum find_step find_in_rich(const struct find *f, const struct rich *doc, uint32_t *at, int *work,
                            struct find_at *out);

#endif
