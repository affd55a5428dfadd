#include "lede/app/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

enum { HOUR = 3600, DAY = 86400 };

static const char *taken(struct buf *b)
{
	static char kept[1024];

	strncpy(kept, buf_cstr(b), sizeof kept - 1);
	buf_free(b);
	return kept;
}

static const char *longer(struct term t)
{
	struct buf b = buf_limited(4096);

	words_term(&b, &t, STR("Paper Daily"), false);
	return taken(&b);
}

static const char *shorter(struct term t)
{
	struct buf b = buf_limited(4096);

	words_term(&b, &t, STR("Paper Daily"), true);
	return taken(&b);
}

static const char *detail(struct term t)
{
	struct buf b = buf_limited(4096);

	words_term_detail(&b, &t, STR("Portal City Page"));
	return taken(&b);
}

static const char *label(struct term t)
{
	struct buf b = buf_limited(4096);

	words_term_label(&b, &t, STR("Paper Daily"));
	return taken(&b);
}

static const struct term fresh = { SIGNAL_FRESH, 2000, 2 * HOUR, 0, 0, { "", 0 } };
static const struct term size = { SIGNAL_SIZE, 1600, 5, 0, 0, { "", 0 } };
static const struct term feed = { SIGNAL_FEED, 900, 31, 40, 7, { "", 0 } };
static const struct term words = { SIGNAL_WORDS, 700, 0, 0, 0, { "data\x1frules", 10 } };
static const struct term order = { SIGNAL_ORDER, 900, 2, 10, 7, { "", 0 } };

static void reasons_read_as_the_design_words_them(void **state)
{
	(void)state;
	assert_string_equal(longer(fresh), "2 h old");
	assert_string_equal(longer(size), "5 sources");
	assert_string_equal(longer(feed), "you read Paper Daily");
	assert_string_equal(longer(words), "like what you keep: data, rules");
	assert_string_equal(longer(order), "rank 2 in a hot list");
	assert_string_equal(longer((struct term){ .signal = SIGNAL_WEIGHT, .points = 100 }),
			    "your weight for the feed");
	assert_string_equal(longer((struct term){ .signal = SIGNAL_VARIETY, .points = -600 }),
			    "many from this feed");
}

static void short_reasons_are_a_word_or_two(void **state)
{
	(void)state;
	assert_string_equal(shorter(fresh), "2 h");
	assert_string_equal(shorter(size), "5 sources");
	assert_string_equal(shorter(feed), "Paper Daily");
	assert_string_equal(shorter(words), "data");
	assert_string_equal(shorter(order), "rank 2");
}

static void ages_in_reasons_have_blanks(void **state)
{
	struct term t = fresh;

	(void)state;
	t.n = 30;
	assert_string_equal(longer(t), "now");
	t.n = 59 * 60;
	assert_string_equal(longer(t), "59 min old");
	t.n = 3 * DAY;
	assert_string_equal(longer(t), "3 d old");
	t.n = -5;
	assert_string_equal(longer(t), "now");
}

static void one_source_is_one(void **state)
{
	struct term t = size;

	(void)state;
	t.n = 1;
	assert_string_equal(longer(t), "1 source");
}

static void what_tells_against_a_story_is_worded_so(void **state)
{
	struct term t = feed, w = words;

	(void)state;
	t.points = -300;
	w.points = -200;
	assert_string_equal(longer(t), "you seldom read Paper Daily");
	assert_string_equal(longer(w), "like what you pass over: data, rules");
}

static void details_fill_the_second_column(void **state)
{
	(void)state;
	assert_string_equal(detail(fresh), "72 h count down to 0");
	assert_string_equal(detail(size), "size of the story");
	assert_string_equal(detail(feed), "opened 31 of its last 40");
	assert_string_equal(detail(order), "Portal City Page");
	assert_string_equal(detail(words), "data, rules");
	assert_string_equal(label(words), "like what you keep");
	assert_string_equal(label(order), "rank 2 in a hot list");
}

