#include "lede/app/edition_make.h"

#include <stdlib.h>

#include "edition_making.h"
#include "lede/rank/pick.h"
#include "lede/store/feeds.h"

/* ---- feeds ---- */

static enum err load_feeds(struct making *m)
{
	struct feed_row *row;
	size_t n = 0;
	enum err rc = store_feeds(m->s, false, m->arena, &row, &n, m->e);

	if (rc != ERR_NONE)
		return rc;
	m->feed = arena_alloc(m->arena, (n + 1) * sizeof *m->feed);
	for (size_t i = 0; i < n; i++) {
		m->feed[i].row = &row[i];
		map_put(m->of_feed, (uint64_t)row[i].id, i);
	}
	return ERR_NONE;
}

/* ---- candidates ---- */

static void add_candidate(struct making *m, const struct story_row *r)
{
	m->candidate = mem_grow(m->candidate, &m->cap, m->n + 1, sizeof *m->candidate);
	m->candidate[m->n] = (struct candidate){ .story = *r };
	map_put(m->of_story, (uint64_t)r->id, m->n++);
}

/* A story's id is its oldest entry's, so a higher one than the last edition knew is a story that
 * edition had not. */
static void take_story(void *self, const struct story_row *r)
{
	struct making *m = self;

	if (r->filler < r->entries && (r->unread > 0 || r->id > m->before))
		add_candidate(m, r);
}

static enum err add_kept(struct making *m, int64_t keep)
{
	struct story_row row;
	enum err rc;

	if (keep == 0 || map_get(m->of_story, (uint64_t)keep, NULL))
		return ERR_NONE;
	rc = store_story(m->s, keep, &row, m->e);
	if (rc == ERR_NONE)
		add_candidate(m, &row);
	return rc == ERR_NONESUCH ? ERR_NONE : rc;
}

/* Entries have to be looked up only where some are read or filler and some are not. */
static enum err look_up_flags(struct making *m, struct candidate *c, int64_t keep)
{
	struct arena *a = arena_new();
	struct entry_row *row;
	size_t n = 0;
	enum err rc = store_story_members(m->s, c->story.id, a, &row, &n, m->e);

	c->flags = map_new();
	c->held = c->story.unread > 0 && c->story.id != keep;
	for (size_t i = 0; rc == ERR_NONE && i < n; i++) {
		map_put(c->flags, (uint64_t)row[i].id, row[i].flags);
		if (!(row[i].flags & (ENTRY_READ | ENTRY_FILLER)))
			c->held = false;
	}
	arena_free(a);
	return rc;
}

static enum err load_candidates(struct making *m, int64_t keep)
{
	enum err rc = store_stories_since(m->s, m->now - FOLD_WINDOW, take_story, m, m->e);

	if (rc == ERR_NONE)
		rc = add_kept(m, keep);
	for (size_t i = 0; rc == ERR_NONE && i < m->n; i++) {
		const struct story_row *r = &m->candidate[i].story;

		if ((r->unread > 0 && r->unread < r->entries) ||
		    (r->filler > 0 && r->filler < r->entries))
			rc = look_up_flags(m, &m->candidate[i], keep);
	}
	return rc;
}

/* ---- rows ---- */

static struct str copied(struct arena *a, struct str s)
{
	return (struct str){ arena_copy(a, s.p ? s.p : "", s.n), s.n };
}

static enum err make_row(struct making *m, const struct candidate *c, int32_t variety,
			 struct arena *a, struct edition_row *row)
{
	const struct term term = { .signal = SIGNAL_VARIETY, .points = variety, .feed = c->feed };
	struct buf why = buf_limited(16 << 10);
	struct terms terms = candidate_terms(c);
	struct entry_row lead;
	uint64_t was = 0;
	enum err rc = store_entry(m->s, c->lead, a, &lead, m->e);

	if (rc != ERR_NONE)
		return rc;
	terms_add(&terms, &term);
	rc = terms_encode(&terms, &why);
	map_get(m->was, (uint64_t)c->story.id, &was);
	row->was = (int)was;
	row->story = c->story.id;
	row->entry = c->lead;
	row->feed = c->feed;
	row->time = c->time;
	row->flags = (c->story.unread == 0 ? ENTRY_READ : 0u) |
		(lead.flags & (ENTRY_STARRED | ENTRY_FILLER));
	row->sources = c->story.feeds;
	row->entries = c->story.entries;
	row->unread = c->story.unread;
	row->fresh = c->story.unread < c->story.entries ? c->story.unread : 0;
	row->score = terms.score;
	row->title = lead.title;
	row->source = lead.source;
	row->why = copied(a, buf_view(&why));
	buf_free(&why);
	return rc;
}

/* Candidates with a lead, as pick wants them; at[i] is the candidate of the i-th. */
static size_t picks_of(const struct making *m, struct pick_story *pick, size_t *at)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct candidate *c = &m->candidate[i];

		if (c->lead == 0)
			continue;
		at[n] = i;
		pick[n++] = (struct pick_story){ .story = c->story.id, .entry = c->lead,
			.time = c->time, .feed = c->feed,
						 .score = c->score };
	}
	return n;
}

