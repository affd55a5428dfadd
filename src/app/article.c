#include "lede/app/article.h"

#include <string.h>

#define OPENED_OF_LAST 40         /* what "opened 31 of its last 40" looks back on */

static enum err load_text(struct store *s, const struct rich_options *how, struct arena *a,
			  struct article *out, struct error *e)
{
	struct buf html = buf_limited(32 << 20);
	struct error damage = { .code = ERR_NONE };
	enum err rc = store_body(s, out->entry.id, &html, &damage);

	/* The rest of the article is there: the damage is said where the text would stand. */
	if (rc == ERR_DAMAGED) {
		size_t n = strlen(damage.text);

		out->html_error = (struct str){ arena_copy(a, damage.text, n), n };
		rc = ERR_NONE;
	} else if (rc != ERR_NONE && e) {
		*e = damage;
	}
	if (rc == ERR_NONE && html.n > 0) {
		struct rich_options o = *how;

		o.base = out->entry.link;
		o.title = out->entry.title;
		out->doc = rich_from_html(buf_view(&html), &o);
		if (!out->doc)
			rc = error_set(e, ERR_CANCEL, "given up");
	}
	buf_free(&html);
	return rc;
}

/* Rank and why in the last edition; none when there is no edition or the story is not in it. */
static enum err load_rank(struct store *s, struct arena *a, struct article *out, struct error *e)
{
	struct edition last;
	struct error none;
	enum err rc = store_edition_last(s, &last, &none);

	if (rc == ERR_NONE)
		rc = store_edition_row(s, last.id, out->entry.story, a, &out->row, &none);
	if (rc == ERR_NONE) {
		out->has_row = true;
		if (!terms_decode(out->row.why, &out->why))
			out->why = (struct terms){ .n = 0 };
	}
	if (rc == ERR_NONE || rc == ERR_NONESUCH)
		return ERR_NONE;
	if (e)
		*e = none;
	return rc;
}

enum err article_load(struct store *s, int64_t entry, const struct rich_options *how,
		      struct arena *a, struct article *out, struct error *e)
{
	enum err rc;

	*out = (struct article){ .has_row = false };
	rc = store_entry(s, entry, a, &out->entry, e);
	if (rc == ERR_NONESUCH)
		return error_set(e, ERR_NONESUCH, "no entry %lld", (long long)entry);
	if (rc == ERR_NONE)
		rc = store_story_members(s, out->entry.story, a, &out->member, &out->nmembers, e);
	if (rc == ERR_NONE)
		rc = load_rank(s, a, out, e);
	if (rc == ERR_NONE)
		rc = store_opened_of_last(s, out->entry.feed, OPENED_OF_LAST, &out->opened,
					  &out->opened_of, e);
	if (rc == ERR_NONE)
		rc = load_text(s, how, a, out, e);
	return rc;
}
