#include "lede/tui/paint.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/tui/cell_chars.h"
#include "lede/tui/talk.h"
#include "lede/tui/theme.h"
#include "paint_inside.h"

enum {
	WAY_MAX = 64,             /* bytes of a way from cell to cell that is worth writing */
	WALK_MOST = 6,            /* cells written again rather than stepped over */
	ERASE_FROM = 4,           /* changed blanks at a row's end that are erased, not written */
	ERASE_WITHIN = 10,        /* the same between other cells: erasing does not move the cursor */
	LONG_FRAME = 60           /* bytes from which another order is tried */
};

/* No cell that is drawn looks like it. */
#define NO_CELL 0xFF

struct paint *paint_new(const struct paint_terminal *t)
{
	struct paint *p = mem_new(sizeof *p);

	p->t = *t;
	p->x = p->y = -1;
	return p;
}

void paint_free(struct paint *p)
{
	if (!p)
		return;
	paint_forget(p);
	free(p);
}

void paint_forget(struct paint *p)
{
	screen_free(p->shown);
	free(p->differs);
	free(p->todo);
	p->shown = NULL;
	p->differs = NULL;
	p->todo = NULL;
	p->known = false;
	p->x = p->y = -1;
}

static bool same_look(const struct look *a, const struct look *b)
{
	return a->fg == b->fg && a->bg == b->bg && a->attr == b->attr;
}

void paint_looks(struct paint *p, const struct look look[ROLE_COUNT])
{
	for (int r = 0; r < ROLE_COUNT; r++) {
		p->style[r].look = look[r];
		for (p->like[r] = 0; !same_look(&look[p->like[r]], &look[r]);)
			p->like[r]++;
	}
	p->erases = p->t.erases_in_color || look[ROLE_BACKGROUND].bg < 0;
	style_learn(p);
	paint_forget(p);
}

void paint_links(struct paint *p, bool on)
{
	if (p->links != on)
		paint_forget(p);
	p->links = on;
}

bool paint_can(struct paint *p, enum paint_word word)
{
	return p->t.say(p->t.self, word, 1, 1) != NULL;
}

void paint_say(struct paint *p, enum paint_word word, int a, int b, struct buf *out)
{
	const char *text = p->t.say(p->t.self, word, a, b);

	if (text)
		buf_add_cstr(out, text);
}

/* ---- cells ---- */

static int cell_width(const struct screen *s, int x, int y)
{
	const struct cell *next = screen_at(s, x + 1, y);

	return next && next->text[0] == '\0' ? 2 : 1;
}

static bool is_blank(const struct cell *c)
{
	return c->text[0] == ' ' && c->text[1] == '\0';
}

static bool known_cell(const struct cell *c)
{
	return (unsigned char)c->text[0] != NO_CELL;
}

static bool same_blank(const struct paint *p, const struct cell *a, const struct cell *b)
{
	struct look la = style_look(p, (enum role)a->role, a->underline),
	            lb = style_look(p, (enum role)b->role, b->underline);

	return style_blank_alike(&la, &lb);
}

/* Whether the terminal need not be told about a cell. */
static bool same_cell(const struct paint *p, const struct cell *a, const struct cell *b)
{
	if (memcmp(a, b, sizeof *a) == 0)
		return true;
	if (!known_cell(b) || memcmp(a->text, b->text, CELL_BYTES) != 0 ||
	    (p->links && a->link != b->link))
		return false;
	if (is_blank(a))
		return same_blank(p, a, b);
	return a->underline == b->underline && p->like[a->role] == p->like[b->role];
}

static bool is_shown(const struct paint *p, const struct screen *s, int x, int y, int cells)
{
	for (int i = x; i < x + cells; i++)
		if (!same_cell(p, screen_at(s, i, y), screen_at(p->shown, i, y)))
			return false;
	return true;
}

/* A blank that erasing makes as well. */
static bool is_erasable(const struct paint *p, const struct cell *c)
{
	static const struct cell ground = { .text = " ", .role = ROLE_BACKGROUND };

	return p->erases && is_blank(c) && !(p->links && c->link) && same_blank(p, c, &ground);
}

/* An address that may not be told leaves its cells without one. */
static void set_link(struct paint *p, const struct screen *s, int link, struct buf *out)
{
	if (!p->links || link == p->link)
		return;
	if (!talk_link(out, screen_link_url(s, link)) && p->link)
		(void)talk_link(out, STR(""));
	p->link = link;
}

