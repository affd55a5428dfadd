#include "prompt.h"

#include <stdlib.h>
#include <string.h>

#include "lede/app/key.h"
#include "lede/text/utf8.h"
#include "state.h"

static const struct prompt_kind *kind_of(const struct app *a)
{
	return prompt_kinds[a->prompt.id];
}

bool prompt_is_open(const struct app *a)
{
	return a->prompt.id != PROMPT_NONE;
}

struct str prompt_text(const struct app *a)
{
	return edit_text(&a->prompt.edit);
}

/* ---- history ---- */

static void history_drop(struct prompt_history *h, int i)
{
	free(h->line[i]);
	h->n--;
	memmove(&h->line[i], &h->line[i + 1], (size_t)(h->n - i) * sizeof *h->line);
}

static char *owned(struct str s)
{
	char *copy = mem_new(s.n + 1);

	memcpy(copy, s.p, s.n);
	return copy;
}

/* The newest is the last; a line stands in it once. */
static void history_add(struct prompt_history *h, struct str line)
{
	for (int i = 0; i < h->n; i++)
		if (str_is(line, h->line[i])) {
			history_drop(h, i);
			break;
		}
	if (h->n == HISTORY_LINES)
		history_drop(h, 0);
	h->line[h->n++] = owned(line);
}

static void ask_history(struct app *a, enum prompt_id id)
{
	struct ask *ask;

	if (!prompt_kinds[id]->history || a->prompt.history[id].asked)
		return;
	a->prompt.history[id].asked = true;
	ask = ask_new(ASK_HISTORY, ++a->ticket);
	memcpy(ask->query, prompt_kinds[id]->history, strlen(prompt_kinds[id]->history) + 1);
	app_ask(a, ask);
}

static void remember(struct app *a, enum prompt_id id, struct str line)
{
	const char *name = prompt_kinds[id]->history;
	struct job *job;

	if (!name || line.n == 0)
		return;
	history_add(&a->prompt.history[id], line);
	job = job_new(JOB_HISTORY);
	memcpy(job->name, name, strlen(name) + 1);
	job->text = owned(line);
	app_tell(a, job);
}

const char *prompt_recent(const struct app *a, enum prompt_id id, int back)
{
	const struct prompt_history *h = &a->prompt.history[id];

	return back >= 0 && back < h->n ? h->line[h->n - 1 - back] : NULL;
}

/* Back (1) or forth (-1) among the lines that begin as what was typed; before the newest stands what was typed itself. */
static void go_history(struct app *a, int by)
{
	struct prompt *p = &a->prompt;
	int past = p->past;
	const char *line;

	if (past == 0) {
		buf_clear(&p->typed);
		buf_add(&p->typed, edit_text(&p->edit));
	}
	do {
		past += by;
		line = prompt_recent(a, p->id, past - 1);
	} while (line && !str_starts(str_of(line), buf_cstr(&p->typed)));
	if (!line && past > 0) {      /* no older one, or not yet */
		p->wanted += prompt_kinds[p->id]->history && !p->history[p->id].came;
		return;
	}
	p->past = past > 0 ? past : 0;
	edit_set(&p->edit, line ? str_of(line) : buf_view(&p->typed));
}

/* What was accepted since the start is newer than what comes from the store. */
void prompt_got_history(struct app *a, const struct answer *answer)
{
	for (int id = PROMPT_NONE + 1; id < PROMPT_COUNT; id++) {
		struct prompt_history *h = &a->prompt.history[id], now = *h;
		struct str rest = answer->history, line;

		if (!prompt_kinds[id]->history ||
		    !str_is(answer->history_of, prompt_kinds[id]->history))
			continue;
		h->n = 0;
		while (str_next_line(&rest, &line))
			if (line.n > 0)
				history_add(h, line);
		for (int i = 0; i < now.n; i++) {
			history_add(h, str_of(now.line[i]));
			free(now.line[i]);
		}
		h->came = true;
		if (a->prompt.id == (enum prompt_id)id)
			for (; a->prompt.wanted > 0; a->prompt.wanted--)
				go_history(a, 1);
		app_touch(a);
	}
}

/* ---- completion ---- */

