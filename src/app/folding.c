#include "folding.h"

#include <stdlib.h>

#include "lede/store/regroup.h"

/* Entries folded in one transaction, if nobody wants it shorter. Their order is that of time, they
 * lie in that of arrival: each transaction writes nearly every page, so few write less. */
#define BATCH 1000
#define MERGE_BYTES (1 << 20)     /* additions to the counts beyond this are merged into one row */

struct folding *folding_new(void)
{
	struct folding *f = mem_new(sizeof *f);

	f->skipped = map_new();
	f->row = arena_new();
	f->terms = buf_limited(64 << 10);
	f->words = buf_limited(64 << 10);
	return f;
}

void folding_free(struct folding *f)
{
	if (!f)
		return;
	folder_free(f->folder);
	profile_free(f->profile);
	map_free(f->skipped);
	arena_free(f->row);
	feed_tags_free(f->tags);
	notices_free(f->notices);
	buf_free(&f->terms);
	buf_free(&f->words);
	free(f);
}

void folding_give_tags(struct folding *f, struct feed_tags *tags)
{
	feed_tags_free(f->tags);
	f->tags = tags;
}

void folding_forget(struct folding *f)
{
	f->folder_loaded = f->profile_loaded = false;
}

/* ---- loading ---- */

static void take_counts(void *self, struct str blob)
{
	struct folding *f = self;

	/* a blob that is none of ours costs quality, not entries */
	folder_load_counts(f->folder, blob);
}

static struct fold_entry fold_entry_of(const struct fold_row *r)
{
	return (struct fold_entry){ .id = r->id, .time = r->time, .feed = r->feed, .link = r->link,
		.title = r->title };
}

struct restoring { struct folder *folder; int64_t since; };

/* What is seen lately may be dated long ago, an archive's fifty thousand: nothing joins those. */
static void restore_row(void *self, const struct fold_row *r)
{
	const struct restoring *to = self;
	struct fold_entry e = fold_entry_of(r);

	if (r->time >= to->since)
		folder_restore(to->folder, &e, r->story, r->terms);
}

static enum err load_folder(struct folding *f, struct store *s, int64_t now, struct error *e)
{
	struct restoring to = { .since = now - FOLD_WINDOW };
	enum err rc;

	f->folder_version = store_data_version(s);
	folder_free(f->folder);
	to.folder = f->folder = folder_new();
	rc = store_get_number(s, "folded", &f->folded, e);
	if (rc == ERR_NONE)
		rc = store_df_load(s, take_counts, f, e);
	if (rc == ERR_NONE)
		rc = store_any_by_hand(s, &f->heeds_hand, e);
	if (rc == ERR_NONE)
		rc = store_fold_rows(s, to.since, restore_row, &to, e);
	f->folder_loaded = rc == ERR_NONE;
	return rc;
}

static void take_profile(void *self, int kind, int64_t key, double weight)
{
	struct folding *f = self;

	if (kind == PROFILE_SKIPPED)
		map_put(f->skipped, (uint64_t)key, 1);
	else
		profile_set(f->profile, (enum profile_kind)kind, key, weight);
}

enum err folding_load_profile(struct folding *f, struct store *s, struct error *e)
{
	enum err rc;

	if (f->profile_loaded && f->profile_version == store_data_version(s))
		return ERR_NONE;
	f->profile_version = store_data_version(s);
	profile_free(f->profile);
	f->profile = profile_new();
	map_clear(f->skipped);
	rc = store_profile(s, take_profile, f, e);
	f->profile_loaded = rc == ERR_NONE;
	return rc;
}

enum err folding_load(struct folding *f, struct store *s, int64_t now, struct error *e)
{
	int64_t folded = 0;
	enum err rc = store_get_number(s, "folded", &folded, e);

	if (rc == ERR_NONE && (!f->folder_loaded || folded != f->folded))
		rc = load_folder(f, s, now, e);
	if (rc == ERR_NONE)
		rc = folding_load_profile(f, s, e);
	return rc;
}

/* ---- folding ---- */

static uint64_t exact_words(struct str title, int64_t feed)
{
	struct tokens t;
	uint64_t exact;

	tokens_of_title(title, (uint64_t)feed, NULL, &t);
	exact = t.exact;
	tokens_free(&t);
	return exact;
}

