#include "lede/tui/cell_chars.h"

#include <string.h>

#include "lede/text/unicode.h"
#include "lede/text/utf8.h"
#include "lede/tui/cell_width.h"

static void stand_in(struct cell_chars *out, int cells, bool utf8)
{
	*out = (struct cell_chars){ .first = { utf8 ? 0xFFFD : L'?' } };
	if (cells > 1)
		out->second[0] = utf8 ? L' ' : L'?';
}

static void add(wchar_t chars[CELL_CHARS + 1], uint32_t cp)
{
	size_t n = wcslen(chars);

	if (n < CELL_CHARS)
		chars[n] = (wchar_t)cp;
}

/* A cell of the terminal has one character with a width: the second such of a cluster - a vowel
 * sign of Hindi, the other half of a flag - begins the second cell. */
void cell_chars_of(const struct cell *c, int cells, int ambiguous, bool utf8,
		   struct cell_chars *out)
{
	struct str s = str_of(c->text);
	int used = 0;
	size_t n;

	*out = (struct cell_chars){ { 0 }, { 0 } };
	for (size_t at = 0; at < s.n; at += n) {
		uint32_t cp = utf8_at(s, at, &n);
		int more = unicode_cells(cp, ambiguous);

		if ((!utf8 && cp >= 0x80) || !cell_width_agrees(cp)) {
			stand_in(out, cells, utf8);
			return;
		}
		if (used + more > cells)
			continue;
		add(used > 0 && (more > 0 || out->second[0] != L'\0') ? out->second : out->first,
		    cp);
		used += more;
	}
	if (used < cells)
		stand_in(out, cells, utf8);
}
