#include "../../../src/app/visit.h"

#include <stdlib.h>
#include <string.h>

#include "scene.h"

#define MINUTE 60
#define DAY (24 * HOUR)

static struct feed_task task;
static struct verdict verdict;

static int set_up(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	memset(&task, 0, sizeof task);
	task.id = 7;
	task.url = STR("https://harbour.example/rss");
	task.name = STR("Harbour Times");
	task.got.max_age = -1;
	task.row.ok = NOW - HOUR;
	return 0;
}

static const struct verdict *judge(void)
{
	visit_judge(&task, NOW, &verdict);
	return &verdict;
}

static const struct verdict *judge_status(int status)
{
	task.got.status = status;
	return judge();
}

static const struct verdict *judge_well(void)
{
	task.got.whole = true;
	return judge_status(200);
}

/* ---- success ---- */

static void a_whole_feed_is_well_and_its_validators_are_kept(void **state)
{
	const struct verdict *v;

	(void)state;
	task.got.etag = STR("\"x\"");
	task.fresh = 3;
	v = judge_well();
	assert_string_equal(v->result, "new");
	assert_int_equal(v->visit.state, FEED_OK);
	assert_false(v->visit.failed);
	assert_true(v->visit.complete);
	assert_int_equal(v->visit.fresh, 3);
	assert_text(v->visit.etag, "\"x\"");
}

static void a_feed_that_was_cut_is_well_without_validators(void **state)
{
	(void)state;
	task.got.cut = true;
	judge_well();
	assert_false(verdict.visit.failed);
	assert_false(verdict.visit.complete);
	assert_true(verdict.visit.cut);
}

static void a_304_is_unchanged(void **state)
{
	(void)state;
	judge_status(304);
	assert_string_equal(verdict.result, "unchanged");
	assert_true(verdict.visit.unchanged);
	assert_false(verdict.visit.complete);
	assert_false(verdict.visit.failed);
}

static void the_next_visit_waits_for_the_longest_of_what_is_asked(void **state)
{
	(void)state;
	assert_int_equal(judge_well()->visit.next, NOW + 15 * MINUTE);
	task.got.max_age = HOUR;
	assert_int_equal(judge_well()->visit.next, NOW + HOUR);
	task.got.ttl = 120;
	assert_int_equal(judge_well()->visit.next, NOW + 2 * HOUR);
	task.got.ttl = 1 << 30;
	assert_int_equal(judge_well()->visit.next, NOW + DAY);
}

static void what_a_document_asked_for_lives_through_a_304(void **state)
{
	(void)state;
	task.got.ttl = 120;
	task.got.skip_hours = 1u << 10;                    /* two hours from now it is 10:00 */
	task.known.lifetime = judge_well()->visit.lifetime;
	assert_int_equal(verdict.visit.next, NOW + 3 * HOUR);
	task.got.ttl = 0;
	task.got.skip_hours = 0;
	assert_int_equal(judge_status(304)->visit.next, NOW + 3 * HOUR);
}

static void an_interval_that_is_set_is_kept(void **state)
{
	(void)state;
	task.interval = 5 * MINUTE;
	assert_int_equal(judge_well()->visit.next, NOW + 5 * MINUTE);
	task.got.max_age = HOUR;
	assert_int_equal(judge_well()->visit.next, NOW + HOUR);
	task.interval = 3 * DAY;
	assert_int_equal(judge_well()->visit.next, NOW + 3 * DAY);
}

static void what_is_due_by_itself(void **state)
{
	struct feed_row row = { .next = NOW };

	(void)state;
	assert_true(visit_is_due(&row, SPAN_AUTO, NOW));
	assert_false(visit_is_due(&row, SPAN_NEVER, NOW));
	assert_false(visit_is_due(&row, SPAN_AUTO, NOW - 1));
	row.state = FEED_GONE;
	assert_false(visit_is_due(&row, SPAN_AUTO, NOW));
	row.state = FEED_PAUSED;
	assert_false(visit_is_due(&row, SPAN_AUTO, NOW));
}

static void what_broke_off_is_asked_for_whole_again(void **state)
{
	(void)state;
	task.got.unfinished = true;
	judge_well();
	assert_false(verdict.visit.failed);
	assert_false(verdict.visit.complete);
}

static void hours_a_feed_wants_skipped_are_skipped(void **state)
{
	(void)state;
	task.got.skip_hours = 1u << 8 | 1u << 9;           /* it is 08:00 GMT, a Monday */
	assert_int_equal(judge_well()->visit.next, NOW + 2 * HOUR);
	task.got.skip_hours = 0;
	task.got.skip_days = 1u << 1;
	assert_int_equal(judge_well()->visit.next, NOW + 16 * HOUR);
	task.got.skip_days = 127;
	assert_int_equal(judge_well()->visit.next, NOW + DAY);
}

