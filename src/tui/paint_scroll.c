/* paint_scroll - rows that the terminal can move by itself.
 *
 * Whole rows only: what stands beside each other moves together or not at all. For each distance
 * the best range is found by sums (Kadane), rows weighing what they would cost to write.
 */
#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "paint_inside.h"

enum {
	FEW_ROWS = 6,             /* so few changed rows are written */
	SCROLL_COSTS = 30,        /* bytes: what is saved is to be more */
	SHORT_LINES = 17          /* bytes: a region takes about as many */
};

/* Rows first .. last move up by `by` (down: negative); what moves out is lost, what comes is blank. */
struct scroll { int first, last, by, saves; };

/* What the rows of a frame have to do with what is shown. */
struct rows { const struct screen *s; const struct paint *p; int *cost; };

static int cost_of(const struct screen *s, int y)
{
	int n = 0;

	for (int x = 0; x < s->w; x++) {
		const struct cell *c = screen_at(s, x, y);

		if (c->text[0] != ' ' && c->text[0] != '\0')
			n += (unsigned char)c->text[0] < 0x80 ? 1 : 3;
	}
	return n;
}

/* What is saved on row y when it is not written but comes from `by` rows below. */
static int gain(const struct rows *r, int y, int by)
{
	bool comes = screen_same_row(r->s, y, r->p->shown, y + by);

	return comes == !r->p->differs[y] ? 0 : comes ? r->cost[y] : -r->cost[y];
}

/* What is lost on the rows that come in blank. */
static int lost(const struct rows *r, const struct scroll *sc)
{
	int n = sc->by > 0 ? sc->by : -sc->by, from = sc->by > 0 ? sc->last - n + 1 : sc->first,
	    sum = 0;

	for (int y = from; y < from + n; y++)
		sum += r->p->differs[y] ? 0 : r->cost[y];
	return sum;
}

static void consider(const struct rows *r, int first, int last, int by, int saves,
                     struct scroll *best)
{
	struct scroll sc = { first, last, by, saves };

	if (by > 0)
		sc.last += by;
	else
		sc.first += by;
	if (saves <= best->saves)
		return;
	sc.saves -= lost(r, &sc);
	if (sc.saves > best->saves)
		*best = sc;
}

static void best_by(const struct rows *r, int by, struct scroll *best)
{
	int low = by < 0 ? -by : 0, high = by < 0 ? r->s->h : r->s->h - by, sum = 0, from = low;

	for (int y = low; y < high; y++) {
		int g = gain(r, y, by);

		if (sum <= 0) {
			sum = 0;
			from = y;
		}
		sum += g;
		if (g > 0)
			consider(r, from, y, by, sum, best);
	}
}

static struct scroll find(const struct rows *r)
{
	struct scroll best = { .saves = SCROLL_COSTS };

	for (int by = 1; by < r->s->h; by++) {
		best_by(r, by, &best);
		best_by(r, -by, &best);
	}
	return best;
}

/* Cells of two rows that are alike and no blanks, in bytes. */
static int alike(const struct rows *r, int y, int shown)
{
	int n = 0;

	for (int x = 0; x < r->s->w; x++) {
		const struct cell *c = screen_at(r->s, x, y);

		if (c->text[0] != ' ' && memcmp(c, screen_at(r->p->shown, x, shown), sizeof *c) == 0)
			n += (unsigned char)c->text[0] < 0x80 ? 1 : 3;
	}
	return n;
}

/* The rows beside the range may be the same but for the cursor's bar. */
static void take_neighbours(const struct rows *r, struct scroll *sc)
{
	int n = sc->by > 0 ? sc->by : -sc->by, *end = sc->by > 0 ? &sc->first : &sc->last,
	    step = sc->by > 0 ? -1 : 1;

	for (int i = 0; i < n; i++) {
		int y = *end + step;

		if (y < 0 || y >= r->s->h || alike(r, y, y + sc->by) <= alike(r, y, y))
			return;
		*end = y;
	}
}

/* ---- telling the terminal ---- */

