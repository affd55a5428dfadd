/* date - instants out of what feeds and servers write, and back as RFC 3339.
 *
 * Rules: "date" of shared/corpora/feeds/README.md (RFC 822, RFC 3339 and ISO 8601 in all their
 * broken forms, ctime, named zones, two-digit years; impossible dates are none). Proleptic
 * Gregorian, seconds since 1970 UTC. Must not know: the local time zone, words for people.
 */
#ifndef LEDE_TEXT_DATE_H
#define LEDE_TEXT_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/str.h"

#define DATE_NONE INT64_MIN

bool date_parse(struct str s, int64_t *out);
/* "YYYY-MM-DDTHH:MM:SSZ"; years 0 to 9999, others are clamped. */
void date_rfc3339(int64_t t, char out[21]);
/* An HTTP date (RFC 9110 5.6.7, all three forms). */
bool date_parse_http(struct str s, int64_t *out);

struct civil {
	int year, month, day, hour, minute, second, weekday;
}; /* month 1..12, weekday 0 = Sunday */
struct civil date_civil(int64_t t);                                      /* UTC */
int64_t date_from_civil(const struct civil *c); /* fields may be out of range, as in mktime */

#endif
