/* lede search: full text over the cache. */
#include "cli_inside.h"

#include "lede/app/query.h"
#include "lede/store/search.h"

enum { WINDOW = 40 };

struct searching {
	struct cli *c;
	struct cache k;
	const struct cli_args *args;
	struct search *f;
	struct jout j;
	int64_t left, found, unindexed;
};

/* ---- what was typed ---- */

/* The shell has taken the quotes of title:"two words" away. */
static void add_operand(struct buf *typed, struct str operand)
{
	size_t colon = str_find(operand, ':');
	bool quotes = colon != SIZE_MAX && str_find(operand, ' ') != SIZE_MAX &&
	              str_find(operand, ' ') > colon && str_find(operand, '"') == SIZE_MAX;

	if (typed->n > 0)
		buf_add_char(typed, ' ');
	buf_add(typed, str_sub(operand, 0, quotes ? colon + 1 : operand.n));
	if (!quotes)
		return;
	buf_add_char(typed, '"');
	buf_add(typed, str_sub(operand, colon + 1, operand.n));
	buf_add_char(typed, '"');
}

static enum err parse(struct searching *s, struct search_query *q, struct error *e)
{
	struct buf typed = buf_limited(64 << 10);
	enum err rc;

	for (int i = 0; i < s->args->noperands; i++)
		add_operand(&typed, str_of(s->args->operand[i]));
	rc = query_parse(buf_view(&typed), clock_now(&s->c->clock), s->k.arena, q, e);
	q->best = s->args->best;
	buf_free(&typed);
	return rc;
}

/* ---- what was found ---- */

static void put_row(struct searching *s, const struct entry_row *row, struct arena *a)
{
	struct str title;

	if (s->args->json) {
		jout_begin(&s->j, '{');
		entry_keys(&s->j, &s->k, row);
		jout_end(&s->j, '}');
		return;
	}
	title = cache_shown_title(&s->k, row->feed, row->title, a);
	cli_put_row(s->c, &(struct cli_row){ row->id, 7, title, row->source, 0, row->time });
}

static enum err put_page(struct searching *s, bool *done, struct error *e)
{
	struct arena *a = arena_new();
	struct search_page page;
	enum err rc = store_search_next(s->f, s->left < WINDOW ? (int)s->left : WINDOW, NULL, NULL,
	                                a, &page, e);

	for (size_t i = 0; rc == ERR_NONE && i < page.n && cli_writable(s->c); i++)
		put_row(s, &page.row[i], a);
	s->found += (int64_t)page.n;
	s->left -= (int64_t)page.n;
	s->unindexed = page.unindexed;
	*done = page.done;
	arena_free(a);
	return rc;
}

static enum err put_found(struct searching *s, struct error *e)
{
	bool done = false;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && !done && s->left > 0 && cli_writable(s->c))
		rc = put_page(s, &done, e);
	return rc;
}

static enum err print_found(struct searching *s, struct error *e)
{
	enum err rc;

	if (s->args->json) {
		jout_begin(&s->j, '{');
		jout_key(&s->j, "entries");
		jout_begin(&s->j, '[');
	}
	rc = put_found(s, e);
	if (s->args->json) {
		jout_end(&s->j, ']');
		jout_end(&s->j, '}');
		jout_line(&s->j);
	}
	return rc;
}

/* Silence would say that there is nothing. */
static void tell_unindexed(struct searching *s)
{
	if (s->unindexed > 0)
		cli_say(s->c, "%lld entries are not in the index yet and were not searched; lede"
		        " refresh goes on with it", (long long)s->unindexed);
}

static int search(struct searching *s)
{
	struct search_query q;
	struct error e;
	enum err rc = parse(s, &q, &e);

	if (rc == ERR_NONE)
		rc = store_search(s->k.store, &q, &s->f, &e);
	if (rc == ERR_NONE)
		rc = print_found(s, &e);
	store_search_end(s->f);
	if (rc != ERR_NONE)
		return cli_fail(s->c, &e);
	tell_unindexed(s);
	cache_say_empty(s->c, &s->k);
	if (s->found == 0 && s->args->number != 0)
		return EXIT_NOTHING;
	return EXIT_DONE;
}

int cmd_search(struct cli *c, const struct cli_args *a)
{
	struct searching s = { .c = c, .args = a, .j = cli_json(c),
		               .left = a->number >= 0 ? a->number : INT64_MAX };
	int status = cache_open(c, CACHE_ONLY, &s.k);

	if (status == EXIT_DONE)
		status = search(&s);
	cache_close(&s.k);
	return status;
}
