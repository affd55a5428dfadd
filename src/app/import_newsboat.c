#include "import.h"

#include "lede/base/file.h"

#include <stdlib.h>

/* newsboat's urls and config (MIGRATION.md, section 2). Both are text that newsboat would partly
 * run: exec: and filter: addresses, `commands` in backticks, programs for keys. None of it is. */

/* ---- urls ---- */

/* "filter:CMD:URL". NULL unless the plain address is wanted. */
static struct import_feed *take_filtered(struct import *im, int line, struct str token)
{
	struct str rest = str_sub(token, sizeof "filter:" - 1, token.n), command;

	str_next(&rest, ':', &command);
	if (im->unfilter) {
		import_leave(im, line, command, "a filter is a program, and lede runs none: its "
			     "feed is taken without it");
		return import_feed(im, line, rest);
	}
	import_leave(im, line, token, "a filter is a program, and lede runs none; the plain "
		     "address is %.*s, --unfilter subscribes to it", (int)rest.n, rest.p);
	return NULL;
}

static void leave_query(struct import *im, int line, struct str token)
{
	import_leave(im, line, token, "a saved search, not a feed");
}

/* ~ begins a title, ! hides (and may be a tag besides), all else is a tag. */
static void take_word(struct import *im, struct import_feed *f, struct str word)
{
	if (str_starts(word, "~")) {
		f->as.title = import_kept(im, str_sub(word, 1, word.n));
		return;
	}
	if (str_starts(word, "!")) {
		f->as.hidden = true;
		word = str_sub(word, 1, word.n);
	}
	import_tag(im, f, word);
}

static void take_url_line(struct import *im, struct str line, int number, struct arena *words)
{
	struct import_feed *f;
	struct str token;

	if (str_starts(line, "#") || !subscriptions_token(&line, words, &token))
		return;
	if (str_starts(token, "query:")) {
		leave_query(im, number, token);
		return;
	}
	f = str_starts(token, "filter:") ? take_filtered(im, number, token)
					 : import_feed(im, number, token);
	while (f && subscriptions_token(&line, words, &token))
		take_word(im, f, token);
}

void import_newsboat_urls(struct import *im, struct str text)
{
	struct arena *words = arena_new();
	struct str line;

	if (str_starts(text, "\xEF\xBB\xBF"))
		text = str_sub(text, 3, text.n);
	for (int number = 1; str_next_line(&text, &line); number++) {
		take_url_line(im, line, number, words);
		arena_reset(words);
	}
	arena_free(words);
}

/* ---- config ---- */

/* What a file says of keys that only count together. */
struct settings {
	struct import *im;
	int line;
	struct str text;              /* the whole line */
	struct str minutes, reload, items, days, proxy, proxy_type, use_proxy;
	int minutes_line, keep_line, proxy_line;
	struct str minutes_text, keep_text, proxy_text;
};

typedef void take_fn(struct settings *s, struct str value);

static void take_minutes(struct settings *s, struct str value)
{
	s->minutes = import_kept(s->im, value);
	s->minutes_line = s->line;
	s->minutes_text = import_kept(s->im, s->text);
}

static void take_reload(struct settings *s, struct str value)
{
	s->reload = import_kept(s->im, value);
	if (str_is(value, "no"))
		import_set(s->im, s->line, s->text, "auto-refresh", STR("no"));
}

static void take_keep(struct settings *s, struct str value, struct str *to)
{
	*to = import_kept(s->im, value);
	s->keep_line = s->line;
	s->keep_text = import_kept(s->im, s->text);
}

static void take_items(struct settings *s, struct str value) { take_keep(s, value, &s->items); }
static void take_days(struct settings *s, struct str value) { take_keep(s, value, &s->days); }

static void take_timeout(struct settings *s, struct str value)
{
	import_set(s->im, s->line, s->text, "timeout", value);
}

static void take_agent(struct settings *s, struct str value)
{
	import_set(s->im, s->line, s->text, "user-agent", value);
}

static void take_proxy(struct settings *s, struct str value)
{
	s->proxy = import_kept(s->im, value);
	s->proxy_line = s->line;
	s->proxy_text = import_kept(s->im, s->text);
}

