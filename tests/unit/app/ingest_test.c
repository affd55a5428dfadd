#include "lede/app/ingest.h"

#include <stdlib.h>
#include <string.h>

#include "scene.h"

#define URL STR("https://paper.example/feed")
#define RSS(items) "<rss version='2.0'><channel><title>Paper\t &amp; Ink</title>" \
	"<link>https://paper.example/</link>" items "</channel></rss>"
#define PAGE "<!doctype html><html><head><title>Hi</title></head><body>Hello</body></html>"

/* What was given, copied. */
struct taken {
	char title[20][300], author[20][100], html[20][300], link[20][200], guid[20][100];
	int64_t published[20];
	int n, stop_after;
};

static void keep(char *to, size_t size, struct str s)
{
	assert_non_null(s.p);
	assert_true(s.n < size);
	memcpy(to, s.p, s.n);
	to[s.n] = '\0';
}

static bool take(void *self, const struct entry_new *n)
{
	struct taken *t = self;

	keep(t->title[t->n], sizeof t->title[0], n->title);
	keep(t->author[t->n], sizeof t->author[0], n->author);
	keep(t->html[t->n], sizeof t->html[0], n->html);
	keep(t->link[t->n], sizeof t->link[0], n->link);
	keep(t->guid[t->n], sizeof t->guid[0], n->guid);
	t->published[t->n] = n->published;
	return ++t->n != t->stop_after;
}

static struct taken read_feed(const char *text)
{
	struct taken t = { .n = 0 };
	struct error e = { .code = ERR_NONE };
	struct ingest *g = ingest_new(1, URL, STR(""), STR(""), take, &t);

	assert_ok(ingest_push(g, str_of(text), &e), &e);
	assert_ok(ingest_end(g, &e), &e);
	assert_int_equal(ingest_count(g), (size_t)t.n);
	ingest_free(g);
	return t;
}

static void an_entry_comes_with_its_parts(void **state)
{
	struct taken t = read_feed(RSS("<item><title>Rain</title><guid>7</guid><link>/rain</link>"
				       "<author>a@b.example (Li Wen)</author>"
				       "<pubDate>Mon, 14 Apr 2025 07:00:00 GMT</pubDate>"
				       "<description>&lt;p&gt;Wet.&lt;/p&gt;</description>"
				       "</item>"));

	(void)state;
	assert_int_equal(t.n, 1);
	assert_string_equal(t.title[0], "Rain");
	assert_string_equal(t.guid[0], "7");
	assert_string_equal(t.link[0], "https://paper.example/rain");
	assert_string_equal(t.html[0], "<p>Wet.</p>");
	assert_int_equal(t.published[0], NOW - HOUR);
}

static void titles_and_authors_are_in_display_form(void **state)
{
	struct taken t =
	        read_feed(RSS("<item>"
	                      "<title>Rain\n\t  &#x202E;over &#x1F327;&#xFE0F; town</title>"
	                      "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'> Li\n Wen "
	                      "</dc:creator></item>"));

	(void)state;
	assert_null(strstr(t.title[0], "\xE2\x80\xAE"));
	assert_null(strchr(t.title[0], '\n'));
	assert_true(strncmp(t.title[0], "Rain over ", 10) == 0);
	assert_string_equal(t.author[0], "Li Wen");
}

static void content_goes_before_summary(void **state)
{
	struct taken t = read_feed(RSS("<item><title>A</title><description>Short</description>"
	                               "<content:encoded "
	                               "xmlns:content='http://purl.org/rss/1.0/modules/content/"
	                               "'>Long</content:encoded></item>"));

	(void)state;
	assert_string_equal(t.html[0], "Long");
}

static void what_has_no_title_is_called_by_its_first_words(void **state)
{
	struct taken t = read_feed(RSS("<item>"
	                               "<description>&lt;p&gt;It &lt;b&gt;rains&lt;/b&gt; "
	                               "again.&lt;/p&gt;</description></item>"));

	(void)state;
	assert_string_equal(t.title[0], "It rains again.");
}

static void a_long_text_without_a_title_is_cut_between_characters(void **state)
{
	char text[1000] = "<rss version='2.0'><channel><item><description>";
	struct taken t;

	(void)state;
	for (int i = 0; i < 60; i++)
		strcat(text, "水");
	strcat(text, "</description></item></channel></rss>");
	t = read_feed(text);
	assert_int_equal(strlen(t.title[0]), 120 + 3);
	assert_true(str_ends(str_of(t.title[0]), "水…"));
}

static void without_title_and_text_the_link_stands_in(void **state)
{
	struct taken t = read_feed(RSS("<item><link>https://www.paper.example/a</link></item>"
				       "<item><guid isPermaLink='false'>x</guid></item>"));

	(void)state;
	assert_string_equal(t.title[0], "paper.example/a");
	assert_string_equal(t.title[1], "(untitled)");
}

