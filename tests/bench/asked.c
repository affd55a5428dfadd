#include "asked.h"

#include "lede/app/article.h"
#include "lede/app/edition_make.h"
#include "lede/store/entries.h"
#include "lede/store/feeds.h"
#include "lede/store/stories.h"

bool ask_first_screen(struct store *s, int screen, struct error *e)
{
	struct arena *a = arena_new();
	struct edition last;
	struct edition_row *rows;
	struct rich_options how = { .hide_glosses = true };
	struct article article;
	int feeds, failing;
	int64_t n;
	size_t got;

	return store_edition_last(s, &last, e) == ERR_NONE &&
	       store_edition_rows(s, last.id, 1, screen, a, &rows, &got, e) == ERR_NONE &&
	       got > 0 && store_unread_total(s, &n, e) == ERR_NONE &&
	       store_new_stories(s, last.upto, &n, e) == ERR_NONE &&
	       store_list_count(s, LIST_LATEST, 0, &n, e) == ERR_NONE &&
	       store_list_count(s, LIST_STARRED, 0, &n, e) == ERR_NONE &&
	       store_highest_id(s, &n, e) == ERR_NONE &&
	       store_get_number(s, "here", &n, e) == ERR_NONE &&
	       store_feeds_count(s, &feeds, &failing, e) == ERR_NONE &&
	       article_load(s, rows[0].entry, &how, a, &article, e) == ERR_NONE;
}

enum err edition_of_now(struct store *s, int64_t now, struct error *e)
{
	struct folding *folding = folding_new();
	int64_t stories = 0, edition = 0;
	enum err rc = folding_run(folding, s, now, &stories, e);

	if (rc == ERR_NONE)
		rc = edition_make_and_store(folding, s, NULL, now, 0, &edition, e);
	if (rc == ERR_NONE && edition == 0)
		rc = error_set(e, ERR_STORE, "no edition was made");
	folding_free(folding);
	return rc;
}