bool folding_same_words(const struct entry_row *a, const struct entry_row *b)
{
	uint64_t exact = exact_words(a->title, a->feed);

	return exact != 0 && exact == exact_words(b->title, b->feed);
}

/* Whether an entry that was read told the story in the same words: then the new one has nothing to
 * say either. */
static enum err copies_what_was_read(struct store *s, const struct fold_row *r, int64_t story,
				     bool *copies, struct error *e)
{
	struct entry_row *member;
	struct arena *a;
	size_t n = 0;
	bool read = false;
	enum err rc = store_story_may_be_read(s, story, &read, e);

	*copies = false;
	if (rc != ERR_NONE || !read)
		return rc;
	a = arena_new();
	rc = store_story_members(s, story, a, &member, &n, e);
	if (rc == ERR_NONE && n > 0) {
		uint64_t exact = exact_words(r->title, r->feed);

		for (size_t i = 0; i < n && !*copies; i++)
			*copies = (member[i].flags & ENTRY_READ) &&
				exact_words(member[i].title, member[i].feed) == exact;
	}
	arena_free(a);
	return rc;
}

/* Judged once, by the title it came with: nothing in a list moves later without the reader. */
static struct str filler_rule(struct folding *f, struct str title)
{
	const struct notice_rule *r;

	if (!f->notices)
		f->notices = notices_new();
	r = notices_find(f->notices, title);
	return r ? str_of(r->name) : STR("");
}

/* What the reader said of an entry that is folded anew wins. The folder has it elsewhere then,
 * and is loaded again before the next batch. */
static enum err heed_hand(struct folding *f, struct store *s, int64_t entry, int64_t *story,
			  struct error *e)
{
	int64_t wanted = *story;
	enum err rc = ERR_NONE;

	if (f->heeds_hand)
		rc = store_story_by_hand(s, entry, &wanted, e);
	if (rc == ERR_NONE && wanted != *story) {
		*story = wanted;
		f->folder_loaded = false;
	}
	return rc;
}

static enum err fold_one(struct folding *f, struct store *s, const struct fold_row *row,
			 int64_t *stories, struct error *e)
{
	struct fold_entry entry = fold_entry_of(row);
	struct fold_row r = *row;
	int64_t story = row->id;
	bool copies = false;
	enum err rc;

	buf_clear(&f->terms);
	rc = folder_add(f->folder, &entry, &story, &f->terms);
	if (rc != ERR_NONE)
		return error_set(e, rc, "cannot fold entry %lld", (long long)row->id);
	r.terms = buf_view(&f->terms);
	r.filler = filler_rule(f, row->title);
	rc = heed_hand(f, s, row->id, &story, e);
	if (rc == ERR_NONE && story != row->id)
		rc = copies_what_was_read(s, row, story, &copies, e);
	if (rc == ERR_NONE)
		rc = store_folded(s, &r, story, copies, e);
	*stories += rc == ERR_NONE && story == row->id && r.filler.n == 0;
	return rc;
}

static enum err fold_next(struct folding *f, struct store *s, int64_t id, int64_t *stories,
			  struct error *e)
{
	struct fold_row row;
	enum err rc;

	arena_reset(f->row);
	rc = store_unfolded_row(s, id, f->row, &row, e);
	if (rc == ERR_NONESUCH)
		return ERR_NONE;
	return rc == ERR_NONE ? fold_one(f, s, &row, stories, e) : rc;
}

static enum err save_counts(struct folding *f, struct store *s, struct error *e)
{
	struct buf b = buf_limited(16 << 20);
	enum err rc = folder_take_additions(f->folder, &b);

	if (rc == ERR_NONE && b.n > 0)
		rc = store_df_append(s, buf_view(&b), e);
	buf_free(&b);
	return rc;
}

static enum err merge_counts(struct folding *f, struct store *s, struct error *e)
{
	struct buf all = buf_limited(32 << 20);
	int64_t bytes = 0;
	enum err rc = store_df_additions_size(s, &bytes, e);

