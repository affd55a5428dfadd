/* Entries are handed on and forgotten: a feed a hundred times as long takes no more memory. Each
 * feed is made while it is parsed, in a process of its own, whose peak the kernel knows. */
#include "parsed.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Pages come and go; a hundredth of what the longer feed would take, were its entries kept. */
#define SLACK_KIB 512

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

/* %u in the entry is its number. */
struct shape {
	const char *head, *entry, *tail;
};

static const struct shape rss = {
	"<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
	"<channel><title>t</title><link>http://a.example/</link>",
	"<item><title>Entry %u &amp; its title</title><link>http://a.example/%u?a=b</link>"
	"<guid>%u</guid><dc:creator>Ann</dc:creator><category>c%u</category>"
	"<pubDate>Fri, 01 Mar 2024 08:30:00 GMT</pubDate><enclosure url='/e' length='1'/>"
	"<description>&lt;p&gt;Some words &lt;a href='x'&gt;and a link&lt;/a&gt;.</description>"
	"</item>\n",
	"</channel></rss>"
};
static const struct shape atom = {
	"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a.example/'><title>t</title>",
	"<entry xml:base='b/%u/'><title type='html'>Entry %u</title><id>tag:%u</id>"
	"<link href='%u'/><author><name>Ann</name></author><updated>2024-03-01T08:30:00Z</updated>"
	"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Some <b>words</b>"
	"</p></div></content></entry>\n",
	"</feed>"
};
static const struct shape json = {
	"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",\"items\":["
	"{\"id\":\"0\"}",
	",{\"id\":\"%u\",\"title\":\"Entry %u\",\"url\":\"http://a.example/%u\",\"tags\":[\"c%u\"],"
	"\"date_published\":\"2024-03-01T08:30:00Z\",\"authors\":[{\"name\":\"Ann\"}],"
	"\"content_html\":\"<p>Some words, \\u4e2d\\u6587, <a href='x'>and a link</a>.</p>\"}\n",
	"]}"
};

static bool count(void *self, const struct feed_entry *e)
{
	(void)e;
	++*(unsigned *)self;
	return true;
}

static void add_entry(struct buf *out, struct str entry, unsigned number)
{
	size_t sign;

	while ((sign = str_find_str(entry, STR("%u"))) != SIZE_MAX) {
		buf_add(out, str_sub(entry, 0, sign));
		buf_addf(out, "%u", number);
		entry = str_sub(entry, sign + 2, entry.n);
	}
	buf_add(out, entry);
}

/* True when all of the entries came out. */
static bool parse(const struct shape *shape, unsigned entries)
{
	unsigned n = 0;
	struct feed_source source = { .entry = count, .self = &n,
		                      .limits = { .bytes = (size_t)128 << 20 } };
	struct feed_parser *p = feed_parser_new(&source);
	struct buf text = buf_limited(64 << 10);
	enum err rc;

	feed_parser_push(p, str_of(shape->head), NULL);
	for (unsigned i = 0; i < entries; i++) {
		buf_clear(&text);
		add_entry(&text, str_of(shape->entry), i);
		feed_parser_push(p, buf_view(&text), NULL);
	}
	feed_parser_push(p, str_of(shape->tail), NULL);
	rc = feed_parser_end(p, NULL);
	feed_parser_free(p);
	buf_free(&text);
	return rc == ERR_NONE && n >= entries;
}

/* KiB that a process takes at most while it parses. */
static long peak_of(const struct shape *shape, unsigned entries)
{
	struct rusage usage;
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		_exit(parse(shape, entries) ? 0 : 1);
	assert_int_equal(wait4(child, &status, 0, &usage), child);
	assert_int_equal(status, 0);
	return usage.ru_maxrss;
}

static void check_shape(const struct shape *shape)
{
#ifdef SANITIZED
	(void)shape;
	(void)peak_of;
	skip();
#else
	long few = peak_of(shape, 1000), many = peak_of(shape, 99000);

	if (many > few + SLACK_KIB)
		fail_msg("1,000 entries take %ld KiB, 99,000 take %ld", few, many);
#endif
}

static void memory_does_not_grow_with_the_entries_of_rss(void **state)
{
	(void)state;
	check_shape(&rss);
}

static void memory_does_not_grow_with_the_entries_of_atom(void **state)
{
	(void)state;
	check_shape(&atom);
}

static void memory_does_not_grow_with_the_entries_of_json(void **state)
{
	(void)state;
	check_shape(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_does_not_grow_with_the_entries_of_rss),
		cmocka_unit_test(memory_does_not_grow_with_the_entries_of_atom),
		cmocka_unit_test(memory_does_not_grow_with_the_entries_of_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
