#include "rig.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lede/base/file.h"

#define A "https://a.example/feed"
#define A2 "https://a.example/other"
#define B "https://b.example/feed"
#define TWO RSS(ITEM("Bridge reopens after two years", "1", MORNING) \
		ITEM("Lost dog takes the tram", "2", NIGHT))
#define ONE RSS(ITEM("Museum opens its store rooms", "3", MORNING))

/* Of a feed that hangs, full batches are stored: so it has more entries than a batch. */
enum { LONG = 60 };
static char long_feed[1 << 14];

static void write_long_feed(void)
{
	int n = snprintf(long_feed, sizeof long_feed,
			 "<rss version='2.0'><channel><title>Long</title>");

	for (int i = 0; i < LONG; i++)
		n += snprintf(long_feed + n, sizeof long_feed - (size_t)n,
			      "<item><title>a%db c%dd</title><guid>%d</guid>"
			      "<description>Text that takes up some room.</description></item>",
			      i, 3 * i, i);
	snprintf(long_feed + n, sizeof long_feed - (size_t)n, "</channel></rss>");
}

static void hangs(struct rig *r, const char *url)
{
	fake_answer(r->fake, (struct fake_answer){ .url = url, .status = 200, .body = long_feed,
		.hangs = true });
}

static int opened(void **state)
{
	static struct rig r;

	write_long_feed();
	rig_open(&r);
	rig_subscribe(&r, A);
	rig_start(&r);
	*state = &r;
	return 0;
}

static int closed(void **state)
{
	rig_close(*state);
	return 0;
}

static void well(struct rig *r, const char *url, const char *body)
{
	fake_answer(r->fake, (struct fake_answer){ .url = url, .status = 200, .body = body,
		.content_type = "application/rss+xml" });
}

/* As after a while: engine and clock anew. */
static void later(struct rig *r, int64_t seconds)
{
	rig_stop(r);
	r->now += seconds;
	rig_start(r);
}

/* ---- what came ---- */

static void new_entries_are_stored_folded_and_told(void **state)
{
	struct rig *r = *state;
	const struct notice *n;

	well(r, A, TWO);
	n = rig_refresh(r, false);
	assert_int_equal(n->total, 1);
	assert_int_equal(n->done, 1);
	assert_int_equal(n->failed, 0);
	assert_int_equal(n->fresh, 2);
	assert_int_equal(n->new_stories, 2);
	assert_false(n->stopped);
	assert_false(n->no_network);
	n = rig_told(r, A);
	assert_string_equal(n->result, "new");
	assert_int_equal(n->status, 200);
	assert_int_equal(n->new_entries, 2);
	assert_int_equal(n->bytes, (int64_t)strlen(TWO));
	assert_text(rig_feed(r, A).title, "A Feed");
	assert_text(rig_feed(r, A).format, "rss2.0");
	assert_int_equal(rig_feed(r, A).ok, NOW);
}

static void a_304_changes_nothing(void **state)
{
	struct rig *r = *state;
	const struct notice *n;

	fake_answer(r->fake, (struct fake_answer){ .url = A, .status = 200, .body = TWO,
		.etag = "\"v1\"", .if_etag = "\"v1\"" });
	rig_refresh(r, false);
	assert_string_equal(fake_etag_sent(r->fake, A), "");
	n = rig_refresh(r, false);
	assert_int_equal(n->fresh, 0);
	assert_string_equal(fake_etag_sent(r->fake, A), "\"v1\"");
	assert_int_equal(rig_told(r, A)->status, 304);
	assert_string_equal(rig_told(r, A)->result, "unchanged");
	assert_int_equal(rig_entries(r), 2);
	assert_int_equal(rig_feed(r, A).same, 1);
	assert_int_equal(rig_feed(r, A).asked, 2);
}

static void the_same_bytes_again_are_unchanged(void **state)
{
	struct rig *r = *state;

	well(r, A, TWO);
	rig_refresh(r, false);
	rig_refresh(r, false);
	assert_string_equal(rig_told(r, A)->result, "unchanged");
	assert_int_equal(rig_told(r, A)->status, 200);
	assert_int_equal(rig_feed(r, A).same, 1);
}

