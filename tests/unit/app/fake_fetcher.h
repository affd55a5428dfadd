/* fake_fetcher - a fetcher that has its answers in a table: same promises, same threads as the real
 * one, no network. */
#ifndef TESTS_UNIT_APP_FAKE_FETCHER_H
#define TESTS_UNIT_APP_FAKE_FETCHER_H

#include "lede/net/fetch.h"

struct fake_answer {
	const char *url;
	int status;                   /* 0: no answer comes, `outcome` says why */
	const char *body, *etag, *modified, *content_type;
	enum fetch_outcome outcome;
	const char *error;
	bool no_network;
	int64_t retry_after;
	int copies;                   /* the body this many times; 0: once */
	size_t piece;                 /* bytes a piece; 0: all at once */
	bool hangs;                   /* after the body, until it is cancelled or let go */
	const char *if_etag;          /* a request with this etag is answered 304 */
};

struct fake;
struct fake *fake_new(void);
struct fetcher *fake_fetcher(struct fake *f);
/* Before the refresh that asks; the same url again replaces. An url without an answer gets 404. */
void fake_answer(struct fake *f, struct fake_answer a);
void fake_let_go(struct fake *f);                      /* what hangs ends as if nothing had been */
/* After NOTICE_REFRESHED. */
int fake_requests(struct fake *f, const char *url);    /* NULL: all */
const char *fake_etag_sent(struct fake *f, const char *url);

#endif