static void who_wants_no_more_gets_no_more(void **state)
{
	struct taken t = { .stop_after = 2 };
	struct ingest *g = ingest_new(1, URL, STR(""), STR(""), take, &t);
	const char *text = RSS("<item><title>A</title></item><item><title>B</title></item><item>"
			       "<title>C</title></item>");

	(void)state;
	ingest_push(g, str_of(text), NULL);
	ingest_end(g, NULL);
	assert_int_equal(t.n, 2);
	ingest_free(g);
}

static void the_hash_is_of_all_bytes_however_they_come(void **state)
{
	const struct str text = str_of(RSS("<item><title>A</title></item>"));
	struct taken t = { .n = 0 };
	struct ingest *g = ingest_new(1, URL, STR(""), STR(""), take, &t);

	(void)state;
	for (size_t i = 0; i < text.n; i++)
		ingest_push(g, str_sub(text, i, i + 1), NULL);
	ingest_end(g, NULL);
	assert_int_equal(ingest_body_hash(g), ingest_hash(text));
	assert_int_not_equal(ingest_hash(text), ingest_hash(str_sub(text, 0, text.n - 1)));
	ingest_free(g);
}

static void a_page_is_said_to_be_one(void **state)
{
	struct taken t = { .n = 0 };
	struct error e = { .code = ERR_NONE };
	struct ingest *g = ingest_new(1, URL, STR("text/html"), STR(""), take, &t);
	enum err rc = ingest_push(g, STR(PAGE), &e);

	(void)state;
	if (rc == ERR_NONE)
		rc = ingest_end(g, &e);
	assert_int_equal(rc, ERR_SYNTAX);
	assert_string_equal(e.text, "not a feed: a web page");
	ingest_free(g);
}

/* ---- into a store ---- */

static void a_document_goes_into_the_store_whole(void **state)
{
	struct scene s;
	struct error e = { .code = ERR_NONE };
	const struct str text =
		str_of(RSS("<item><title>A</title><guid>1</guid></item>"
			   "<item><title>B</title><guid>2</guid></item>"));
	struct feed_row row;
	int64_t n;

	(void)state;
	scene_open(&s, "memory:ingest_test");
	/* twice: the second time nothing is new */
	for (int i = 0; i < 2; i++) {
		assert_ok(ingest_document(s.store, s.feed[0], URL, text, NOW, &e), &e);
		assert_ok(store_list_count(s.store, LIST_LATEST, 0, &n, &e), &e);
		assert_int_equal(n, 2);
	}
	assert_ok(store_feed(s.store, s.feed[0], s.arena, &row, &e), &e);
	assert_text(row.title, "Paper & Ink");
	assert_text(row.format, "rss2.0");
	assert_text(row.site, "https://paper.example/");
	scene_close(&s);
}

static void a_document_that_is_no_feed_leaves_the_store_as_it_was(void **state)
{
	struct scene s;
	struct error e = { .code = ERR_NONE };
	int64_t n;

	(void)state;
	scene_open(&s, "memory:ingest_test");
	assert_int_equal(ingest_document(s.store, s.feed[0], URL, STR("{\"hello\": 1}"), NOW, &e),
			 ERR_SYNTAX);
	assert_ok(store_list_count(s.store, LIST_LATEST, 0, &n, &e), &e);
	assert_int_equal(n, 0);
	scene_add(&s, 0, "the store is usable", 0);
	scene_close(&s);
}

static void entries_dated_later_can_be_left_out(void **state)
{
	struct scene s;
	struct error e = { .code = ERR_NONE };
	const struct str text =
		str_of(RSS("<item><title>A</title>"
			   "<pubDate>Mon, 14 Apr 2025 07:00:00 GMT</pubDate></item>"
					   "<item><title>B</title>"
					   "<pubDate>Mon, 14 Apr 2025 05:00:00 GMT</pubDate>"
					   "</item>"));
	int64_t n;

	(void)state;
	scene_open(&s, "memory:ingest_test");
	assert_ok(ingest_document_until(s.store, s.feed[0], URL, text, NOW, NOW - 2 * HOUR, &e),
		  &e);
	assert_ok(store_list_count(s.store, LIST_LATEST, 0, &n, &e), &e);
	assert_int_equal(n, 1);
	scene_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_comes_with_its_parts),
		cmocka_unit_test(titles_and_authors_are_in_display_form),
		cmocka_unit_test(content_goes_before_summary),
		cmocka_unit_test(what_has_no_title_is_called_by_its_first_words),
		cmocka_unit_test(a_long_text_without_a_title_is_cut_between_characters),
		cmocka_unit_test(without_title_and_text_the_link_stands_in),
		cmocka_unit_test(who_wants_no_more_gets_no_more),
		cmocka_unit_test(the_hash_is_of_all_bytes_however_they_come),
		cmocka_unit_test(a_page_is_said_to_be_one),
		cmocka_unit_test(a_document_goes_into_the_store_whole),
		cmocka_unit_test(a_document_that_is_no_feed_leaves_the_store_as_it_was),
		cmocka_unit_test(entries_dated_later_can_be_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