void prompt_offer(struct prompt_choices *to, struct str text, struct str help)
{
	to->choice = mem_grow(to->choice, &to->cap, to->n + 1, sizeof *to->choice);
	to->choice[to->n++] = (struct prompt_choice){ text, help };
}

static void drop_choices(struct prompt *p)
{
	arena_free(p->choices.arena);
	free(p->choices.choice);
	p->choices = (struct prompt_choices){ .n = 0 };
	p->chosen = -1;
}

static void find_choices(struct app *a)
{
	struct prompt *p = &a->prompt;
	struct str before = str_sub(edit_text(&p->edit), 0, p->edit.at);

	drop_choices(p);
	p->choices.arena = arena_new();
	kind_of(a)->candidates(a, before, &p->choices);
	buf_clear(&p->typed);
	buf_add(&p->typed, str_sub(before, p->choices.from, before.n));
}

/* Puts a candidate in; -1: what was typed. */
static void choose(struct prompt *p, int i)
{
	struct str text = i < 0 ? buf_view(&p->typed) : p->choices.choice[i].text;

	p->chosen = i;
	edit_replace(&p->edit, p->choices.from, text);
}

static void complete(struct app *a, int by)
{
	struct prompt *p = &a->prompt;
	int n;

	if (!kind_of(a)->candidates)
		return;
	if (p->choices.n == 0)
		find_choices(a);
	n = (int)p->choices.n;
	if (n == 0)
		return;
	/* n + 1 places, what was typed is the one before the first. */
	choose(p, (p->chosen + 1 + by + n + 1) % (n + 1) - 1);
	if (n == 1)
		drop_choices(p);      /* the next Tab completes what follows it */
}

/* ---- opening and closing ---- */

void prompt_close(struct app *a)
{
	struct prompt *p = &a->prompt;

	if (p->id == PROMPT_NONE)
		return;
	p->id = PROMPT_NONE;
	drop_choices(p);
	buf_free(&p->typed);
	edit_free(&p->edit);
	app_touch(a);
}

void prompt_open(struct app *a, enum prompt_id id, struct str initial)
{
	struct prompt *p = &a->prompt;

	prompt_close(a);
	p->id = id;
	p->from = 0;
	p->past = p->wanted = 0;
	p->literal = false;
	p->chosen = -1;
	p->typed = buf_limited(2 * EDIT_BYTES);
	edit_open(&p->edit, initial);
	ask_history(a, id);
	if (initial.n > 0 && kind_of(a)->changed)
		kind_of(a)->changed(a, prompt_text(a));
	app_touch(a);
}

void prompt_free(struct app *a)
{
	prompt_close(a);
	for (int id = 0; id < PROMPT_COUNT; id++)
		while (a->prompt.history[id].n > 0)
			history_drop(&a->prompt.history[id], 0);
}

void prompt_accept(struct app *a)
{
	const struct prompt_kind *kind = kind_of(a);
	enum prompt_id id = a->prompt.id;
	struct buf text = buf_limited(2 * EDIT_BYTES);

	buf_add(&text, prompt_text(a));
	prompt_close(a);
	remember(a, id, buf_view(&text));
	a->acting = true;
	kind->accept(a, buf_view(&text));
	a->acting = false;
	buf_free(&text);
}

static void give_up(struct app *a)
{
	const struct prompt_kind *kind = kind_of(a);

	prompt_close(a);
	if (kind->gave_up)
		kind->gave_up(a);
}

/* ---- keys ---- */

/* A character; any other key by its name, as `bind` takes it: nothing that is no text gets into the line. */
static void insert_key(struct prompt *p, uint32_t key)
{
	char text[16];

	key_text(key, text);
	if (key >= ' ' && key < LEDE_KEY_UP && key != KEY_BACKSPACE_)
		edit_insert(&p->edit, (struct str){ text, utf8_put(key, text) });
	else
		edit_insert(&p->edit, str_of(text));
}

enum { CTRL_A = 1, CTRL_B = 2, CTRL_C = 3, CTRL_E = 5, CTRL_F = 6, CTRL_H = 8, CTRL_K = 11, CTRL_N = 14, CTRL_P = 16,
       CTRL_U = 21, CTRL_V = 22, CTRL_W = 23 };

