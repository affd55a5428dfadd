/* lede show: one entry as text. */
#include "cli_inside.h"

#include <string.h>

#include "lede/app/words.h"
#include "lede/text/display.h"
#include "lede/text/rich.h"

enum { HTML_LIMIT = 32 << 20 };

struct shown {
	struct entry_row entry;
	struct buf html;
	struct rich *doc;                 /* NULL: no text */
};

static bool hides_glosses(const struct cli *c)
{
	return strcmp(config_text(c->config, OPT_GLOSSES, NULL), "hide") == 0;
}

static enum err load_text(struct cli *c, struct cache *k, bool json, struct shown *s,
			  struct error *e)
{
	struct rich_options o = {
		.base = s->entry.link, .title = s->entry.title,
		/* For people: programs get the text itself. */
		.hide_glosses = !json && hides_glosses(c),
		.converter = scripts_converter(k->scripts),
		.convert = json ? CONVERT_NO : scripts_wish(k->scripts, k->store, s->entry.feed),
	};
	enum err rc = store_body(k->store, s->entry.id, &s->html, e);

	if (rc != ERR_NONE) {
		error_context(e, "entry %lld", (long long)s->entry.id);
		return rc;
	}
	if (s->html.n > 0)
		s->doc = rich_from_html(buf_view(&s->html), &o);
	return ERR_NONE;
}

/* ---- JSON ---- */

static void links_key(struct jout *j, const struct rich *doc)
{
	jout_key(j, "links");
	jout_begin(j, '[');
	for (size_t n = 1; doc && n <= rich_link_count(doc); n++) {
		const struct rich_link *link = rich_link(doc, n);

		jout_begin(j, '{');
		jout_key_number(j, "n", (int64_t)n);
		jout_key_text(j, "text", link->text);
		jout_key_text(j, "url", link->url);
		jout_end(j, '}');
	}
	jout_end(j, ']');
}

static void show_json(struct cli *c, struct cache *k, const struct shown *s)
{
	struct jout j = cli_json(c);
	struct buf text = buf_limited(HTML_LIMIT);

	if (s->doc)
		rich_plain(s->doc, &text);
	jout_begin(&j, '{');
	entry_keys(&j, k, &s->entry);
	jout_key_text(&j, "from", STR("feed"));
	jout_key_text(&j, "text", buf_view(&text));
	jout_key_text(&j, "html", buf_view(&s->html));
	links_key(&j, s->doc);
	jout_end(&j, '}');
	jout_line(&j);
	buf_free(&text);
}

/* ---- plain ---- */

static void put_line(struct cli *c, struct str text)
{
	if (text.n == 0)
		return;
	cli_put(c, text);
	putc('\n', c->out);
}

/* "Paper Daily · Li Wen · Mon 14 Apr 06:13 · 3 min" */
static void put_meta(struct cli *c, const struct shown *s)
{
	struct buf meta = buf_limited(1 << 18);
	const struct str names[] = { s->entry.source, s->entry.author };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (names[i].n > 0) {
			buf_add(&meta, names[i]);
			buf_add_cstr(&meta, " · ");
		}
	}
	words_long_date(&meta, s->entry.time, clock_now(&c->clock));
	if (s->doc) {
		buf_add_cstr(&meta, " · ");
		words_reading_time(&meta, rich_seconds(s->doc));
	}
	put_line(c, buf_view(&meta));
	buf_free(&meta);
}

static void put_text(struct cli *c, const struct rich *doc)
{
	struct buf text = buf_limited(HTML_LIMIT), shown = buf_limited(HTML_LIMIT);

	rich_plain(doc, &text);
	display_body(buf_view(&text), &shown);
	putc('\n', c->out);
	fwrite(buf_cstr(&shown), 1, shown.n, c->out);
	if (shown.n > 0 && shown.p[shown.n - 1] != '\n')
		putc('\n', c->out);
	buf_free(&text);
	buf_free(&shown);
}

static void put_links(struct cli *c, const struct rich *doc)
{
	if (rich_link_count(doc) > 0)
		fputs("\nLINKS\n", c->out);
	for (size_t n = 1; n <= rich_link_count(doc); n++) {
		const struct rich_link *link = rich_link(doc, n);

		fprintf(c->out, "[%zu] ", n);
		cli_put(c, link->text);
		fputs(link->text.n > 0 ? "  " : "", c->out);
		put_line(c, link->url);
	}
}

/* That a wish cannot be had is said, and the text printed as it came. */
static void say_trouble(struct cli *c, struct cache *k)
{
	struct error e;

	if (scripts_trouble(k->scripts, &e))
		cli_say(c, "%s", e.text);
}

static void show_plain(struct cli *c, struct cache *k, const struct shown *s)
{
	struct str title = cache_shown_title(k, s->entry.feed, s->entry.title, k->arena);

	say_trouble(c, k);
	put_line(c, title.n > 0 ? title : STR("(no title)"));
	put_meta(c, s);
	put_line(c, s->entry.link);
	if (s->doc) {
		put_text(c, s->doc);
		put_links(c, s->doc);
	}
}

/* A text that is damaged in the cache is told; the rest of the entry is shown all the same. */
static enum err print_entry(struct cli *c, struct cache *k, int64_t id, bool json, struct error *e)
{
	struct shown s = { .html = buf_limited(HTML_LIMIT) };
	enum err rc = store_entry(k->store, id, k->arena, &s.entry, e);

	if (rc == ERR_NONESUCH)
		return error_set(e, rc, "no entry %lld", (long long)id);
	if (rc != ERR_NONE)
		return rc;
	rc = load_text(c, k, json, &s, e);
	if (rc == ERR_NONE || rc == ERR_DAMAGED)
		json ? show_json(c, k, &s) : show_plain(c, k, &s);
	rich_free(s.doc);
	buf_free(&s.html);
	return rc;
}

int cmd_show(struct cli *c, const struct cli_args *a)
{
	struct cache k;
	struct error e;
	int64_t id;
	int status;

	if (!cli_id(c, a->operand[0], &id))
		return EXIT_USAGE;
	status = cache_open(c, CACHE_OR_SAMPLE, &k);
	if (status == EXIT_DONE && print_entry(c, &k, id, a->json, &e) != ERR_NONE)
		status = cli_fail(c, &e);
	cache_close(&k);
	return status;
}
