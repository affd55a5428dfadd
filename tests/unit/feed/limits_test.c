/* What a stranger makes large: it ends in time, in little memory, with what came before. */
#include "parsed.h"

static struct parsed *of_parts(const char *head, const char *part, size_t times, const char *tail)
{
	struct buf text = buf_limited(64 << 20);
	struct parse_how how = { .base_url = "http://a.example/" };
	struct parsed *p;

	buf_add_cstr(&text, head);
	while (times-- > 0)
		buf_add_cstr(&text, part);
	buf_add_cstr(&text, tail);
	p = parsed_with(buf_view(&text), &how);
	buf_free(&text);
	return p;
}

#define START "<rss version='2.0'><channel><item><title>ok</title></item>"
#define END "</channel></rss>"

static void entries_that_are_never_closed_are_entries(void **state)
{
	struct parsed *p = of_parts("<rss><channel>", "<item><title>x<link>l", 1000, END);

	(void)state;
	assert_int_equal(p->rc, ERR_NONE);
	assert_int_equal(p->n, 1000);
	for (size_t i = 0; i < p->n; i++) {
		assert_text(p->entries[i].title, "x");
		assert_text(p->entries[i].link, "http://a.example/l");
	}
	p = of_parts("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry><title>x</title>", 1000,
		     "</feed>");
	assert_int_equal(p->n, 1000);
}

static void an_entry_in_the_content_of_another_is_content(void **state)
{
	struct parsed *p = parsed(ATOM_ENTRY("<title>outer</title><content type='application/xml'>"
					     "<entry><title>inner</title></entry></content>"));

	(void)state;
	assert_int_equal(p->n, 1);
	assert_text(p->entries[0].title, "outer");
}

static void a_million_end_tags_end_nothing(void **state)
{
	struct parsed *p =
	        of_parts(START "<a><b><c><d><e><f><g><h>", "</x></aa></A:b>", 350000, END);

	(void)state;
	assert_int_equal(p->rc, ERR_NONE);
	assert_int_equal(p->n, 1);
}

static void end_tags_find_the_element_written_alike_first(void **state)
{
	struct parsed *p =
		parsed(RSS_ITEM("<description>a<B>b<b>c</B>d</description><TITLE>t</title>"));

	(void)state;
	assert_text(p->entries[0].title, "t");
	assert_text(p->entries[0].summary, "a<B>b<b>c</b></B>d");
}

static void lists_of_an_entry_have_an_end(void **state)
{
	struct parsed *p = of_parts("<rss><channel><item>",
				    "<enclosure url='u'/><category>c</category>", 20000,
				    "<title>t</title></item>" END);

	(void)state;
	assert_int_equal(p->n, 1);
	assert_in_range(p->entries[0].nenclosures, 1000, 1100);
	assert_int_equal(p->entries[0].ncategories, 10000);
	assert_text(p->entries[0].title, "t");
}

/* Each address becomes thousands of bytes long. */
static void a_long_base_does_not_fill_the_memory(void **state)
{
	struct buf head = buf_limited(1 << 20);
	struct parsed *p;

	(void)state;
	buf_add_cstr(&head, "<feed xmlns='http://www.w3.org/2005/Atom'><entry "
	                    "xml:base='http://b.example/");
	for (int i = 0; i < 8000; i++)
		buf_add_char(&head, 'd');
	buf_add_cstr(&head, "/'>");
	p = of_parts(buf_cstr(&head), "<link href='x'/>", 50000, "<title>t</title></entry></feed>");
	assert_int_equal(p->n, 1);
	assert_text(p->entries[0].title, "t");
	assert_true(p->entries[0].link.n > 0);
	assert_in_range(arena_bytes(p->arena), 1, 1 << 20);
	buf_free(&head);
}

static void zeros_are_no_feed(void **state)
{
	char *zeros = calloc(1, 20 << 20);
	struct parsed *p;

	(void)state;
	p = parsed_with((struct str){ zeros, 20 << 20 }, &(struct parse_how){ 0 });
	assert_int_equal(p->rc, ERR_SYNTAX);
	assert_string_equal(p->error.text, "not a feed: neither RSS, Atom nor JSON Feed");
	free(zeros);
}

/* Text that would outgrow its ceiling by absolute addresses keeps them as they are. */
static void content_too_long_for_absolute_addresses_is_kept(void **state)
{
	struct buf text = buf_limited(1 << 20);
	struct parse_how how = { .limits = { .content = 4000 } };
	struct parsed *p;

	(void)state;
	buf_add_cstr(&text, "<rss><channel><item xml:base='http://b.example/a/long/folder/'>"
			    "<description><![CDATA[");
	for (int i = 0; i < 250; i++)
		buf_add_cstr(&text, "<a href=x>y</a>");
	buf_add_cstr(&text, "]]></description></item>" END);
	p = parsed_with(buf_view(&text), &how);
	assert_int_equal(p->n, 1);
	assert_true(str_starts(p->entries[0].summary, "<a href=x>y</a><a href=x>"));
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		behaves(entries_that_are_never_closed_are_entries),
		behaves(an_entry_in_the_content_of_another_is_content),
		behaves(a_million_end_tags_end_nothing),
		behaves(end_tags_find_the_element_written_alike_first),
		behaves(lists_of_an_entry_have_an_end),
		behaves(a_long_base_does_not_fill_the_memory),
		behaves(zeros_are_no_feed),
		behaves(content_too_long_for_absolute_addresses_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
