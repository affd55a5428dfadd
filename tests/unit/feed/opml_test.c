#include "lede/feed/opml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#define BODY(inside)                                                                               \
	"<opml version='2.0'><head><title>Mine</title></head><body>" inside "</body></opml>"

static struct opml list;
static struct error error;

static enum err read_list(struct str bytes)
{
	opml_free(&list);
	return opml_read(bytes, &list, &error);
}

static void has_read(const char *text)
{
	assert_int_equal(read_list(str_of(text)), ERR_NONE);
}

static int forget(void **state)
{
	(void)state;
	opml_free(&list);
	return 0;
}

static void is(struct str s, const char *want)
{
	assert_true(str_is(s, want));
	assert_int_equal(s.p == NULL, want[0] == '\0');
}

/* "a/b": outermost first. */
static void folder_is(size_t i, const char *want)
{
	struct buf path = buf_limited(1000), longer = buf_limited(1000);

	for (const struct opml_folder *f = list.feed[i].folder; f != NULL; f = f->parent) {
		buf_clear(&longer);
		buf_add(&longer, f->name);
		if (path.n > 0)
			buf_addf(&longer, "/%s", buf_cstr(&path));
		buf_clear(&path);
		buf_add(&path, buf_view(&longer));
	}
	assert_string_equal(buf_cstr(&path), want);
	buf_free(&path);
	buf_free(&longer);
}

static void feeds_come_with_title_link_and_folders(void **state)
{
	(void)state;
	has_read(BODY("<outline text='News'><outline text='World'>"
	              "<outline text='One' type='rss' xmlUrl=' http://a.example/1 ' "
	              "htmlUrl='http://a.example/'/>"
	              "</outline><outline text='Two' xmlUrl='http://a.example/2'/></outline>"
	              "<outline title='Three' xmlUrl='http://a.example/3'/>"));
	is(list.title, "Mine");
	assert_int_equal(list.n, 3);
	is(list.feed[0].url, "http://a.example/1");
	is(list.feed[0].title, "One");
	is(list.feed[0].link, "http://a.example/");
	folder_is(0, "News/World");
	is(list.feed[1].link, "");
	folder_is(1, "News");
	is(list.feed[2].title, "Three");
	folder_is(2, "");
	assert_false(list.cut);
}

static void only_an_outline_with_an_address_is_a_feed(void **state)
{
	(void)state;
	has_read(BODY("<outline text='a note'/><outline text='empty' xmlUrl='  '/>"
		      "<outline type='include' url='http://a.example/more.opml'/>"
		      "<outline type='whatever' xmlUrl='http://a.example/f'/>"));
	assert_int_equal(list.n, 1);
	is(list.feed[0].title, "");
}

static void names_may_be_written_in_any_letter_case(void **state)
{
	(void)state;
	has_read("<OPML><HEAD><TITLE>Loud</TITLE></HEAD><Body>"
	         "<Outline TEXT='One' XMLURL='http://a.example/1' "
	         "HtmlURL='http://a.example/'/></Body></OPML>");
	is(list.title, "Loud");
	is(list.feed[0].url, "http://a.example/1");
	is(list.feed[0].link, "http://a.example/");
}

static void text_comes_before_title_and_is_text(void **state)
{
	(void)state;
	has_read(BODY("<outline text=' Q &amp;amp; A\n &eacute; ' title='other' xmlUrl='u:1'/>"
		      "<outline text='' title='other' xmlUrl='u:2'/>"));
	is(list.feed[0].title, "Q & A \303\251");
	is(list.feed[1].title, "other");
}

static void a_feed_inside_a_feed_has_it_as_its_folder(void **state)
{
	(void)state;
	has_read(BODY("<outline text='out' xmlUrl='u:1'><outline><outline text='in' "
	              "xmlUrl='u:2'/></outline></outline>"));
	folder_is(0, "");
	folder_is(1, "out");
}

static void what_stands_behind_the_body_does_not_count(void **state)
{
	(void)state;
	has_read("<opml><head/><body/><outline xmlUrl='u:1'/></opml>");
	assert_int_equal(list.n, 0);
	has_read("<opml><head/><outline text='no body at all' xmlUrl='u:1'/></opml>");
	assert_int_equal(list.n, 1);
}

