/* sentence - messages about something with a name: the name gives way, never the sentence. */
#include "lede/text/display.h"
#include "lede/text/width.h"
#include "state.h"

/* What stands beside it at the right of the line, and its blanks. */
enum { BESIDE = 11, LEAST = 8 };

static int room(const struct app *a, const struct buf *words)
{
	int cells = a->w - BESIDE - text_cells(buf_view(words), a->ambiguous);

	return cells > LEAST ? cells : LEAST;
}

void app_message_of(struct app *a, const char *sentence, struct str name)
{
	struct str all = str_of(sentence);
	size_t at = str_find_str(all, STR("%s"));
	struct buf words = buf_limited(4 << 10), shown = buf_limited(8 << 10),
		   out = buf_limited(8 << 10);

	glyphs_write(&words, a->glyphs, str_sub(all, 0, at));
	glyphs_write(&words, a->glyphs, str_sub(all, at + 2, all.n));
	(void)display_line(name, &shown);
	glyphs_write(&out, a->glyphs, str_sub(all, 0, at));
	text_shorten(buf_view(&shown), room(a, &words), glyph(a->glyphs, GLYPH_CUT), a->ambiguous,
		     &out);
	glyphs_write(&out, a->glyphs, str_sub(all, at + 2, all.n));
	app_message(a, "%s%s", buf_cstr(&out), "");    /* not one sentence to be retold */
	buf_free(&words);
	buf_free(&shown);
	buf_free(&out);
}
