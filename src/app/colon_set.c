/* colon_set - `:set`, `:bind` and `:unbind`: what the configuration could say, said to the running reader. */
#include <string.h>

#include "colon_inside.h"
#include "lede/app/nearest.h"
#include "lede/base/language.h"

/* ---- what an option of the screen changes at once ---- */

static void set_glyphs(struct app *a)
{
	static const char *const names[] = { [GLYPHS_UNICODE] = "unicode", [GLYPHS_CONSOLE] = "console", [GLYPHS_ASCII] = "ascii" };
	const char *wanted = config_text(a->config, OPT_GLYPHS, NULL);

	for (int i = GLYPHS_UNICODE; i <= GLYPHS_ASCII; i++)
		if (strcmp(names[i], wanted) == 0)
			a->glyphs = (enum glyph_set)i;
}

/* What most options are for is looked up when it is needed; these are remembered. What was moved by keys stays, but for what is set. */
static void obey(struct app *a, enum option_id id)
{
	struct geometry_wish wish;

	geometry_wished(a->config, &wish);
	switch (id) {
	case OPT_LAYOUT: a->wish.layout = wish.layout; break;
	case OPT_ROWS: a->wish.rows = wish.rows; break;
	case OPT_SPLIT: a->wish.split = wish.split; break;
	case OPT_SPLIT_ROWS: a->wish.split_rows = wish.split_rows; break;
	case OPT_TEXT_WIDTH: a->wish.text_width = wish.text_width; break;
	case OPT_SCROLL_OFFSET: a->wish.scroll_offset = wish.scroll_offset; break;
	case OPT_GLOSSES:
		a->hide_glosses = strcmp(config_text(a->config, id, NULL), "show") != 0;
		pane_renew(a);
		break;
	case OPT_KEYS:
		keys_renew(a);
		break;
	case OPT_GLYPHS:
		set_glyphs(a);
		break;
	case OPT_THEME:
		if (!theme_set(a, config_text(a->config, id, NULL)))
			app_complain(a, _("no theme named %s · t shows them"), config_text(a->config, id, NULL));
		break;
	case OPT_SHOW:
		if (a->unread_only != (strcmp(config_text(a->config, id, NULL), "unread") == 0))
			run_unread_only(a, &(struct call){ .count = 0 });
		break;
	case OPT_BACKGROUND:
	case OPT_AMBIGUOUS_WIDTH:
	case OPT_ASK_TERMINAL:
		app_message(a, _("%s = %s, in the config: it holds from the next start on"), option_table[id].name,
			    config_text(a->config, id, NULL));
		break;
	case OPT_CONVERT:
		app_message(a, _("%s = %s, from the next refresh on"), option_table[id].name,
			    config_text(a->config, id, NULL));
		break;
	default:
		break;
	}
	manners_read(a);
	app_measure(a);
}

/* ---- set ---- */

static void tell_value(struct app *a, enum option_id id)
{
	app_message(a, "%s = %s", option_table[id].name, config_text(a->config, id, NULL));
}

static void set_value(struct app *a, enum option_id id, struct str value)
{
	const struct option *o = &option_table[id];
	struct error e;

	if (!(o->scope & SCOPE_GLOBAL)) {
		app_complain(a, _("%s is not set for everything: it belongs in [tag NAME] or [feed URL]"), o->name);
		return;
	}
	if (config_set(a->config, id, value, &e) != ERR_NONE) {
		app_complain(a, "%s", e.text);
		return;
	}
	tell_value(a, id);
	obey(a, id);
}

static void say_unknown(struct app *a, struct str name)
{
	const char *near = option_nearest(name);

	if (near)
		app_complain(a, _("unknown option “%.*s”; did you mean %s?"), (int)name.n, name.p, near);
	else
		app_complain(a, _("unknown option “%.*s”"), (int)name.n, name.p);
}

/* OPTION=VALUE, OPTION VALUE, OPTION? and OPTION alone, which switches on what can be on and asks for what has a value. */
void colon_set(struct app *a, struct str rest)
{
	size_t n = 0;
	struct str name, value;
	int id;

	while (n < rest.n && rest.p[n] != '=' && rest.p[n] != '?' && rest.p[n] != ' ')
		n++;
	name = str_sub(rest, 0, n);
	value = str_trim(str_sub(rest, n, rest.n));
	if (name.n == 0) {
		app_message(a, "%s", _("set takes OPTION=VALUE, or OPTION? · Tab shows the options"));
		return;
	}
	id = option_named(name);
	if (id < 0)
		say_unknown(a, name);
	else if (str_is(value, "?") || (value.n == 0 && option_table[id].type != OPTION_BOOL))
		tell_value(a, (enum option_id)id);
	else if (value.n == 0)
		set_value(a, (enum option_id)id, STR("yes"));
	else
		set_value(a, (enum option_id)id, str_trim(str_sub(value, value.p[0] == '=', value.n)));
}

