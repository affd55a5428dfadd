/* query_day - days and ages as a person types them in a search.
 *
 * Must not know: the rest of the query.
 */
#ifndef SRC_APP_QUERY_DAY_H
#define SRC_APP_QUERY_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

/* When the day begins, in local time, or `now` less the age; forms as in lede/app/query.h. */
bool query_day(struct str s, int64_t now, int64_t *out);

#endif