static void the_interval_follows_the_feeds_pace(void **state)
{
	struct feed_row row = { .recent = 0 };

	(void)state;
	assert_int_equal(visit_interval(&row, NOW), 15 * MINUTE);
	row = (struct feed_row){ .recent = 10, .recent_since = NOW - 20 * HOUR };
	assert_int_equal(visit_interval(&row, NOW), HOUR);
	row.recent_since = NOW - 400 * DAY;
	assert_int_equal(visit_interval(&row, NOW), 12 * HOUR);
	row.recent_since = NOW + HOUR;                     /* dated in the future */
	assert_int_equal(visit_interval(&row, NOW), 15 * MINUTE);
}

/* ---- failure ---- */

static void the_wait_doubles_with_each_failure_up_to_a_day(void **state)
{
	int64_t last = 0;

	(void)state;
	for (int failures = 1; failures < 30; failures++) {
		int64_t wait = visit_back_off(7, HOUR, failures, NOW);

		assert_true(wait >= 15 * MINUTE && wait <= DAY);
		assert_true(wait >= last);
		last = wait * 8 / 10;
	}
	assert_int_equal(visit_back_off(7, HOUR, 30, NOW), 7 * DAY);
}

static void chance_moves_the_wait_by_a_tenth_at_most(void **state)
{
	int different = 0;

	(void)state;
	for (int64_t id = 1; id < 100; id++) {
		int64_t wait = visit_back_off(id, HOUR, 1, NOW);

		assert_true(wait >= HOUR * 9 / 10 && wait <= HOUR * 11 / 10);
		different += wait != HOUR;
		assert_int_equal(wait, visit_back_off(id, HOUR, 1, NOW));
	}
	assert_true(different > 90);
}

static void the_sentence_names_the_feed_the_cause_and_the_next_try(void **state)
{
	(void)state;
	error_set(&task.got.error, ERR_HTTP, "503 Service Unavailable");
	task.got.retry_after = 3 * HOUR + 45 * MINUTE;
	judge_status(503);
	assert_string_equal(verdict.sentence.text,
			    "Harbour Times: 503 Service Unavailable; next try 11:45");
	assert_text(verdict.visit.error, "503 Service Unavailable");
	assert_int_equal(verdict.visit.state, FEED_WAITING);
	assert_string_equal(verdict.result, "failed");
}