static void take_proxy_type(struct settings *s, struct str value)
{
	s->proxy_type = import_kept(s->im, value);
}

static void take_use_proxy(struct settings *s, struct str value)
{
	s->use_proxy = import_kept(s->im, value);
}

static void take_width(struct settings *s, struct str value)
{
	if (!str_is(value, "0"))      /* newsboat's "as wide as the screen" */
		import_set(s->im, s->line, s->text, "text-width", value);
}

static void take_scroll(struct settings *s, struct str value)
{
	import_set(s->im, s->line, s->text, "scroll-offset", value);
}

/* newsboat hands the line to a shell; words that a shell would leave as they are can be split. */
static void take_browser(struct settings *s, struct str value)
{
	static const char shell[] = "'\"\\$`|;&<>()*?[]~#!{}";

	for (size_t i = 0; i < value.n; i++)
		if (str_find(STR(shell), value.p[i]) != SIZE_MAX) {
			import_leave(s->im, s->line, s->text, "a command for a shell, and lede "
				     "starts none: see browser in lede(5)");
			return;
		}
	import_set(s->im, s->line, s->text, "browser", value);
}

static void take_star(struct settings *s, struct str value)
{
	buf_add(&s->im->stars, str_sub(value, 0, 1));
}

static void leave_keys(struct settings *s, struct str value)
{
	(void)value;
	import_leave(s->im, s->line, s->text, "keys are lede's own");
}

static void leave_colours(struct settings *s, struct str value)
{
	(void)value;
	import_leave(s->im, s->line, s->text, "colours are a theme's");
}

static void leave_program(struct settings *s, struct str value)
{
	(void)value;
	import_leave(s->im, s->line, s->text, "a program, and lede runs none");
}

static void leave_rule(struct settings *s, struct str value)
{
	(void)value;
	import_leave(s->im, s->line, s->text, "lede has no such rule");
}

static void leave_screen(struct settings *s, struct str value)
{
	(void)value;
	import_leave(s->im, s->line, s->text, "the screen is lede's own");
}

static void leave_file(struct settings *s, struct str value)
{
	import_leave(s->im, s->line, s->text, "not followed: lede import %.*s takes it",
		     (int)value.n, value.p);
}

static void leave_place(struct settings *s, struct str value)
{
	import_leave(s->im, s->line, s->text, "the cache lies elsewhere: lede import %.*s takes it",
		     (int)value.n, value.p);
}

static const struct key { const char *name; take_fn *take; } keys[] = {
	{ "reload-time", take_minutes }, { "auto-reload", take_reload },
	{ "max-items", take_items }, { "keep-articles-days", take_days },
	{ "download-timeout", take_timeout }, { "user-agent", take_agent },
	{ "proxy", take_proxy }, { "proxy-type", take_proxy_type }, { "use-proxy", take_use_proxy },
	{ "browser", take_browser }, { "text-width", take_width }, { "scrolloff", take_scroll },
	{ "bind-key", leave_keys }, { "bind", leave_keys }, { "unbind-key", leave_keys },
	{ "macro", leave_keys }, { "color", leave_colours }, { "highlight", leave_colours },
	{ "highlight-article", leave_colours }, { "ignore-article", leave_rule },
	{ "ignore-mode", leave_rule }, { "keep-forever-if-flagged-with", leave_rule },
	{ "bookmark-cmd", leave_program }, { "external-url-viewer", leave_program },
	{ "html-renderer", leave_program }, { "notify-program", leave_program },
	{ "run-on-startup", leave_program }, { "pager", leave_program },
	{ "show-read-articles", leave_screen }, { "show-read-feeds", leave_screen },
	{ "mark-as-read-on-hover", leave_screen }, { "feedlist-format", leave_screen },
	{ "articlelist-format", leave_screen }, { "article-sort-order", leave_screen },
	{ "feed-sort-order", leave_screen }, { "confirm-exit", leave_screen },
	{ "include", leave_file }, { "cache-file", leave_place },
	{ "reload-threads", leave_rule }, { "urls-source", leave_rule },
};

static bool has_part(struct str name, const char *part)
{
	return str_find_str(name, str_of(part)) != SIZE_MAX;
}

