#include "regrouping.h"

#include <stdlib.h>

#include "acts.h"
#include "lede/store/undo.h"

struct regrouping {
	struct folding *f;
	struct store *s;
	const struct config *config;
	int64_t now;
	struct arena *arena;
	struct error *e;
};

/* ---- what is concerned ---- */

/* What is not folded yet is a story of its own until it is, and would be folded over what was
 * said. */
static enum err fold_first(const struct regrouping *r, int64_t entry)
{
	int64_t stories;
	bool folded = false;
	enum err rc = store_is_folded(r->s, entry, &folded, r->e);

	if (rc == ERR_NONE && !folded)
		rc = folding_run(r->f, r->s, r->now, &stories, r->e);
	return rc;
}

static enum err story_of(const struct regrouping *r, int64_t entry, int64_t *story)
{
	struct entry_row row;
	enum err rc = store_entry(r->s, entry, r->arena, &row, r->e);

	*story = rc == ERR_NONE ? row.story : 0;
	return rc;
}

/* The entry first, then those of its story that have the same words in their titles. Where that
 * is the whole story it is this entry alone that is meant. */
static enum err copies_of(const struct regrouping *r, int64_t entry, int64_t **ids, size_t *n)
{
	struct entry_row *member, of;
	size_t nmembers = 0;
	enum err rc = store_entry(r->s, entry, r->arena, &of, r->e);

	*n = 0;
	if (rc == ERR_NONE)
		rc = store_story_members(r->s, of.story, r->arena, &member, &nmembers, r->e);
	*ids = arena_alloc(r->arena, (nmembers + 1) * sizeof **ids);
	(*ids)[(*n)++] = entry;
	for (size_t i = 0; i < nmembers; i++)
		if (member[i].id != entry && folding_same_words(&member[i], &of))
			(*ids)[(*n)++] = member[i].id;
	if (*n == nmembers)
		*n = 1;
	return rc;
}

/* ---- rows of the edition ---- */

/* The story's row as that edition would have it; rank 0: it would have none. */
static enum err row_anew(const struct regrouping *r, const struct edition *ed, int64_t story,
			 struct edition_row *row)
{
	struct made_edition made;
	enum err rc = edition_make(r->f, r->s, r->config, ed->made, story, r->arena, &made, r->e);

	*row = (struct edition_row){ .rank = 0 };
	for (size_t i = 0; rc == ERR_NONE && i < made.n; i++)
		if (made.rows[i].story == story)
			*row = made.rows[i];
	return rc;
}

/* Puts the story's row, counted anew, in the place of `old`; without one the old one goes. */
static enum err renew_row(const struct regrouping *r, const struct edition *ed,
			  const struct edition_row *old, int64_t story)
{
	struct edition_row row;
	enum err rc = row_anew(r, ed, story, &row);

	row.was = old->was;
	if (rc == ERR_NONE && row.rank > 0)
		return store_edition_replace(r->s, ed->id, old->rank, &row, r->e);
	return rc == ERR_NONE ? store_edition_remove(r->s, ed->id, old->rank, r->e) : rc;
}

static enum err add_row(const struct regrouping *r, const struct edition *ed, int rank,
			int64_t story)
{
	struct edition_row row;
	enum err rc = row_anew(r, ed, story, &row);

	row.was = 0;
	if (rc == ERR_NONE && row.rank > 0)
		rc = store_edition_insert(r->s, ed->id, rank, &row, r->e);
	return rc;
}

/* rank 0: the story has no row, or there is no edition. */
static enum err find_row(const struct regrouping *r, struct edition *ed, int64_t story,
			 struct edition_row *row)
{
	enum err rc = store_edition_last(r->s, ed, r->e);

	row->rank = 0;
	if (rc == ERR_NONE)
		rc = store_edition_row(r->s, ed->id, story, r->arena, row, r->e);
	return rc == ERR_NONESUCH ? ERR_NONE : rc;
}

/* ---- splitting ---- */

