#include "import.h"

/* newsraft's feeds and config (MIGRATION.md, section 3). A line of feeds:
 *
 *	@ NAME [< settings]                          opens a section
 *	URL ["Name"] [< key value; key value; ...]   a feed in it
 *	$(command)                                   a feed that is a program
 */

/* ---- settings ---- */

struct place { int line; unsigned scope; struct str of; };

static void set(struct import *im, const struct place *p, struct str said, const char *option,
		struct str value)
{
	import_set_for(im, p->line, said, option, value, p->scope, p->of);
}

/* Minutes; 0 is never. */
static void set_period(struct import *im, const struct place *p, struct str said, struct str value)
{
	struct buf minutes = buf_limited(64);

	if (str_is(value, "0")) {
		buf_add_cstr(&minutes, "never");
	} else {
		buf_add(&minutes, value);
		buf_add_char(&minutes, 'm');
	}
	set(im, p, said, "interval", buf_view(&minutes));
	buf_free(&minutes);
}

static const struct key { const char *name, *option; } keys[] = {
	{ "reload-period", "interval" }, { "item-limit", "keep" }, { "user-agent", "user-agent" },
	{ "proxy", "proxy" }, { "download-timeout", "timeout" }, { "pager-width", "text-width" },
	{ "scrolloff", "scroll-offset" }, { "set", NULL }, { "bind", NULL }, { "unbind", NULL },
	{ "mark-item-unread-on-change", NULL }, { "proxy-user", NULL }, { "proxy-password", NULL },
	{ "item-rule", NULL }, { "open-in-browser-command", NULL }, { "notification-command", NULL },
	{ "copy-to-clipboard-command", NULL }, { "reload-threads-count", NULL },
	{ "download-retries-count", NULL }, { "menu-section-sorting", NULL },
	{ "menu-feed-sorting", NULL }, { "menu-item-sorting", NULL }, { "on-startup", NULL },
};

bool import_newsraft_key(struct str name)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (str_is(name, keys[i].name))
			return true;
	return str_starts(name, "color-");
}

static struct str unquoted(struct str value)
{
	value = str_trim(value);
	if (value.n >= 2 && (value.p[0] == '"' || value.p[0] == '\'') &&
	    value.p[value.n - 1] == value.p[0])
		value = str_sub(value, 1, value.n - 1);
	return value;
}

static const char *option_of(struct str name)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (str_is(name, keys[i].name))
			return keys[i].option;
	return NULL;
}

/* "key value" */
static void take_setting(struct import *im, const struct place *p, struct str text)
{
	struct str name, value;
	const char *option;
	size_t end = 0;

	text = str_trim(text);
	while (end < text.n && !ascii_is_space(text.p[end]))
		end++;
	name = str_sub(text, 0, end);
	value = unquoted(str_sub(text, end, text.n));
	option = option_of(name);
	if (name.n == 0)
		return;
	if (str_is(name, "bind") || str_is(name, "unbind"))
		import_leave(im, p->line, text, "keys are lede's own");
	else if (str_find_str(name, STR("password")) != SIZE_MAX)
		import_leave(im, p->line, name, "a secret: not read into lede");
	else if (str_starts(name, "color-"))
		import_leave(im, p->line, text, "colours are a theme's");
	else if (!option)
		import_leave(im, p->line, text, "lede has no such setting");
	else if (str_is(name, "reload-period"))
		set_period(im, p, text, value);
	else if (!str_is(value, "0"))         /* newsraft's 0 is "no limit" */
		set(im, p, text, option, value);
}

static void take_settings(struct import *im, const struct place *p, struct str list)
{
	struct str one;

	while (str_next(&list, ';', &one))
		take_setting(im, p, one);
}

void import_newsraft_config(struct import *im, struct str text)
{
	struct place p = { .scope = SCOPE_GLOBAL, .of = STR("") };
	struct str line;

	while (str_next_line(&text, &line)) {
		p.line++;
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (str_starts(line, "set "))         /* as newsraft 0.2x had it */
			line = str_sub(line, 4, line.n);
		take_setting(im, &p, line);
	}
}

/* ---- feeds ---- */

struct feeds { struct import *im; struct str section; struct place at; };

/* The part before the first of `ends`; *rest: from there on. */
static struct str upto(struct str s, const char *ends, struct str *rest)
{
	size_t n = 0;

	while (n < s.n && str_find(str_of(ends), s.p[n]) == SIZE_MAX)
		n++;
	*rest = str_sub(s, n, s.n);
	return str_trim(str_sub(s, 0, n));
}

/* Counters in [n] and {n} are an error in newsraft today. */
static void leave_counters(struct feeds *f, struct str *rest)
{
	while (rest->n > 0 && (rest->p[0] == '[' || rest->p[0] == '{')) {
		size_t end = str_find(*rest, rest->p[0] == '[' ? ']' : '}');

		import_leave(f->im, f->at.line, str_sub(*rest, 0, end == SIZE_MAX ? 20 : end + 1),
			     "a counter of an older newsraft");
		*rest = str_trim(str_sub(*rest, end == SIZE_MAX ? rest->n : end + 1, rest->n));
	}
}

static void take_section(struct feeds *f, struct str line)
{
	struct str rest, name = upto(str_sub(line, 1, line.n), "<[{", &rest);

	leave_counters(f, &rest);
	f->section = str_is(name, "Global") ? STR("") : import_kept(f->im, name);
	f->at.scope = f->section.n > 0 ? SCOPE_TAG : SCOPE_GLOBAL;
	f->at.of = f->section;
	if (str_starts(rest, "<"))
		take_settings(f->im, &f->at, str_sub(rest, 1, rest.n));
}

static void take_feed(struct feeds *f, struct str line)
{
	struct str rest, url = upto(line, " \t", &rest);
	struct import_feed *to = import_feed(f->im, f->at.line, url);
	struct place here = { f->at.line, SCOPE_FEED, STR("") };

	if (!to)
		return;
	here.of = to->as.url;
	import_tag(f->im, to, f->section);
	rest = str_trim(rest);
	if (str_starts(rest, "\"")) {
		size_t end = str_find(str_sub(rest, 1, rest.n), '"');

		if (to->as.title.n == 0)
			to->as.title = import_kept(f->im, str_sub(rest, 1, end == SIZE_MAX
								  ? rest.n : end + 1));
		rest = str_trim(str_sub(rest, end == SIZE_MAX ? rest.n : end + 2, rest.n));
	}
	leave_counters(f, &rest);
	if (str_starts(rest, "<"))
		take_settings(f->im, &here, str_sub(rest, 1, rest.n));
}

void import_newsraft_feeds(struct import *im, struct str text)
{
	struct feeds f = { .im = im, .section = STR(""), .at = { 0, SCOPE_GLOBAL, STR("") } };
	struct str line;

	while (str_next_line(&text, &line)) {
		f.at.line++;
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (line.p[0] == '@')
			take_section(&f, line);
		else if (str_starts(line, "$("))
			import_leave(im, f.at.line, line, "a command: lede runs no programs");
		else
			take_feed(&f, line);
	}
}
