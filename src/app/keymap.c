#include <stdlib.h>

#include "lede/app/command.h"
#include "lede/app/key.h"
#include "lede/base/mem.h"

struct binding { uint32_t key; unsigned where; const struct command *command; };
struct keymap { struct binding *binding; size_t n, cap; };

static void bind_names(struct keymap *k, const struct command *c)
{
	struct str rest = str_of(c->keys), name;

	while (str_next(&rest, ' ', &name)) {
		uint32_t key = key_of_name(name);

		if (key == 0)
			continue;
		k->binding = mem_grow(k->binding, &k->cap, k->n + 1, sizeof *k->binding);
		k->binding[k->n++] = (struct binding){ key, c->where, c };
	}
}

struct keymap *keymap_new(void)
{
	struct keymap *k = mem_new(sizeof *k);

	for (size_t i = 0; i < command_count; i++)
		bind_names(k, &command_table[i]);
	return k;
}

void keymap_free(struct keymap *k)
{
	if (k)
		free(k->binding);
	free(k);
}

/* Terminals send Enter as ^M or ^J and Backspace as DEL or ^H; both mean the same key. */
static uint32_t plain_key(uint32_t key)
{
	if (key == '\n')
		return KEY_ENTER_;
	return key == 8 ? KEY_BACKSPACE_ : key;
}

const struct command *keymap_find(const struct keymap *k, uint32_t key, unsigned context)
{
	key = plain_key(key);
	for (size_t i = 0; i < k->n; i++)
		if (k->binding[i].key == key && (k->binding[i].where & context))
			return k->binding[i].command;
	return NULL;
}
