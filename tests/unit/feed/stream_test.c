#include "parsed.h"

/* ---- while it arrives ---- */

static bool count(void *self, const struct feed_entry *e)
{
	(void)e;
	++*(size_t *)self;
	return true;
}

static void entry_is_handed_on_before_the_document_ends(void **state)
{
	size_t n = 0;
	struct feed_source source = { .entry = count, .self = &n };
	struct feed_parser *p = feed_parser_new(&source);
	struct buf filler = buf_limited(1 << 20);

	(void)state;
	buf_add_cstr(&filler, "<rss "
			      "version='2.0'><channel><title>t</title><item><title>x</title></"
			      "item><item><description>");
	while (filler.n < 20000)
		buf_add_cstr(&filler, "words and words ");
	assert_int_equal(feed_parser_push(p, buf_view(&filler), NULL), ERR_NONE);
	assert_int_equal(n, 1);
	assert_text(feed_parser_meta(p)->title, "t");
	feed_parser_free(p);
	buf_free(&filler);
}

static void parser_can_be_freed_at_any_moment(void **state)
{
	const char *bodies[] = { "", "<rs", "<rss><channel><item><title>x",
				 "{\"version\":\"1.1\",\"items\":[{", "\xff\xfe<" };

	(void)state;
	feed_parser_free(NULL);
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct feed_parser *p = feed_parser_new(&(struct feed_source){ 0 });

		feed_parser_push(p, str_of(bodies[i]), NULL);
		feed_parser_free(p);
	}
}

static void receiver_may_stop_quietly(void **state)
{
	struct parse_how how = { .stop_after = 2 };
	struct parsed *p = parsed_with(str_of(RSS("<title>t</title><item/><item/><item/>")), &how);

	(void)state;
	assert_int_equal(p->rc, ERR_NONE);
	assert_int_equal(p->n, 2);
	assert_text(p->meta.title, "t");
	p = parsed_with(str_of("{\"version\":\"1.1\",\"items\":[{},{},{}]}"), &how);
	assert_int_equal(p->rc, ERR_NONE);
	assert_int_equal(p->n, 2);
}

static void same_error_comes_back(void **state)
{
	struct feed_parser *p = feed_parser_new(&(struct feed_source){ 0 });
	struct error e = { 0 };

	(void)state;
	assert_int_equal(feed_parser_push(p, STR("{\"a\":1}"), &e), ERR_NONE);
	assert_int_equal(feed_parser_end(p, &e), ERR_SYNTAX);
	memset(&e, 0, sizeof e);
	assert_int_equal(feed_parser_push(p, STR(RSS("<item/>")), &e), ERR_SYNTAX);
	assert_string_equal(e.text, "not a feed: JSON of another kind");
	feed_parser_free(p);
}

static void a_page_that_shows_the_tags_of_a_feed_is_a_page(void **state)
{
	static const char *const pages[] = {
		"<!DOCTYPE html><title>How to</title><pre><rss></rss></pre>",
		"<!DOCTYPE html><html><body><code><rss version='2.0'><channel></code></body></html>",
		"<html><body><p>Write <feed>.</p></body></html>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		struct parsed *p = parsed(pages[i]);

		assert_int_equal(p->rc, ERR_SYNTAX);
		assert_string_equal(p->error.text, "not a feed: a web page");
		assert_int_equal(p->meta.format, FEED_UNKNOWN);
	}
}

static void a_feed_inside_a_page_is_a_feed(void **state)
{
	(void)state;
	assert_int_equal(parsed("<html><body>" RSS_ITEM("<title>x</title>"))->n, 1);
	assert_int_equal(parsed("<html><body>" RSS("<title>x</title>"))->rc, ERR_NONE);
	assert_int_equal(parsed(RSS(""))->rc, ERR_NONE);
}

static void page_is_known_before_it_ends(void **state)
{
	struct feed_parser *p = feed_parser_new(&(struct feed_source){ 0 });
	enum err rc = ERR_NONE;
	int pushes = 0;

	(void)state;
	rc = feed_parser_push(p, STR("<!DOCTYPE html><html><body>"), NULL);
	for (; rc == ERR_NONE && pushes < 1000; pushes++)
		rc = feed_parser_push(
			p,
			STR("<p>one paragraph of a page that has a great many of them</p>\n"
			    "<p>one paragraph of a page that has a great many of them</p>\n"),
			NULL);
	assert_int_equal(rc, ERR_SYNTAX);
	assert_true(pushes < 700);
	feed_parser_free(p);
}

/* ---- ceilings ---- */

static struct parsed *within(const char *body, struct feed_limits l)
{
	return parsed_with(str_of(body), &(struct parse_how){ .limits = l });
}