static enum err split_in_store(const struct regrouping *r, int64_t entry, int64_t same,
			       struct regrouped *out)
{
	int64_t *ids, story;
	size_t n;
	struct edition ed;
	struct edition_row old;
	enum err rc = story_of(r, entry, &story);

	(void)same;                   /* a split is about one entry */
	if (rc == ERR_NONE)
		rc = copies_of(r, entry, &ids, &n);
	if (rc == ERR_NONE)
		rc = find_row(r, &ed, story, &old);
	if (rc == ERR_NONE)
		rc = store_split(r->s, ids, n, out, r->e);
	folding_forget(r->f);
	if (rc == ERR_NONE && old.rank > 0)
		rc = renew_row(r, &ed, &old, out->rest);
	if (rc == ERR_NONE && old.rank > 0)
		rc = add_row(r, &ed, old.rank + 1, out->own);
	return rc;
}

/* ---- joining ---- */

/* The row at `with` is that of both, and the other one goes; where only one has a row it stays. */
static enum err join_rows(const struct regrouping *r, const struct edition *ed,
			  const struct edition_row *other, struct edition_row *with, int64_t joined)
{
	enum err rc = ERR_NONE;

	if (with->rank == 0 && other->rank == 0)
		return ERR_NONE;
	if (with->rank == 0)
		return renew_row(r, ed, other, joined);
	if (other->rank > 0) {
		rc = store_edition_remove(r->s, ed->id, other->rank, r->e);
		with->rank -= other->rank < with->rank;
	}
	return rc == ERR_NONE ? renew_row(r, ed, with, joined) : rc;
}

static enum err join_in_store(const struct regrouping *r, int64_t entry, int64_t with,
			      struct regrouped *out)
{
	int64_t a, b;
	struct edition ed;
	struct edition_row row_a, row_b;
	enum err rc = story_of(r, entry, &a);

	if (rc == ERR_NONE)
		rc = story_of(r, with, &b);
	if (rc == ERR_NONE)
		rc = find_row(r, &ed, a, &row_a);
	if (rc == ERR_NONE)
		rc = find_row(r, &ed, b, &row_b);
	if (rc == ERR_NONE)
		rc = store_join(r->s, a, b, &out->own, r->e);
	folding_forget(r->f);
	if (rc != ERR_NONE)
		return rc;
	out->rest = out->own == a ? b : a;
	return join_rows(r, &ed, &row_a, &row_b, out->own);
}

/* ---- in one step ---- */

typedef enum err change_fn(const struct regrouping *r, int64_t entry, int64_t with,
			   struct regrouped *out);

/* One transaction and one step of undo, about `with`. What failed may have left something behind in
 * the index, so that one is made anew. */
static enum err in_one_step(const struct regrouping *r, const char *what, change_fn *change,
			    int64_t entry, int64_t with, struct regrouped *out)
{
	enum err rc = fold_first(r, entry);

	*out = (struct regrouped){ 0 };
	if (rc == ERR_NONE && with != entry)
		rc = fold_first(r, with);
	if (rc == ERR_NONE)
		rc = store_begin(r->s, true, r->e);
	if (rc == ERR_NONE) {
		act_begin(r->s, r->now, what, with);
		rc = change(r, entry, with, out);
		store_undo_end(r->s);
		if (rc == ERR_NONE)
			rc = store_commit(r->s, r->e);
		if (rc != ERR_NONE)
			store_rollback(r->s);
	}
	if (rc != ERR_NONE)
		folding_forget(r->f);
	arena_free(r->arena);
	return rc;
}

enum err regrouping_split(struct folding *f, struct store *s, const struct config *config,
			  int64_t entry, int64_t now, struct regrouped *out, struct error *e)
{
	const struct regrouping r = { f, s, config, now, arena_new(), e };

	return in_one_step(&r, "split off", split_in_store, entry, entry, out);
}

enum err regrouping_join(struct folding *f, struct store *s, const struct config *config,
			 int64_t entry, int64_t with, int64_t now, struct regrouped *out,
			 struct error *e)
{
	const struct regrouping r = { f, s, config, now, arena_new(), e };

	return in_one_step(&r, "joined", join_in_store, entry, with, out);
}
