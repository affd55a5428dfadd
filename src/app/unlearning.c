#include "unlearning.h"

#include "lede/store/feeds.h"
#include "lede/text/url.h"

static bool is_called(const struct feed_row *f, struct str name)
{
	struct buf shown = buf_limited(16 << 10);
	bool is;

	url_display(f->url, &shown);
	is = str_eq(f->url, name) || str_eq(buf_view(&shown), name) || (f->title.n > 0 && str_eq(f->title, name));
	buf_free(&shown);
	return is;
}

/* The feed of that name; 0: none is called so. */
static enum err feed_named(struct store *s, struct str name, int64_t *feed, struct error *e)
{
	struct arena *a = arena_new();
	struct feed_row *row;
	size_t n = 0;
	enum err rc = store_feeds(s, true, a, &row, &n, e);

	*feed = 0;
	for (size_t i = 0; rc == ERR_NONE && i < n && *feed == 0; i++)
		if (is_called(&row[i], name))
			*feed = row[i].id;
	arena_free(a);
	return rc;
}

static enum err forget(struct folding *f, struct store *s, struct str what, struct error *e)
{
	int64_t feed;
	enum err rc;

	if (str_is(what, "all"))
		return learning_forget_all(f, s, e);
	rc = feed_named(s, what, &feed, e);
	if (rc != ERR_NONE)
		return rc;
	return feed != 0 ? learning_forget_feed(f, s, feed, e) : learning_forget_word(f, s, what, e);
}

enum err unlearn(struct folding *f, struct store *s, struct str what, struct error *e)
{
	enum err rc = store_begin(s, true, e);

	if (rc != ERR_NONE)
		return rc;
	rc = forget(f, s, what, e);
	if (rc == ERR_NONE)
		rc = store_commit(s, e);
	if (rc != ERR_NONE)
		store_rollback(s);
	return rc;
}