static void a_feed_cut_off_keeps_its_entries_and_no_validators(void **state)
{
	struct rig *r = *state;

	fake_answer(r->fake, (struct fake_answer){ .url = A, .status = 200, .etag = "\"v1\"",
		.outcome = FETCH_FAILED,
		.error = "connection lost: a.example",
		.body = "<rss version='2.0'><channel><title>A</title>"
		ITEM("Whole", "1", MORNING) "<item><title>Half of" });
	rig_refresh(r, false);
	assert_string_equal(rig_told(r, A)->result, "failed");
	assert_int_equal(rig_entries(r), 1);
	well(r, A, TWO);
	rig_refresh(r, true);
	assert_string_equal(fake_etag_sent(r->fake, A), "");
}

static void thousands_of_entries_pass_in_batches(void **state)
{
	struct rig *r = *state;
	struct buf body = buf_limited(8 << 20);

	buf_add_cstr(&body, "<rss version='2.0'><channel><title>Big</title>");
	for (int i = 0; i < 3000; i++)
		buf_addf(&body, "<item><title>w%dx y%dz q%dv</title><guid>g%d</guid>"
				"<description>%0200d</description></item>", i, i * 7,
			 i * 13, i, i);
	buf_add_cstr(&body, "</channel></rss>");
	fake_answer(r->fake, (struct fake_answer){ .url = A, .status = 200, .body = buf_cstr(&body),
		.piece = 4096 });
	assert_int_equal(rig_refresh(r, false)->fresh, 3000);
	assert_int_equal(rig_entries(r), 3000);
	assert_int_equal(rig_told(r, A)->new_entries, 3000);
	buf_free(&body);
}

static void hidden_feeds_are_fetched_but_not_shown(void **state)
{
	struct rig *r = *state;

	rig_subscribe(r, B);
	r->sub[1].hidden = true;
	well(r, A, TWO);
	well(r, B, ONE);
	assert_int_equal(rig_refresh(r, false)->total, 2);
	assert_int_equal(rig_told(r, B)->new_entries, 1);
	assert_int_equal(rig_entries(r), 2);
	r->sub[1].hidden = false;
	rig_refresh(r, false);
	assert_int_equal(rig_entries(r), 3);
}

static void feeds_left_out_are_gone(void **state)
{
	struct rig *r = *state;

	rig_subscribe(r, B);
	well(r, A, TWO);
	well(r, B, ONE);
	rig_refresh(r, false);
	assert_int_equal(rig_entries(r), 3);
	r->subs.n = 1;
	rig_refresh(r, false);
	assert_int_equal(rig_entries(r), 2);
}

static void only_the_feeds_named_are_asked(void **state)
{
	struct rig *r = *state;
	const struct str only = STR(B);

	rig_subscribe(r, B);
	well(r, A, TWO);
	well(r, B, ONE);
	assert_true(engine_refresh(r->engine, &r->subs, &only, 1, false));
	assert_int_equal(rig_wait(r, NOTICE_REFRESHED)->total, 1);
	assert_int_equal(fake_requests(r->fake, A), 0);
	assert_int_equal(rig_entries(r), 1);
	rig_feed(r, A);                                    /* has its row all the same */
}

static void nobody_to_ask_ends_at_once(void **state)
{
	struct rig *r = *state;

	r->subs.n = 0;
	assert_int_equal(rig_refresh(r, false)->total, 0);
	assert_int_equal(fake_requests(r->fake, NULL), 0);
}

static void a_refresh_that_runs_refuses_another(void **state)
{
	struct rig *r = *state;

	hangs(r, A);
	assert_true(engine_refresh(r->engine, &r->subs, NULL, 0, false));
	assert_false(engine_refresh(r->engine, &r->subs, NULL, 0, false));
	rig_until(r, LONG * 2 / 3);
	fake_let_go(r->fake);
	rig_wait(r, NOTICE_REFRESHED);
	well(r, A, TWO);
	/* as soon as the end is told, the next may begin */
	rig_refresh(r, false);
}

/* ---- what failed ---- */

static void a_web_page_is_no_feed_and_is_asked_when_a_person_asks(void **state)
{
	struct rig *r = *state;
	const struct notice *n;

	well(r, A, "<!doctype html><html><head><title>Hello</title></head><body><p>A page.</p>"
		   "</body></html>");
	n = rig_refresh(r, false);
	assert_int_equal(n->failed, 1);
	assert_non_null(strstr(n->error.text, A ": not a feed: a web page; next try "));
	assert_int_equal(rig_feed(r, A).state, FEED_FAILING);
	assert_int_equal(rig_feed(r, A).failures, 1);
	assert_true(rig_feed(r, A).next >= NOW + 13 * 60);
	n = rig_refresh(r, false);                         /* a person asks: no back-off */
	assert_int_equal(n->skipped, 0);
	assert_int_equal(fake_requests(r->fake, A), 2);
	assert_int_equal(rig_feed(r, A).failures, 2);
	well(r, A, TWO);
	later(r, 3 * HOUR);
	assert_int_equal(rig_refresh(r, false)->failed, 0);
	assert_int_equal(rig_feed(r, A).state, FEED_OK);
	assert_int_equal(rig_feed(r, A).failures, 0);
}