static void a_broken_list_gives_what_can_be_read(void **state)
{
	(void)state;
	has_read("junk <?xml version='1.0'?>\n<opml><head><title>T</head><body>\n"
		 "<outline text=One xmlUrl=http://a.example/?a=1&b=2>\n"
		 "<outline text='A < B & C' xmlUrl='http://a.example/2'/>"
		 "<outline text='cut' xmlUrl='http://a.exam");
	assert_int_equal(list.n, 2);
	is(list.title, "T");
	is(list.feed[0].url, "http://a.example/?a=1&b=2");
	is(list.feed[1].title, "A < B & C");
}

static void the_encoding_is_the_declared_one(void **state)
{
	(void)state;
	has_read("<?xml version='1.0' encoding='gb2312'?><opml><body><outline "
	         "text='\326\320\316\304' xmlUrl='u:1'/></body></opml>");
	is(list.feed[0].title, "\344\270\255\346\226\207");
	has_read("<?xml version='1.0' encoding='iso-8859-1'?><opml><body><outline text='caf\351' "
	         "xmlUrl='u:1'/></body></opml>");
	is(list.feed[0].title, "caf\303\251");
}

static void refused(const char *text, const char *sentence)
{
	assert_int_equal(read_list(str_of(text)), ERR_SYNTAX);
	assert_string_equal(error.text, sentence);
	assert_int_equal(list.n, 0);
	assert_null(list.title.p);
}

static void what_is_no_opml_is_named(void **state)
{
	(void)state;
	refused("", "not OPML");
	refused("plain words", "not OPML");
	refused("{\"feeds\": []}", "not OPML");
	refused("<!DOCTYPE html><html><body><a href='x'>x</a></body></html>",
	        "not OPML: a web page");
	refused("<rss version='2.0'><channel/></rss>", "not OPML: a feed");
	refused("<other/>", "not OPML");
}

static void entities_of_its_own_do_not_explode(void **state)
{
	struct buf text = buf_limited(1 << 20);

	(void)state;
	buf_add_cstr(&text, "<!DOCTYPE opml [<!ENTITY a '0123456789'>");
	for (char c = 'b'; c < 'p'; c++) {
		buf_addf(&text, "<!ENTITY %c '", c);
		for (int i = 0; i < 10; i++)
			buf_addf(&text, "&%c;", c - 1);
		buf_add_cstr(&text, "'>");
	}
	buf_add_cstr(&text, "]><opml><body><outline text='one' xmlUrl='u:1'/>"
			    "<outline text='&o;' xmlUrl='u:2'/></body></opml>");
	assert_int_equal(read_list(buf_view(&text)), ERR_NONE);
	assert_true(list.cut);
	is(list.feed[0].url, "u:1");
	buf_free(&text);
}

static void a_list_too_deep_is_cut(void **state)
{
	struct buf text = buf_limited(1 << 20);

	(void)state;
	buf_add_cstr(&text, "<opml><body><outline text='first' xmlUrl='u:1'/>");
	for (int i = 0; i < 10000; i++)
		buf_add_cstr(&text, "<outline text='x'>");
	assert_int_equal(read_list(buf_view(&text)), ERR_NONE);
	assert_int_equal(list.n, 1);
	assert_true(list.cut);
	buf_free(&text);
}

static void a_list_too_long_is_cut(void **state)
{
	struct buf text = buf_limited(16 << 20);

	(void)state;
	buf_add_cstr(&text, "<opml><body>");
	for (int i = 0; i < 100010; i++)
		buf_addf(&text, "<outline xmlUrl='u:%d'/>", i);
	assert_int_equal(read_list(buf_view(&text)), ERR_NONE);
	assert_int_equal(list.n, 100000);
	assert_true(list.cut);
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(feeds_come_with_title_link_and_folders, forget),
		cmocka_unit_test_teardown(only_an_outline_with_an_address_is_a_feed, forget),
		cmocka_unit_test_teardown(names_may_be_written_in_any_letter_case, forget),
		cmocka_unit_test_teardown(text_comes_before_title_and_is_text, forget),
		cmocka_unit_test_teardown(a_feed_inside_a_feed_has_it_as_its_folder, forget),
		cmocka_unit_test_teardown(what_stands_behind_the_body_does_not_count, forget),
		cmocka_unit_test_teardown(a_broken_list_gives_what_can_be_read, forget),
		cmocka_unit_test_teardown(the_encoding_is_the_declared_one, forget),
		cmocka_unit_test_teardown(what_is_no_opml_is_named, forget),
		cmocka_unit_test_teardown(entities_of_its_own_do_not_explode, forget),
		cmocka_unit_test_teardown(a_list_too_deep_is_cut, forget),
		cmocka_unit_test_teardown(a_list_too_long_is_cut, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