static void each_status_has_its_state_and_its_words(void **state)
{
	static const struct {
		int status;
		enum feed_state state;
		const char *cause;
		bool host;
	} rows[] = {
		{ 204, FEED_FAILING, "answered without a document (204)", false },
		{ 206, FEED_FAILING, "sent a part only (206)", false },
		{ 401, FEED_BLOCKED, "wants a password (401)", false },
		{ 403, FEED_BLOCKED, "refused (403)", false },
		{ 404, FEED_FAILING, "not found (404)", false },
		{ 410, FEED_GONE, "gone: the server says for good", false },
		{ 429, FEED_WAITING, "too many requests (429)", true },
		{ 500, FEED_FAILING, "answered 500", false },
		{ 503, FEED_FAILING, "answered 503", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		judge_status(rows[i].status);
		assert_int_equal(verdict.visit.state, rows[i].state);
		assert_text(verdict.visit.error, rows[i].cause);
		assert_int_equal(verdict.host_waits, rows[i].host);
		assert_true(verdict.visit.failed);
		assert_true(verdict.visit.next > NOW);
	}
}

static void a_feed_lost_for_long_is_asked_once_a_week(void **state)
{
	(void)state;
	task.row.failures = 11;
	task.row.ok = NOW - 15 * DAY;
	assert_int_equal(judge_status(404)->visit.next, NOW + 7 * DAY);
	task.row.ok = NOW - 3 * DAY;
	assert_true(judge_status(404)->visit.next <= NOW + DAY);
}

static void a_wall_is_named(void **state)
{
	(void)state;
	task.got.wall = STR("bot check (Cloudflare)");
	judge_status(403);
	assert_text(verdict.visit.error, "blocked by a bot check (Cloudflare)");
	assert_int_equal(verdict.visit.state, FEED_BLOCKED);
}

static void a_limit_keeps_no_validators_and_says_cut(void **state)
{
	(void)state;
	task.got.outcome = FETCH_LIMIT;
	error_set(&task.got.error, ERR_LIMIT, "larger than 32 MiB");
	judge_status(200);
	assert_true(verdict.visit.cut);
	assert_true(verdict.visit.failed);
	assert_false(verdict.visit.complete);
	assert_text(verdict.visit.error, "larger than 32 MiB");
}

static void what_servers_say_is_shown_in_display_form(void **state)
{
	(void)state;
	task.got.outcome = FETCH_FAILED;
	error_set(&task.got.error, ERR_NET, "no\x1b[31m way\n");
	judge();
	assert_null(strchr(verdict.cause, 0x1b));
	assert_null(strchr(verdict.sentence.text, '\n'));
}

static void a_feed_whose_host_waits_is_skipped_with_it(void **state)
{
	(void)state;
	task.got.outcome = FETCH_CANCELLED;
	task.host_waits = NOW + HOUR;
	judge();
	assert_string_equal(verdict.result, "skipped");
	assert_int_equal(verdict.visit.next, NOW + HOUR);
	assert_int_equal(verdict.visit.state, FEED_WAITING);
}

/* ---- refused ---- */

static bool refused_with(enum feed_state state, const char *error, int64_t next, struct error *why)
{
	struct feed_row row = { .state = state, .next = next, .error = str_of(error) };

	return visit_is_refused(&row, STR("Harbour Times"), NOW, why);
}

static bool refused(enum feed_state state, int64_t next, struct error *why)
{
	return refused_with(state, "", next, why);
}

static void a_person_may_ask_what_is_only_fresh(void **state)
{
	struct error why;

	(void)state;
	assert_false(refused(FEED_OK, NOW + HOUR, &why));
	assert_false(refused(FEED_FAILING, NOW - 1, &why));
	assert_false(refused(FEED_MOVED, NOW + HOUR, &why));
}

static void a_person_may_not_ask_what_was_refused(void **state)
{
	struct error why;

	(void)state;
	assert_true(refused(FEED_WAITING, NOW + HOUR, &why));
	assert_string_equal(why.text,
			    "Harbour Times: asked to wait until 09:00; "
			    "`lede refresh --force URL` asks anyway");
	assert_false(refused(FEED_WAITING, NOW, &why));
	assert_true(refused(FEED_GONE, 0, &why));
	assert_non_null(strstr(why.text, "gone"));
	assert_true(refused(FEED_PAUSED, 0, &why));
}

/* lede's own waits are for requests that nobody asked for. */
static void a_person_may_ask_what_failed_a_moment_ago(void **state)
{
	struct error why;

	(void)state;
	assert_false(refused_with(FEED_FAILING, "503 Service Unavailable", NOW + HOUR, &why));
	assert_false(refused_with(FEED_BLOCKED, "refused (403)", NOW + HOUR, &why));
}

static void a_password_that_is_wanted_is_asked_for_once_a_week(void **state)
{
	struct error why;
	const struct verdict *v = judge_status(401);

	(void)state;
	assert_true(refused_with(v->visit.state, v->cause, v->visit.next, &why));
	assert_string_equal(why.text,
	                    "Harbour Times: wants a password (401); not asked again "
	                    "until Mon 21 Apr 08:00; `lede refresh --force URL` asks anyway");
	v = judge_status(407);
	assert_true(refused_with(v->visit.state, v->cause, v->visit.next, &why));
	assert_false(refused_with(v->visit.state, v->cause, NOW - 1, &why));
}

#define CASE(f) cmocka_unit_test_setup(f, set_up)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_whole_feed_is_well_and_its_validators_are_kept),
		CASE(a_feed_that_was_cut_is_well_without_validators),
		CASE(a_304_is_unchanged),
		CASE(the_next_visit_waits_for_the_longest_of_what_is_asked),
		CASE(what_a_document_asked_for_lives_through_a_304),
		CASE(an_interval_that_is_set_is_kept),
		CASE(what_is_due_by_itself),
		CASE(what_broke_off_is_asked_for_whole_again),
		CASE(hours_a_feed_wants_skipped_are_skipped),
		CASE(the_interval_follows_the_feeds_pace),
		CASE(the_wait_doubles_with_each_failure_up_to_a_day),
		CASE(chance_moves_the_wait_by_a_tenth_at_most),
		CASE(the_sentence_names_the_feed_the_cause_and_the_next_try),
		CASE(each_status_has_its_state_and_its_words),
		CASE(a_feed_lost_for_long_is_asked_once_a_week),
		CASE(a_wall_is_named),
		CASE(a_limit_keeps_no_validators_and_says_cut),
		CASE(what_servers_say_is_shown_in_display_form),
		CASE(a_feed_whose_host_waits_is_skipped_with_it),
		CASE(a_person_may_ask_what_is_only_fresh),
		CASE(a_person_may_not_ask_what_was_refused),
		CASE(a_person_may_ask_what_failed_a_moment_ago),
		CASE(a_password_that_is_wanted_is_asked_for_once_a_week),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