static bool edit_key(struct prompt *p, uint32_t key)
{
	static const struct { uint32_t key; void (*fn)(struct edit *e, enum edit_way way); enum edit_way way; } keys[] = {
		{ LEDE_KEY_LEFT, edit_move, EDIT_LEFT }, { CTRL_B, edit_move, EDIT_LEFT },
		{ LEDE_KEY_RIGHT, edit_move, EDIT_RIGHT }, { CTRL_F, edit_move, EDIT_RIGHT },
		{ LEDE_KEY_HOME, edit_move, EDIT_START }, { CTRL_A, edit_move, EDIT_START },
		{ LEDE_KEY_END, edit_move, EDIT_END }, { CTRL_E, edit_move, EDIT_END },
		{ CTRL_W, edit_delete, EDIT_WORD_LEFT }, { CTRL_U, edit_delete, EDIT_START },
		{ CTRL_K, edit_delete, EDIT_END }, { KEY_BACKSPACE_, edit_delete, EDIT_LEFT },
		{ CTRL_H, edit_delete, EDIT_LEFT }, { LEDE_KEY_DELETE, edit_delete, EDIT_RIGHT },
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (keys[i].key == key) {
			keys[i].fn(&p->edit, keys[i].way);
			return true;
		}
	return false;
}

/* Keys that go through candidates or the history; what both begin from is what was typed. */
static bool walk_key(struct app *a, uint32_t key)
{
	struct prompt *p = &a->prompt;

	if (key == KEY_TAB_ || key == LEDE_KEY_BACKTAB) {
		p->past = 0;
		complete(a, key == KEY_TAB_ ? 1 : -1);
		return true;
	}
	drop_choices(p);
	if (key != LEDE_KEY_UP && key != CTRL_P)
		p->wanted = 0;
	if (key == LEDE_KEY_UP || key == CTRL_P)
		go_history(a, 1);
	else if (key == LEDE_KEY_DOWN || key == CTRL_N)
		p->past > 0 ? go_history(a, -1) : (void)0;
	else
		return false;
	return true;
}

static void type_key(struct app *a, uint32_t key)
{
	struct prompt *p = &a->prompt;

	if (p->literal) {
		p->literal = false;
		insert_key(p, key);
		return;
	}
	if (walk_key(a, key))
		return;
	p->past = 0;
	if (key == CTRL_V)
		p->literal = true;
	else if (!edit_key(p, key) && key >= ' ' && key < LEDE_KEY_UP)
		insert_key(p, key);
}

/* Does what `fn` does to the text, and tells the kind when it is another one. */
static void with_change(struct app *a, void (*fn)(struct app *a, const void *arg), const void *arg)
{
	struct buf before = buf_limited(2 * EDIT_BYTES);
	const struct prompt_kind *kind = kind_of(a);

	buf_add(&before, prompt_text(a));
	fn(a, arg);
	if (kind->changed && !str_eq(buf_view(&before), prompt_text(a)))
		kind->changed(a, prompt_text(a));
	buf_free(&before);
	app_touch(a);
}

static void do_type(struct app *a, const void *key)
{
	type_key(a, *(const uint32_t *)key);
}

static void do_paste(struct app *a, const void *text)
{
	drop_choices(&a->prompt);
	a->prompt.past = 0;
	edit_insert(&a->prompt.edit, *(const struct str *)text);
}

void prompt_key(struct app *a, uint32_t key)
{
	struct prompt *p = &a->prompt;
	bool plain = !p->literal, empty = prompt_text(a).n == 0;

	app_touch(a);
	if (plain && kind_of(a)->key && kind_of(a)->key(a, key))
		return;
	if (plain && (key == KEY_ENTER_ || key == '\n'))
		prompt_accept(a);
	else if (plain && (key == KEY_ESC_ || key == CTRL_C ||
			   (empty && (key == KEY_BACKSPACE_ || key == CTRL_H))))
		give_up(a);
	else
		with_change(a, do_type, &key);
}

void prompt_paste(struct app *a, struct str text)
{
	if (!prompt_is_open(a))
		return;
	a->prompt.literal = false;
	with_change(a, do_paste, &text);
}
