#include "finding.h"

#include <stdlib.h>

#include "advising.h"
#include "lede/app/query.h"
#include "lede/text/date.h"

#define PIECE_MS 100
#define ADVICE_MS 10000 /* tried no longer, behind whatever else is asked */
#define SNIPPET_BYTES 400 /* more than a row of any screen shows */

struct finding {
	struct mailbox *in;
	struct clock clock;
	struct search *search; /* NULL: none */
	struct ask *ask; /* the one that began it, or asked for more last; owned */
	struct store *store;
	struct advising *advising; /* nothing was found: on what might be; owned */
	int64_t advised; /* ticks it took so far */
	int wanted; /* rows still owed */
	bool any; /* something was found */
	bool done;
	int64_t back_to;
	int64_t until; /* ticks */
};

struct finding *finding_new(struct mailbox *in)
{
	struct finding *f = mem_new(sizeof *f);

	f->in = in;
	f->clock = clock_system();
	return f;
}

static void end_search(struct finding *f)
{
	store_search_end(f->search);
	f->search = NULL;
	advising_free(f->advising);
	f->advising = NULL;
	f->wanted = 0;
	f->any = false;
}

void finding_end(struct finding *f)
{
	end_search(f);
}

void finding_free(struct finding *f)
{
	if (!f)
		return;
	end_search(f);
	free(f->ask);
	free(f);
}

static bool took_long(void *self)
{
	const struct finding *f = self;

	return clock_ticks(&f->clock) >= f->until || !mailbox_is_empty(f->in);
}

/* Without the mailbox: the first piece is what the person waits for. */
static bool took_very_long(void *self)
{
	const struct finding *f = self;

	return clock_ticks(&f->clock) >= f->until || mailbox_is_closed(f->in);
}

static enum err put_words(struct finding *f, struct answer *a)
{
	enum err rc = ERR_NONE;

	a->found = arena_alloc(a->arena, a->n * sizeof *a->found);
	for (size_t i = 0; i < a->n && rc == ERR_NONE; i++) {
		int64_t id = a->entry_row[i].id;

		rc = store_search_snippet(f->search, id, true, 0, a->arena, &a->found[i].title,
		                          &a->error);
		if (rc == ERR_NONE)
			rc = store_search_snippet(f->search, id, false, SNIPPET_BYTES, a->arena,
			                          &a->found[i].text, &a->error);
	}
	return rc;
}

static bool is_searching(const struct finding *f)
{
	return f->search && !f->done && f->wanted > 0;
}

static enum err put_piece(struct finding *f, bool (*enough)(void *self), struct answer *a)
{
	struct search_page page;
	enum err rc;

	f->until = clock_ticks(&f->clock) + PIECE_MS;
	rc = store_search_next(f->search, f->wanted, enough, f, a->arena, &page, &a->error);
	if (rc != ERR_NONE)
		return rc;
	a->entry_row = page.row;
	a->n = page.n;
	a->back_to = page.back_to;
	a->unindexed = page.unindexed;
	a->done = f->done = page.done;
	f->wanted -= (int)page.n;
	f->any = f->any || page.n > 0;
	a->going = is_searching(f);
	/* Without an index each of many queries would read texts. */
	if (f->done && !f->any && page.unindexed == 0) {
		f->advising = advising_new(str_of(f->ask->query), f->ask->now);
		f->advised = 0;
	}
	return put_words(f, a);
}

static enum err begin(struct finding *f, struct store *s, struct answer *a)
{
	struct search_query q;
	enum err rc = query_parse(str_of(f->ask->query), f->ask->now, a->arena, &q, &a->error);

	if (rc != ERR_NONE)
		return rc;
	q.best = f->ask->best;
	f->done = false;
	f->back_to = DATE_NONE;
	return store_search(s, &q, &f->search, &a->error);
}

enum err finding_answer(struct finding *f, struct store *s, const struct ask *ask,
                        struct answer *a)
{
	enum err rc = ERR_NONE;

	if (!ask->more)
		end_search(f);
	if ((ask->more && !f->search) || (!ask->more && ask->query[0] == '\0')) {
		a->done = true;
		return ERR_NONE;
	}
	free(f->ask);
	f->ask = mem_dup(ask, sizeof *ask);
	f->store = s;
	f->wanted = ask->n;
	if (!ask->more)
		rc = begin(f, s, a);
	if (rc == ERR_NONE)
		rc = put_piece(f, took_very_long, a);
	if (rc != ERR_NONE)
		end_search(f);
	return rc;
}

bool finding_goes_on(const struct finding *f)
{
	return is_searching(f) || f->advising;
}

/* What might be found instead; NULL: it goes on trying. */
static struct answer *advise(struct finding *f)
{
	int64_t began = clock_ticks(&f->clock);
	struct answer *a;
	bool all;

	f->until = began + PIECE_MS;
	all = advising_go_on(f->advising, f->store, took_long, f);
	f->advised += clock_ticks(&f->clock) - began;
	if (!all && f->advised < ADVICE_MS)
		return NULL;
	a = answer_new(f->ask);
	a->done = true;
	a->advice = advising_taken(f->advising, f->store, a->arena);
	advising_free(f->advising);
	f->advising = NULL;
	return a;
}

/* How far back it has looked is worth telling even when nothing was found there. */
struct answer *finding_go_on(struct finding *f)
{
	struct answer *a;

	if (!is_searching(f))
		return advise(f);
	a = answer_new(f->ask);
	a->error.code = put_piece(f, took_long, a);
	if (a->error.code != ERR_NONE)
		end_search(f);
	if (a->error.code == ERR_NONE && a->n == 0 && a->going && a->back_to == f->back_to) {
		answer_free(a);
		return NULL;
	}
	f->back_to = a->back_to;
	return a;
}
