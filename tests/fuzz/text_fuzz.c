/* Any bytes as text: display form, widths, lines, addresses, dates. The first byte says how wide a
 * line is. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/text/date.h"
#include "lede/text/display.h"
#include "lede/text/fold_form.h"
#include "lede/text/unicode.h"
#include "lede/text/url.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"
#include "lede/text/wrap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef enum err form_fn(struct str in, struct buf *out);

/* What may be shown: UTF-8, nothing that a terminal obeys. */
static void check_shown(struct str s, bool lines)
{
	if (!utf8_is_valid(s))
		abort();
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && !(lines && c == '\n')) || c == 0x7F)
			abort();
		if (c == 0xC2 && (unsigned char)s.p[i + 1] < 0xA0)
			abort();
	}
}

/* Twice is the same as once. */
static void check_form(form_fn *form, struct str in, bool lines, struct buf *out)
{
	struct buf again = buf_limited(8 << 20);

	if (form(in, out) != ERR_NONE || form(buf_view(out), &again) != ERR_NONE)
		abort();
	if (!str_eq(buf_view(out), buf_view(&again)))
		abort();
	check_shown(buf_view(out), lines);
	buf_free(&again);
}

/* A terminal that gives each code point its own width counts what we count. Where ambiguous
 * characters are wide, a spacing mark on one of them has no cell left: it is not drawn. */
static int plain_cells(struct str cluster, int ambiguous)
{
	int cells = 0;
	size_t n;

	for (size_t at = 0; at < cluster.n; at += n)
		cells += unicode_cells(utf8_at(cluster, at, &n), ambiguous);
	return ambiguous == 2 && cells > 2 ? 2 : cells;
}

static void check_widths(struct str s, int ambiguous)
{
	int cells, sum = 0;

	for (size_t at = 0, end; at < s.n; at = end, sum += cells) {
		end = cluster_end(s, at, ambiguous, &cells);
		if (cells != plain_cells(str_sub(s, at, end), ambiguous))
			abort();
	}
	if (sum != text_cells(s, ambiguous))
		abort();
}

static void check_cut(struct str s, int width, int ambiguous)
{
	struct buf cut = buf_limited(8 << 20);
	int cells, got = text_shorten(s, width, "…", ambiguous, &cut);

	if (got > width || got != text_cells(buf_view(&cut), ambiguous) ||
	    !utf8_is_valid(buf_view(&cut)))
		abort();
	if (text_fit(s, width, ambiguous, &cells) > s.n || cells > width)
		abort();
	buf_free(&cut);
}

static void check_lines(struct str s, unsigned flags, int width, int ambiguous)
{
	uint8_t *at = mem_array(s.n + 1, 1);
	struct wrap_line line;
	bool hyphen;

	wrap_breaks(s, flags, at);
	for (size_t from = 0, next; from < s.n; from = next) {
		next = wrap_next(s, at, from, width, ambiguous, &line, &hyphen);
		if (next <= from || next > s.n || line.from < from || line.to > next ||
		    line.from > line.to || line.cells > width)
			abort();
	}
	free(at);
}

static void check_address(struct str s)
{
	struct buf out = buf_limited(1 << 20), shown = buf_limited(1 << 20);

	if (url_resolve(STR("https://a.example/b/c?d"), s, &out) == ERR_NONE)
		(void)url_is_web(buf_view(&out));
	url_display(s, &shown);
	check_shown(buf_view(&shown), false);
	buf_free(&out);
	buf_free(&shown);
}

/* A date that was read is written in a form that reads the same. */
static void check_date(struct str s)
{
	char text[21];
	int64_t t, again;

	(void)date_parse_http(s, &t);
	if (!date_parse(s, &t))
		return;
	date_rfc3339(t, text);
	if (t > 0 && t < INT64_C(253402300800) && (!date_parse(str_of(text), &again) || again != t))
		abort();
}

/* Folded words are UTF-8 as well. */
static void check_folded(struct str s)
{
	struct buf out = buf_limited(32 << 20);

	if (fold_form(s, &out) != ERR_NONE || !utf8_is_valid(buf_view(&out)))
		abort();
	buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = { (const char *)data + 1, size - 1 };
	struct buf line = buf_limited(8 << 20), body = buf_limited(8 << 20),
		   other = buf_limited(8 << 20);
	int width, ambiguous;

	if (size == 0)
		return 0;
	width = 2 + data[0] % 80;
	ambiguous = 1 + data[0] / 128;
	check_form(display_line, in, false, &line);
	check_form(display_body, in, true, &body);
	check_form(display_without_glosses, buf_view(&line), false, &other);
	check_widths(buf_view(&line), ambiguous);
	check_cut(buf_view(&line), width, ambiguous);
	check_lines(buf_view(&line), 0, width, ambiguous);
	check_lines(buf_view(&body), 0, width, ambiguous);
	check_lines(in, WRAP_PLAIN, width, ambiguous);
	check_address(in);
	check_date(in);
	check_folded(buf_view(&line));
	buf_free(&line);
	buf_free(&body);
	buf_free(&other);
	return 0;
}