static void put_cell(struct paint *p, const struct screen *s, int x, int y, int cells,
                     struct buf *out)
{
	const struct cell *c = screen_at(s, x, y);
	struct cell_chars chars;

	if (!is_blank(c) || !style_blank_fits(p, (enum role)c->role, c->underline))
		style_set(p, (enum role)c->role, c->underline, out);
	set_link(p, s, c->link, out);
	cell_chars_of(c, cells, s->ambiguous, p->t.utf8, &chars);
	buf_add(out, (struct str){ chars.text, chars.n });
	p->x += cells;
	if (p->x >= s->w)                 /* it may stand on the last cell or have wrapped */
		p->x = p->y = -1;
}

/* ---- ways ---- */

struct way { char text[WAY_MAX]; size_t n; };

/* What the terminal cannot do, and what `text` cannot hold, is too long for anybody to take. */
static void add_way(struct way *w, const char *text, size_t n)
{
	if (w->n + n > WAY_MAX) {
		w->n = WAY_MAX + 1;
		return;
	}
	memcpy(w->text + w->n, text, n);
	w->n += n;
}

static void add_said(struct way *w, const struct paint *p, enum paint_word word, int a, int b)
{
	const char *text = p->t.say(p->t.self, word, a, b);

	if (text)
		add_way(w, text, strlen(text));
	else
		w->n = WAY_MAX + 1;
}

static void shorter(struct way *best, const struct way *other)
{
	if (other->n < best->n)
		*best = *other;
}

static struct way said(const struct paint *p, enum paint_word word, int a, int b)
{
	struct way w = { .n = 0 };

	add_said(&w, p, word, a, b);
	return w;
}

static struct way repeated(char c, int times)
{
	struct way w = { .n = times <= WAY_MAX ? (size_t)times : WAY_MAX + 1 };

	memset(w.text, c, w.n <= WAY_MAX ? w.n : 0);
	return w;
}

/* Line feeds go straight down: the terminal is told to add no returns. */
static struct way down_to(const struct paint *p, int y)
{
	struct way best = { .n = 0 }, other;

	if (y == p->y)
		return best;
	best = said(p, SAY_VPA, y, 0);
	if (y > p->y) {
		other = repeated('\n', y - p->y);
		shorter(&best, &other);
	}
	return best;
}

static struct way along_to(const struct paint *p, int x)
{
	struct way best = { .n = 0 }, other;

	if (x == p->x)
		return best;
	best = said(p, SAY_HPA, x, 0);
	other = repeated('\r', 1);
	if (x > 0)
		add_said(&other, p, SAY_CUF, x, 0);
	shorter(&best, &other);
	other = x > p->x ? said(p, SAY_CUF, x - p->x, 0) : said(p, SAY_CUB, p->x - x, 0);
	shorter(&best, &other);
	if (x < p->x) {
		other = repeated('\b', p->x - x);
		shorter(&best, &other);
	}
	return best;
}

/* What lies between is there already; written once more it may be shorter than a step over it. */
static struct way walk_to(const struct paint *p, const struct screen *s, int x)
{
	const struct way none = { .n = WAY_MAX + 1 };
	struct way w = { .n = 0 };

	if (x < p->x || x - p->x > WALK_MOST)
		return none;
	for (int i = p->x; i < x; i++) {
		const struct cell *c = screen_at(s, i, p->y);
		struct look l = style_look(p, (enum role)c->role, c->underline);

		if (!p->known || (p->links && c->link != p->link) || (unsigned char)c->text[0] >= 0x80 || c->text[1] != '\0' ||
		    c->text[0] == '\0' ||
		    !(is_blank(c) ? style_blank_alike(&p->now, &l) : same_look(&p->now, &l)))
			return none;
		add_way(&w, c->text, 1);
	}
	return w;
}

void paint_move(struct paint *p, const struct screen *s, int x, int y, struct buf *out)
{
	struct way best, step, walk;

	if (p->x == x && p->y == y)
		return;
	best = said(p, SAY_CUP, y, x);
	if (p->x >= 0 && p->y >= 0) {
		step = down_to(p, y);
		walk = along_to(p, x);
		if (walk.n <= WAY_MAX) {
			add_way(&step, walk.text, walk.n);
			shorter(&best, &step);
		}
	}
	if (p->y == y && p->x >= 0) {
		walk = walk_to(p, s, x);
		shorter(&best, &walk);
	}
	buf_add(out, (struct str){ best.text, best.n });
	p->x = x;
	p->y = y;
}

/* ---- rows ---- */

