/* What a person types to search, and what is asked then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "lede/app/query.h"

#define NOW INT64_C(1777800600) /* 2026-05-03 09:30 UTC, a Sunday */

/* A query as one line: terms with -, title: and *, then what narrows it. */
static const char *shown(const struct search_query *q)
{
	static char out[4096];
	size_t n = 0;

	out[0] = '\0';
#define ADD(...) (n += (size_t)snprintf(out + n, sizeof out - n, __VA_ARGS__))
	for (size_t i = 0; i < q->nterms; i++)
		ADD("%s%s[%.*s]%s ", q->term[i].without ? "-" : "", q->term[i].title ? "title:" : "",
		    (int)q->term[i].text.n, q->term[i].text.p, q->term[i].start ? "*" : "");
	for (size_t i = 0; i < q->nfeeds; i++)
		ADD("%sfeed:[%.*s] ", q->feed[i].without ? "-" : "", (int)q->feed[i].text.n,
		    q->feed[i].text.p);
	if (q->with || q->without)
		ADD("with:%u without:%u ", q->with, q->without);
	if (q->after != INT64_MIN)
		ADD("after:%lld ", (long long)q->after);
	if (q->before != INT64_MAX)
		ADD("before:%lld ", (long long)q->before);
#undef ADD
	if (n > 0)
		out[n - 1] = '\0';
	return out;
}

static void assert_asks(const char *typed, const char *expected)
{
	struct arena *a = arena_new();
	struct search_query q;
	struct error e = { .text = "" };

	if (query_parse(str_of(typed), NOW, a, &q, &e) != ERR_NONE)
		fail_msg("%s: %s", typed, e.text);
	assert_string_equal(shown(&q), expected);
	arena_free(a);
}

static void assert_refused(const char *typed, const char *sentence)
{
	struct arena *a = arena_new();
	struct search_query q;
	struct error e = { .text = "" };

	assert_int_equal(query_parse(str_of(typed), NOW, a, &q, &e), ERR_USAGE);
	assert_string_equal(e.text, sentence);
	arena_free(a);
}

static void words_are_parted_by_blanks(void **state)
{
	(void)state;
	assert_asks("bridge", "[bridge]");
	assert_asks("  two   words\t", "[two] [words]");
	assert_asks("监管　部门", "[监管] [部门]"); /* U+3000 */
	assert_asks("don't covid-19 12:30 http://a/", "[don't] [covid-19] [12:30] [http://a/]");
}

static void quotes_of_any_kind_make_a_phrase(void **state)
{
	(void)state;
	assert_asks("\"white house\" x", "[white house] [x]");
	assert_asks("“white house” x", "[white house] [x]");
	assert_asks("„weißes Haus“ x", "[weißes Haus] [x]");
	assert_asks("「監管 部門」 x", "[監管 部門] [x]");
	assert_asks("\"left open", "[left open]");
	assert_asks("\"a\"b", "[a] [b]");
	assert_asks("\"star*\"", "[star*]");
}

static void a_minus_sign_forbids(void **state)
{
	(void)state;
	assert_asks("a -b", "[a] -[b]");
	assert_asks("a -\"b c\" -title:d -feed:e", "[a] -[b c] -title:[d] -feed:[e]");
	assert_asks("a-b", "[a-b]");
}

static void a_star_leaves_the_end_open(void **state)
{
	(void)state;
	assert_asks("clim*", "[clim]*");
	assert_asks("title:clim* -un*", "title:[clim]* -[un]*");
	assert_asks("监*", "[监]*");
	assert_refused("c*", "c* would find nearly everything; * wants two letters before it");
}

static void keys_narrow(void **state)
{
	(void)state;
	assert_asks("title:x TITLE:\"y z\" title：監管", "title:[x] title:[y z] title:[監管]");
	assert_asks("feed:daily feed:\"city news\"", "feed:[daily] feed:[city news]");
	assert_asks("is:unread", "with:0 without:1");
	assert_asks("is:read is:starred", "with:3 without:0");
	assert_asks("-is:read -is:starred is:filler", "with:4 without:3");
	assert_asks("author:x", "[author:x]"); /* no key of ours: words side by side */
}

static void days_are_local(void **state)
{
	(void)state;
	assert_asks("after:2026-05-03", "after:1777766400");
	assert_asks("after:2026-05 before:2026", "after:1777593600 before:1767225600");
	assert_asks("after:today before:TODAY", "after:1777766400 before:1777766400");
	assert_asks("after:yesterday", "after:1777680000");
	assert_asks("after:2d", "after:1777627800");
	assert_asks("after:12H", "after:1777757400");
	assert_asks("before:1y", "before:1746264600");
	assert_asks("after:2026-1-1 after:2025", "after:1767225600"); /* the narrower one */
	setenv("TZ", "Asia/Shanghai", 1);
	tzset();
	assert_asks("after:2026-05-03", "after:1777737600");
	setenv("TZ", "UTC", 1);
	tzset();
}

