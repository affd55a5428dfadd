/* Elements that speak by their attributes: links, enclosures, xml:base, xml:lang, CDF; and how
 * formats are told apart. */
#include "parsed.h"

#include "lede/text/date.h"

static void cdf_says_everything_in_attributes(void **state)
{
	struct parsed *p =
		parsed("<CHANNEL HREF=\"http://c.example/\" "
	               "LASTMOD=\"2004-04-06T10:00:00Z\"><TITLE>C</TITLE>"
	               "<ITEM HREF=\"1\" "
	               "LASTMOD=\"2004-04-05T10:00:00Z\"><TITLE>One</TITLE></ITEM></CHANNEL>");

	(void)state;
	assert_int_equal(p->meta.format, FEED_CDF);
	assert_text(p->meta.link, "http://c.example/");
	assert_int_equal(p->n, 1);
	assert_text(p->entries[0].title, "One");
	assert_int_equal(p->entries[0].updated, INT64_C(1081159200));
	assert_int_equal(p->entries[0].published, DATE_NONE);
}

static void channel_in_small_letters_is_rss(void **state)
{
	struct parsed *p =
		parsed("<channel><title>C</title><item><title>One</title></item></channel>");

	(void)state;
	assert_int_equal(p->meta.format, FEED_RSS);
	assert_int_equal(p->n, 1);
}