/* Of sync services: their secrets are not even quoted. */
static bool is_secret(struct str name)
{
	return str_ends(name, "-login") || has_part(name, "-password") || has_part(name, "-token");
}

static take_fn *key_named(struct str name)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (str_is(name, keys[i].name))
			return keys[i].take;
	return str_ends(name, "-flag-star") ? take_star : NULL;
}

bool import_newsboat_key(struct str key)
{
	return key_named(key) != NULL || is_secret(key);
}

/* "…" around a whole value. */
static struct str unquoted(struct str value)
{
	value = str_trim(value);
	if (value.n >= 2 && value.p[0] == '"' && str_ends(value, "\""))
		value = str_sub(value, 1, value.n - 1);
	return value;
}

static void take_setting(struct settings *s, struct str line)
{
	struct str name = str_trim(line), value;
	take_fn *take;
	size_t end = 0;

	if (name.n == 0 || name.p[0] == '#')
		return;
	while (end < name.n && !ascii_is_space(name.p[end]))
		end++;
	value = unquoted(str_sub(name, end, name.n));
	s->text = name;
	name = str_sub(name, 0, end);
	take = key_named(name);
	if (is_secret(name))
		import_leave(s->im, s->line, name, "of a sync service: not read into lede");
	else if (str_find(value, '`') != SIZE_MAX)
		import_leave(s->im, s->line, s->text, "a command in backticks, and lede runs none");
	else if (take)
		take(s, value);
	else
		import_leave(s->im, s->line, s->text, "lede has no such setting");
}

/* ---- what counts together ---- */

static void set_interval(struct settings *s)
{
	struct buf value = buf_limited(64);

	if (s->minutes.n > 0 && !str_is(s->reload, "no")) {
		buf_add(&value, s->minutes);
		buf_add_char(&value, 'm');
		import_set(s->im, s->minutes_line, s->minutes_text, "interval",
			   buf_view(&value));
	}
	buf_free(&value);
}

/* keep = AGE NUMBER; newsboat's 0 is "all". */
static void set_keep(struct settings *s)
{
	struct buf value = buf_limited(64);

	if (s->days.n > 0 && !str_is(s->days, "0"))
		buf_addf(&value, "%.*sd", (int)s->days.n, s->days.p);
	if (s->items.n > 0 && !str_is(s->items, "0"))
		buf_addf(&value, "%s%.*s", value.n > 0 ? " " : "", (int)s->items.n, s->items.p);
	if (value.n > 0)
		import_set(s->im, s->keep_line, s->keep_text, "keep", buf_view(&value));
	buf_free(&value);
}

static void set_proxy(struct settings *s)
{
	struct buf value = buf_limited(1024);

	if (s->proxy.n > 0 && str_is(s->use_proxy, "yes")) {
		if (str_find_str(s->proxy, STR("://")) == SIZE_MAX) {
			buf_add(&value, s->proxy_type.n > 0 ? s->proxy_type : STR("http"));
			buf_add_cstr(&value, "://");
		}
		buf_add(&value, s->proxy);
		import_set(s->im, s->proxy_line, s->proxy_text, "proxy", buf_view(&value));
	} else if (s->proxy.n > 0) {
		import_leave(s->im, s->proxy_line, s->proxy_text, "it is not in use there");
	}
	buf_free(&value);
}

/* A backslash at its end joins a line with the next. */
static void take_joined(struct settings *s, struct str text)
{
	struct buf joined = buf_limited(64 << 10);
	struct str line;

	while (str_next_line(&text, &line)) {
		s->line++;
		if (str_ends(line, "\\")) {
			buf_add(&joined, str_sub(line, 0, line.n - 1));
			continue;
		}
		buf_add(&joined, line);
		take_setting(s, buf_view(&joined));
		buf_clear(&joined);
	}
	take_setting(s, buf_view(&joined));
	buf_free(&joined);
}

void import_newsboat_config(struct import *im, struct str text)
{
	struct settings s = { .im = im };

	take_joined(&s, text);
	set_interval(&s);
	set_keep(&s);
	set_proxy(&s);
}
