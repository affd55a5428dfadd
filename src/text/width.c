#include "lede/text/width.h"

#include "lede/text/cluster.h"
#include "lede/text/utf8.h"

static bool is_plain(char c)
{
	return c >= 0x20 && c < 0x7F;
}

static bool is_ascii(char c)
{
	return (unsigned char)c < 0x80;
}

/* One ASCII character that nothing can join: what follows is the end or ASCII too. */
static bool stands_alone(struct str s, size_t at)
{
	return is_plain(s.p[at]) && (at + 1 == s.n || is_ascii(s.p[at + 1]));
}

static size_t long_cluster_end(struct str s, size_t at, int ambiguous, int *cells)
{
	size_t n;
	uint32_t cp = utf8_at(s, at, &n);
	const struct props *p = unicode_props(cp);
	struct cluster c = { 0 };

	do {
		cluster_take(&c, p, cp, ambiguous);
		at += n;
		if (at == s.n)
			break;
		cp = utf8_at(s, at, &n);
		p = unicode_props(cp);
	} while (cluster_goes_on(&c, (enum grapheme_class)p->grapheme));
	if (cells)
		*cells = c.cells;
	return at;
}

size_t cluster_end(struct str s, size_t at, int ambiguous, int *cells)
{
	if (!stands_alone(s, at))
		return long_cluster_end(s, at, ambiguous, cells);
	if (cells)
		*cells = 1;
	return at + 1;
}

int text_cells(struct str s, int ambiguous)
{
	int sum = 0, cells;

	for (size_t at = 0; at < s.n; sum += cells)
		at = cluster_end(s, at, ambiguous, &cells);
	return sum;
}

size_t text_fit(struct str s, int max, int ambiguous, int *cells)
{
	size_t at = 0;
	int sum = 0;

	while (at < s.n) {
		int more;
		size_t end = cluster_end(s, at, ambiguous, &more);

		if (sum + more > max)
			break;
		sum += more;
		at = end;
	}
	if (cells)
		*cells = sum;
	return at;
}

int text_shorten(struct str s, int max, const char *cut, int ambiguous, struct buf *out)
{
	int cells, mark = text_cells(str_of(cut), ambiguous);
	size_t n = text_fit(s, max, ambiguous, &cells);

	if (n == s.n || mark > max)
		return buf_add(out, str_sub(s, 0, n)) == ERR_NONE ? cells : 0;
	n = text_fit(s, max - mark, ambiguous, &cells);
	for (; n > 0 && s.p[n - 1] == ' '; n--)
		cells--;
	size_t before = out->n;

	if (buf_add(out, str_sub(s, 0, n)) == ERR_NONE && buf_add_cstr(out, cut) == ERR_NONE)
		return cells + mark;
	buf_cut(out, before);
	return 0;
}