static void versions_of_rss_are_told_by_the_attribute(void **state)
{
	static const struct {
		const char *version, *name;
	} versions[] = {
		{ "0.9", "rss0.90" },  { "0.91", "rss0.91" }, { "0.92", "rss0.92" },
		{ "0.93", "rss0.93" }, { "0.94", "rss0.94" }, { "1.0", "rss1.0" },
		{ "2.0", "rss2.0" },   { " 2.0 ", "rss2.0" }, { "2", "rss2.0" },
		{ "2.0.1", "rss2.0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
		char body[128];

		snprintf(body, sizeof body, "<rss version=\"%s\"><channel/></rss>",
		         versions[i].version);
		assert_string_equal(feed_format_name(parsed(body)->meta.format), versions[i].name);
		parsed_forget(state);
	}
}

static void link_without_a_relation_is_the_page(void **state)
{
	struct parsed *p = parsed(ATOM_ENTRY("<link rel=\"self\" href=\"http://a/self\"/><link "
	                                     "rel=\"edit\" href=\"http://a/edit\"/>"
	                                     "<link href=\"http://a/page\"/>"));

	(void)state;
	assert_text(p->entries[0].link, "http://a/page");
}

static void relation_may_be_written_as_an_address(void **state)
{
	struct parsed *p = parsed(
		ATOM_ENTRY("<link rel=\"http://www.iana.org/assignments/relation/alternate\" "
	                   "href=\"http://a/page\"/>"
	                   "<link rel=\"http://www.iana.org/assignments/relation/enclosure\" "
	                   "href=\"http://a/e\""
	                   " type=\"audio/mpeg\" length=\"12\"/>"));

	(void)state;
	assert_text(p->entries[0].link, "http://a/page");
	assert_int_equal(p->entries[0].nenclosures, 1);
	assert_text(p->entries[0].enclosures[0].url, "http://a/e");
	assert_int_equal(p->entries[0].enclosures[0].length, 12);
}

static void page_in_html_comes_before_others_in_any_order(void **state)
{
	struct parsed *p = parsed(ATOM_ENTRY("<link type=\"application/pdf\" "
	                                     "href=\"http://a/pdf\"/><link href=\"http://a/none\"/>"
	                                     "<link type=\"text/html\" href=\"http://a/html\"/>"));

	(void)state;
	assert_text(p->entries[0].link, "http://a/html");
}

static void replies_are_comments_when_they_are_a_page(void **state)
{
	struct parsed *p = parsed(ATOM_ENTRY(
		"<link rel=\"replies\" type=\"application/atom+xml\" href=\"http://a/feed\"/>"
		"<link rel=\"replies\" type=\"text/html\" href=\"http://a/talk\"/>"));

	(void)state;
	assert_text(p->entries[0].comments, "http://a/talk");
}

static void bases_are_nested_and_end_with_their_element(void **state)
{
	struct parsed *p = parsed(
		"<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"http://a.example/x/\">"
		"<entry xml:base=\"y/\"><link href=\"1\"/></entry><entry><link href=\"2\"/></entry>"
		"<entry xml:base=\"http://b.example/\"><link xml:base=\"z/\" "
	        "href=\"3\"/></entry></feed>");

	(void)state;
	assert_int_equal(p->n, 3);
	assert_text(p->entries[0].link, "http://a.example/x/y/1");
	assert_text(p->entries[1].link, "http://a.example/x/2");
	assert_text(p->entries[2].link, "http://b.example/z/3");
}

static void language_of_an_entry_is_its_own(void **state)
{
	struct parsed *p = parsed("<feed xmlns=\"http://www.w3.org/2005/Atom\" "
	                          "xml:lang=\"en\"><entry xml:lang=\"zh-Hant\"><title>t</title>"
	                          "</entry><entry><title>u</title></entry></feed>");

	(void)state;
	assert_text(p->meta.language, "en");
	assert_text(p->entries[0].language, "zh-Hant");
	assert_text(p->entries[1].language, "");
}

static void sound_and_film_of_a_module_are_enclosures_and_pictures_are_not(void **state)
{
	struct parsed *p = parsed(
		"<rss version=\"2.0\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><item>"
		"<media:content url=\"http://a/film\" medium=\"video\"/>"
		"<media:content url=\"http://a/song\" type=\"audio/ogg\" fileSize=\"7\"/>"
		"<media:content url=\"http://a/photo\" "
	        "type=\"image/png\"/></item></channel></rss>");

	(void)state;
	assert_int_equal(p->entries[0].nenclosures, 2);
	assert_text(p->entries[0].enclosures[0].url, "http://a/film");
	assert_text(p->entries[0].enclosures[1].url, "http://a/song");
}

static void ampersands_in_attributes_are_written_once(void **state)
{
	struct parsed *p = parsed(ATOM_ENTRY("<link href=\"http://a/?x=1&amp;y=2&z=3&#38;w=4\"/>"));

	(void)state;
	assert_text(p->entries[0].link, "http://a/?x=1&y=2&z=3&w=4");
}

static void attributes_are_found_in_any_letter_case(void **state)
{
	struct parsed *p = parsed(
		RSS_ITEM("<enclosure URL=\"http://a/e\" TYPE=\"audio/mpeg\" LENGTH=\" 9 \"/>"));

	(void)state;
	assert_int_equal(p->entries[0].nenclosures, 1);
	assert_text(p->entries[0].enclosures[0].type, "audio/mpeg");
	assert_int_equal(p->entries[0].enclosures[0].length, 9);
}

static void atom_inside_rss_is_read_by_its_namespace(void **state)
{
	struct parsed *p = parsed(
		"<rss version=\"2.0\" xmlns:a=\"http://www.w3.org/2005/Atom\"><channel><a:link "
	        "rel=\"self\" href=\"http://a/feed\"/>"
		"<link>http://a/</link><item><title>t</title><a:updated>2025-04-14T08:00:00Z</"
	        "a:updated></item></channel></rss>");

	(void)state;
	assert_text(p->meta.link, "http://a/");
	assert_int_equal(p->entries[0].updated, INT64_C(1744617600));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		behaves(cdf_says_everything_in_attributes),
		behaves(channel_in_small_letters_is_rss),
		behaves(versions_of_rss_are_told_by_the_attribute),
		behaves(link_without_a_relation_is_the_page),
		behaves(relation_may_be_written_as_an_address),
		behaves(page_in_html_comes_before_others_in_any_order),
		behaves(replies_are_comments_when_they_are_a_page),
		behaves(bases_are_nested_and_end_with_their_element),
		behaves(language_of_an_entry_is_its_own),
		behaves(sound_and_film_of_a_module_are_enclosures_and_pictures_are_not),
		behaves(ampersands_in_attributes_are_written_once),
		behaves(attributes_are_found_in_any_letter_case),
		behaves(atom_inside_rss_is_read_by_its_namespace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
