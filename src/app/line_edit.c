#include "line_edit.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/hash.h"

/* ---- texts as lines ---- */

/* Each with its end; the last one may lack it. */
struct lines { struct str *at; size_t n, cap; };

static void add_line(struct lines *l, struct str line)
{
	l->at = mem_grow(l->at, &l->cap, l->n + 1, sizeof *l->at);
	l->at[l->n++] = line;
}

static struct lines lines_of(struct str text)
{
	struct lines l = { .n = 0 };

	while (text.n > 0) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) + 1 : text.n;

		add_line(&l, str_sub(text, 0, n));
		text = str_sub(text, n, text.n);
	}
	return l;
}

/* Without its end: a last line is itself with and without one. */
static struct str bare(struct str line)
{
	while (line.n > 0 && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
		line.n--;
	return line;
}

static bool same_line(struct str a, struct str b)
{
	return str_eq(bare(a), bare(b));
}

static uint64_t hash_above(const struct lines *l, size_t at)
{
	return at > 0 && at <= l->n ? hash64(bare(l->at[at - 1])) : 0;
}

/* ---- records ---- */

/* A run: `was` lines at `at` became `is`. */
struct run { size_t at; uint64_t above; struct lines was, is; };

static void put_number(struct buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_add_char(b, (char)(v | 0x80));
	buf_add_char(b, (char)v);
}

static void put_lines(struct buf *b, const struct str *line, size_t n)
{
	put_number(b, n);
	for (size_t i = 0; i < n; i++) {
		put_number(b, line[i].n);
		buf_add(b, line[i]);
	}
}

static bool take_number(struct str *in, uint64_t *v)
{
	*v = 0;
	for (unsigned shift = 0; in->n > 0 && shift < 64; shift += 7) {
		unsigned char c = (unsigned char)*in->p;

		*in = str_sub(*in, 1, in->n);
		*v |= (uint64_t)(c & 0x7f) << shift;
		if (c < 0x80)
			return true;
	}
	return false;
}

static bool take_lines(struct str *in, struct lines *l)
{
	uint64_t n, bytes;

	if (!take_number(in, &n))
		return false;
	for (; n > 0; n--) {
		if (!take_number(in, &bytes) || bytes > in->n)
			return false;
		add_line(l, str_sub(*in, 0, (size_t)bytes));
		*in = str_sub(*in, (size_t)bytes, in->n);
	}
	return true;
}

static bool take_run(struct str *in, struct run *r)
{
	uint64_t at;

	*r = (struct run){ .at = 0 };
	if (!take_number(in, &at) || !take_number(in, &r->above))
		return false;
	r->at = (size_t)at;
	return take_lines(in, &r->was) && take_lines(in, &r->is);
}

static void free_run(struct run *r)
{
	free(r->was.at);
	free(r->is.at);
}

/* ---- recording ---- */

/* More lines than that in one run are not looked through for what stayed between them. */
enum { STEPS_MAX = 2000 };

/* Where both go on alike: the fewest lines passed over in both. Edits change or add single lines,
 * so it is found after a few steps. */
static void find_next(const struct lines *a, size_t i, const struct lines *b, size_t j, size_t *di,
		      size_t *dj)
{
	size_t left_a = a->n - i, left_b = b->n - j;

	for (size_t steps = 1; steps < left_a + left_b && steps < STEPS_MAX; steps++)
		for (*di = steps < left_a ? steps : left_a; ; --*di) {
			*dj = steps - *di;
			if (*dj <= left_b && *di < left_a && *dj < left_b &&
			    str_eq(a->at[i + *di], b->at[j + *dj]))
				return;
			if (*di == 0)
				break;
		}
	*di = left_a;
	*dj = left_b;
}

/* NULL behind the last one: a text without lines has no array to point into. */
static const struct str *from_line(const struct lines *l, size_t i)
{
	return i < l->n ? l->at + i : NULL;
}

void line_edit_record(struct str from, struct str to, struct buf *record)
{
	struct lines a = lines_of(from), b = lines_of(to);
	size_t i = 0, j = 0, di, dj;

	while (i < a.n || j < b.n) {
		if (i < a.n && j < b.n && str_eq(a.at[i], b.at[j])) {
			i++;
			j++;
			continue;
		}
		find_next(&a, i, &b, j, &di, &dj);
		put_number(record, i);
		put_number(record, hash_above(&a, i));
		put_lines(record, from_line(&a, i), di);
		put_lines(record, from_line(&b, j), dj);
		i += di;
		j += dj;
	}
	free(a.at);
	free(b.at);
}

/* ---- turning ---- */

/* The text while it is turned: lines that went are without bytes, those that come stand before a
 * line of their own. */
struct turning {
	struct lines old;
	bool *gone;
	struct lines *before;         /* of each line, and of the end: what comes before it */
	const struct line_edit_sense *sense;      /* may be NULL */
	bool *taken;                  /* of the lines that are to go: found, and gone */
	bool loosely;                 /* a line may be another by its bytes and the same by its sense */
};

static bool is_meant(const struct turning *t, struct str line, struct str now)
{
	return same_line(line, now) ||
		(t->loosely && t->sense && t->sense->is_the_same(t->sense->self, line, now));
}

/* The nearest place to `near` where all of the lines stand in a row; SIZE_MAX: nowhere. */
static size_t find_row(const struct turning *t, const struct lines *l, size_t near)
{
	size_t best = SIZE_MAX, distance = SIZE_MAX;

	for (size_t i = 0; i + l->n <= t->old.n; i++) {
		size_t d = i > near ? i - near : near - i, k = 0;

		while (k < l->n && !t->gone[i + k] && is_meant(t, l->at[k], t->old.at[i + k]))
			k++;
		if (k == l->n && d < distance) {
			best = i;
			distance = d;
		}
	}
	return best;
}

static size_t find_above(const struct turning *t, uint64_t above, size_t near)
{
	size_t best = near < t->old.n ? near : t->old.n, distance = SIZE_MAX;

	if (above == 0)
		return 0;
	for (size_t i = 1; i <= t->old.n; i++) {
		size_t d = i > near ? i - near : near - i;

		if (hash_above(&t->old, i) == above && d < distance) {
			best = i;
			distance = d;
		}
	}
	return best;
}

static void take_away(struct turning *t, size_t at, size_t first, size_t n)
{
	for (size_t i = 0; i < n; i++)
		t->gone[at + i] = t->taken[first + i] = true;
}

/* Line by line, where somebody put others between them. Where the first one stood; `at` when none
 * is there. */
static size_t take_each(struct turning *t, const struct lines *l, size_t at)
{
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < l->n; i++) {
		struct lines one = { .at = &l->at[i], .n = 1 };
		size_t place = find_row(t, &one, at);

		if (place == SIZE_MAX)
			continue;
		take_away(t, place, i, 1);
		first = first == SIZE_MAX ? place : first;
	}
	return first == SIZE_MAX ? at : first;
}

