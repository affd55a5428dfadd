/* sample - the sample edition: eight invented sources in a store in memory, read by the same
 * parsers, folded and ranked by the same code.
 *
 * It never enters the cache. Ages are relative to `now`. An edition of some hours before is made
 * first, so that movement shows.
 */
#ifndef LEDE_APP_SAMPLE_H
#define LEDE_APP_SAMPLE_H

#include "lede/store/store.h"

/* Opens STORE_MEMORY "sample" for writing and fills it; keep it open as long as anybody reads it.
 */
enum err sample_open(int64_t now, struct store **out, struct error *e);
#define SAMPLE_PATH STORE_MEMORY "sample"

#endif
