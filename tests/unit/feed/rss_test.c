#include "parsed.h"

/* ---- text ---- */

static void title_is_text_without_markup(void **state)
{
	struct parsed *p =
		parsed(RSS_ITEM("<title>AT&amp;amp;T &lt;b&gt;bold&lt;/b&gt;\n two</title>"));

	(void)state;
	assert_int_equal(p->n, 1);
	assert_text(p->entries[0].title, "AT&T bold two");
}

static void lone_less_than_stays(void **state)
{
	(void)state;
	assert_text(parsed(RSS_ITEM("<title>1 &lt; 2</title>"))->entries[0].title, "1 < 2");
}

static void no_break_spaces_collapse_like_others(void **state)
{
	struct parsed *p = parsed(RSS_ITEM("<title>&#160; a &#160;&#x3000; b&#8203;c </title>"));

	(void)state;
	assert_text(p->entries[0].title, "a b\u200Bc");
}

static void what_is_only_white_space_is_missing(void **state)
{
	struct parsed *p =
		parsed(RSS_ITEM("<title> &#160; </title><link> </link><guid/><category> </category>"
				"<description>\n</description>"));

	(void)state;
	assert_null(p->entries[0].title.p);
	assert_null(p->entries[0].link.p);
	assert_null(p->entries[0].id.p);
	assert_null(p->entries[0].summary.p);
	assert_int_equal(p->entries[0].ncategories, 0);
}

static void plain_description_is_escaped(void **state)
{
	struct parsed *p = parsed(RSS_ITEM("<description>a &lt; b &amp; c</description>"));

	(void)state;
	assert_text(p->entries[0].summary, "a &lt; b &amp; c");
}

static void html_description_stays_html(void **state)
{
	struct parsed *p =
		parsed(RSS_ITEM("<description><![CDATA[<p>a &lt; b</p>]]></description>"));

	(void)state;
	assert_text(p->entries[0].summary, "<p>a &lt; b</p>");
}

/* ---- which element wins ---- */

static void line_ends_are_the_same_in_every_kind_of_text(void **state)
{
	struct parsed *p = parsed(RSS_ITEM(
		"<description><![CDATA[<pre>a\r\nb\rc\r\n\r\nd</pre>]]></description>"
		"<body>&lt;pre>one\r\ntwo\r&lt;/pre></body>"));

	(void)state;
	assert_text(p->entries[0].summary, "<pre>a\nb\nc\n\nd</pre>");
	assert_text(p->entries[0].content, "<pre>one\ntwo\n</pre>");
}

static void own_title_wins_over_that_of_a_module(void **state)
{
	struct parsed *p =
		parsed(RSS_ITEM("<dc:title>module</dc:title><media:title>film</media:title>"
				"<title>own</title>"));

	(void)state;
	assert_text(p->entries[0].title, "own");
	assert_text(parsed(RSS_ITEM("<media:title>film</media:title><dc:title>dc</dc:title>"))
			    ->entries[0]
			    .title,
		    "dc");
}

static void names_are_matched_by_namespace_not_by_prefix(void **state)
{
	struct parsed *p =
		parsed("<rss version='2.0' xmlns:d='http://purl.org/dc/elements/1.1/' "
		       "xmlns:dc='http://example.org/'><channel><item><dc:title>no</dc:title>"
		       "<d:title>yes</d:title></item></channel></rss>");

	(void)state;
	assert_text(p->entries[0].title, "yes");
}

static void image_and_source_do_not_stand_in(void **state)
{
	struct parsed *p =
		parsed(RSS("<image><title>image</title><link>http://no/</link></image>"
			   "<textInput><title>input</title></textInput>"
			   "<item><source url='http://no/'>source</source>"
			   "<x:y xmlns:x='http://x/'><title>foreign</title></x:y></item>"));

	(void)state;
	assert_null(p->meta.title.p);
	assert_null(p->meta.link.p);
	assert_null(p->entries[0].title.p);
}

static void summary_and_content_do_not_replace_each_other(void **state)
{
	struct parsed *p =
		parsed(RSS("<item><content:encoded>&lt;p&gt;c&lt;/p&gt;</content:encoded></item>"
			   "<item><description>s</description></item>"));

	(void)state;
	assert_null(p->entries[0].summary.p);
	assert_text(p->entries[0].content, "<p>c</p>");
	assert_text(p->entries[1].summary, "s");
	assert_null(p->entries[1].content.p);
}

static void xhtml_body_is_content(void **state)
{
	struct parsed *p = parsed(
		RSS_ITEM("<body xmlns='http://www.w3.org/1999/xhtml'><p>a &lt; b</p><br/></body>"));

	(void)state;
	assert_text(p->entries[0].content, "<p>a &lt; b</p><br>");
}