/* The kept story has a row even when a thousand others are better: the last one. */
static void keep_in(const struct pick_story *pick, size_t n, int64_t keep, size_t *order,
		    size_t picked)
{
	if (keep == 0 || picked == 0)
		return;
	for (size_t i = 0; i < picked; i++)
		if (pick[order[i]].story == keep)
			return;
	for (size_t i = 0; i < n; i++)
		if (pick[i].story == keep)
			order[picked - 1] = i;
}

static enum err make_rows(struct making *m, int64_t keep, struct arena *a, struct made_edition *out)
{
	struct pick_story *pick = mem_array(m->n + 1, sizeof *pick);
	size_t *at = mem_array(m->n + 1, sizeof *at), *order = mem_array(m->n + 1, sizeof *order);
	size_t n = picks_of(m, pick, at), picked = pick_edition(pick, n, EDITION_ROWS_MAX, order);
	enum err rc = ERR_NONE;

	keep_in(pick, n, keep, order, picked);
	out->rows = arena_alloc(a, (picked + 1) * sizeof *out->rows);
	for (size_t i = 0; rc == ERR_NONE && i < picked; i++) {
		const struct pick_story *p = &pick[order[i]];

		out->rows[i].rank = (int)i + 1;
		rc = make_row(m, &m->candidate[at[order[i]]], p->variety, a, &out->rows[i]);
	}
	out->n = picked;
	free(order);
	free(at);
	free(pick);
	return rc;
}

/* ---- the edition ---- */

static void take_rank(void *self, int64_t story, int rank)
{
	struct making *m = self;

	map_put(m->was, (uint64_t)story, (uint64_t)rank);
}

static enum err load_last(struct making *m)
{
	struct edition last;
	enum err rc = store_edition_last(m->s, &last, m->e);

	if (rc == ERR_NONESUCH)
		return ERR_NONE;
	m->before = last.upto;
	return rc == ERR_NONE ? store_edition_ranks(m->s, last.id, take_rank, m, m->e) : rc;
}

static uint32_t df_of(void *self, uint32_t bucket)
{
	const struct folding *f = self;

	return folder_df(f->folder, bucket);
}

static void making_end(struct making *m)
{
	for (size_t i = 0; i < m->n; i++)
		map_free(m->candidate[i].flags);
	free(m->candidate);
	map_free(m->of_story);
	map_free(m->of_feed);
	map_free(m->was);
	arena_free(m->scratch);
	arena_free(m->arena);
}

enum err edition_make(struct folding *f, struct store *s, const struct config *config, int64_t now,
		      int64_t keep, struct arena *a,
                      struct made_edition *out, struct error *e)
{
	struct making m = {
		.f = f, .s = s, .config = config, .now = now, .arena = arena_new(),
		.scratch = arena_new(), .of_story = map_new(), .of_feed = map_new(),
		.was = map_new(), .e = e,
	};
	enum err rc = folding_load(f, s, now, e);

	*out = (struct made_edition){ .head = { .made = now } };
	if (rc == ERR_NONE) {
		m.world = (struct score_world){ .now = now, .profile = f->profile,
			.total = folder_total(f->folder), .df = df_of, .self = f };
		rc = store_highest_id(s, &out->head.upto, e);
	}
	if (rc == ERR_NONE)
		rc = load_last(&m);
	if (rc == ERR_NONE)
		rc = load_feeds(&m);
	if (rc == ERR_NONE)
		rc = load_candidates(&m, keep);
	if (rc == ERR_NONE)
		rc = edition_leads(&m, keep);
	if (rc == ERR_NONE)
		rc = make_rows(&m, keep, a, out);
	out->head.rows = (int)out->n;
	making_end(&m);
	return rc;
}

static bool was_made_before(struct store *s)
{
	struct edition last;

	return store_edition_last(s, &last, NULL) == ERR_NONE;
}

enum err edition_make_and_store(struct folding *f, struct store *s, const struct config *config,
				int64_t now, int64_t keep,
                                int64_t *edition, struct error *e)
{
	struct arena *a = arena_new();
	struct made_edition made;
	enum err rc = store_begin(s, false, e);

	*edition = 0;
	if (rc != ERR_NONE) {
		arena_free(a);
		return rc;
	}
	rc = edition_make(f, s, config, now, keep, a, &made, e);
	if (rc == ERR_NONE && (made.n > 0 || was_made_before(s))) {
		rc = store_edition_put(s, &made.head, made.rows, made.n, e);
		if (rc == ERR_NONE)
			rc = store_commit(s, e);
		if (rc == ERR_NONE)
			*edition = made.head.id;
	} else {
		store_rollback(s);
	}
	if (rc != ERR_NONE)
		store_rollback(s);
	arena_free(a);
	return rc;
}
