/* article - one entry made ready to read: row, text, other coverage, why. For the article pane and
 * `lede show`, `lede why`.
 */
#ifndef LEDE_APP_ARTICLE_H
#define LEDE_APP_ARTICLE_H

#include "lede/app/work.h"

/* Everything lives in `a`, but out->doc, which is the caller's (rich_free). `how`: the way the text
 * is read; its base and title are the entry's. ERR_NONESUCH: "no entry 1234"; ERR_CANCEL: reading
 * the text was given up (how->give_up). */
enum err article_load(struct store *s, int64_t entry, const struct rich_options *how,
                      struct arena *a, struct article *out, struct error *e);

#endif
