#include "lede/app/article.h"

#include "scene.h"

static int opened(void **state)
{
	static struct scene s;

	scene_open(&s, "memory:article_test");
	*state = &s;
	return 0;
}

static int closed(void **state)
{
	scene_close(*state);
	return 0;
}

static struct article load(struct scene *s, int64_t entry)
{
	struct error e = { .code = ERR_NONE };
	struct article a;

	assert_ok(article_load(s->store, entry, &(struct rich_options){ .hide_glosses = false },
	                       s->arena, &a, &e),
	          &e);
	return a;
}

static int64_t put_html(struct scene *s, const char *title, const char *html)
{
	struct error e = { .code = ERR_NONE };
	struct entry_new n = {
		.feed = s->feed[0], .guid = str_of(title), .title = str_of(title),
		.link = STR("https://paper.example/a"), .author = STR(""),
		.html = str_of(html), .enclosure = STR(""), .language = STR(""), .published = NOW,
		.updated = DATE_NONE, .points = -1,
	};
	enum put_result result;
	int64_t id;

	assert_ok(store_begin(s->store, false, &e), &e);
	assert_ok(store_put_entry(s->store, &n, NOW, &result, &id, &e), &e);
	assert_ok(store_commit(s->store, &e), &e);
	return id;
}

static void an_article_has_its_text_and_its_links_made_absolute(void **state)
{
	struct scene *s = *state;
	struct article a = load(s, put_html(s, "Rain", "<p>It <a href='/why'>rains</a>.</p>"));

	assert_text(a.entry.title, "Rain");
	assert_text(a.entry.source, "Paper Daily");
	assert_int_equal(rich_link_count(a.doc), 1);
	assert_text(rich_link(a.doc, 1)->url, "https://paper.example/why");
	rich_free(a.doc);
}

static void an_article_without_text_has_no_document(void **state)
{
	struct scene *s = *state;
	struct article a = load(s, put_html(s, "Rain", ""));

	assert_null(a.doc);
	assert_int_equal(a.html_error.n, 0);
}

static void glosses_are_hidden_when_asked(void **state)
{
	struct scene *s = *state;
	struct error e = { .code = ERR_NONE };
	struct buf text = buf_limited(1000);
	int64_t id = put_html(s, "Rain", "<p>监(jiān)管</p>");
	struct article a;

	assert_ok(article_load(s->store, id, &(struct rich_options){ .hide_glosses = true },
	                       s->arena, &a, &e),
	          &e);
	rich_plain(a.doc, &text);
	assert_text(str_trim(buf_view(&text)), "监管");
	buf_free(&text);
	rich_free(a.doc);
}

static void other_coverage_is_listed_oldest_first(void **state)
{
	struct scene *s = *state;
	int64_t first = scene_add(s, 0, "Bridge over the north channel reopens after two years",
				  3 * HOUR);
	int64_t second = scene_add(s, 1, "North channel bridge reopens after two years", HOUR);
	struct article a;

	scene_fold(s);
	a = load(s, second);
	assert_int_equal(a.nmembers, 2);
	assert_int_equal(a.member[0].id, first);
	assert_int_equal(a.member[1].id, second);
	rich_free(a.doc);
}

static void rank_and_why_are_those_of_the_last_edition(void **state)
{
	struct scene *s = *state;
	int64_t id = scene_add(s, 0, "Lost dog takes the tram home", HOUR);
	struct article a = load(s, id);

	assert_false(a.has_row);
	rich_free(a.doc);
	scene_edition(s, 0);
	a = load(s, id);
	assert_true(a.has_row);
	assert_int_equal(a.row.rank, 1);
	assert_int_equal(a.why.score, a.row.score);
	assert_int_equal(a.why.term[0].signal, SIGNAL_FRESH);
	rich_free(a.doc);
}

static void how_often_the_feed_is_opened_is_told(void **state)
{
	struct scene *s = *state;
	struct error e = { .code = ERR_NONE };
	int64_t id = scene_add(s, 0, "Lost dog takes the tram home", HOUR);
	struct article a;

	scene_add(s, 0, "Night train returns in June", HOUR);
	scene_fold(s);
	assert_ok(store_begin(s->store, true, &e), &e);
	assert_ok(folding_learn(s->folding, s->store, EVENT_OPEN, id, 0, NOW, &e), &e);
	assert_ok(store_commit(s->store, &e), &e);
	a = load(s, id);
	assert_int_equal(a.opened, 1);
	assert_int_equal(a.opened_of, 2);
	rich_free(a.doc);
}

static void an_entry_that_is_not_there_is_named(void **state)
{
	struct scene *s = *state;
	struct error e = { .code = ERR_NONE };
	struct article a;

	assert_int_equal(article_load(s->store, 1234,
	                              &(struct rich_options){ .hide_glosses = false }, s->arena, &a,
	                              &e),
	                 ERR_NONESUCH);
	assert_string_equal(e.text, "no entry 1234");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_article_has_its_text_and_its_links_made_absolute),
		CASE(an_article_without_text_has_no_document),
		CASE(glosses_are_hidden_when_asked),
		CASE(other_coverage_is_listed_oldest_first),
		CASE(rank_and_why_are_those_of_the_last_edition),
		CASE(how_often_the_feed_is_opened_is_told),
		CASE(an_entry_that_is_not_there_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