static void an_empty_answer_is_no_feed(void **state)
{
	struct rig *r = *state;

	well(r, A, "");
	assert_int_equal(rig_refresh(r, false)->failed, 1);
	assert_non_null(strstr(r->last->error.text, "not a feed"));
}

static void what_is_gone_is_not_asked_again(void **state)
{
	struct rig *r = *state;

	fake_answer(r->fake, (struct fake_answer){ .url = A, .status = 410, .error = "410 Gone" });
	rig_refresh(r, false);
	assert_int_equal(rig_feed(r, A).state, FEED_GONE);
	later(r, 500 * 24 * HOUR);
	assert_int_equal(rig_refresh(r, false)->skipped, 1);
	assert_int_equal(fake_requests(r->fake, A), 1);
}

static void retry_after_is_obeyed_and_remembered(void **state)
{
	struct rig *r = *state;

	fake_answer(r->fake, (struct fake_answer){ .url = A, .status = 503,
		.error = "503 Service Unavailable", .retry_after = 7200 });
	rig_refresh(r, false);
	assert_int_equal(rig_feed(r, A).state, FEED_WAITING);
	assert_int_equal(rig_feed(r, A).next, NOW + 7200);
	assert_text(rig_feed(r, A).error, "503 Service Unavailable");
	later(r, HOUR);
	assert_int_equal(rig_refresh(r, false)->skipped, 1);
	assert_string_equal(rig_told(r, A)->result, "skipped");
	assert_non_null(strstr(rig_told(r, A)->error.text, "--force"));
	assert_int_equal(fake_requests(r->fake, A), 1);
	later(r, HOUR + 1);
	assert_int_equal(rig_refresh(r, false)->skipped, 0);
	assert_int_equal(fake_requests(r->fake, A), 2);
}

static void a_host_that_wants_no_more_is_left_alone(void **state)
{
	struct rig *r = *state;

	rig_subscribe(r, A2);
	rig_subscribe(r, B);
	fake_answer(r->fake, (struct fake_answer){ .url = A, .status = 429,
		.error = "429 Too Many Requests", .retry_after = 3600 });
	fake_answer(r->fake, (struct fake_answer){ .url = A2, .status = 200, .body = "",
		.hangs = true });
	well(r, B, ONE);
	rig_refresh(r, false);
	assert_string_equal(rig_told(r, A)->result, "failed");
	assert_string_equal(rig_told(r, A2)->result, "skipped");
	assert_string_equal(rig_told(r, B)->result, "new");
	assert_int_equal(rig_feed(r, A2).next, NOW + 3600);
	assert_int_equal(rig_feed(r, A2).state, FEED_WAITING);
}

static void without_a_network_no_feed_is_to_blame(void **state)
{
	struct rig *r = *state;
	const struct notice *n;

	rig_subscribe(r, B);
	fake_answer(r->fake, (struct fake_answer){ .url = A, .outcome = FETCH_FAILED,
		.no_network = true, .error = "no such host: a.example" });
	fake_answer(r->fake, (struct fake_answer){ .url = B, .outcome = FETCH_FAILED,
		.no_network = true, .error = "no such host: b.example" });
	n = rig_refresh(r, false);
	assert_true(n->no_network);
	assert_int_equal(n->hosts, 2);
	assert_int_equal(n->failed, 2);
	assert_int_equal(rig_feed(r, A).failures, 0);
	assert_int_equal(rig_feed(r, A).next, 0);
	assert_string_equal(rig_told(r, A)->result, "failed");
	rig_refresh(r, false);
	assert_int_equal(fake_requests(r->fake, A), 2);    /* nothing keeps it from trying again */
}

static void a_host_that_is_not_there_fails_when_others_are(void **state)
{
	struct rig *r = *state;
	const struct notice *n;

	rig_subscribe(r, B);
	fake_answer(r->fake, (struct fake_answer){ .url = A, .outcome = FETCH_FAILED,
		.no_network = true, .error = "no such host: a.example" });
	well(r, B, ONE);
	n = rig_refresh(r, false);
	assert_false(n->no_network);
	assert_int_equal(n->failed, 1);
	assert_int_equal(rig_feed(r, A).failures, 1);
	assert_text(rig_feed(r, A).error, "no such host: a.example");
}