static void times(struct paint *p, enum paint_word many, enum paint_word one, int n,
                  struct buf *out)
{
	if (n > 1 && paint_can(p, many)) {
		paint_say(p, many, n, 0, out);
		return;
	}
	while (n-- > 0)
		paint_say(p, one, 0, 0, out);
}

/* A region is set, scrolled at its edge and given up again. Where the cursor then stands is nowhere
 * written down. */
static void by_region(struct paint *p, const struct screen *s, const struct scroll *sc,
                      struct buf *out)
{
	int n = sc->by > 0 ? sc->by : -sc->by;

	paint_say(p, SAY_CSR, sc->first, sc->last, out);
	p->x = p->y = -1;
	paint_move(p, s, 0, sc->by > 0 ? sc->last : sc->first, out);
	if (sc->by > 0)
		times(p, SAY_INDN, SAY_IND, n, out);
	else
		times(p, SAY_RIN, SAY_RI, n, out);
	paint_say(p, SAY_CSR, 0, s->h - 1, out);
	p->x = p->y = -1;
}

/* Rows are taken away and put in again: the cursor's place stays known, which often is shorter. */
static void by_lines(struct paint *p, const struct screen *s, const struct scroll *sc,
                     struct buf *out)
{
	int n = sc->by > 0 ? sc->by : -sc->by;
	int from = sc->by > 0 ? sc->first : sc->last - n + 1,
	    to = sc->by > 0 ? sc->last - n + 1 : sc->first;

	paint_move(p, s, 0, from, out);
	paint_say(p, SAY_DL, n, 0, out);
	paint_move(p, s, 0, to, out);
	paint_say(p, SAY_IL, n, 0, out);
}

static void move_shown(struct paint *p, const struct scroll *sc)
{
	int n = sc->by > 0 ? sc->by : -sc->by, kept = sc->last - sc->first + 1 - n, w = p->shown->w;
	struct cell *row = p->shown->cell;

	if (sc->by > 0)
		memmove(&row[sc->first * w], &row[(sc->first + n) * w],
		        (size_t)(kept * w) * sizeof *row);
	else
		memmove(&row[(sc->first + n) * w], &row[sc->first * w],
		        (size_t)(kept * w) * sizeof *row);
	for (int i = 0; i < n; i++)
		paint_blank_row(p, sc->by > 0 ? sc->last - i : sc->first + i);
}

static void scroll(struct paint *p, const struct screen *s, const struct scroll *sc,
                   struct buf *out)
{
	bool up = sc->by > 0, region = paint_can(p, SAY_CSR) && paint_can(p, up ? SAY_IND : SAY_RI),
	     lines = paint_can(p, SAY_DL) && paint_can(p, SAY_IL);
	struct paint before;
	size_t from;

	if (!region && !lines)
		return;
	if (!style_blank_fits(p, ROLE_BACKGROUND, false))
		style_set(p, ROLE_BACKGROUND, false, out);
	before = *p;
	from = out->n;
	if (lines)
		by_lines(p, s, sc, out);
	if (region && (!lines || out->n - from > SHORT_LINES)) {
		buf_cut(out, from);
		*p = before;
		by_region(p, s, sc, out);
	}
	move_shown(p, sc);
}

void scroll_rows(struct paint *p, const struct screen *s, struct buf *out)
{
	struct rows r = { .s = s, .p = p };
	struct scroll best;
	int changed = 0;

	for (int y = 0; y < s->h; y++)
		changed += p->differs[y];
	if (changed <= FEW_ROWS)
		return;
	r.cost = mem_array((size_t)s->h, sizeof *r.cost);
	for (int y = 0; y < s->h; y++)
		r.cost[y] = cost_of(s, y);
	best = find(&r);
	if (best.by != 0) {
		take_neighbours(&r, &best);
		scroll(p, s, &best, out);
	}
	free(r.cost);
	for (int y = best.first; best.by != 0 && y <= best.last; y++)
		p->differs[y] = !screen_same_row(s, y, p->shown, y);
}
