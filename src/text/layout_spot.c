/* layout_spot - where in a line that was laid out a place of the document is drawn.
 *
 * Lines keep where they begin and no more: most of them are never asked. What was left out (soft
 * hyphens, blanks at a line's end) or added (blanks of a table's columns) is found by going along
 * both texts. */
#include "lede/text/layout_parts.h"

static bool is_soft_hyphen(struct str s, size_t at)
{
	return at + 1 < s.n && s.p[at] == '\302' && s.p[at + 1] == '\255';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* Both at the same character, or one of them on a blank of its own. False: what stands here is of
 * neither. */
static bool step(struct str doc, size_t *at, struct str line, size_t *spot)
{
	if (is_soft_hyphen(doc, *at)) {
		*at += 2;
	} else if (doc.p[*at] == line.p[*spot] || (is_blank(doc.p[*at]) && line.p[*spot] == ' ')) {
		++*at;
		++*spot;
	} else if (line.p[*spot] == ' ') {
		++*spot;
	} else if (is_blank(doc.p[*at])) {
		++*at;
	} else {
		return false;
	}
	return true;
}

size_t layout_spot(const struct layout *l, size_t i, uint32_t place)
{
	const struct layout_line *line = layout_line(l, i);
	struct str doc = buf_view(&l->doc->text);
	size_t at = line->place, spot = line->margin;

	if (i + 1 < l->count && place >= layout_line(l, i + 1)->place)
		return line->text.n;
	while (at < place && at < doc.n && spot < line->text.n)
		if (!step(doc, &at, line->text, &spot))
			break;
	/* Blanks between columns belong to nothing that is found. */
	while (at == place && at < doc.n && !is_blank(doc.p[at]) && spot < line->text.n &&
	       line->text.p[spot] == ' ')
		spot++;
	return spot;
}
