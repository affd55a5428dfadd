#include "lede/tui/cell_chars.h"

#include <string.h>

#include "lede/text/unicode.h"
#include "lede/text/utf8.h"

static void add(struct cell_chars *out, const char *text, size_t n)
{
	memcpy(out->text + out->n, text, n);
	out->n += n;
	out->text[out->n] = '\0';
}

static void stand_in(struct cell_chars *out, int cells, bool utf8)
{
	static const char unknown[] = "\xEF\xBF\xBD";

	out->n = 0;
	add(out, utf8 ? unknown : "?", utf8 ? sizeof unknown - 1 : 1);
	if (cells > 1)
		add(out, utf8 ? " " : "?", 1);
}

void cell_chars_of(const struct cell *c, int cells, int ambiguous, bool utf8,
		   struct cell_chars *out)
{
	struct str s = str_of(c->text);
	int used = 0;
	size_t n;

	out->n = 0;
	for (size_t at = 0; at < s.n; at += n) {
		uint32_t cp = utf8_at(s, at, &n);
		int more = unicode_cells(cp, ambiguous);

		if (!utf8 && cp >= 0x80) {
			stand_in(out, cells, utf8);
			return;
		}
		if (used + more > cells)
			continue;
		add(out, s.p + at, n);
		used += more;
	}
	if (used < cells)
		stand_in(out, cells, utf8);
}