/* A line that stood there in another form comes when that one went. */
static bool comes(const struct turning *t, const struct lines *go, struct str line)
{
	const struct line_edit_sense *s = t->sense;

	for (size_t i = 0; s && i < go->n; i++)
		if (s->is_the_same(s->self, go->at[i], line))
			return t->taken[i];
	return !s || s->may_come(s->self, line);
}

/* Where a line was changed that somebody has changed again since, nothing comes: theirs stays. */
static void turn_run(struct turning *t, const struct run *r, bool back, size_t near)
{
	const struct lines *go = back ? &r->is : &r->was, *come = back ? &r->was : &r->is;
	size_t at = go->n > 0 ? find_row(t, go, near) : find_above(t, r->above, near);
	bool found = at != SIZE_MAX;

	t->taken = mem_array(go->n + 1, sizeof *t->taken);
	t->loosely = !found && come->n == 0;
	if (found)
		take_away(t, at, 0, go->n);
	else
		at = take_each(t, go, near < t->old.n ? near : t->old.n);
	t->loosely = false;
	for (size_t i = 0; i < come->n; i++)
		if ((found || t->gone[at]) && comes(t, go, come->at[i]))
			add_line(&t->before[at], come->at[i]);
	free(t->taken);
}

static void put_line(struct buf *out, struct str line)
{
	if (out->n > 0 && out->p[out->n - 1] != '\n')
		buf_add_char(out, '\n');
	buf_add(out, line);
}

static void write_out(const struct turning *t, struct buf *out)
{
	for (size_t i = 0; i <= t->old.n; i++) {
		for (size_t k = 0; k < t->before[i].n; k++)
			put_line(out, t->before[i].at[k]);
		if (i < t->old.n && !t->gone[i])
			put_line(out, t->old.at[i]);
	}
}

bool line_edit_turn(struct str text, struct str record, bool back,
		    const struct line_edit_sense *sense, struct buf *out)
{
	struct turning t = { .old = lines_of(text), .sense = sense };
	ptrdiff_t shift = 0;          /* records tell places before the edit */
	struct run r;
	bool good = true;

	t.gone = mem_array(t.old.n + 1, sizeof *t.gone);
	t.before = mem_array(t.old.n + 1, sizeof *t.before);
	while (good && record.n > 0) {
		good = take_run(&record, &r);
		if (good)
			turn_run(&t, &r, back, (size_t)((ptrdiff_t)r.at + shift));
		shift += back ? (ptrdiff_t)r.is.n - (ptrdiff_t)r.was.n : 0;
		free_run(&r);
	}
	if (good)
		write_out(&t, out);
	for (size_t i = 0; i <= t.old.n; i++)
		free(t.before[i].at);
	free(t.before);
	free(t.gone);
	free(t.old.at);
	return good;
}
