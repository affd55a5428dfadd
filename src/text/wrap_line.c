#include "lede/text/wrap.h"

#include "lede/text/utf8.h"
#include "lede/text/width.h"

/* What of a paragraph has been put on the line. */
struct filling {
	size_t end;               /* where the next cluster begins */
	int cells;                /* of all before `end`, blanks too */
	size_t solid_end;         /* without blanks, line ends and soft hyphens at its end */
	int solid_cells;
	bool soft;                /* ends in a soft hyphen */
};

/* The best break so far; `next` 0: none. */
struct stop {
	size_t next, to;
	int cells;
	bool hyphen;
};

enum cluster_kind { SOLID, BLANK, LINE_END, SOFT_HYPHEN };

static enum cluster_kind kind_at(struct str s, size_t at)
{
	size_t n;
	uint32_t cp = utf8_at(s, at, &n);

	if (cp == ' ' || cp == 0x3000)
		return BLANK;
	if ((cp >= '\n' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029)
		return LINE_END;
	return cp == 0xAD ? SOFT_HYPHEN : SOLID;
}

static void fill(struct filling *f, enum cluster_kind kind, size_t end, int cells)
{
	f->end = end;
	f->soft = kind == SOFT_HYPHEN;
	f->cells += cells;
	if (kind != SOLID)
		return;
	f->solid_end = end;
	f->solid_cells = f->cells;
}

/* Remembers that the line may end here, unless a hyphen would be needed and does not fit. */
static void note_stop(struct stop *stop, const struct filling *f, enum wrap_break kind, int width)
{
	bool hyphen = f->soft && kind == WRAP_MAY;
	int cells = f->solid_cells + hyphen;

	if (kind == WRAP_NO || cells > width)
		return;
	*stop = (struct stop){ f->end, f->solid_end, cells, hyphen };
}

size_t wrap_next(struct str s, const uint8_t *at, size_t from, int width, int ambiguous,
		 struct wrap_line *line, bool *hyphen)
{
	struct filling f = { .end = from, .solid_end = from };
	struct stop stop = { 0 };

	while (f.end < s.n) {
		int cells;
		enum cluster_kind kind = kind_at(s, f.end);
		size_t end = cluster_end(s, f.end, ambiguous, &cells);

		if (kind == SOFT_HYPHEN)
			cells = 0;        /* drawn at the end of a line only */
		if (kind == SOLID && f.cells + cells > width)
			break;
		fill(&f, kind, end, cells);
		note_stop(&stop, &f, (enum wrap_break)at[end], width);
		if (at[end] == WRAP_MUST)
			break;
	}
	if (stop.next == 0)               /* longer than the line: cut between clusters */
		stop = (struct stop){ f.end, f.solid_end, f.solid_cells, false };
	*line = (struct wrap_line){ from, stop.to, stop.cells };
	if (hyphen)
		*hyphen = stop.hyphen;
	return stop.next;
}
