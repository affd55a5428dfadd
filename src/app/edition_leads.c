#include "edition_making.h"

#include <stdlib.h>
#include <string.h>

#include "lede/store/feeds.h"

/* The lead of each story: all folded entries of the window come by once. */


static struct known_feed *feed_of(struct making *m, int64_t id)
{
	uint64_t at;
	struct known_feed *k;

	if (!map_get(m->of_feed, (uint64_t)id, &at))
		return NULL;
	k = &m->feed[at];
	if (!k->asked) {
		struct config_feed scope = feed_tags_of(m->f->tags, k->row->url);

		k->asked = true;
		k->score = (struct score_feed){ .feed = id, .ever = (double)k->row->ever };
		if (m->config)
			k->score.weight = (double)config_number(m->config, OPT_WEIGHT, &scope);
		if (m->rc == ERR_NONE)
			m->rc = store_prominence(m->s, id, &k->score.promin, m->e);
	}
	return k;
}

static enum standing standing_of(const struct candidate *c, int64_t entry)
{
	uint64_t flags = c->story.filler > 0 ? ENTRY_FILLER : 0;

	if (c->story.unread == 0)
		flags |= ENTRY_READ;
	if (c->flags)
		map_get(c->flags, (uint64_t)entry, &flags);
	if (flags & ENTRY_FILLER)
		return STANDS_LAST;
	return flags & ENTRY_READ ? STANDS_READ : STANDS_UNREAD;
}

/* The better standing, then the score, then the newer, then the feed that came first, so that it
 * does not matter which of two feeds answered first; then the id. */
static bool leads(const struct candidate *c, enum standing standing, const struct terms *t,
		  const struct fold_row *r)
{
	if (c->lead == 0 || standing != c->standing)
		return c->lead == 0 || standing > c->standing;
	if (t->score != c->score)
		return t->score > c->score;
	if (r->time != c->time)
		return r->time > c->time;
	return r->feed != c->feed ? r->feed < c->feed : r->id < c->lead;
}

struct terms candidate_terms(const struct candidate *c)
{
	struct terms t = { .n = c->nterm, .score = c->score };

	if (c->nterm > 0)
		memcpy(t.term, c->term, (size_t)c->nterm * sizeof *c->term);
	return t;
}

/* The words of its terms are to live as long. */
static void set_terms(struct making *m, struct candidate *c, const struct terms *t)
{
	c->nterm = t->n;
	c->score = t->score;
	c->term = arena_alloc(m->arena, (size_t)t->n * sizeof *c->term);
	memcpy(c->term, t->term, (size_t)t->n * sizeof *c->term);
}

static void keep_words(struct making *m, struct terms *t)
{
	for (int i = 0; i < t->n; i++)
		if (t->term[i].words.n > 0)
			t->term[i].words.p = arena_copy(m->arena, t->term[i].words.p,
							t->term[i].words.n);
}

static void weigh(struct making *m, const struct fold_row *r)
{
	struct score_entry entry = { .time = r->time, .terms = r->terms, .rank = r->rank };
	struct known_feed *feed;
	struct candidate *c;
	struct terms t;
	uint64_t at;
	enum standing standing;

	if (!map_get(m->of_story, (uint64_t)r->story, &at))
		return;
	c = &m->candidate[at];
	feed = feed_of(m, r->feed);
	if (!feed || c->held)         /* no longer subscribed to; or filler */
		return;
	entry.feed = feed->score;
	entry.rank_of = feed->places;
	arena_reset(m->scratch);
	score_entry(&m->world, &entry, m->scratch, &t);
	standing = standing_of(c, r->id);
	if (!leads(c, standing, &t, r))
		return;
	keep_words(m, &t);
	set_terms(m, c, &t);
	c->lead = r->id;
	c->standing = standing;
	c->time = r->time;
	c->feed = r->feed;
}

/* ---- lists that give ranks ---- */

/* What a place is worth is known when the lowest of its list is. */
static void keep_listed(struct making *m, const struct fold_row *r)
{
	uint64_t at;

	if (!map_get(m->of_feed, (uint64_t)r->feed, &at))
		return;
	if (r->rank > m->feed[at].places)
		m->feed[at].places = r->rank;
	m->listed = mem_grow(m->listed, &m->listed_cap, m->nlisted + 1, sizeof *m->listed);
	m->listed[m->nlisted] = *r;
	m->listed[m->nlisted++].terms.p = arena_copy(m->arena, r->terms.p, r->terms.n);
}

static void take_entry(void *self, const struct fold_row *r)
{
	if (r->rank > 0)
		keep_listed(self, r);
	else
		weigh(self, r);
}

static void weigh_listed(struct making *m)
{
	for (size_t i = 0; i < m->nlisted; i++)
		weigh(m, &m->listed[i]);
	free(m->listed);
	m->listed = NULL;
}

/* ---- all of them ---- */

/* A kept story may have left the window, and its entries with it: they are read one by one. */
static enum err lead_by_members(struct making *m, struct candidate *c)
{
	struct buf terms = buf_limited(64 << 10);
	struct arena *a = arena_new();
	struct entry_row *row;
	size_t n = 0;
	enum err rc = store_story_members(m->s, c->story.id, a, &row, &n, m->e);

	for (size_t i = 0; rc == ERR_NONE && i < n; i++) {
		struct fold_row r = { .id = row[i].id, .feed = row[i].feed, .time = row[i].time,
			.story = c->story.id };

		buf_clear(&terms);
		rc = store_entry_terms(m->s, r.id, &terms, m->e);
		r.terms = buf_view(&terms);
		if (rc == ERR_NONE)
			take_entry(m, &r);
	}
	arena_free(a);
	buf_free(&terms);
	return rc;
}

/* A story that is filler is here only when it is kept for the cursor: it stands at the end. */
static void finish_score(struct making *m, struct candidate *c)
{
	const struct term notice = { .signal = SIGNAL_NOTICE, .points = SCORE_NOTICE };
	struct terms t = candidate_terms(c);

	score_add_size(&t, c->story.feeds);
	if (c->standing == STANDS_LAST)
		terms_add(&t, &notice);
	set_terms(m, c, &t);
}

enum err edition_leads(struct making *m, int64_t keep)
{
	uint64_t at;
	enum err rc = store_fold_ranked(m->s, m->now - FOLD_WINDOW, take_entry, m, m->e);

	weigh_listed(m);
	if (rc == ERR_NONE)
		rc = m->rc;
	if (rc == ERR_NONE && map_get(m->of_story, (uint64_t)keep, &at) &&
	    m->candidate[at].lead == 0)
		rc = lead_by_members(m, &m->candidate[at]);
	for (size_t i = 0; i < m->n; i++)
		if (m->candidate[i].lead != 0)
			finish_score(m, &m->candidate[i]);
	return rc != ERR_NONE ? rc : m->rc;
}
