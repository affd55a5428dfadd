/* reply - header lines into what they say.
 *
 * Collects the header block of each hop as its lines arrive; the last one stays. Bounded: see
 * REPLY_HEADERS_MAX. Must not know: transfers, libcurl.
 */
#ifndef LEDE_NET_REPLY_H
#define LEDE_NET_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/error.h"
#include "lede/base/str.h"

#define REPLY_HEADERS_MAX (256 << 10)        /* bytes of all header lines of all hops together */
#define REPLY_LINE_MAX (16 << 10)            /* a longer line counts but says nothing */
#define REPLY_ADDRESS_MAX (8 << 10)          /* a longer Location is refused */

enum reply_sign {                            /* headers that walls are known by */
	REPLY_CF_CHALLENGE = 1,              /* cf-mitigated: challenge */
	REPLY_WAF_CHALLENGE = 2,             /* x-amzn-waf-action: challenge or captcha */
	REPLY_DATADOME = 4                   /* x-datadome, any value */
};

struct reply {
	int status;                           /* 0 before the first status line */
	struct buf reason, content_type, etag, last_modified, location;
	int64_t length;                       /* Content-Length; -1: missing or no number */
	int64_t date, expires; /* DATE_NONE: missing; an Expires that is none: the past */
	int64_t age, max_age;                 /* max_age -1: missing */
	bool no_cache;                        /* no-cache or no-store */
	struct buf retry_after;
	unsigned signs;
	size_t bytes;
	bool complete;                        /* the block's empty line was seen */
};

enum reply_step { REPLY_GOES_ON, REPLY_BLOCK_ENDS, REPLY_TOO_MUCH, REPLY_LONG_ADDRESS };

struct reply *reply_new(void);
void reply_free(struct reply *a);           /* NULL is fine */
/* One line with its end. A status line begins a new block and forgets the one before.
 * REPLY_BLOCK_ENDS at the empty line after a block that is no interim answer (1xx); trailers
 * after it only count. */
enum reply_step reply_line(struct reply *a, struct str line);
/* A redirect that names a target: another block follows when it is followed. */
bool reply_is_redirect(const struct reply *a);
bool reply_is_html(const struct reply *a);

/* Seconds from `now`, 60..604800; 0: none. An HTTP date is read against the server's own Date
 * when there is one. */
int64_t reply_retry_after(const struct reply *a, int64_t now);
/* It asked for more than the week that retry_after stops at. */
bool reply_retry_was_cut(const struct reply *a, int64_t now);
/* Seconds for which it is fresh (RFC 9111 4.2.1, a private cache); 0: not at all; -1: not said. */
int64_t reply_max_age(const struct reply *a, int64_t now);

#endif
