/* certificates - whom TLS trusts: the system's store, and a file of the user's beside it.
 *
 * Must not know: transfers, hosts.
 */
#ifndef LEDE_NET_CERTIFICATES_H
#define LEDE_NET_CERTIFICATES_H

#include <curl/curl.h>
#include <stdbool.h>

#include "lede/base/error.h"
#include "lede/base/str.h"

struct certificates {
	char *file;                           /* owned; NULL: libcurl's own */
	const char *folder;                   /* static; NULL: libcurl's own, or none */
	bool without_folder;
	struct buf joined;                    /* system's and user's in one; empty: not needed */
};

/* `own`: the user's file, empty for none. ERR_IO when it cannot be read. What is there afterwards
 * is to be freed in any case. */
enum err certificates_find(struct certificates *c, struct str own, struct error *e);
void certificates_free(struct certificates *c);
/* Makes `easy` trust them; `c` must outlive it. */
void certificates_set(const struct certificates *c, CURL *easy);

#endif
