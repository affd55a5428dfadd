#include "parsed.h"

static void text_is_literal(void **state)
{
	struct parsed *p = parsed(ATOM_ENTRY("<title type='text'>&lt;b&gt; &amp;amp;\n x</title>"
					     "<summary>1 &lt; 2</summary>"));

	(void)state;
	assert_text(p->entries[0].title, "<b> &amp; x");
	assert_text(p->entries[0].summary, "1 &lt; 2");
}

static void html_is_unescaped_then_stripped(void **state)
{
	struct parsed *p =
		parsed(ATOM_ENTRY("<title type='html'>&lt;b&gt;x&lt;/b&gt; &amp;lt; y</title>"));

	(void)state;
	assert_text(p->entries[0].title, "x < y");
}

static void xhtml_is_the_text_of_its_elements(void **state)
{
	struct parsed *p =
		parsed(ATOM_ENTRY("<title type='xhtml'><div>a &lt;b&gt; <i>c</i></div></title>"));

	(void)state;
	assert_text(p->entries[0].title, "a <b> c");
}

static void xhtml_content_keeps_attributes_and_voids(void **state)
{
	struct parsed *p = parsed(ATOM_ENTRY(
		"<content type='xhtml'><div><a href='x?a=1&amp;b=\"2\"' xml:lang='en'>l</a>"
		"<br/><img src='i.png' alt=''/></div></content>"));

	(void)state;
	assert_text(p->entries[0].content,
		    "<div><a href=\"x?a=1&amp;b=&quot;2&quot;\">l</a><br><img src=\"i.png\" "
		    "alt=\"\"></div>");
}

static void content_elsewhere_is_no_content(void **state)
{
	(void)state;
	assert_null(parsed(ATOM_ENTRY("<content src='http://a/1' type='text/html'>no</content>"))
			    ->entries[0]
			    .content.p);
}

static void content_of_another_type_is_base64(void **state)
{
	struct parsed *p =
		parsed(ATOM_ENTRY("<content type='application/x-note'>aGVs\nbG8=</content>"));

	(void)state;
	assert_text(p->entries[0].content, "hello");
}

static void link_is_the_alternate_html_first(void **state)
{
	struct parsed *p =
		parsed(ATOM_ENTRY("<link rel='self' href='http://a/self'/>"
				  "<link rel='alternate' type='text/plain' href='http://a/txt'/>"
				  "<link href='http://a/none'/>"
				  "<link rel='alternate' type='text/html' href='http://a/html'/>"));

	(void)state;
	assert_text(p->entries[0].link, "http://a/html");
	p = parsed(ATOM_ENTRY("<link rel='enclosure' href='http://a/1'/><id>http://a/id</id>"));
	assert_null(p->entries[0].link.p);
	assert_text(p->entries[0].id, "http://a/id");
}

static void id_is_never_resolved(void **state)
{
	struct parse_how how = { .base_url = "http://a/b/c" };
	struct parsed *p = parsed_with(str_of(ATOM_ENTRY("<id>x</id><link href='x'/>")), &how);

	(void)state;
	assert_text(p->entries[0].id, "x");
	assert_text(p->entries[0].link, "http://a/b/x");
}

static void base_is_nested_and_an_empty_one_changes_nothing(void **state)
{
	struct parse_how how = { .base_url = "http://a/" };
	struct parsed *p = parsed_with(
		str_of(ATOM("<entry xml:base='b/'><link href='1' xml:base='c/'/>"
			    "<content type='html' xml:base=''>&lt;a href='2'></content></entry>"
			    "<entry><link href='3'/></entry>")),
		&how);

	(void)state;
	assert_text(p->entries[0].link, "http://a/b/c/1");
	assert_text(p->entries[0].content, "<a href=\"http://a/b/2\">");
	assert_text(p->entries[1].link, "http://a/3");
}