static void published_is_not_filled_from_updated(void **state)
{
	struct parsed *p = parsed(RSS("<item><dcterms:modified>2024-03-04</dcterms:modified></item>"
				      "<item><dc:date>2024-03-04</dc:date></item>"));

	(void)state;
	assert_true(p->entries[0].published == DATE_NONE);
	assert_true(p->entries[0].updated != DATE_NONE);
	assert_true(p->entries[1].published != DATE_NONE);
	assert_true(p->entries[1].updated == DATE_NONE);
}

static void date_that_cannot_be_read_leaves_the_next_source(void **state)
{
	struct parsed *p =
		parsed(RSS_ITEM("<pubDate>soon</pubDate><dc:date>1970-01-01T00:00:10Z</dc:date>"));

	(void)state;
	assert_int_equal(p->entries[0].published, 10);
}

/* ---- links, guids ---- */

static void guid_that_is_an_address_is_the_link_when_there_is_none(void **state)
{
	struct parsed *p = parsed(RSS("<item><guid>http://a/1</guid></item>"
				      "<item><guid>http://a/1</guid><link>http://a/2</link></item>"
				      "<item><guid isPermaLink='false'>http://a/1</guid></item>"
				      "<item><guid>urn:a:1</guid></item>"));

	(void)state;
	assert_text(p->entries[0].link, "http://a/1");
	assert_text(p->entries[1].link, "http://a/2");
	assert_null(p->entries[2].link.p);
	assert_null(p->entries[3].link.p);
	assert_text(p->entries[3].id, "urn:a:1");
}

static void link_to_itself_is_never_the_feeds_link(void **state)
{
	struct parsed *p = parsed(RSS("<atom:link rel='self' href='http://a/feed'/><item/>"));

	(void)state;
	assert_null(p->meta.link.p);
}

static void relative_addresses_stay_when_there_is_no_base(void **state)
{
	struct parsed *p = parsed(RSS_ITEM(
		"<link> /1 </link><description>&lt;a href='2'&gt;x&lt;/a&gt;</description>"));

	(void)state;
	assert_text(p->entries[0].link, "/1");
	assert_text(p->entries[0].summary, "<a href='2'>x</a>");
}

static void slash_comments_and_comment_feeds_are_no_comments(void **state)
{
	struct parsed *p = parsed(RSS_ITEM("<slash:comments>3</slash:comments>"
					   "<wfw:commentRss>http://a/rss</wfw:commentRss>"));

	(void)state;
	assert_null(p->entries[0].comments.p);
}

/* ---- people, things ---- */

static void author_is_a_name(void **state)
{
	struct parsed *p = parsed(RSS("<item><author>me@a.example (Ann)</author></item>"
				      "<item><author>Ann &lt;me@a.example&gt;</author></item>"
				      "<item><author>Ann (me@a.example)</author></item>"
				      "<item><author>me@a.example</author></item>"
				      "<item><author>&lt;me@a.example&gt;</author></item>"
				      "<item><author>Ann (of Green Gables)</author></item>"));
	const char *expected[] = { "Ann",	   "Ann",	   "Ann",
				   "me@a.example", "me@a.example", "Ann (of Green Gables)" };

	(void)state;
	assert_int_equal(p->n, 6);
	for (size_t i = 0; i < p->n; i++)
		assert_text(p->entries[i].author, expected[i]);
}

static void enclosure_without_address_is_left_out(void **state)
{
	struct parsed *p = parsed(RSS_ITEM(
		"<enclosure type='a/b' length='1'/><enclosure url='http://a/1' length='x'/>"
		"<enclosure url='http://a/2' length='17' type='audio/mpeg'/>"));

	(void)state;
	assert_int_equal(p->entries[0].nenclosures, 2);
	assert_int_equal(p->entries[0].enclosures[0].length, -1);
	assert_null(p->entries[0].enclosures[0].type.p);
	assert_int_equal(p->entries[0].enclosures[1].length, 17);
	assert_text(p->entries[0].enclosures[1].type, "audio/mpeg");
}

static void media_that_is_an_enclosure_already_is_not_given_twice(void **state)
{
	struct parsed *p =
		parsed(RSS_ITEM("<media:content url='http://a/1.mp3' type='audio/mpeg'/>"
				"<media:content url='http://a/1.jpg' type='image/jpeg'/>"
				"<enclosure url='http://a/1.mp3' type='audio/mpeg' length='5'/>"));

	(void)state;
	assert_int_equal(p->entries[0].nenclosures, 1);
	assert_int_equal(p->entries[0].enclosures[0].length, 5);
}

static void category_keeps_what_looks_like_markup(void **state)
{
	struct parsed *p = parsed(RSS_ITEM(
		"<category>Arts &amp;amp; Crafts</category><category>&lt;p&gt;</category>"));

	(void)state;
	assert_text(p->entries[0].categories[0], "Arts & Crafts");
	assert_text(p->entries[0].categories[1], "<p>");
}