static void what_cannot_be_a_day_is_refused(void **state)
{
	static const char *const bad[] = { "2026-02-30", "2026-13", "26", "x", "2026-05-03-01",
		                           "-5d", "5", "d", "2026-", "2026-05-3x", "99999d", "1969" };
	char typed[64], sentence[300];

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		snprintf(typed, sizeof typed, "before:%s", bad[i]);
		snprintf(sentence, sizeof sentence, "before: takes a day (2026-05-03, 2026-05, 2026, "
		         "today, yesterday) or an age (12h, 7d, 2w, 3m, 1y), not “%s”", bad[i]);
		assert_refused(typed, sentence);
	}
}

static void what_is_missing_or_unknown_is_said(void **state)
{
	(void)state;
	assert_refused("", "no word to search for");
	assert_refused("  & → ", "no word to search for");
	assert_refused("title:", "a word is missing behind the colon of title:");
	assert_refused("feed:\"\" x", "a word is missing behind the colon of feed:");
	assert_refused("is:new", "is: knows unread, read, starred and filler, not “new”");
	assert_refused("-after:today", "-after: means nothing; there are after: and before:");
}

static void signs_beside_words_are_passed_over(void **state)
{
	(void)state;
	assert_asks("R & D", "[R] [D]");
	assert_asks("a - b", "[a] [b]");
}

static void numbers_of_words_have_a_ceiling(void **state)
{
	char typed[512] = "";

	(void)state;
	for (int i = 0; i < SEARCH_TERMS_MAX; i++)
		strcat(typed, "word ");
	assert_refused(strcat(typed, "one"), "more than 32 words to search for");
}

/* Whatever is typed either is understood or gives a sentence, and is asked within its bounds. */
static void anything_typed_gives_a_query_or_a_sentence(void **state)
{
	static const char *const pieces[] = { "a", "\"", "“", "”", "-", "*", ":", "title:", "feed：",
		                              "is:", "unread", "after:", "before:", "2026", "7d", " ",
		                              "　", "国", "監", "「", "」", "\xFF", "\xE4\xB8", "(", ")",
		                              "AND", "NOT", "'", "é", "\n", "&", "^", "{", "+" };
	uint64_t seed = 11;
	char typed[512];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct arena *a = arena_new();
		struct search_query q;
		struct error e = { .text = "" };
		enum err rc;

		typed[0] = '\0';
		for (int i = 0; i < 1 + round % 24; i++) {
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			strcat(typed, pieces[(seed >> 40) % (sizeof pieces / sizeof *pieces)]);
		}
		rc = query_parse(str_of(typed), NOW, a, &q, &e);
		assert_true(rc == ERR_NONE || (rc == ERR_USAGE && e.text[0] != '\0'));
		assert_true(rc != ERR_NONE || shown(&q)[0] != '\0');
		assert_true(q.nterms <= SEARCH_TERMS_MAX && q.nfeeds <= SEARCH_FEEDS_MAX);
		arena_free(a);
	}
}

static void assert_split(const char *query, const char *words, const char *limits)
{
	struct buf w = buf_limited(1000), l = buf_limited(1000);

	query_split(str_of(query), &w, &l);
	assert_string_equal(buf_cstr(&w), words);
	assert_string_equal(buf_cstr(&l), limits);
	buf_free(&w);
	buf_free(&l);
}

static void words_and_what_limits_them_are_told_apart(void **state)
{
	(void)state;
	assert_split("bridge is:unread", "bridge", "is:unread");
	assert_split("  -feed:\"City News\"  \"two  words\" after:7d -less wo* ", "\"two  words\" -less wo*",
	             "-feed:\"City News\" after:7d");
	assert_split("title:x　is：starred 「大橋 通車」", "title:x 「大橋 通車」", "is：starred");
	assert_split("", "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_parted_by_blanks),
		cmocka_unit_test(quotes_of_any_kind_make_a_phrase),
		cmocka_unit_test(a_minus_sign_forbids),
		cmocka_unit_test(a_star_leaves_the_end_open),
		cmocka_unit_test(keys_narrow),
		cmocka_unit_test(days_are_local),
		cmocka_unit_test(what_cannot_be_a_day_is_refused),
		cmocka_unit_test(what_is_missing_or_unknown_is_said),
		cmocka_unit_test(signs_beside_words_are_passed_over),
		cmocka_unit_test(numbers_of_words_have_a_ceiling),
		cmocka_unit_test(anything_typed_gives_a_query_or_a_sentence),
		cmocka_unit_test(words_and_what_limits_them_are_told_apart),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
