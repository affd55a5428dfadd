#include "lede/text/display.h"

#include "lede/text/cluster.h"
#include "lede/text/utf8.h"

/* An ncurses cell holds a base and four more code points (CCHARW_MAX 5). */
enum { MARKS_MAX = 4, TAB = 8 };

enum { CP_ZWNJ = 0x200C, CP_ZWJ = 0x200D, CP_SOFT_HYPHEN = 0xAD, CP_IDEOGRAPHIC_SPACE = 0x3000 };

/* The cluster that is being written. */
struct base {
	struct cluster cluster;
	int marks;                /* zero-width code points on it */
	bool there;               /* false: nothing that a mark could sit on */
	bool joins;               /* the code point written last may stand beside a joiner */
};

struct writer {
	struct str in;
	struct buf *out;
	bool body;
	bool begun, blank_due;    /* one line: has begun; white space was seen since */
	int column;               /* body: cells since the line began, for tabs */
	struct base base;
	uint32_t joiner;          /* 0, or one that is kept if a letter that joins follows */
	enum err rc;
};

static void put(struct writer *w, uint32_t cp)
{
	if (w->rc == ERR_NONE)
		w->rc = utf8_add(w->out, cp);
}

/* A blank, a line end or a soft hyphen: no mark or joiner goes over it. */
static void begin_gap(struct writer *w, int cells)
{
	w->base = (struct base){ .cluster.cells = cells };
	w->joiner = 0;
}

static void put_gap(struct writer *w, uint32_t cp, int cells)
{
	begin_gap(w, cells);
	w->column = cp == '\n' ? 0 : w->column + cells;
	put(w, cp);
}

static void put_due_blank(struct writer *w)
{
	if (w->blank_due)
		put(w, ' ');
	w->blank_due = false;
	w->begun = true;
}

/* ---- white space ---- */