static void every_signal_has_words(void **state)
{
	(void)state;
	for (int s = 0; s < SIGNAL_COUNT; s++) {
		struct term t = {
			.signal = (enum signal)s, .points = 100, .n = 3, .words = STR("word")
		};

		assert_true(strlen(longer(t)) > 0);
		assert_true(strlen(shorter(t)) > 0);
		assert_true(strlen(shorter(t)) <= 12);
		assert_true(strlen(detail(t)) > 0);
		assert_true(strlen(label(t)) > 0);
	}
}

static void a_feed_without_a_name_is_this_feed(void **state)
{
	struct buf b = buf_limited(256);

	(void)state;
	words_term(&b, &feed, STR(""), false);
	assert_string_equal(taken(&b), "you read this feed");
}

static void names_from_outside_take_display_form(void **state)
{
	struct buf b = buf_limited(256);

	(void)state;
	words_term(&b, &feed, STR(" Paper\n\x1b[31mDaily\xe2\x80\xae "), false);
	assert_string_equal(taken(&b), "you read Paper [31mDaily");
}

static struct str name_of(void *self, int64_t id)
{
	(void)self;
	return id == 7 ? STR("Paper Daily") : STR("");
}

static const char *why(const struct terms *t, int max, bool brief)
{
	struct buf b = buf_limited(4096);

	words_why(&b, t, max, brief, name_of, NULL);
	return taken(&b);
}

static void a_why_names_its_largest_terms_with_whole_points(void **state)
{
	struct terms t = { .term = { fresh, size, feed, words }, .n = 4, .score = 5200 };

	(void)state;
	assert_string_equal(why(&t, 3, false),
			    "2 h old +20, 5 sources +16, you read Paper Daily +9");
	assert_string_equal(why(&t, 2, true), "2 h +20, 5 sources +16");
	assert_string_equal(why(&t, 9, true), "2 h +20, 5 sources +16, Paper Daily +9, data +7");
}

static void nothing_to_say_is_nothing(void **state)
{
	struct terms t = { .n = 0 };
	struct buf b = buf_limited(64);

	(void)state;
	assert_string_equal(why(&t, 3, false), "");
	t = (struct terms){ .term = { feed }, .n = 1, .score = 900 };
	words_why(&b, &t, 3, false, NULL, NULL);
	assert_string_equal(taken(&b), "you read this feed +9");
}

static const char *why_not(struct why_not w)
{
	struct buf b = buf_limited(1024);

	words_why_not(&b, &w);
	return taken(&b);
}

static void the_first_reason_that_holds_keeps_a_story_out(void **state)
{
	const int64_t made = 1744617600;                   /* Mon 14 Apr 2025 08:00 UTC */
	struct why_not w = { .story = 7, .upto = 9, .made = made, .came = made - 4 * DAY };

	(void)state;
	setenv("TZ", "UTC0", 1);
	tzset();
	assert_string_equal(why_not(w),
			    "it came Thu 10 Apr 08:00, over three days before the edition");
	w.came = made - 3 * DAY;
	assert_string_equal(why_not(w), "it is read");
	w.unread = true;
	assert_string_equal(why_not(w), "it was read when the edition was made");
	w.full = w.filler = true;
	assert_string_equal(why_not(w), "it is held back as filler");
	w.filler = false;
	assert_string_equal(why_not(w), "999 stories of the edition rank higher");
	w.story = 10;
	assert_string_equal(why_not(w), "it came after the edition was made");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons_read_as_the_design_words_them),
		cmocka_unit_test(short_reasons_are_a_word_or_two),
		cmocka_unit_test(ages_in_reasons_have_blanks),
		cmocka_unit_test(one_source_is_one),
		cmocka_unit_test(what_tells_against_a_story_is_worded_so),
		cmocka_unit_test(details_fill_the_second_column),
		cmocka_unit_test(every_signal_has_words),
		cmocka_unit_test(a_feed_without_a_name_is_this_feed),
		cmocka_unit_test(names_from_outside_take_display_form),
		cmocka_unit_test(a_why_names_its_largest_terms_with_whole_points),
		cmocka_unit_test(nothing_to_say_is_nothing),
		cmocka_unit_test(the_first_reason_that_holds_keeps_a_story_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
