#include "lede/app/key.h"

#include <stdio.h>
#include <string.h>

#include "lede/text/utf8.h"

struct named_key { uint32_t key; const char *name; };

/* The first name of a key is the one it is written with. */
static const struct named_key named[] = {
	{ KEY_TAB_, "Tab" }, { KEY_ENTER_, "Enter" }, { '\n', "Enter" }, { KEY_ESC_, "Esc" },
	{ ' ', "Space" }, { KEY_BACKSPACE_, "Backspace" }, { 8, "Backspace" },
	{ LEDE_KEY_UP, "Up" }, { LEDE_KEY_DOWN, "Down" }, { LEDE_KEY_LEFT, "Left" },
	{ LEDE_KEY_RIGHT, "Right" }, { LEDE_KEY_HOME, "Home" }, { LEDE_KEY_END, "End" },
	{ LEDE_KEY_PGUP, "PgUp" }, { LEDE_KEY_PGDN, "PgDn" }, { LEDE_KEY_DELETE, "Delete" },
	{ LEDE_KEY_INSERT, "Insert" }, { LEDE_KEY_BACKTAB, "Shift-Tab" },
};

void key_text(uint32_t key, char out[16])
{
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (named[i].key == key) {
			snprintf(out, 16, "%s", named[i].name);
			return;
		}
	if (key >= LEDE_KEY_F1 && key < LEDE_KEY_F1 + 12) {
		snprintf(out, 16, "F%u", (unsigned)(key - LEDE_KEY_F1 + 1));
	} else if (key > 0 && key < 32) {
		snprintf(out, 16, "^%c", (char)(key + '@'));
	} else if (key == 0 || key > 0x10FFFF) {
		snprintf(out, 16, "?");
	} else {
		size_t n = utf8_put(key, out);
		out[n] = '\0';
	}
}

static uint32_t function_key(struct str name)
{
	int64_t n;

	if (name.n >= 2 && name.p[0] == 'F' && str_to_int(str_sub(name, 1, name.n), 1, 12, &n))
		return LEDE_KEY_F1 + (uint32_t)n - 1;
	return 0;
}

uint32_t key_of_name(struct str name)
{
	size_t n;

	if (name.n == 0)
		return 0;
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (str_is(name, named[i].name))
			return named[i].key;
	if (name.n == 2 && name.p[0] == '^' && name.p[1] >= 'A' && name.p[1] <= '_')
		return (uint32_t)(name.p[1] - '@');
	if (function_key(name))
		return function_key(name);
	uint32_t cp = utf8_at(name, 0, &n);
	return n == name.n && cp != UTF8_REPLACEMENT && cp >= 32 ? cp : 0;
}
