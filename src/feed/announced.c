#include "lede/feed/announced.h"

#include "lede/text/display.h"
#include "lede/text/html.h"
#include "lede/text/html_token.h"
#include "lede/text/url.h"
#include "lede/text/utf8.h"

#define HEAD_MAX ((size_t)1 << 20)
#define MOST 64
#define ADDRESS_MAX (8 << 10)
#define TITLE_MAX (4 << 10)

static bool is_feed_type(struct str type)
{
	static const char *const types[] = {
		"application/rss+xml",
		"application/atom+xml",
		"application/feed+json",
		"application/rdf+xml",
		"application/x-rss+xml",
		"text/rss+xml",
		"text/rss",
		"application/rss",
	};

	type = str_trim(str_sub(type, 0, str_find(type, ';')));
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_eq_nocase(type, str_of(types[i])))
			return true;
	return false;
}

static bool has_word(struct str words, const char *word)
{
	struct str part;

	while (str_next(&words, ' ', &part))
		if (str_eq_nocase(str_trim(part), str_of(word)))
			return true;
	return false;
}

static bool is_json_feed(struct str type, struct str href)
{
	return str_eq_nocase(str_trim(type), STR("application/json")) &&
	       str_find_nocase(href, STR("feed")) != SIZE_MAX;
}

static bool announces(const struct html_token *t, struct str *href)
{
	struct str rel, type;

	if (!str_eq_nocase(t->name, STR("link")) || !html_attribute_of(t, "rel", &rel) ||
	    !html_attribute_of(t, "href", href) || !has_word(rel, "alternate") ||
	    !html_attribute_of(t, "type", &type))
		return false;
	return is_feed_type(type) || is_json_feed(type, *href);
}

/* An attribute's value, resolved against the base: empty when it cannot be followed, or is no UTF-8
 * (the page's encoding is not known here, and addresses outside of ASCII are hardly ever announced
 * in another). */
static struct str address_of(struct str written, struct str base, struct arena *a)
{
	struct buf plain = buf_limited(ADDRESS_MAX), url = buf_limited(ADDRESS_MAX);
	struct str result = { 0 };

	if (utf8_is_valid(written) && html_unescape(written, &plain) == ERR_NONE &&
	    str_trim(buf_view(&plain)).n > 0 &&
	    url_resolve(base, buf_view(&plain), &url) == ERR_NONE && url_is_web(buf_view(&url)))
		result = (struct str){ arena_copy(a, url.p, url.n), url.n };
	buf_free(&plain);
	buf_free(&url);
	return result;
}

static struct str title_of(const struct html_token *t, struct arena *a)
{
	struct buf plain = buf_limited(TITLE_MAX), shown = buf_limited(2 * TITLE_MAX);
	struct str written, result = { "", 0 };

	if (html_attribute_of(t, "title", &written) && html_unescape(written, &plain) == ERR_NONE &&
	    display_line(buf_view(&plain), &shown) == ERR_NONE && shown.n > 0)
		result = (struct str){ arena_copy(a, shown.p, shown.n), shown.n };
	buf_free(&plain);
	buf_free(&shown);
	return result;
}

static bool is_there(const struct announced *all, size_t n, struct str url)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].url, url))
			return true;
	return false;
}

static bool ends_head(const struct html_token *t)
{
	return (t->kind == HTML_START && str_eq_nocase(t->name, STR("body"))) ||
	       (t->kind == HTML_END && str_eq_nocase(t->name, STR("head")));
}

/* HTML, 4.2.3: the first <base> counts. */
static void take_base(const struct html_token *t, struct str page_url, struct str *base,
		      struct arena *a)
{
	struct str href, url;

	if (!str_eq_nocase(t->name, STR("base")) || base->p != page_url.p ||
	    !html_attribute_of(t, "href", &href))
		return;
	url = address_of(href, page_url, a);
	if (url.n > 0)
		*base = url;
}

size_t announced_feeds(struct str page, struct str base_url, struct arena *a,
		       struct announced **out)
{
	struct html_reader r = html_reader_of(str_sub(page, 0, HEAD_MAX));
	struct announced *all = arena_alloc(a, MOST * sizeof *all);
	struct str base = base_url, href;
	struct html_token t;
	size_t n = 0;

	while (n < MOST && html_next(&r, &t) && !ends_head(&t)) {
		if (t.kind != HTML_START)
			continue;
		take_base(&t, base_url, &base, a);
		if (!announces(&t, &href))
			continue;
		all[n].url = address_of(href, base, a);
		if (all[n].url.n == 0 || is_there(all, n, all[n].url))
			continue;
		all[n].title = title_of(&t, a);
		n++;
	}
	*out = all;
	return n;
}
