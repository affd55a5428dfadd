#include "lede/app/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "lede/app/command.h"
#include "lede/app/key.h"
#include "lede/base/mem.h"

/* In the order in which they lose. */
enum layer { LAYER_SET, LAYER_READER };
struct bound { struct binding is; enum layer layer; };
struct keymap { struct bound *bound; size_t n, cap; };

/* What newsboat's fingers know; the keys of all other commands stay. Its j and k are the next feed and the one before. */
static const struct { const char *command, *keys; } newsboat[] = {
	{ "down", "Down J" }, { "up", "Up K" }, { "first", "Home" }, { "last", "End" },
	{ "page-down", "PgDn" }, { "page-up", "PgUp" }, { "open", "Enter Right" }, { "prev", "p" },
	{ "feed-next", "j" }, { "feed-prev", "k" }, { "follow", "f u" }, { "browser", "o O" },
	{ "star", "s ^E" }, { "read", "m N" }, { "read-view", "A C" }, { "join", "&" },
	{ "feed-pause", "P" }, { "undo", "U" }, { "redo", "^Y" },
};

/* Terminals send Enter as ^M or ^J and Backspace as DEL or ^H; both mean the same key. */
static uint32_t plain_key(uint32_t key)
{
	if (key == '\n')
		return KEY_ENTER_;
	return key == 8 ? KEY_BACKSPACE_ : key;
}

static void add(struct keymap *k, const struct binding *b, enum layer layer)
{
	struct bound *to;

	k->bound = mem_grow(k->bound, &k->cap, k->n + 1, sizeof *k->bound);
	to = &k->bound[k->n++];
	*to = (struct bound){ *b, layer };
	for (int i = 0; i < b->keys.n; i++)
		to->is.keys.key[i] = plain_key(b->keys.key[i]);
}

void keymap_add(struct keymap *k, const struct binding *b)
{
	add(k, b, LAYER_READER);
}

static void add_names(struct keymap *k, const struct command *c, const char *names)
{
	struct str rest = str_of(names), name;

	while (str_next(&rest, ' ', &name)) {
		struct binding b = { .where = c->where, .asked = 1, .command = c };
		struct error e;

		if (keys_read(name, &b.keys, &e) == ERR_NONE)
			add(k, &b, LAYER_SET);
	}
}

static const char *newsboat_keys(const struct command *c)
{
	for (size_t i = 0; i < sizeof newsboat / sizeof *newsboat; i++)
		if (strcmp(newsboat[i].command, c->name) == 0)
			return newsboat[i].keys;
	return c->keys;
}

struct keymap *keymap_new(enum key_set set)
{
	struct keymap *k = mem_new(sizeof *k);

	for (size_t i = 0; i < command_count; i++) {
		const struct command *c = &command_table[i];

		add_names(k, c, set == KEY_SET_NEWSBOAT ? newsboat_keys(c) : c->keys);
	}
	return k;
}

void keymap_free(struct keymap *k)
{
	if (k)
		free(k->bound);
	free(k);
}

static bool begins_with(const struct keys *k, const uint32_t *key, int n)
{
	for (int i = 0; i < n; i++)
		if (i == k->n || k->key[i] != plain_key(key[i]))
			return false;
	return true;
}

static bool is_stronger(const struct bound *a, const struct bound *than)
{
	if (a->layer != than->layer)
		return a->layer > than->layer;
	/* The later one of equals. */
	return a->is.asked <= than->is.asked;
}

/* Who has the last word about exactly these keys. */
static const struct command *meaning(const struct keymap *k, const uint32_t *key, int n,
				     unsigned context)
{
	const struct bound *best = NULL;

	for (size_t i = 0; i < k->n; i++) {
		const struct bound *b = &k->bound[i];

		if (b->is.keys.n == n && (b->is.where & context) &&
		    begins_with(&b->is.keys, key, n) && (!best || is_stronger(b, best)))
			best = b;
	}
	return best ? best->is.command : NULL;
}

void keymap_find(const struct keymap *k, const uint32_t *key, int n, unsigned context,
		 const struct command **command, bool *more)
{
	*command = meaning(k, key, n, context);
	*more = false;
	for (size_t i = 0; i < k->n && !*more; i++) {
		const struct binding *b = &k->bound[i].is;

		*more = b->keys.n > n && (b->where & context) && begins_with(&b->keys, key, n) &&
			meaning(k, b->keys.key, b->keys.n, context);
	}
}

void keymap_keys(const struct keymap *k, const struct command *c, unsigned context, struct buf *out)
{
	char text[KEYS_TEXT];
	size_t before = buf_view(out).n;

	for (int layer = LAYER_READER; layer >= LAYER_SET; layer--)
		for (size_t i = 0; i < k->n; i++) {
			const struct bound *b = &k->bound[i];

			if ((int)b->layer != layer || b->is.command != c || !(b->is.where & context) ||
			    meaning(k, b->is.keys.key, b->is.keys.n, context) != c)
				continue;
			keys_text(&b->is.keys, text);
			if (buf_view(out).n > before)
				buf_add_char(out, ' ');
			buf_add_cstr(out, text);
		}
}
