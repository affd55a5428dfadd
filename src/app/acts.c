#include "acts.h"

#include <stdio.h>
#include <stdlib.h>

#include "lede/app/learning.h"
#include "lede/store/undo.h"

/* ---- names ---- */

void act_begin(struct store *s, int64_t now, const char *act, int64_t entry)
{
	struct arena *a = arena_new();
	struct buf what = buf_limited(1 << 16);
	struct entry_row row;

	buf_add_cstr(&what, act);
	if (entry != 0 && store_entry(s, entry, a, &row, NULL) == ERR_NONE) {
		buf_add_cstr(&what, ": ");
		buf_add(&what, row.title);
	}
	store_undo_begin(s, now, buf_view(&what));
	buf_free(&what);
	arena_free(a);
}

static const char *name_of_mark(const struct job *j)
{
	switch (j->flag) {
	case ENTRY_STARRED: return j->on ? "starred" : "star removed";
	case ENTRY_FILLER: return j->on ? "filler" : "not filler";
	default: return j->on ? "marked read" : "marked unread";
	}
}

static const char *name_of_job(const struct job *j)
{
	if (j->nids == 0 && j->act == EVENT_MORE)
		return "more like this";
	if (j->nids == 0 && j->act == EVENT_LESS)
		return "less like this";
	return name_of_mark(j);
}

static void begin(struct store *s, const struct job *j, int64_t now)
{
	char several[64];

	if (j->name[0] != '\0') {
		snprintf(several, sizeof several, "marked %zu read in %s", j->nids, j->name);
		act_begin(s, now, several, 0);
	} else if (j->nids > 1) {
		snprintf(several, sizeof several, "%s: %zu %s", name_of_job(j), j->nids,
			 j->stories ? "stories" : "entries");
		act_begin(s, now, several, 0);
	} else {
		act_begin(s, now, name_of_job(j),
			  j->nids == 1 && !j->stories ? j->id[0] : j->entry);
	}
}

/* ---- marks ---- */

static enum err unless_gone(enum err rc)
{
	return rc == ERR_NONESUCH ? ERR_NONE : rc;
}

static enum err mark_story(struct store *s, const struct job *j, int64_t story, struct error *e)
{
	struct arena *a = arena_new();
	struct entry_row *row;
	size_t n = 0;
	enum err rc = store_story_members(s, story, a, &row, &n, e);

	if (rc == ERR_NONE && n > 0) {
		int64_t *id = arena_alloc(a, n * sizeof *id);

		for (size_t i = 0; i < n; i++)
			id[i] = row[i].id;
		rc = store_mark(s, id, n, j->flag, j->on, NULL, e);
	}
	arena_free(a);
	return rc;
}

static enum err learn(struct folding *f, struct store *s, const struct job *j, int64_t entry,
		      int64_t now, struct error *e)
{
	return unless_gone(folding_learn(f, s, j->act, entry, j->edition, now, e));
}

/* Each entry that changed teaches: who stars five rows at once has starred five. */
static enum err mark_entries(struct folding *f, struct store *s, const struct job *j, int64_t now,
			     struct error *e)
{
	bool *changed = mem_array(j->nids, sizeof *changed);
	enum err rc = store_mark(s, j->id, j->nids, j->flag, j->on, changed, e);

	for (size_t i = 0; rc == ERR_NONE && j->act != 0 && i < j->nids; i++)
		if (changed[i])
			rc = learn(f, s, j, j->id[i], now, e);
	free(changed);
	return unless_gone(rc);
}

static enum err mark_stories(struct folding *f, struct store *s, const struct job *j, int64_t now,
			     struct error *e)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; rc == ERR_NONE && i < j->nids; i++)
		rc = unless_gone(mark_story(s, j, j->id[i], e));
	if (rc == ERR_NONE && j->act != 0)
		rc = learn(f, s, j, j->entry, now, e);
	return rc;
}

static enum err lean(struct folding *f, struct store *s, const struct job *j, int64_t now,
		     struct error *e)
{
	enum err rc = ERR_NONE;

	for (int i = 0; rc == ERR_NONE && i < j->times; i++)
		rc = learn(f, s, j, j->entry, now, e);
	return rc;
}

/* ---- lists ---- */

static const char *name_of_list(enum entry_list list)
{
	switch (list) {
	case LIST_LATEST: return "Latest";
	case LIST_STARRED: return "Starred";
	case LIST_FILLER: return "Filler";
	case LIST_FEED: break;
	}
	return "a feed";
}

static enum err mark_list(struct store *s, const struct job *j, int64_t now, int64_t *changed,
			  struct error *e)
{
	struct buf what = buf_limited(1 << 16);
	struct arena *a = arena_new();
	struct feed_row feed = { .title = str_of(name_of_list(j->list)) };
	enum err rc = ERR_NONE;

	act_begin(s, now, "marked read", 0);
	if (j->list == LIST_FEED)
		rc = unless_gone(store_feed(s, j->feed, a, &feed, e));
	if (rc == ERR_NONE)
		rc = store_mark_list_read(s, j->list, j->feed, j->upto, changed, e);
	if (rc == ERR_NONE) {
		buf_addf(&what, "marked %lld read in %.*s", (long long)*changed,
			 (int)feed.title.n, feed.title.p);
		rc = store_undo_name(s, buf_view(&what), e);
	}
	arena_free(a);
	buf_free(&what);
	return rc;
}

enum err act_mark(struct folding *f, struct store *s, const struct job *j, int64_t now,
		  int64_t *changed, struct error *e)
{
	enum err rc;

	*changed = -1;
	if (j->kind == JOB_MARK_LIST) {
		rc = mark_list(s, j, now, changed, e);
	} else {
		begin(s, j, now);
		if (j->nids == 0)
			rc = lean(f, s, j, now, e);
		else if (j->stories)
			rc = mark_stories(f, s, j, now, e);
		else
			rc = mark_entries(f, s, j, now, e);
	}
	store_undo_end(s);
	return rc;
}
