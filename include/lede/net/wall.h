/* wall - bot checks, login and consent pages, recognised by precise signs.
 *
 * Only a header that its maker documents, or a status together with a mark in the first 64 KiB, or
 * where a redirect ended; a healthy page that merely mentions a vendor is none (FETCHING, section
 * 5). Must not know: transfers.
 */
#ifndef LEDE_NET_WALL_H
#define LEDE_NET_WALL_H

#include "lede/net/reply.h"

#define WALL_HEAD (64 << 10)                  /* so much of a body is looked at */

/* What is looked at. `head`: the beginning of the body. `asked`, `came`: first and final
 * address. */
struct wall_signs { const struct reply *reply; struct str head, asked, came; };

/* "bot check (Cloudflare)", "login page", ...; NULL: none. Static. */
const char *wall_name(const struct wall_signs *s);
/* The body is needed to tell: an error page, or HTML. */
bool wall_needs_body(const struct reply *a);

/* The same HTML from three hosts at once is no site's page: a hotel's network, a provider's. */
struct wall_watch;
struct wall_watch *wall_watch_new(void);
void wall_watch_free(struct wall_watch *w);   /* NULL is fine */
/* Notes the page that a host gave at `now` (milliseconds); from the third host on that gave it
 * within ten minutes the wall's name, else NULL. */
const char *wall_watch_page(struct wall_watch *w, struct str host, struct str head, int64_t now);

#endif