/* To where from x on a row is blank. */
static int blank_from(const struct paint *p, const struct screen *s, int x, int y)
{
	while (x < s->w && is_erasable(p, screen_at(s, x, y)))
		x++;
	return x;
}

/* Cells of [x, to) that the terminal does not show yet; *last is the last of them. */
static int unshown(const struct paint *p, const struct screen *s, int x, int to, int y, int *last)
{
	int n = 0;

	for (*last = x; x < to; x++)
		if (!same_cell(p, screen_at(s, x, y), screen_at(p->shown, x, y))) {
			*last = x;
			n++;
		}
	return n;
}

static void erase(struct paint *p, const struct screen *s, int x, int y, enum paint_word word,
                  int n, struct buf *out)
{
	paint_move(p, s, x, y, out);
	set_link(p, s, 0, out);
	if (!style_blank_fits(p, ROLE_BACKGROUND, false))
		style_set(p, ROLE_BACKGROUND, false, out);
	paint_say(p, word, n, 0, out);
}

/* The last cell of the screen scrolls it where the terminal wraps at once. */
static bool is_safe(const struct paint *p, const struct screen *s, int x, int y, int cells)
{
	return p->t.wraps_late || y < s->h - 1 || x + cells < s->w;
}

/* What is done at a cell that the terminal does not show yet. Returns how many cells that was. */
static int paint_at(struct paint *p, const struct screen *s, int x, int y, struct buf *out)
{
	int blank = blank_from(p, s, x, y), cells = cell_width(s, x, y), last;

	if (blank == s->w && unshown(p, s, x, s->w, y, &last) >= ERASE_FROM && paint_can(p, SAY_EL)) {
		erase(p, s, x, y, SAY_EL, 0, out);
		return s->w - x;
	}
	if (blank - x > ERASE_WITHIN && unshown(p, s, x, blank, y, &last) > ERASE_WITHIN &&
	    paint_can(p, SAY_ECH)) {
		erase(p, s, x, y, SAY_ECH, last - x + 1, out);
		return last - x + 1;
	}
	paint_move(p, s, x, y, out);
	put_cell(p, s, x, y, cells, out);
	return cells;
}

/* ---- in which order ---- */

/* Row by row, or look by look, which says colours once and moves more. A look is a role (the first
 * of those that look the same) and whether it is underlined. */
enum { NOTHING_TO_DO, FIRST_LOOK, UNDERLINED = ROLE_COUNT, LOOKS = FIRST_LOOK + 2 * UNDERLINED };

static struct look look_named(const struct paint *p, int look)
{
	int n = look - FIRST_LOOK;

	return style_look(p, (enum role)(n % UNDERLINED), n >= UNDERLINED);
}

/* Blanks go with what is written to their left. */
static int look_of(const struct paint *p, const struct cell *c, int left)
{
	if (is_blank(c) && left != NOTHING_TO_DO) {
		struct look l = look_named(p, left);
		struct look own = style_look(p, (enum role)c->role, c->underline);

		if (style_blank_alike(&l, &own))
			return left;
	}
	return FIRST_LOOK + p->like[c->role] + (c->underline ? UNDERLINED : 0);
}

static void note_row(struct paint *p, const struct screen *s, int y, bool met[LOOKS])
{
	uint8_t *todo = &p->todo[y * s->w];
	int cells, look = NOTHING_TO_DO;

	memset(todo, NOTHING_TO_DO, (size_t)s->w);
	for (int x = 0; x < s->w; x += cells) {
		cells = cell_width(s, x, y);
		if (is_shown(p, s, x, y, cells) || !is_safe(p, s, x, y, cells)) {
			look = NOTHING_TO_DO;
			continue;
		}
		look = look_of(p, screen_at(s, x, y), look);
		met[look] = true;
		todo[x] = (uint8_t)look;
	}
}

static void paint_row(struct paint *p, const struct screen *s, int y, struct buf *out)
{
	for (int x = 0; x < s->w;)
		x += p->todo[y * s->w + x] ? paint_at(p, s, x, y, out) : 1;
}

static void paint_look(struct paint *p, const struct screen *s, int look, struct buf *out)
{
	for (int y = 0; y < s->h; y++) {
		const uint8_t *row = &p->todo[y * s->w], *at = row, *end = row + s->w;

		while (p->differs[y] && at < end && (at = memchr(at, look, (size_t)(end - at))))
			at += paint_at(p, s, (int)(at - row), y, out);
	}
}

/* ---- frames ---- */