static void first_author_counts_by_name_or_address(void **state)
{
	struct parsed *p = parsed(ATOM(
		"<entry><author><uri>http://a/</uri><email>x@a</email><name>Ann</name></author>"
		"<author><name>Bob</name></author></entry>"
		"<entry><author><email>x@a</email></author><author><name>Bob</name></author></"
		"entry>"
		"<entry><source><author><name>No</name></author></source></entry>"));

	(void)state;
	assert_text(p->entries[0].author, "Ann");
	assert_text(p->entries[1].author, "x@a");
	assert_null(p->entries[2].author.p);
}

static void category_is_label_or_term(void **state)
{
	struct parsed *p = parsed(
		ATOM_ENTRY("<category term='t' label='Label'/><category term='u'/><category/>"));

	(void)state;
	assert_int_equal(p->entries[0].ncategories, 2);
	assert_text(p->entries[0].categories[0], "Label");
	assert_text(p->entries[0].categories[1], "u");
}

static void own_elements_come_before_those_of_modules(void **state)
{
	struct parsed *p = parsed(
		ATOM_ENTRY("<dc:title>dc</dc:title><dc:date>2001-01-01</dc:date><title>own</title>"
			   "<published>1970-01-01T00:00:01Z</published>"));

	(void)state;
	assert_text(p->entries[0].title, "own");
	assert_int_equal(p->entries[0].published, 1);
}

static void namespace_and_version_tell_the_format(void **state)
{
	(void)state;
	assert_int_equal(parsed(ATOM(""))->meta.format, FEED_ATOM10);
	assert_int_equal(parsed("<feed xmlns='http://purl.org/atom/ns#'/>")->meta.format,
			 FEED_ATOM03);
	assert_int_equal(parsed("<feed version='0.3'/>")->meta.format, FEED_ATOM03);
	assert_int_equal(parsed("<feed><title>x</title></feed>")->meta.format, FEED_ATOM);
}

static void feed_without_a_namespace_is_read_all_the_same(void **state)
{
	struct parsed *p = parsed("<feed><title>t</title><entry><id>1</id><updated>1970-01-01</"
				  "updated></entry></feed>");

	(void)state;
	assert_text(p->meta.title, "t");
	assert_text(p->entries[0].id, "1");
	assert_int_equal(p->entries[0].updated, 0);
}

static void language_is_that_of_the_root(void **state)
{
	struct parsed *p = parsed("<feed xmlns='http://www.w3.org/2005/Atom' "
				  "xml:lang='en_US'><title xml:lang='de'>t</title>"
				  "<entry xml:lang='ja'/></feed>");

	(void)state;
	assert_text(p->meta.language, "en-US");
	assert_text(p->entries[0].language, "ja");
}

static void escaped_atom_03_is_read_by_its_type(void **state)
{
	struct parsed *p = parsed(
		"<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry>"
		"<title mode='escaped' type='text/plain'>&lt;b></title>"
		"<summary mode='escaped' type='text/html'>&lt;b>x&lt;/b></summary></entry></feed>");

	(void)state;
	assert_text(p->entries[0].title, "<b>");
	assert_text(p->entries[0].summary, "<b>x</b>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		behaves(text_is_literal),
		behaves(html_is_unescaped_then_stripped),
		behaves(xhtml_is_the_text_of_its_elements),
		behaves(xhtml_content_keeps_attributes_and_voids),
		behaves(content_elsewhere_is_no_content),
		behaves(content_of_another_type_is_base64),
		behaves(link_is_the_alternate_html_first),
		behaves(id_is_never_resolved),
		behaves(base_is_nested_and_an_empty_one_changes_nothing),
		behaves(first_author_counts_by_name_or_address),
		behaves(category_is_label_or_term),
		behaves(own_elements_come_before_those_of_modules),
		behaves(namespace_and_version_tell_the_format),
		behaves(feed_without_a_namespace_is_read_all_the_same),
		behaves(language_is_that_of_the_root),
		behaves(escaped_atom_03_is_read_by_its_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
