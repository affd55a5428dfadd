/* tokenize - text as the words it can be found by.
 *
 * The characters of a text are folded (fold_form.h) and cut: a run of letters and digits is one
 * word; of a run of Han, kana and hangul each pair of neighbours is a word and, in documents, each
 * single character too, at the position of the pair it begins. So a run of n characters takes n
 * positions, and what stands side by side in a text has neighbouring positions. Everything else
 * parts words. TOKENIZER changes with every change of what comes out: the index is then made anew.
 * Must not know: FTS5 (tokenize_fts.c), queries.
 */
#ifndef SRC_STORE_TOKENIZE_H
#define SRC_STORE_TOKENIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

#define TOKENIZER 1
#define TOKEN_BYTES 120 /* of a word; the rest of a longer one is left out */

/* Of a query no single characters come of a run but the last, which stands for its position: a
 * `tail`, to be left out when nothing follows. A run of one is a token in both. */
enum token_way { TOKENS_OF_DOCUMENT, TOKENS_OF_QUERY };

struct token {
	struct str word; /* folded; borrowed for the call */
	uint32_t position; /* from 0 */
	uint32_t from, to; /* bytes of the text */
	bool colocated; /* at the position of the token before it */
	bool tail;
	bool cjk;
};
/* Other than 0 ends it, and is what tokenize returns. */
typedef int token_fn(void *self, const struct token *t);
/* `text`: at most 4 GB. */
int tokenize(struct str text, enum token_way way, token_fn *take, void *self);

#endif
