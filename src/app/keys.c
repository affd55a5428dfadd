#include <stdio.h>
#include <string.h>

#include "lede/app/command.h"
#include "lede/app/key.h"
#include "lede/base/language.h"
#include "state.h"

/* Any of Enter, h, q, Esc closes the welcome, wherever the focus is. */
static bool welcome_takes(struct app *a, uint32_t key)
{
	if (a->panel != PANEL_WELCOME ||
	    !(key == KEY_ENTER_ || key == '\n' || key == 'h' || key == 'q' || key == KEY_ESC_))
		return false;
	app_close_panel(a);
	return true;
}

static bool take_digit(struct app *a, uint32_t key)
{
	if (key < '0' || key > '9' || (key == '0' && !a->counting))
		return false;
	if (a->count < 100000000)
		a->count = a->count * 10 + (int)(key - '0');
	a->counting = true;
	app_touch(a);
	return true;
}

static void run(struct app *a, const struct command *c, uint32_t key)
{
	struct call call = { .key = key, .count = a->counting && c->count != COUNT_NONE ? a->count : 0 };

	keys_drop(a);
	a->acting = true;
	c->run(a, &call);
	a->acting = false;
}

static void say_unknown(struct app *a)
{
	struct keys keys = { .n = a->typed.n };
	char text[KEYS_TEXT];
	struct str help = keys_for(a, "help");

	memcpy(keys.key, a->typed.key, sizeof keys.key);
	keys_text(&keys, text);
	keys_drop(a);
	a->acting = true;
	app_message(a, _("no command on %s · %.*s shows the keys"), text, (int)help.n, help.p);
	a->acting = false;
}

/* How many of the typed keys, from the first on, mean something; 0: none. */
static int longest_match(const struct app *a, const struct command **c)
{
	bool more;

	for (int n = a->typed.n; n > 0; n--) {
		keymap_find(a->keys, a->typed.key, n, app_context(a), c, &more);
		if (*c)
			return n;
	}
	return 0;
}

void keys_settle(struct app *a)
{
	struct typed typed = a->typed;
	const struct command *c;
	int n = longest_match(a, &c);

	if (n == 0) {
		say_unknown(a);
		return;
	}
	run(a, c, typed.key[n - 1]);
	for (; n < typed.n; n++)
		keys_press(a, typed.key[n]);
}

void keys_press(struct app *a, uint32_t key)
{
	struct typed *t = &a->typed;
	const struct command *c;
	bool more;

	if (prompt_is_open(a)) {      /* which a command of the same keys opened */
		prompt_key(a, key);
		return;
	}
	if (t->n == 0 && (welcome_takes(a, key) || take_digit(a, key)))
		return;
	t->key[t->n++] = key;
	t->since = a->ticks;
	keymap_find(a->keys, t->key, t->n, app_context(a), &c, &more);
	app_touch(a);
	if (!c && !more && t->n > 1 && key == KEY_ESC_)
		keys_drop(a);
	else if (!more)
		keys_settle(a);
}

int64_t keys_timer(const struct app *a)
{
	return a->typed.n > 0 ? a->typed.since + SEQUENCE_MS : -1;
}

bool keys_drop(struct app *a)
{
	bool any = a->counting || a->typed.n > 0;

	a->counting = false;
	a->count = 0;
	a->typed.n = 0;
	return any;
}

struct str keys_pending(struct app *a)
{
	struct keys keys = { .n = a->typed.n };
	struct buf b = buf_limited(256);
	char text[KEYS_TEXT];

	memcpy(keys.key, a->typed.key, sizeof keys.key);
	keys_text(&keys, text);
	if (a->counting)
		buf_addf(&b, "%d", a->count);
	buf_add_cstr(&b, text);
	if (a->counting || keys.n > 0)
		buf_add_cstr(&b, glyph(a->glyphs, GLYPH_CUT));
	return frame_str(a->frame, &b);
}

struct str keys_for(struct app *a, const char *command)
{
	struct buf b = buf_limited(1024);
	const struct command *c = command_named(str_of(command));
	struct str all, first = { "", 0 };

	keymap_keys(a->keys, c, app_context(a), &b);
	all = frame_str(a->frame, &b);
	str_next(&all, ' ', &first);
	return first;
}

void keys_renew(struct app *a)
{
	keymap_free(a->keys);
	a->keys = config_keymap(a->config);
	app_touch(a);
}