/* ---- the feed ---- */

static void version_tells_the_format(void **state)
{
	static const struct { const char *version, *format;
	} all[] = {
		{ "0.91", "rss0.91" }, { "0.92", "rss0.92" }, { "0.93", "rss0.93" },
		{ "0.94", "rss0.94" }, { "2.0", "rss2.0" },   { "2.1", "rss2.0" },
		{ "7", "rss" },	       { "", "rss" },
	};
	char body[128];

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		snprintf(body, sizeof body, "<rss version='%s'><channel/></rss>", all[i].version);
		assert_string_equal(feed_format_name(parsed(body)->meta.format), all[i].format);
	}
	assert_null(feed_format_name(FEED_UNKNOWN));
}

static void schedule_comes_from_ttl_or_the_syndication_module(void **state)
{
	const char *sy = "<sy:updateFrequency>4</sy:updateFrequency><sy:updatePeriod>daily</"
			 "sy:updatePeriod>";
	char body[256];

	(void)state;
	snprintf(body, sizeof body, RSS("%s"), sy);
	assert_int_equal(parsed(body)->meta.ttl, 360);
	snprintf(body, sizeof body, RSS("%s<ttl>15</ttl>"), sy);
	assert_int_equal(parsed(body)->meta.ttl, 15);
	assert_int_equal(parsed(RSS("<ttl>-1</ttl>"))->meta.ttl, 0);
}

static void skipped_hours_and_days_are_bits(void **state)
{
	struct parsed *p = parsed(RSS(
		"<skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>25</hour></skipHours>"
		"<skipDays><day>Saturday</day><day>Someday</day></skipDays>"));

	(void)state;
	assert_int_equal(p->meta.skip_hours, 1u | 1u << 23);
	assert_int_equal(p->meta.skip_days, 1 << 6);
}

static void rdf_entries_are_known_by_their_address(void **state)
{
	struct parsed *p =
		parsed("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
		       "xmlns='http://purl.org/rss/1.0/'><channel><title>t</title></channel>"
		       "<item rdf:about='http://a/1'><title>x</title></item></rdf:RDF>");

	(void)state;
	assert_int_equal(p->meta.format, FEED_RSS10);
	assert_text(p->entries[0].id, "http://a/1");
}

static void feed_without_entries_is_no_error(void **state)
{
	struct parsed *p = parsed(RSS("<title>Empty</title>"));

	(void)state;
	assert_int_equal(p->rc, ERR_NONE);
	assert_int_equal(p->n, 0);
	assert_text(p->meta.title, "Empty");
}

static void entries_keep_their_order_and_their_doubles(void **state)
{
	struct parsed *p = parsed(RSS("<item><guid>1</guid></item><item><guid>2</guid></"
				      "item><item><guid>1</guid></item>"));

	(void)state;
	assert_int_equal(p->n, 3);
	assert_text(p->entries[2].id, "1");
	assert_int_equal(p->entries[2].index, 2);
}

static void entry_gives_no_rank_and_no_points_of_its_own(void **state)
{
	struct parsed *p = parsed(RSS_ITEM("<title>x</title>"));

	(void)state;
	assert_int_equal(p->entries[0].rank, 0);
	assert_int_equal(p->entries[0].points, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		behaves(title_is_text_without_markup),
		behaves(lone_less_than_stays),
		behaves(no_break_spaces_collapse_like_others),
		behaves(what_is_only_white_space_is_missing),
		behaves(plain_description_is_escaped),
		behaves(html_description_stays_html),
		behaves(line_ends_are_the_same_in_every_kind_of_text),
		behaves(own_title_wins_over_that_of_a_module),
		behaves(names_are_matched_by_namespace_not_by_prefix),
		behaves(image_and_source_do_not_stand_in),
		behaves(summary_and_content_do_not_replace_each_other),
		behaves(xhtml_body_is_content),
		behaves(published_is_not_filled_from_updated),
		behaves(date_that_cannot_be_read_leaves_the_next_source),
		behaves(guid_that_is_an_address_is_the_link_when_there_is_none),
		behaves(link_to_itself_is_never_the_feeds_link),
		behaves(relative_addresses_stay_when_there_is_no_base),
		behaves(slash_comments_and_comment_feeds_are_no_comments),
		behaves(author_is_a_name),
		behaves(enclosure_without_address_is_left_out),
		behaves(media_that_is_an_enclosure_already_is_not_given_twice),
		behaves(category_keeps_what_looks_like_markup),
		behaves(version_tells_the_format),
		behaves(schedule_comes_from_ttl_or_the_syndication_module),
		behaves(skipped_hours_and_days_are_bits),
		behaves(rdf_entries_are_known_by_their_address),
		behaves(feed_without_entries_is_no_error),
		behaves(entries_keep_their_order_and_their_doubles),
		behaves(entry_gives_no_rank_and_no_points_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
