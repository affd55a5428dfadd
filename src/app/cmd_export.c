/* lede export: the feeds subscribed to as OPML 2.0, for any other reader. */
#include "cli_inside.h"

#include <stdlib.h>

#include "cli_address.h"
#include "lede/text/date.h"
#include "lede/text/url.h"

/* In an attribute; what XML 1.0 cannot hold was made visible before (display form). */
static void put_escaped(struct cli *c, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		switch (s.p[i]) {
		case '&': fputs("&amp;", c->out); break;
		case '<': fputs("&lt;", c->out); break;
		case '>': fputs("&gt;", c->out); break;
		case '"': fputs("&quot;", c->out); break;
		case '\t': fputs("&#9;", c->out); break;
		case '\n': fputs("&#10;", c->out); break;
		default:
			if ((unsigned char)s.p[i] >= ' ')
				putc(s.p[i], c->out);
		}
	}
}

static void put_attribute(struct cli *c, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	fprintf(c->out, " %s=\"", name);
	put_escaped(c, value);
	putc('"', c->out);
}

/* Commas part categories: one inside a tag becomes "_". */
static void put_tags(struct cli *c, const struct subscription *s)
{
	struct buf list = buf_limited(1 << 20);

	for (size_t i = 0; i < s->ntags; i++) {
		if (i > 0)
			buf_add_char(&list, ',');
		for (size_t n = 0; n < s->tags[i].n; n++)
			buf_add_char(&list, s->tags[i].p[n] == ',' ? '_' : s->tags[i].p[n]);
	}
	put_attribute(c, "category", buf_view(&list));
	buf_free(&list);
}

/* The address without name and password, unless they are asked for. */
static struct str bare_address(struct str url, bool with_secrets, struct arena *a)
{
	struct str user = url_split(url).user;
	size_t from, to;
	char *p;

	if (user.n == 0 || with_secrets)
		return url;
	from = (size_t)(user.p - url.p);
	to = from + user.n + 1;               /* its @ too */
	p = arena_alloc(a, url.n + 1);
	memcpy(p, url.p, from);
	memcpy(p + from, url.p + to, url.n - to);
	return (struct str){ p, from + url.n - to };
}

static const struct feed_row *row_of(const struct cache *k, struct str url)
{
	for (size_t i = 0; i < k->nfeeds; i++)
		if (str_eq(k->feed[i].url, url))
			return &k->feed[i];
	return NULL;
}

static void put_outline(struct cli *c, const struct cache *k, const struct subscription *s,
			bool with_secrets)
{
	const struct feed_row *row = row_of(k, s->url);
	struct str title = s->title.n > 0 || !row ? s->title : row->title;
	struct str url = bare_address(s->url, with_secrets, k->arena);

	if (title.n == 0)
		title = url;
	fputs("    <outline type=\"rss\"", c->out);
	put_attribute(c, "text", title);
	put_attribute(c, "title", title);
	put_attribute(c, "xmlUrl", url);
	put_attribute(c, "htmlUrl", row ? row->site : STR(""));
	put_tags(c, s);
	fputs("/>\n", c->out);
}

/* Files of this machine mean nothing elsewhere. */
static void put_list(struct cli *c, const struct cache *k, bool with_secrets)
{
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n"
	      "    <title>lede</title>\n  </head>\n  <body>\n", c->out);
	for (size_t i = 0; i < k->subs.n && cli_writable(c); i++)
		if (url_is_web(k->subs.feed[i].url))
			put_outline(c, k, &k->subs.feed[i], with_secrets);
	fputs("  </body>\n</opml>\n", c->out);
}

int cmd_export(struct cli *c, const struct cli_args *a)
{
	struct cache k;
	int status = cache_open(c, CACHE_ONLY, &k);

	if (status == EXIT_DONE)
		put_list(c, &k, a->secrets);
	cache_close(&k);
	return status;
}
