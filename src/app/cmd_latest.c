/* lede latest, lede starred and lede filler: lists by time. */
#include "cli_inside.h"

#include "lede/rank/notice.h"

enum { WINDOW = 500 };

/* A window of rows goes out and is forgotten, so that a list of any length takes the memory of one
 * window. */
struct listing {
	struct cli *c;
	struct cache *k;
	struct jout j;
	bool json, reasons;
	int64_t left;
};

/* Of what is held back the reason comes first. */
static struct str source_of(const struct listing *l, const struct entry_row *row, struct arena *a)
{
	struct buf b = buf_limited(1 << 18);
	struct str source;

	if (!l->reasons)
		return row->source;
	buf_addf(&b, "%s · ", notice_rule_named(row->filler)->kind);
	buf_add(&b, row->source);
	source = (struct str){ arena_copy(a, b.p, b.n), b.n };
	buf_free(&b);
	return source;
}

static void put_rows(struct listing *l, const struct entry_row *row, size_t n, struct arena *a)
{
	for (size_t i = 0; i < n && cli_writable(l->c); i++) {
		if (!l->json) {
			struct str title = cache_shown_title(l->k, row[i].feed, row[i].title, a);

			cli_put_row(l->c, &(struct cli_row){ row[i].id, 7, title,
							     source_of(l, &row[i], a), 0,
							     row[i].time });
			continue;
		}
		jout_begin(&l->j, '{');
		entry_keys(&l->j, l->k, &row[i]);
		jout_end(&l->j, '}');
	}
}

/* One window behind *from; *n is how many rows it had. */
static enum err put_window(struct listing *l, struct list_query *q, struct list_anchor *from,
			   size_t *n, struct error *e)
{
	struct arena *a = arena_new();
	struct entry_row *row;
	enum err rc = store_list(l->k->store, q, a, &row, n, e);

	if (rc == ERR_NONE && *n > 0) {
		const struct entry_row *last = &row[*n - 1];

		put_rows(l, row, *n, a);
		*from = (struct list_anchor){ last->time, last->feed, last->id };
		q->from = from;
	}
	arena_free(a);
	return rc;
}

static enum err put_list(struct listing *l, enum entry_list list, struct error *e)
{
	struct list_query q = { .list = list, .way = LIST_OLDER };
	struct list_anchor from;
	enum err rc = ERR_NONE;
	size_t n = 1;

	while (rc == ERR_NONE && n > 0 && l->left > 0 && cli_writable(l->c)) {
		q.limit = l->left < WINDOW ? (int)l->left : WINDOW;
		rc = put_window(l, &q, &from, &n, e);
		l->left -= (int64_t)n;
	}
	return rc;
}

static enum err print_list(struct cli *c, struct cache *k, enum entry_list list,
			   const struct cli_args *a, struct error *e)
{
	struct listing l = { .c = c, .k = k, .j = cli_json(c), .json = a->json,
			     .reasons = list == LIST_FILLER,
			     .left = a->number >= 0 ? a->number : INT64_MAX };
	enum err rc;

	if (a->json) {
		jout_begin(&l.j, '{');
		jout_key(&l.j, "entries");
		jout_begin(&l.j, '[');
	}
	rc = put_list(&l, list, e);
	if (a->json) {
		jout_end(&l.j, ']');
		jout_end(&l.j, '}');
		jout_line(&l.j);
	} else {
		cache_say_empty(c, k);
	}
	return rc;
}

static int list(struct cli *c, const struct cli_args *a, enum entry_list which,
		enum cache_want want)
{
	struct cache k;
	struct error e;
	int status = cache_open(c, want, &k);

	if (status == EXIT_DONE && print_list(c, &k, which, a, &e) != ERR_NONE)
		status = cli_fail(c, &e);
	cache_close(&k);
	return status;
}

int cmd_latest(struct cli *c, const struct cli_args *a)
{
	return list(c, a, LIST_LATEST, CACHE_OR_SAMPLE);
}

int cmd_starred(struct cli *c, const struct cli_args *a)
{
	return list(c, a, LIST_STARRED, CACHE_ONLY);
}

int cmd_filler(struct cli *c, const struct cli_args *a)
{
	return list(c, a, LIST_FILLER, CACHE_OR_SAMPLE);
}