	if (rc == ERR_NONE && bytes > MERGE_BYTES) {
		rc = folder_save_counts(f->folder, &all);
		if (rc == ERR_NONE)
			rc = store_df_replace(s, buf_view(&all), e);
	}
	buf_free(&all);
	return rc;
}

struct fold_todo {
	struct arena *arena;
	struct to_fold *entry;
	size_t n, at;
	int64_t upto;                 /* highest entry id when they were looked up */
};

static enum err todo_load(struct fold_todo *t, struct store *s, struct error *e)
{
	enum err rc;

	arena_free(t->arena);
	*t = (struct fold_todo){ .arena = arena_new() };
	rc = store_highest_id(s, &t->upto, e);
	if (rc == ERR_NONE)
		rc = store_unfolded(s, t->arena, &t->entry, &t->n, e);
	return rc;
}

static enum err finish(struct folding *f, struct store *s, const struct fold_todo *t, int64_t now,
		       struct error *e)
{
	enum err rc = merge_counts(f, s, e);

	if (rc == ERR_NONE)
		rc = store_fold_done(s, t->upto, now - FOLD_WINDOW, e);
	if (rc == ERR_NONE)
		f->folded = t->upto;
	return rc;
}

/* One transaction's worth. Two ledes may fold at once: the lock is taken before what is there is
 * looked at, and when somebody else committed since the batch before, everything is read anew. */
static enum err fold_batch(struct folding *f, struct store *s, struct fold_todo *t, int64_t now,
			   const struct folding_pauses *p, int64_t *stories, struct error *e)
{
	int64_t opened = 0;
	size_t end;
	bool stale = !f->folder_loaded || f->folder_version != store_data_version(s);
	enum err rc;

	if (stale)
		f->folder_loaded = false;
	rc = folding_load(f, s, now, e);
	if (rc == ERR_NONE && (stale || !t->arena))
		rc = todo_load(t, s, e);
	if (rc != ERR_NONE)
		return rc;
	end = t->n - t->at > BATCH ? t->at + BATCH : t->n;
	for (bool more = true; rc == ERR_NONE && more && t->at < end; t->at++) {
		rc = fold_next(f, s, t->entry[t->at].id, &opened, e);
		more = !(p && p->cut_short && p->cut_short(p->self));
	}
	if (rc == ERR_NONE && t->at < t->n)
		folder_pass(f->folder, t->entry[t->at].time);
	if (rc == ERR_NONE)
		rc = save_counts(f, s, e);
	if (rc == ERR_NONE && t->at == t->n)
		rc = finish(f, s, t, now, e);
	if (rc == ERR_NONE)
		rc = store_commit(s, e);
	if (rc == ERR_NONE)
		*stories += opened;
	return rc;
}

/* A look without a lock: mostly there is nothing to fold. */
static enum err nothing_to_fold(struct store *s, bool *nothing, struct error *e)
{
	int64_t folded = 0, highest = 0;
	enum err rc = store_get_number(s, "folded", &folded, e);

	if (rc == ERR_NONE)
		rc = store_highest_id(s, &highest, e);
	*nothing = highest <= folded;
	return rc;
}

enum err folding_run_pausing(struct folding *f, struct store *s, int64_t now,
			     const struct folding_pauses *p, int64_t *stories, struct error *e)
{
	struct fold_todo t = { .arena = NULL };
	bool done;
	enum err rc = nothing_to_fold(s, &done, e);

	*stories = 0;
	while (rc == ERR_NONE && !done) {
		rc = store_begin(s, false, e);
		if (rc == ERR_NONE)
			rc = fold_batch(f, s, &t, now, p, stories, e);
		if (rc != ERR_NONE)
			store_rollback(s);
		done = t.at >= t.n || (p && p->go_on && !p->go_on(p->self));
	}
	if (rc != ERR_NONE)
		folding_forget(f);
	else if (f->folder_loaded)
		folder_evict(f->folder, now - FOLD_WINDOW);
	arena_free(t.arena);
	return rc;
}

enum err folding_run(struct folding *f, struct store *s, int64_t now, int64_t *stories,
		     struct error *e)
{
	return folding_run_pausing(f, s, now, NULL, stories, e);
}
