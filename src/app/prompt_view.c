/* prompt_view - the open prompt as values to draw. Only reads, but for which part of a long line is seen. */
#include "lede/base/language.h"
#include "lede/text/width.h"
#include "state.h"

enum {
	CHOICES_SHOWN = 8,
	CHOICE_CELLS = 22,        /* of a candidate, the blank behind it included */
	SIGN_X = 1,
	LEAST_TEXT = 20,          /* cells that a hint leaves to the text */
	GAP = 3                   /* blanks between text and hint */
};

static int cells(const struct app *a, struct str s)
{
	return text_cells(s, a->ambiguous);
}

/* A sentence of a table, in the marks of the set of glyphs. */
static struct str in_glyphs(struct app *a, const char *text)
{
	struct buf b = buf_limited(1 << 10);

	glyphs_write(&b, a->glyphs, str_of(text));
	return frame_str(a->frame, &b);
}

static struct str shortened(struct app *a, struct str text, int max)
{
	struct buf b = buf_limited(8 << 10);

	text_shorten(text, max > 0 ? max : 0, glyph(a->glyphs, GLYPH_CUT), a->ambiguous, &b);
	return frame_str(a->frame, &b);
}

/* ---- the line ---- */

/* The hint goes where it would leave less than LEAST_TEXT cells, or where the text needs its place. */
static void view_line(struct app *a, struct view_prompt *out)
{
	struct prompt *p = &a->prompt;
	int x = SIGN_X + cells(a, out->sign), end = a->w - 1, hint = cells(a, out->hint), cell;
	int need = cells(a, prompt_text(a)) + 1, room = end - hint - GAP - x;
	size_t to;

	if (room < LEAST_TEXT || room < need) {
		out->hint = STR("");
		room = end - x;
	}
	edit_window(&p->edit, room > 1 ? room : 1, a->ambiguous, &p->from, &to, &cell);
	out->text = str_sub(prompt_text(a), p->from, to);
	out->cursor = x + cell;
	out->note.text = shortened(a, out->note.text, room - need - 2);
}

/* ---- candidates ---- */

static int choice_field(struct app *a, int first, int n)
{
	int field = CHOICE_CELLS;

	for (int i = first; i < first + n; i++) {
		int wide = cells(a, a->prompt.choices.choice[i].text) + 2;

		field = wide > field ? wide : field;
	}
	return field < a->w / 2 ? field : a->w / 2;
}

static void view_choice(struct app *a, struct view_line *out, const struct prompt_choice *c, int field)
{
	struct view_part *part = arena_alloc(a->frame, 2 * sizeof *part);
	struct str name = shortened(a, c->text, field - 1);

	name = frame_fmt(a->frame, "%.*s%*s", (int)name.n, name.p, field - cells(a, name), "");
	part[0] = (struct view_part){ name, ROLE_TEXT, false };
	part[1] = (struct view_part){ shortened(a, c->help, a->w - 1 - 2 - field), ROLE_META, false };
	*out = (struct view_line){ .part = part, .nparts = 2, .indent = 2 };
}

/* As many as there is room for, the chosen one among them. */
static void view_choices(struct app *a, struct view_prompt *out)
{
	const struct prompt *p = &a->prompt;
	int all = (int)p->choices.n, room = a->g.status - 1, n = all, first;
	struct view_line *line;

	n = n > CHOICES_SHOWN ? CHOICES_SHOWN : n;
	n = n > room ? room : n;
	if (n < 1)
		return;
	first = p->chosen >= n ? p->chosen - n + 1 : 0;
	line = arena_alloc(a->frame, (size_t)n * sizeof *line);
	for (int i = 0; i < n; i++)
		view_choice(a, &line[i], &p->choices.choice[first + i], choice_field(a, first, n));
	out->above = line;
	out->nabove = n;
	out->bar = p->chosen < 0 ? -1 : p->chosen - first;
}

void prompt_view(struct app *a, struct view_prompt *out)
{
	const struct prompt_kind *kind = prompt_kinds[a->prompt.id];
	bool choosing = a->prompt.choices.n > 0;

	*out = (struct view_prompt){ .open = prompt_is_open(a), .bar = -1 };
	if (!out->open)
		return;
	out->sign = str_of(_(kind->sign));
	out->hint = in_glyphs(a, _(kind->hint));
	if (kind->show)
		kind->show(a, out);
	if (choosing)
		view_choices(a, out);
	view_line(a, out);
}