static bool is_line_end(uint32_t cp)
{
	return (cp >= '\n' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static void body_space(struct writer *w, uint32_t cp, size_t next)
{
	if (cp == '\r' && next < w->in.n && w->in.p[next] == '\n')
		return;                                 /* the LF that follows ends the line */
	if (is_line_end(cp))
		put_gap(w, '\n', 0);
	else if (cp == CP_IDEOGRAPHIC_SPACE)
		put_gap(w, cp, 2);
	else
		for (int n = cp == '\t' ? TAB - w->column % TAB : 1; n > 0; n--)
			put_gap(w, ' ', 1);
}

static void take_space(struct writer *w, uint32_t cp, size_t next)
{
	if (w->body) {
		body_space(w, cp, next);
		return;
	}
	w->blank_due = w->begun;
	begin_gap(w, w->begun);
}

/* ---- what is not drawn ---- */

static void take_hidden(struct writer *w, uint32_t cp, const struct props *p)
{
	if (cp == CP_SOFT_HYPHEN && w->body)
		put_gap(w, cp, 0);
	if (cp != CP_ZWJ && cp != CP_ZWNJ)
		return;
	if (w->base.joins)
		w->joiner = cp;
	if (w->base.cluster.picture != PICTURE_NONE)    /* a joined picture that follows goes too */
		cluster_take(&w->base.cluster, p, cp, 1);
}

/* ---- letters, marks and pictures ---- */

/* Adds a code point to the cluster or begins a new one; false: it goes, and *b is worth nothing. */
static bool base_take(struct base *b, const struct props *p, uint32_t cp)
{
	bool on = cluster_goes_on(&b->cluster, (enum grapheme_class)p->grapheme);
	bool mark = (p->flags & IS_MARK) || p->grapheme == GRAPHEME_V || p->grapheme == GRAPHEME_T;
	int cells = p->cells == 3 ? 1 : p->cells;

	if (mark && (!b->there || b->marks == MARKS_MAX || (cells == 0 && !on)))
		return false;
	if (on && cells > 0 && b->cluster.cells + cells > 2)
		return false;             /* terminals would count it differently */
	if (!on)
		b->cluster = (struct cluster){ 0 };
	b->marks = mark ? b->marks + 1 : 0;
	b->there = true;
	b->joins = (p->flags & IS_JOINS) != 0;
	cluster_take(&b->cluster, p, cp, 1);
	return true;
}

/* Puts the joiner that waits in front of `p`, if both may stand there. */
static bool base_take_joiner(struct base *b, uint32_t joiner, const struct props *p)
{
	if (!joiner || !(p->flags & IS_JOINS) || b->marks == MARKS_MAX)
		return false;
	b->marks++;
	cluster_take(&b->cluster, unicode_props(joiner), joiner, 1);
	return true;
}

static bool is_joined_picture(const struct base *b, const struct props *p)
{
	return p->grapheme == GRAPHEME_PICT && b->cluster.picture == PICTURE_JOINED;
}

static void take_visible(struct writer *w, uint32_t cp, const struct props *p)
{
	struct base b = w->base;
	bool joined = base_take_joiner(&b, w->joiner, p);

	if (p->flags & IS_MODIFIER)
		return;
	if (is_joined_picture(&w->base, p)) {
		w->base.cluster.picture = PICTURE_SEEN;
		return;
	}
	if (!base_take(&b, p, cp))
		return;
	put_due_blank(w);
	if (joined)
		put(w, w->joiner);
	put(w, cp);
	w->joiner = 0;
	w->column += p->cells == 3 ? 1 : p->cells;
	w->base = b;
}

static void take(struct writer *w, uint32_t cp, size_t next)
{
	const struct props *p = unicode_props(cp);

	if (p->flags & IS_NONCHAR)
		take_visible(w, UTF8_REPLACEMENT, unicode_props(UTF8_REPLACEMENT));
	else if (p->flags & IS_SPACE)
		take_space(w, cp, next);
	else if (p->flags & IS_HIDDEN)
		take_hidden(w, cp, p);
	else
		take_visible(w, cp, p);
}

/* ---- the quick way: runs of ASCII and Han ---- */

/* Bytes of the character at `at` when it is ASCII or Han (U+4E00..9FFF), to be copied as it is. */
static size_t clean_at(struct str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p + at;

	if (*p > 0x20 && *p < 0x7F)
		return 1;
	if (*p < 0xE4 || *p > 0xE9 || s.n - at < 3 || (*p == 0xE4 && p[1] < 0xB8))
		return 0;
	return (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 ? 3 : 0;
}

/* Copies a run of clean characters with single blanks between them, without the last one: a mark
 * may follow it. Returns the bytes copied. */
static size_t copy_clean(struct writer *w, size_t from)
{
	size_t at = from, last = from, n;
	int cells = 0, last_cells = 0;

	while (at < w->in.n) {
		bool blank = w->in.p[at] == ' ' && at > from && at + 1 < w->in.n;

		n = clean_at(w->in, at + blank);
		if (n == 0)
			break;
		last = at;
		last_cells = cells;
		cells += blank + (n == 3 ? 2 : 1);
		at += blank + n;
	}
	if (last == from)
		return 0;
	put_due_blank(w);
	if (w->rc == ERR_NONE)
		w->rc = buf_add(w->out, str_sub(w->in, from, last));
	w->column += last_cells;
	w->base = (struct base){ .there = true };
	w->joiner = 0;
	return last - from;
}

static enum err display(struct str in, bool body, struct buf *out)
{
	struct writer w = { .in = in, .out = out, .body = body };
	size_t n;

	for (size_t at = 0; at < in.n && w.rc == ERR_NONE; at += n) {
		n = w.base.cluster.last == GRAPHEME_PREPEND ? 0 : copy_clean(&w, at);
		if (n > 0)
			continue;
		uint32_t cp = utf8_at(in, at, &n);

		take(&w, cp, at + n);
	}
	return w.rc;
}

enum err display_line(struct str in, struct buf *out)
{
	return display(in, false, out);
}

enum err display_body(struct str in, struct buf *out)
{
	return display(in, true, out);
}
