/* The page beside a feed: what the design draws of each state, and the numbers below. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/app/app.h"
#include "lede/app/key.h"
#include "lede/app/subscriptions.h"
#include "lede/base/file.h"
#include "lede/tui/draw.h"

enum { NOW = 1744618440, PANE = 51 };         /* Mon 14 Apr 2025 08:14 UTC; its first column at 120 */

static struct str science[] = { { "science", 7 } };
static struct subscription subscribed[] = {
	{ .url = { "https://wire.example/feed", 25 }, .tags = science, .ntags = 1 },
};
static const struct subscriptions subs = { .feed = subscribed, .n = 1 };

struct rig { struct app *app; struct config *config; struct screen *screen; };

/* Effects lead nowhere here, but for the ticket of the last ask. */
static uint32_t drop_effects(struct app *a)
{
	struct effect e;
	uint32_t ticket = 0;

	while (app_effect(a, &e)) {
		if (e.ask)
			ticket = e.ask->ticket;
		if (e.ask)
			e.ask->m.drop ? e.ask->m.drop(&e.ask->m) : free(e.ask);
		if (e.job)
			e.job->m.drop ? e.job->m.drop(&e.job->m) : free(e.job);
	}
	return ticket;
}

static void send(struct rig *r, struct event e)
{
	e.now = NOW;
	app_update(r->app, &e);
}

/* Feeds, with one feed in it, on a screen of 120x24. */
static void show(struct rig *r, const struct feed_row *feed)
{
	struct ask *ask = ask_new(ASK_FEEDS, 0);
	struct answer *answer = answer_new(ask);

	*r = (struct rig){ .config = config_new() };
	r->app = app_new(&(struct app_setup){ .config = r->config, .now = NOW, .feeds = 1, .subs = &subs,
	                                      .ambiguous = 1, .w = 120, .h = 24 });
	send(r, (struct event){ .kind = EVENT_KEY, .key = ']' });
	send(r, (struct event){ .kind = EVENT_KEY, .key = ']' });
	answer->ticket = drop_effects(r->app);
	answer->feed_row = arena_alloc(answer->arena, sizeof *feed);
	answer->feed_row[0] = *feed;
	answer->n = 1;
	send(r, (struct event){ .kind = EVENT_ANSWER, .answer = answer });
	r->screen = screen_new(120, 24);
	struct view v;

	app_view(r->app, &v);
	draw_view(&v, r->screen);
	free(ask);
}

static void end(struct rig *r)
{
	drop_effects(r->app);
	app_free(r->app);
	config_free(r->config);
	screen_free(r->screen);
}

/* The pane from its first row on; owned. */
static char *pane(const struct rig *r, int rows)
{
	struct buf b = buf_limited(64 << 10);
	struct screen *part = screen_new(120 - PANE, 24);

	for (int y = 0; y < 24; y++)
		memcpy(&part->cell[y * part->w], &r->screen->cell[y * 120 + PANE],
		       (size_t)part->w * sizeof *part->cell);
	for (int y = 2; y < 2 + rows; y++) {
		screen_row(part, y, &b);
		buf_add_char(&b, '\n');
	}
	screen_free(part);
	return buf_take(&b);
}

static void is_drawn_as(const struct feed_row *feed, const char *name)
{
	const char *srcdir = getenv("srcdir");
	struct buf want = buf_limited(64 << 10);
	char path[512], *got;
	struct error e;
	struct rig r;

	snprintf(path, sizeof path, "%s/tests/screen/expected/%s.txt", srcdir ? srcdir : ".", name);
	assert_int_equal(file_read(path, &want, &e), ERR_NONE);
	show(&r, feed);
	got = pane(&r, 5);
	assert_string_equal(got, buf_cstr(&want));
	free(got);
	buf_free(&want);
	end(&r);
}

static void says(const struct feed_row *feed, const char *what)
{
	struct rig r;
	char *got;

	show(&r, feed);
	got = pane(&r, 20);
	if (!strstr(got, what))
		fail_msg("“%s” is not in:\n%s", what, got);
	free(got);
	end(&r);
}

#define S(text) { text, sizeof(text) - 1 }
#define NONE S("")
#define WIRE .id = 1, .url = S("https://wire.example/feed"), .title = S("Science Wire"), .site = NONE, \
	.format = S("atom1.0"), .error = NONE, .checked = NOW - 600, .ok = NOW - 600

static void a_feed_that_moved_says_where_and_which_key_takes_it(void **state)
{
	const struct feed_row f = { WIRE, .state = FEED_MOVED,
		.moved = S("https://science.example/atom.xml") };
	struct feed_row tagged = f;

	(void)state;
	tagged.format = (struct str)S("atom");
	is_drawn_as(&tagged, "feed-moved");
	says(&f, "wire.example/feed · Atom · tags: science\n");
}

static void a_feed_that_is_gone_says_what_stays(void **state)
{
	const struct feed_row f = { .id = 1, .url = S("https://lighthouse.example/rss"),
		.title = S("Old Lighthouse"), .site = NONE, .format = S("rss2.0"), .moved = NONE,
		.error = S("gone: the server says for good (410)"), .failures = 1,
		.state = FEED_GONE, .entries = 112, .checked = NOW - 96 * 86400 };

	(void)state;
	is_drawn_as(&f, "feed-gone");
}

static void a_paused_feed_says_since_when_and_how_it_goes_on(void **state)
{
	const struct feed_row f = { .id = 1, .url = S("https://market.example/all.rss"),
		.title = S("Market Sheet"), .site = NONE, .format = S("rss2.0"), .moved = NONE,
		.error = NONE, .state = FEED_PAUSED, .paused = NOW - 86400, .checked = NOW - 90000 };

	(void)state;
	is_drawn_as(&f, "feed-paused");
	says(&f, "  Enter entries · r try now · p resume · D unsubscribe\n");
}

static void the_numbers_stand_in_a_column(void **state)
{
	const struct feed_row f = { .id = 1, .url = S("https://harbour.example/rss"),
		.title = S("Harbour Times"), .site = NONE, .format = S("rss2.0"), .moved = NONE,
		.error = S("503 Service Unavailable"), .failures = 6, .state = FEED_FAILING,
		.entries = 60, .unread = 12, .checked = NOW - 60, .ok = NOW - 122640,
		.last = NOW - 137520, .next = NOW + 12660, .asked = 100, .same = 72,
		.bytes = 41 * 1024, .recent = 10, .recent_since = NOW - 3 * 86400 - 100 };

	(void)state;
	says(&f, "  Harbour Times\n  harbour.example/rss · RSS 2.0\n\n"
		 "  failing: 503 Service Unavailable, 6 times in a row\n\n"
		 "  last success    Sat 12 Apr 22:10\n"
		 "  last new entry  Sat 12 Apr 18:02\n"
		 "  next try        Mon 14 Apr 11:45\n"
		 "  entries         60, 12 unread\n"
		 "  brings          3 entries a day; 28% of refreshes\n"
		 "  costs           41 kB a refresh; 72% unchanged\n\n"
		 "  Enter entries · r try now · p pause · D unsubscribe\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_feed_that_moved_says_where_and_which_key_takes_it),
		cmocka_unit_test(a_feed_that_is_gone_says_what_stays),
		cmocka_unit_test(a_paused_feed_says_since_when_and_how_it_goes_on),
		cmocka_unit_test(the_numbers_stand_in_a_column),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
