#include "lede/app/config.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/ini.h"
#include "lede/base/mem.h"

/* One line of the file that holds. */
struct setting { unsigned scope; struct str of; enum option_id id; const char *value; };

struct config {
	struct arena *arena;                    /* names and values */
	struct setting *setting; size_t n, cap; /* in the order of the file */
	struct binding *binding; size_t nbindings, binding_cap;
	/* by the command line or the reader, who may while other threads ask; NULL: not set */
	_Atomic(const char *) set[OPTION_COUNT];
};

struct config *config_new(void)
{
	struct config *c = mem_new(sizeof *c);

	c->arena = arena_new();
	return c;
}

void config_free(struct config *c)
{
	if (!c)
		return;
	arena_free(c->arena);
	free(c->setting);
	free(c->binding);
	free(c);
}

/* ---- reading ---- */

struct reading {
	struct config *c;
	const char *name;
	void (*bad)(void *self, int line, const char *sentence);
	void *self;
	const char *told; /* the section last complained about: one sentence each */
};

static void complain(struct reading *r, int line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void complain(struct reading *r, int line, const char *fmt, ...)
{
	struct buf b = buf_limited(1024);
	va_list args;

	if (!r->bad)
		return;
	buf_addf(&b, "%s line %d: ", r->name, line);
	va_start(args, fmt);
	buf_addv(&b, fmt, args);
	va_end(args);
	r->bad(r->self, line, buf_cstr(&b));
	buf_free(&b);
}

/* The SCOPE_* bit of a section; 0 when there is no such section. Lines before the first stand in
 * [lede]. */
static unsigned scope_of(const struct ini_line *l)
{
	if (l->section.n == 0 || str_is(l->section, "lede"))
		return SCOPE_GLOBAL;
	if (str_is(l->section, "tag"))
		return SCOPE_TAG;
	return str_is(l->section, "feed") ? SCOPE_FEED : 0;
}

/* Whether settings may stand in the section; told once for each section, at its first line. */
static bool section_holds(struct reading *r, const struct ini_line *l, unsigned scope)
{
	bool needs = scope == SCOPE_TAG || scope == SCOPE_FEED;

	if (scope != 0 && (!needs || l->argument.n > 0))
		return true;
	if (r->told == l->section.p)
		return false;
	r->told = l->section.p;
	if (scope == 0)
		complain(r, l->line,
			 "unknown section [%.*s]; there are [lede], [keys], [tag NAME] and [feed URL]",
			 (int)l->section.n, l->section.p);
	else
		complain(r, l->line, "[%.*s] lacks the %s it is for", (int)l->section.n,
			 l->section.p, scope == SCOPE_TAG ? "tag" : "address");
	return false;
}

static void complain_unknown(struct reading *r, const struct ini_line *l)
{
	const char *near = option_nearest(l->key);

	complain(r, l->line, "unknown option “%.*s”%s%s%s", (int)l->key.n, l->key.p,
		 near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

static void take(struct config *c, unsigned scope, const struct ini_line *l, enum option_id id)
{
	c->setting = mem_grow(c->setting, &c->cap, c->n + 1, sizeof *c->setting);
	c->setting[c->n++] = (struct setting){
		.scope = scope,
		.of = { arena_copy(c->arena, l->argument.p, l->argument.n), l->argument.n },
		.id = id,
		.value = arena_copy(c->arena, l->value.p, l->value.n),
	};
}

static void keep_binding(struct config *c, const struct binding *b)
{
	c->binding = mem_grow(c->binding, &c->binding_cap, c->nbindings + 1, sizeof *c->binding);
	c->binding[c->nbindings++] = *b;
}

/* The later of two lines that contradict each other holds, and it is said. */
static void tell_conflict(struct reading *r, const struct ini_line *l, const struct binding *b)
{
	char text[KEYS_TEXT];

	for (size_t i = r->c->nbindings; i-- > 0;) {
		const struct binding *old = &r->c->binding[i];

		if (!binding_conflicts(old, b))
			continue;
		keys_text(&b->keys, text);
		complain(r, l->line, "line %d says already what %s means; this line holds", old->line, text);
		return;
	}
}

static void key_line(struct reading *r, const struct ini_line *l)
{
	struct binding b;
	struct error e;
	enum err rc;

	if (str_is(l->key, "bind")) {
		rc = binding_read(l->value, &b, &e);
	} else if (str_is(l->key, "unbind")) {
		rc = binding_read_unbind(l->value, &b, &e);
	} else {
		complain(r, l->line, "“%.*s” says nothing in [keys]; there are bind = KEY COMMAND [CONTEXT] "
			 "and unbind = KEY [CONTEXT]", (int)l->key.n, l->key.p);
		return;
	}
	if (rc != ERR_NONE) {
		complain(r, l->line, "%s", e.text);
		return;
	}
	b.line = l->line;
	tell_conflict(r, l, &b);
	keep_binding(r->c, &b);
}

static void pair(void *self, const struct ini_line *l)
{
	struct reading *r = self;
	unsigned scope = scope_of(l);
	int id = option_named(l->key);
	struct error e;

	if (str_is(l->section, "keys")) {
		key_line(r, l);
		return;
	}
	if (!section_holds(r, l, scope))
		return;
	if (id < 0)
		complain_unknown(r, l);
	else if (!(option_table[id].scope & scope))
		complain(r, l->line, "%s is not set in [%.*s]; it belongs in %s",
			 option_table[id].name, l->section.n ? (int)l->section.n : 4,
			 l->section.n ? l->section.p : "lede",
			 option_table[id].scope & SCOPE_GLOBAL ? "[lede]" :
								 "[tag NAME] or [feed URL]");
	else if (option_check((enum option_id)id, l->value, &e) != ERR_NONE)
		complain(r, l->line, "%s", e.text);
	else
		take(r->c, scope, l, (enum option_id)id);
}

static void bad_line(void *self, int line, const char *why)
{
	complain(self, line, "%s", why);
}

void config_read(struct config *c, const char *name, struct str text,
		 void (*bad)(void *self, int line, const char *sentence), void *self)
{
	struct reading r = { .c = c, .name = name, .bad = bad, .self = self };
	struct ini_sink sink = { .pair = pair, .bad = bad_line, .self = &r };

	ini_read(text, &sink);
}

enum err config_set(struct config *c, enum option_id id, struct str value, struct error *e)
{
	enum err rc = option_check(id, value, e);

	if (rc == ERR_NONE)
		atomic_store(&c->set[id], arena_copy(c->arena, value.p, value.n));
	return rc;
}

enum err config_bind(struct config *c, struct str value, struct error *e)
{
	struct binding b;
	enum err rc = binding_read(value, &b, e);

	if (rc == ERR_NONE)
		keep_binding(c, &b);
	return rc;
}

enum err config_unbind(struct config *c, struct str value, struct error *e)
{
	struct binding b;
	enum err rc = binding_read_unbind(value, &b, e);

	if (rc == ERR_NONE)
		keep_binding(c, &b);
	return rc;
}

/* ---- asking ---- */

const struct binding *config_bindings(const struct config *c, size_t *n)
{
	*n = c->nbindings;
	return c->binding;
}

struct keymap *config_keymap(const struct config *c)
{
	struct keymap *k = keymap_new(strcmp(config_text(c, OPT_KEYS, NULL), "newsboat") == 0
					      ? KEY_SET_NEWSBOAT
					      : KEY_SET_LEDE);

	for (size_t i = 0; i < c->nbindings; i++)
		keymap_add(k, &c->binding[i]);
	return k;
}

static bool has_tag(const struct config_feed *feed, struct str tag)
{
	for (size_t i = 0; i < feed->ntags; i++)
		if (str_eq(feed->tags[i], tag))
			return true;
	return false;
}

static bool applies(const struct setting *s, const struct config_feed *feed)
{
	if (s->scope == SCOPE_GLOBAL)
		return true;
	if (!feed)
		return false;
	return s->scope == SCOPE_FEED ? str_eq(s->of, feed->url) : has_tag(feed, s->of);
}

/* What is set for fewer wins (the scopes' bits are in that order), then what stands later in the
 * file. */
const char *config_text(const struct config *c, enum option_id id, const struct config_feed *feed)
{
	const char *set = atomic_load(&c->set[id]);
	const struct setting *best = NULL;

	if (set)
		return set;
	for (size_t i = 0; i < c->n; i++) {
		const struct setting *s = &c->setting[i];

		if (s->id == id && applies(s, feed) && (!best || s->scope >= best->scope))
			best = s;
	}
	return best ? best->value : option_table[id].def;
}

int64_t config_number(const struct config *c, enum option_id id, const struct config_feed *feed)
{
	int64_t n = 0;

	str_to_int(str_of(config_text(c, id, feed)), INT64_MIN, INT64_MAX, &n);
	return n;
}

bool config_bool(const struct config *c, enum option_id id, const struct config_feed *feed)
{
	return strcmp(config_text(c, id, feed), "yes") == 0;
}

int64_t config_span(const struct config *c, enum option_id id, const struct config_feed *feed)
{
	int64_t seconds = SPAN_AUTO;

	option_span(str_of(config_text(c, id, feed)), &seconds);
	return seconds;
}