static void entries_past_the_most_are_left(void **state)
{
	struct parsed *p =
		within(RSS("<item/><item/><item/>"), (struct feed_limits){ .entries = 2 });

	(void)state;
	assert_int_equal(p->rc, ERR_LIMIT);
	assert_int_equal(p->n, 2);
	assert_true(p->meta.cut);
}

static void long_content_is_cut_at_a_character(void **state)
{
	struct parsed *p = within(RSS_ITEM("<title>x</title><description>中文中文</description>"),
				  (struct feed_limits){ .content = 8 });

	(void)state;
	assert_int_equal(p->rc, ERR_NONE);
	assert_text(p->entries[0].summary, "中文");
	assert_true(p->meta.cut);
}

static void long_title_is_cut(void **state)
{
	struct parsed *p =
		within(RSS_ITEM("<title>0123456789</title><description>0123456789</description>"),
		       (struct feed_limits){ .title = 4 });

	(void)state;
	assert_text(p->entries[0].title, "0123");
	assert_text(p->entries[0].summary, "0123456789");
	assert_true(p->meta.cut);
}

static void long_start_tag_ends_the_parse(void **state)
{
	struct parsed *p = within(RSS("<item><title>x</title></item><item "
				      "a='0123456789012345678901234567890123456789'/>"),
				  (struct feed_limits){ .start_tag = 40 });

	(void)state;
	assert_int_equal(p->rc, ERR_LIMIT);
	assert_int_equal(p->n, 1);
	assert_true(p->meta.cut);
}

/* The same entries, in whatever pieces it came. */
static void large_document_ends_at_its_ceiling(void **state)
{
	static const size_t chunks[] = { 0, 1, 7000 };
	struct buf body = buf_limited(1 << 20);

	(void)state;
	buf_add_cstr(&body, "<rss version='2.0'><channel>");
	for (int i = 0; i < 2000; i++)
		buf_addf(&body, "<item><guid>%d</guid></item>", i);
	for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++) {
		struct parse_how how = { .limits = { .bytes = 40000 }, .chunk = chunks[i] };
		struct parsed *p = parsed_with(buf_view(&body), &how);

		assert_int_equal(p->rc, ERR_LIMIT);
		assert_true(p->meta.cut);
		assert_int_equal(p->n, 1369);
	}
	buf_free(&body);
}

/* ---- what it arrives in ---- */

static void charset_of_the_content_type_counts(void **state)
{
	struct parse_how how = { .content_type = "text/xml; charset=\"GB2312\"" };
	struct parsed *p = parsed_with(str_of(RSS_ITEM("<title>\xD6\xD0\xCE\xC4</title>")), &how);

	(void)state;
	assert_text(p->entries[0].title, "中文");
}

static void charset_a_person_set_wins(void **state)
{
	struct feed_source source = { .content_type = STR("text/xml; charset=iso-8859-1"),
				      .charset = STR("big5") };
	struct feed_parser *p = feed_parser_new(&source);

	(void)state;
	feed_parser_push(p, STR("<rss><channel><title>\xA4\xA4\xA4\xE5</title></channel></rss>"),
			 NULL);
	assert_int_equal(feed_parser_end(p, NULL), ERR_NONE);
	assert_text(feed_parser_meta(p)->title, "中文");
	feed_parser_free(p);
}

static void strings_of_the_source_are_copied(void **state)
{
	char base[] = "http://a/";
	struct feed_source source = { .base_url = str_of(base) };
	struct feed_parser *p = feed_parser_new(&source);

	(void)state;
	memset(base, 'x', sizeof base - 1);
	feed_parser_push(p, STR(RSS("<link>1</link>")), NULL);
	feed_parser_end(p, NULL);
	assert_text(feed_parser_meta(p)->link, "http://a/1");
	feed_parser_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		behaves(a_page_that_shows_the_tags_of_a_feed_is_a_page),
		behaves(a_feed_inside_a_page_is_a_feed),
		behaves(entry_is_handed_on_before_the_document_ends),
		behaves(parser_can_be_freed_at_any_moment),
		behaves(receiver_may_stop_quietly),
		behaves(same_error_comes_back),
		behaves(page_is_known_before_it_ends),
		behaves(entries_past_the_most_are_left),
		behaves(long_content_is_cut_at_a_character),
		behaves(long_title_is_cut),
		behaves(long_start_tag_ends_the_parse),
		behaves(large_document_ends_at_its_ceiling),
		behaves(charset_of_the_content_type_counts),
		behaves(charset_a_person_set_wins),
		behaves(strings_of_the_source_are_copied),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
