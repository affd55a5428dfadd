/* asked - what a reader asks of a cache when it starts, and the edition it then finds.
 */
#ifndef BENCH_ASKED_H
#define BENCH_ASKED_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/store/store.h"

/* What the reader's thread asks of the store before the first screen is complete
 * (src/app/reader.c); `screen` rows of the edition. */
bool ask_first_screen(struct store *s, int screen, struct error *e);
/* Folds what is not folded and makes an edition of it. */
enum err edition_of_now(struct store *s, int64_t now, struct error *e);

#endif
