#include "lede/app/keymap.h"

#include <stdio.h>
#include <string.h>

#include "lede/app/command.h"
#include "lede/app/key.h"
#include "lede/app/nearest.h"
#include "lede/text/utf8.h"

/* The first is meant where none is named. */
static const struct { const char *name; unsigned where; } contexts[] = {
	{ "all", ON_ALL }, { "lists", ON_LISTS }, { "list", ON_LIST }, { "entries", ON_ENTRIES },
	{ "feeds", ON_FEEDS }, { "article", ON_ARTICLE }, { "panel", ON_PANEL },
};

/* ---- sequences ---- */

/* The name of the next key of a sequence, without its brackets. */
static struct str next_name(struct str *rest)
{
	struct str name;
	size_t n, close;

	if (rest->n >= 3 && rest->p[0] == '<') {
		close = str_find(str_sub(*rest, 2, rest->n), '>');
		if (close != SIZE_MAX) {
			name = str_sub(*rest, 1, close + 2);
			*rest = str_sub(*rest, close + 3, rest->n);
			return name;
		}
	}
	utf8_at(*rest, 0, &n);
	if (rest->n >= 2 && rest->p[0] == '^' && key_of_name(str_sub(*rest, 0, 2)) != 0)
		n = 2;
	name = str_sub(*rest, 0, n);
	*rest = str_sub(*rest, n, rest->n);
	return name;
}

static enum err take_key(struct keys *out, struct str name, struct str whole, struct error *e)
{
	uint32_t key = key_of_name(name);

	if (key == 0)
		return error_set(e, ERR_USAGE, "“%.*s” is no key; keys are written j, ^D, Home, F5, and "
				 "g<Down> one after the other", (int)whole.n, whole.p);
	if (out->n == KEYS_MAX)
		return error_set(e, ERR_USAGE, "“%.*s” is longer than %d keys", (int)whole.n, whole.p,
				 KEYS_MAX);
	if (out->n == 0 && key >= '1' && key <= '9')
		return error_set(e, ERR_USAGE, "“%.*s” begins with a digit; digits before a key are a "
				 "count", (int)whole.n, whole.p);
	out->key[out->n++] = key;
	return ERR_NONE;
}

enum err keys_read(struct str text, struct keys *out, struct error *e)
{
	struct str rest = text;
	enum err rc = ERR_NONE;

	out->n = 0;
	if (text.n == 0 || key_of_name(text) != 0)
		return take_key(out, text, text, e);
	while (rc == ERR_NONE && rest.n > 0)
		rc = take_key(out, next_name(&rest), text, e);
	return rc;
}

static bool stands_alone(const char *name)
{
	size_t n;

	utf8_at(str_of(name), 0, &n);
	return strcmp(name, "<") != 0 && strcmp(name, "^") != 0 &&
	       (name[n] == '\0' || (name[0] == '^' && name[2] == '\0'));
}

void keys_text(const struct keys *k, char out[KEYS_TEXT])
{
	size_t used = 0;
	char name[16];

	out[0] = '\0';
	for (int i = 0; i < k->n; i++) {
		bool plain;

		key_text(k->key[i], name);
		plain = k->n == 1 || stands_alone(name);
		used += (size_t)snprintf(out + used, KEYS_TEXT - used, plain ? "%s" : "<%s>", name);
	}
}

/* ---- bindings ---- */

static struct str word(struct str *rest)
{
	struct str w;
	size_t n = 0;

	*rest = str_trim(*rest);
	while (n < rest->n && !ascii_is_space(rest->p[n]))
		n++;
	w = str_sub(*rest, 0, n);
	*rest = str_trim(str_sub(*rest, n, rest->n));
	return w;
}

static enum err read_context(struct str rest, struct binding *b, struct error *e)
{
	struct nearest near = { .said = rest };

	for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++) {
		if (rest.n == 0 || str_is(rest, contexts[i].name)) {
			b->where = contexts[i].where;
			b->asked = __builtin_popcount(b->where);
			return ERR_NONE;
		}
		nearest_offer(&near, contexts[i].name);
	}
	return error_set(e, ERR_USAGE, "“%.*s” is no context; there are all, lists, list, entries, feeds, "
			 "article and panel%s%s%s", (int)rest.n, rest.p, near.best ? "; did you mean " : "",
			 near.best ? near.best : "", near.best ? "?" : "");
}

static enum err no_command(struct str name, struct error *e)
{
	struct nearest near = { .said = name };

	for (size_t i = 0; i < command_count; i++)
		nearest_offer(&near, command_table[i].name);
	return error_set(e, ERR_USAGE, "there is no command “%.*s”%s%s%s", (int)name.n, name.p,
			 near.best ? "; did you mean " : "", near.best ? near.best : "",
			 near.best ? "?" : "; lede(1) lists them");
}

static enum err place(struct binding *b, struct str context, struct error *e)
{
	unsigned where = b->where & b->command->where;

	if (where == 0)
		return error_set(e, ERR_USAGE, "there is no %s in %.*s", b->command->name, (int)context.n,
				 context.p);
	b->where = where;
	return ERR_NONE;
}

enum err binding_read(struct str text, struct binding *out, struct error *e)
{
	struct str rest = text, keys = word(&rest), name = word(&rest);
	enum err rc;

	*out = (struct binding){ .line = 0 };
	if (name.n == 0)
		return error_set(e, ERR_USAGE, "expected bind = KEY COMMAND [CONTEXT]");
	rc = keys_read(keys, &out->keys, e);
	if (rc != ERR_NONE)
		return rc;
	out->command = command_named(name);
	if (!out->command)
		return no_command(name, e);
	rc = read_context(rest, out, e);
	return rc == ERR_NONE ? place(out, rest, e) : rc;
}

enum err binding_read_unbind(struct str text, struct binding *out, struct error *e)
{
	struct str rest = text, keys = word(&rest);
	enum err rc;

	*out = (struct binding){ .line = 0 };
	if (keys.n == 0)
		return error_set(e, ERR_USAGE, "expected unbind = KEY [CONTEXT]");
	rc = keys_read(keys, &out->keys, e);
	return rc == ERR_NONE ? read_context(rest, out, e) : rc;
}

const char *binding_context(int i)
{
	return i >= 0 && i < (int)(sizeof contexts / sizeof *contexts) ? contexts[i].name : NULL;
}

bool binding_conflicts(const struct binding *a, const struct binding *b)
{
	return a->command != b->command && a->keys.n == b->keys.n && (a->where & b->where) &&
	       a->asked == b->asked &&
	       memcmp(a->keys.key, b->keys.key, (size_t)a->keys.n * sizeof *a->keys.key) == 0;
}
