#include "fake_term.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void fake_term_open(struct terminal *t, int w, int h)
{
	int ends[2];

	memset(t, 0, sizeof *t);
	t->w = w;
	t->h = h;
	if (pipe(ends) != 0 || dup2(ends[0], STDIN_FILENO) != STDIN_FILENO)
		_exit(99);
	close(ends[0]);
	fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
	t->keys = ends[1];
}

void fake_term_close(struct terminal *t)
{
	if (t->keys >= 0)
		close(t->keys);
	close(STDIN_FILENO);
	if (open("/dev/null", O_RDONLY) != STDIN_FILENO)
		_exit(99);
}

void fake_term_type(struct terminal *t, const char *keys)
{
	if (write(t->keys, keys, strlen(keys)) != (ssize_t)strlen(keys))
		_exit(99);
}

void term_size(struct terminal *t, int *w, int *h)
{
	*w = t->w;
	*h = t->h;
}

static void keep_frame(struct terminal *t, const struct screen *s)
{
	struct buf b = buf_limited(sizeof *t->frame - 1);

	for (int y = 0; y < s->h; y++) {
		screen_row(s, y, &b);
		buf_add_char(&b, '\n');
	}
	snprintf(t->frame[t->frames], sizeof *t->frame, "%s", buf_cstr(&b));
	t->frame_w[t->frames] = s->w;
	buf_free(&b);
}

void term_show(struct terminal *t, const struct screen *s, bool all)
{
	if (t->frames < FAKE_FRAMES)
		keep_frame(t, s);
	t->frames++;
	t->redrawn += all;
	if (t->shown)
		t->shown(t, t->frames);
}

uint32_t term_key(struct terminal *t, int64_t ms)
{
	unsigned char byte;

	(void)t;
	(void)ms;
	if (read(STDIN_FILENO, &byte, 1) != 1)
		return 0;
	return byte == FAKE_SAID ? INPUT_SAID : byte == FAKE_MOUSE ? INPUT_MOUSE : byte == FAKE_PASTE ? INPUT_PASTE : byte;
}

int term_key_wait(const struct terminal *t, int64_t ms)
{
	(void)t;
	(void)ms;
	return -1;
}

void term_manners(struct terminal *t, const struct view_manners *m, struct str title)
{
	t->manners = *m;
	snprintf(t->title, sizeof t->title, "%.*s", (int)title.n, title.p);
}

bool term_copy(struct terminal *t, struct str text)
{
	snprintf(t->copied, sizeof t->copied, "%.*s", (int)text.n, text.p);
	return t->has_clipboard;
}

struct mouse term_mouse(const struct terminal *t)
{
	return t->mouse;
}

struct str term_paste(const struct terminal *t)
{
	(void)t;
	return STR("pasted");
}

void term_ask(struct terminal *t, bool ambiguous, int64_t ms)
{
	(void)ms;
	t->asked += ambiguous ? 2 : 1;
}

struct term_news term_news(const struct terminal *t)
{
	return t->news;
}

enum glyph_set term_ambiguous(struct terminal *t, int ambiguous)
{
	(void)t;
	return ambiguous == 2 ? GLYPHS_ASCII : GLYPHS_UNICODE;
}

void term_suspend(struct terminal *t)
{
	t->suspended++;
}

void term_resume(struct terminal *t)
{
	t->resumed++;
}

/* Says on standard output that it was called: a test of fatal signals listens there. */
void term_emergency(void)
{
	if (write(STDOUT_FILENO, "put back", 8) != 8)
		_exit(99);
}