static void an_address_that_cannot_be_asked_fails_without_asking(void **state)
{
	struct rig *r = *state;

	r->sub[0].url = str_of("gopher://old.example/feed");
	assert_int_equal(rig_refresh(r, false)->failed, 1);
	assert_int_equal(fake_requests(r->fake, NULL), 0);
}

/* ---- files ---- */

static void write_file(const char *path, const char *text)
{
	struct error e = { .code = ERR_NONE };

	assert_ok(file_replace(path, str_of(text), 0600, &e), &e);
}

static void a_file_is_read_and_known_again(void **state)
{
	struct rig *r = *state;
	char path[128], url[160];

	snprintf(path, sizeof path, "%s/my feed.xml", r->folder);
	snprintf(url, sizeof url, "file://%s/my%%20feed.xml", r->folder);
	r->sub[0].url = str_of(url);
	write_file(path, TWO);
	assert_int_equal(rig_refresh(r, false)->fresh, 2);
	assert_string_equal(rig_told(r, url)->result, "new");
	rig_refresh(r, false);
	assert_string_equal(rig_told(r, url)->result, "unchanged");
	write_file(path, ONE);
	assert_int_equal(rig_refresh(r, false)->fresh, 1);
	unlink(path);
	assert_int_equal(rig_refresh(r, false)->failed, 1);
	assert_non_null(strstr(r->last->error.text, "my feed.xml"));
	assert_null(strstr(r->last->error.text, "next try"));
	write_file(path, TWO);
	assert_int_equal(rig_refresh(r, false)->skipped, 0);   /* no server has to be spared */
	assert_int_equal(fake_requests(r->fake, NULL), 0);
	unlink(path);
}

static void a_file_elsewhere_or_relative_is_refused(void **state)
{
	struct rig *r = *state;

	r->sub[0].url = str_of("file://elsewhere.example/feed.xml");
	rig_subscribe(r, "file:feed.xml");
	assert_int_equal(rig_refresh(r, false)->failed, 2);
}

/* ---- stopping ---- */

static void a_stopped_refresh_keeps_what_had_ended(void **state)
{
	struct rig *r = *state;
	const struct notice *n;

	rig_subscribe(r, B);
	well(r, A, TWO);
	fake_answer(r->fake, (struct fake_answer){ .url = B, .status = 200, .body = "",
		.hangs = true });
	assert_true(engine_refresh(r->engine, &r->subs, NULL, 0, false));
	rig_until(r, 2);
	engine_stop_refresh(r->engine);
	n = rig_wait(r, NOTICE_REFRESHED);
	assert_true(n->stopped);
	assert_int_equal(n->done, 1);
	assert_int_equal(n->total, 2);
	assert_int_equal(n->new_stories, 2);
	assert_string_equal(rig_told(r, B)->result, "skipped");
	well(r, B, ONE);
	rig_refresh(r, false);                             /* its claim was given back */
	assert_string_equal(rig_told(r, B)->result, "new");
}

static void a_stop_without_a_refresh_stops_nothing(void **state)
{
	struct rig *r = *state;

	well(r, A, TWO);
	engine_stop_refresh(r->engine);
	assert_false(rig_refresh(r, false)->stopped);
	engine_stop_refresh(r->engine);
	assert_false(rig_refresh(r, false)->stopped);
}

static void a_feed_that_another_lede_asks_is_skipped(void **state)
{
	struct rig *r = *state, other;

	rig_open_in(&other, r->folder);
	rig_subscribe(&other, A);
	hangs(&other, A);
	rig_start(&other);
	assert_true(engine_refresh(other.engine, &other.subs, NULL, 0, false));
	rig_until(&other, LONG * 2 / 3);
	assert_int_equal(rig_refresh(r, false)->skipped, 1);
	assert_int_equal(fake_requests(r->fake, NULL), 0);
	fake_let_go(other.fake);
	rig_wait(&other, NOTICE_REFRESHED);
	rig_leave(&other);
}

/* ---- killed ---- */

enum { KILLED_FEEDS = 60, KILLED_ENTRIES = 40 };
static char killed_url[KILLED_FEEDS][64];
static char *killed_body[KILLED_FEEDS];

