/* proxy - whether the environment sends an address through a proxy.
 *
 * libcurl finds the proxy by itself; but whoever looks at the address that was connected to has to
 * know whose it is. The same rules as libcurl's: http_proxy (small letters only, because of CGI),
 * https_proxy, all_proxy, no_proxy. Must not know: transfers, libcurl.
 */
#ifndef LEDE_NET_PROXY_H
#define LEDE_NET_PROXY_H

#include <stdbool.h>

#include "lede/base/str.h"

/* The value of one variable; NULL when it is not set. Production hands over getenv. */
typedef char *proxy_lookup(const char *name);

bool proxy_serves(struct str url, proxy_lookup *lookup);

/* `list` as in no_proxy: "*", or names and addresses between commas or blanks; a name stands for
 * its subdomains too, an address may be a net as in 10.0.0.0/8. */
bool proxy_is_excluded(struct str host, struct str list);

#endif
