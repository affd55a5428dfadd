/* retold - sentences that were made in English, in the reader's language.
 *
 * The floors below, and what the cache keeps (why a feed fails, what a step of undo was), speak
 * English: the commands print it as it is. The screen has it retold: each form that such a sentence
 * can have stands in a table, and what is put into the form is found again.
 * Must not know: where a sentence comes from, the screen.
 */
#ifndef LEDE_APP_RETOLD_H
#define LEDE_APP_RETOLD_H

#include "lede/base/str.h"

/* Adds the sentence; as it is when it has no known form. */
void retold(struct buf *out, struct str sentence);

#endif
