#include "search_inside.h"

#include "lede/text/display.h"
#include "lede/text/html.h"

/* Texts as they are searched: in the form in which they are shown, so that what is seen is
 * found. Made the same way for the index, for verifying and for snippets. */

static enum err add_shown(struct str plain, struct buf *out)
{
	struct buf shown = buf_limited(SEARCH_TEXT_MAX);
	enum err rc = display_line(plain, &shown);

	if (rc == ERR_NONE)
		rc = display_without_glosses(buf_view(&shown), out);
	buf_free(&shown);
	return rc;
}

/* A text that is too long for its bound is left out, not refused: its title is still found. */
enum err search_text_make(struct str title, struct str html, struct buf *out)
{
	struct buf plain = buf_limited(SEARCH_TEXT_MAX);
	size_t end;

	if (add_shown(title, out) != ERR_NONE)
		buf_clear(out);
	buf_add_char(out, '\n');
	end = out->n;
	if (html_to_text(html, &plain) != ERR_NONE || add_shown(buf_view(&plain), out) != ERR_NONE)
		buf_cut(out, end);
	buf_free(&plain);
	return ERR_NONE;
}

size_t search_title_end(struct str text)
{
	size_t end = str_find(text, '\n');

	return end == SIZE_MAX ? text.n : end;
}

/* The text fetched from the entry's page, where there is one, else the feed's. */
static enum err read_html(struct store *s, int64_t id, struct buf *html, struct error *e)
{
	struct query q = sql_query(s, SQL_SEARCH_BODY, e, BIND(v_int(id)));

	if (sql_row(&q)) {
		const struct packed body = { (int)col_int(&q, 0), (size_t)col_int(&q, 1),
			                     col_str(&q, 2) };

		if (unpack(s->packer, &body, html, NULL) != ERR_NONE)
			buf_clear(html);
	}
	return sql_end(&q);
}

static enum err read_title(struct store *s, int64_t id, struct buf *title, bool *there,
                           struct error *e)
{
	struct query q = sql_query(s, SQL_SEARCH_TITLE, e, BIND(v_int(id)));

	*there = sql_row(&q);
	if (*there)
		buf_add(title, col_str(&q, 0));
	return sql_end(&q);
}

enum err search_text_of(struct store *s, int64_t id, struct buf *out, bool *there, struct error *e)
{
	struct buf title = buf_limited(SEARCH_TEXT_MAX), html = buf_limited(SEARCH_TEXT_MAX);
	enum err rc = read_title(s, id, &title, there, e);

	buf_clear(out);
	if (rc == ERR_NONE && *there)
		rc = read_html(s, id, &html, e);
	if (rc == ERR_NONE && *there)
		rc = search_text_make(buf_view(&title), buf_view(&html), out);
	buf_free(&title);
	buf_free(&html);
	return rc;
}

/* The first text kept stays until the index has followed: that is what it holds. */
enum err search_note_change(struct store *s, int64_t id, struct error *e)
{
	struct buf text = buf_limited(2 * SEARCH_TEXT_MAX);
	bool there;
	enum err rc = search_text_of(s, id, &text, &there, e);

	if (rc == ERR_NONE && there) {
		struct packed old = pack(s->packer, buf_view(&text));

		rc = sql_run(s, SQL_SEARCH_CHANGED, e,
		             BIND(v_int(id), v_int(old.coding), v_int((int64_t)old.size),
		                  v_blob(old.bytes)));
	}
	buf_free(&text);
	return rc;
}

enum err store_search_done(struct store *s, const struct search_done *done, size_t n,
                           struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++)
		rc = sql_run(s, SQL_SEARCH_DONE, e, BIND(v_int(done[i].entry), v_int(done[i].change)));
	return own_end(s, own, rc, e);
}