/* ---- what `set` can go on as ---- */

static struct str joined(struct prompt_choices *out, const char *name, struct str value)
{
	struct buf b = buf_limited(1 << 10);
	struct str s;

	buf_addf(&b, "%s=%.*s", name, (int)value.n, value.p);
	s = (struct str){ arena_copy(out->arena, buf_cstr(&b), b.n), b.n };
	buf_free(&b);
	return s;
}

static void offer_value(const struct option *o, struct str value, struct str typed, const struct app *a,
			struct prompt_choices *out)
{
	const char *now = config_text(a->config, (enum option_id)(o - option_table), NULL);
	struct str help = str_of(option_choice_help((enum option_id)(o - option_table), value));

	if (!str_eq(typed, str_sub(value, 0, typed.n)))
		return;
	if (help.n == 0 && str_is(value, now))
		help = str_of(_("now"));
	else if (help.n == 0 && str_is(value, o->def))
		help = str_of(_("as it is without a word in the config"));
	prompt_offer(out, joined(out, o->name, value), help);
}

static void offer_values(const struct app *a, enum option_id id, struct str typed, struct prompt_choices *out)
{
	const struct option *o = &option_table[id];
	const char *now = config_text(a->config, id, NULL);
	struct str rest = str_of(o->type == OPTION_BOOL ? "yes no" : o->choices), value;

	if (rest.n > 0) {
		while (str_next(&rest, ' ', &value))
			offer_value(o, value, typed, a, out);
		return;
	}
	offer_value(o, str_of(now), typed, a, out);
	if (strcmp(now, o->def) != 0)
		offer_value(o, str_of(o->def), typed, a, out);
}

void colon_set_candidates(struct app *a, struct str rest, struct prompt_choices *out)
{
	size_t equals = str_find(rest, '=');
	int id;

	if (equals != SIZE_MAX) {
		id = option_named(str_sub(rest, 0, equals));
		if (id >= 0)
			offer_values(a, (enum option_id)id, str_sub(rest, equals + 1, rest.n), out);
		return;
	}
	for (int i = 0; i < OPTION_COUNT; i++) {
		const struct option *o = &option_table[i];

		if ((o->scope & SCOPE_GLOBAL) && str_eq(rest, str_sub(str_of(o->name), 0, rest.n)))
			prompt_offer(out, joined(out, o->name, STR("")), option_in_short((enum option_id)i));
	}
}

/* ---- bind, unbind ---- */

static void bound(struct app *a, enum err rc, const struct error *e, struct str said)
{
	if (rc != ERR_NONE) {
		app_complain(a, "%s", e->text);
		return;
	}
	keys_renew(a);
	app_message(a, _("bound until lede ends: %.*s"), (int)said.n, said.p);
}

void colon_bind(struct app *a, struct str rest)
{
	struct error e;
	enum err rc = config_bind(a->config, rest, &e);

	bound(a, rc, &e, rest);
}

void colon_unbind(struct app *a, struct str rest)
{
	struct error e;
	enum err rc = config_unbind(a->config, rest, &e);

	if (rc != ERR_NONE)
		bound(a, rc, &e, rest);
	else {
		keys_renew(a);
		app_message(a, _("means nothing until lede ends: %.*s"), (int)rest.n, rest.p);
	}
}

/* Where the last word of `rest` begins, and how many stand before it. */
static size_t last_word(struct str rest, int *before)
{
	size_t at = 0;

	*before = 0;
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == ' ') {
			*before += i > 0 && rest.p[i - 1] != ' ';
			at = i + 1;
		}
	return at;
}

static void offer_contexts(struct str word, struct prompt_choices *out)
{
	const char *name;

	for (int i = 0; (name = binding_context(i)); i++)
		if (str_eq(word, str_sub(str_of(name), 0, word.n)))
			prompt_offer(out, str_of(name), STR(""));
}

void colon_bind_candidates(struct app *a, struct str rest, struct prompt_choices *out)
{
	int before;
	size_t at = last_word(rest, &before);
	struct str word = str_sub(rest, at, rest.n);

	(void)a;
	out->from += at;
	if (before == 2)
		offer_contexts(word, out);
	for (size_t i = 0; before == 1 && i < command_count; i++)
		if (str_eq(word, str_sub(str_of(command_table[i].name), 0, word.n)))
			prompt_offer(out, str_of(command_table[i].name), str_of(_(command_table[i].help)));
}

void colon_unbind_candidates(struct app *a, struct str rest, struct prompt_choices *out)
{
	int before;
	size_t at = last_word(rest, &before);

	(void)a;
	out->from += at;
	if (before == 1)
		offer_contexts(str_sub(rest, at, rest.n), out);
}