void paint_blank_row(struct paint *p, int y)
{
	struct cell *row = &p->shown->cell[y * p->shown->w];

	if (!p->erases) {
		memset(row, NO_CELL, (size_t)p->shown->w * sizeof *row);
		return;
	}
	for (int x = 0; x < p->shown->w; x++)
		row[x] = (struct cell){ .text = " ", .role = ROLE_BACKGROUND };
}

static void begin_anew(struct paint *p, const struct screen *s, struct buf *out)
{
	paint_forget(p);
	style_set(p, ROLE_BACKGROUND, false, out);
	paint_say(p, SAY_CLEAR, 0, 0, out);
	p->x = p->y = 0;
	p->shown = screen_new(s->w, s->h);
	p->differs = mem_array((size_t)s->h, sizeof *p->differs);
	p->todo = mem_array((size_t)s->w * (size_t)s->h, 1);
	for (int y = 0; y < s->h; y++)
		paint_blank_row(p, y);
}

/* The look that the terminal writes in now comes first. */
static void paint_looks_apart(struct paint *p, const struct screen *s, const bool met[LOOKS],
                              struct buf *out)
{
	int first = FIRST_LOOK;

	for (int i = FIRST_LOOK; i < LOOKS; i++) {
		struct look l = look_named(p, i);

		if (met[i] && p->known && same_look(&l, &p->now))
			first = i;
	}
	for (int i = 0; i < LOOKS - FIRST_LOOK; i++) {
		int look = FIRST_LOOK + (first - FIRST_LOOK + i) % (LOOKS - FIRST_LOOK);

		if (met[look])
			paint_look(p, s, look, out);
	}
}

static void paint_rows(struct paint *p, const struct screen *s, struct buf *out)
{
	for (int y = 0; y < s->h; y++)
		if (p->differs[y])
			paint_row(p, s, y, out);
}

/* Both orders are tried where it may matter, and the shorter one is sent. */
static void paint_cells(struct paint *p, const struct screen *s, struct buf *out)
{
	struct paint before = *p, by_rows;
	struct buf other = buf_limited(out->max);
	bool met[LOOKS] = { false };
	size_t from = out->n;

	for (int y = 0; y < s->h; y++)
		if (p->differs[y])
			note_row(p, s, y, met);
	paint_rows(p, s, out);
	if (out->n - from < LONG_FRAME)
		return;
	by_rows = *p;
	*p = before;
	paint_looks_apart(p, s, met, &other);
	if (other.n < out->n - from) {
		buf_cut(out, from);
		buf_add(out, buf_view(&other));
	} else {
		*p = by_rows;
	}
	buf_free(&other);
}

static void now_shown(struct paint *p, const struct screen *s)
{
	size_t w = (size_t)s->w;

	for (int y = 0; y < s->h; y++)
		if (p->differs[y])
			memcpy(&p->shown->cell[y * s->w], &s->cell[y * s->w], w * sizeof *s->cell);
}

/* The numbers of links have another meaning now. */
static void forget_links(struct paint *p, const struct screen *s)
{
	int cells = p->shown->w * p->shown->h;

	for (int i = 0; i < cells && p->links && s->links.age != p->links_age; i++)
		if (p->shown->cell[i].link)
			memset(&p->shown->cell[i], NO_CELL, sizeof *p->shown->cell);
	p->links_age = s->links.age;
}

void paint_lost(struct paint *p, int y, int x, int n, struct buf *out)
{
	const struct screen *s = p->shown;
	struct screen *want;

	p->x = p->y = -1;
	if (!s || y < 0 || y >= s->h || x + n > s->w)
		return;
	want = screen_new(s->w, s->h);
	want->links.age = p->links_age;
	memcpy(want->cell, s->cell, (size_t)(s->w * s->h) * sizeof *s->cell);
	for (int i = x; i < x + n; i++)
		memset(&p->shown->cell[y * s->w + i], NO_CELL, sizeof *s->cell);
	paint_frame(p, want, out);
	screen_free(want);
}

void paint_frame(struct paint *p, const struct screen *s, struct buf *out)
{
	if (!p->shown || p->shown->w != s->w || p->shown->h != s->h)
		begin_anew(p, s, out);
	forget_links(p, s);
	for (int y = 0; y < s->h; y++)
		p->differs[y] = !screen_same_row(s, y, p->shown, y);
	scroll_rows(p, s, out);
	paint_cells(p, s, out);
	now_shown(p, s);
	set_link(p, s, 0, out);
	if (s->cursor_x >= 0)
		paint_move(p, s, s->cursor_x, s->cursor_y, out);
}