static void many_feeds(struct rig *r)
{
	for (int i = 0; i < KILLED_FEEDS; i++) {
		struct buf b = buf_limited(1 << 20);

		snprintf(killed_url[i], sizeof killed_url[i], "https://h%d.example/feed", i);
		buf_add_cstr(&b, "<rss version='2.0'><channel><title>F</title>");
		for (int k = 0; k < KILLED_ENTRIES; k++)
			buf_addf(&b, "<item><title>w%dx y%dz q%dv</title><guid>%d-%d</guid></item>",
				 i * 100 + k, i * 700 + k, k * 13 + i, i, k);
		buf_add_cstr(&b, "</channel></rss>");
		killed_body[i] = buf_take(&b);
		if (i > 0)
			rig_subscribe(r, killed_url[i]);
		else
			r->sub[0].url = str_of(killed_url[0]);
		fake_answer(r->fake, (struct fake_answer){ .url = killed_url[i], .status = 200,
			.body = killed_body[i], .etag = "\"k\"",
			.if_etag = "\"k\"", .piece = 512 });
	}
}

/* Dies in the middle of its refresh, after `told` feeds. Runs in a child. */
static void refresh_and_die(const char *folder, int told)
{
	static struct rig r;

	rig_open_in(&r, folder);
	rig_subscribe(&r, "");
	many_feeds(&r);
	rig_start(&r);
	engine_refresh(r.engine, &r.subs, NULL, 0, false);
	for (int i = 0; i < told;) {
		struct message *m;

		if (mailbox_wait(engine_mailbox(r.engine), &m, 10000))
			i += ((struct notice *)m)->feed != 0;
	}
	kill(getpid(), SIGKILL);
}

/* Forks before this program has a second thread. */
static void a_refresh_killed_in_the_middle_is_completed_by_the_next(void **state)
{
	static struct rig rig;
	struct rig *r = &rig;
	char folder[] = "/tmp/lede-killed.XXXXXX";
	int64_t before;
	int status;
	pid_t child;

	(void)state;
	assert_non_null(mkdtemp(folder));
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		refresh_and_die(folder, 15);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	rig_open_in(r, folder);
	rig_subscribe(r, "");
	many_feeds(r);
	r->now += 200;                                     /* beyond the claims of the killed one */
	rig_start(r);
	before = rig_entries(r);
	assert_true(before > 0);
	assert_int_equal(rig_refresh(r, false)->fresh, KILLED_FEEDS * KILLED_ENTRIES - before);
	assert_int_equal(rig_entries(r), KILLED_FEEDS * KILLED_ENTRIES);
	for (int i = 0; i < KILLED_FEEDS; i++) {
		assert_int_equal(rig_feed(r, killed_url[i]).entries, KILLED_ENTRIES);
		assert_int_equal(rig_feed(r, killed_url[i]).unread, KILLED_ENTRIES);
	}
	rig_refresh(r, false);
	for (int i = 0; i < KILLED_FEEDS; i++)
		assert_int_equal(rig_told(r, killed_url[i])->status, 304);
	rig_close(r);
	for (int i = 0; i < KILLED_FEEDS; i++)
		free(killed_body[i]);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refresh_killed_in_the_middle_is_completed_by_the_next),
		CASE(new_entries_are_stored_folded_and_told),
		CASE(a_304_changes_nothing),
		CASE(the_same_bytes_again_are_unchanged),
		CASE(a_feed_cut_off_keeps_its_entries_and_no_validators),
		CASE(thousands_of_entries_pass_in_batches),
		CASE(hidden_feeds_are_fetched_but_not_shown),
		CASE(feeds_left_out_are_gone),
		CASE(only_the_feeds_named_are_asked),
		CASE(nobody_to_ask_ends_at_once),
		CASE(a_refresh_that_runs_refuses_another),
		CASE(a_web_page_is_no_feed_and_is_asked_when_a_person_asks),
		CASE(an_empty_answer_is_no_feed),
		CASE(what_is_gone_is_not_asked_again),
		CASE(retry_after_is_obeyed_and_remembered),
		CASE(a_host_that_wants_no_more_is_left_alone),
		CASE(without_a_network_no_feed_is_to_blame),
		CASE(a_host_that_is_not_there_fails_when_others_are),
		CASE(an_address_that_cannot_be_asked_fails_without_asking),
		CASE(a_file_is_read_and_known_again),
		CASE(a_file_elsewhere_or_relative_is_refused),
		CASE(a_stopped_refresh_keeps_what_had_ended),
		CASE(a_stop_without_a_refresh_stops_nothing),
		CASE(a_feed_that_another_lede_asks_is_skipped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
