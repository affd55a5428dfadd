/* edit - one line of text that a person types: insertion, movement, deletion.
 *
 * What is in it is in display form always, whatever was typed or pasted, and holds no control character; the place is between two
 * grapheme clusters. Must not know: prompts, keys, screens.
 */
#ifndef LEDE_APP_EDIT_H
#define LEDE_APP_EDIT_H

#include <stdint.h>

#include "lede/base/str.h"

enum { EDIT_BYTES = 1000 };             /* the longest line */
struct edit { struct buf text; size_t at; };

enum edit_way { EDIT_LEFT, EDIT_RIGHT, EDIT_WORD_LEFT, EDIT_START, EDIT_END };

void edit_open(struct edit *e, struct str text);          /* the place is its end */
void edit_free(struct edit *e);
struct str edit_text(const struct edit *e);               /* borrowed until it changes */
/* Everything is replaced, the place is the end. */
void edit_set(struct edit *e, struct str text);
/* At the place, which is behind it then. Line ends and tabs become blanks, other controls go. What would make the line too long is
 * left out. */
void edit_insert(struct edit *e, struct str text);
/* The bytes [from, at) are replaced, the place is behind what is new. */
void edit_replace(struct edit *e, size_t from, struct str text);
void edit_move(struct edit *e, enum edit_way way);
/* What lies between the place and where edit_move would go is deleted. */
void edit_delete(struct edit *e, enum edit_way way);

/* The part of the line that is to be shown in `cells` cells (1 and more) so that the place is among them: the bytes [*from, *to) and
 * the cell of the place. *from is what it was the last time as long as that will do. */
void edit_window(const struct edit *e, int cells, int ambiguous, size_t *from, size_t *to, int *cell);

#endif
