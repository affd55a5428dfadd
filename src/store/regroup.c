#include "lede/store/regroup.h"

#include <stdlib.h>

#include "inside.h"

/* Entries name their story; fold rows name it again for the folder; a story's row counts. Moving
 * entries changes the first two and counts both stories anew. */

/* -- counting ---------------------------------------------------------------------------------- */

struct tally { int64_t members, last, entries, unread, filler; struct map *feeds; };

/* Columns of STORY_TALLY: the entries of feeds that are gone prolong a story unseen. */
static void tally_row(struct tally *t, const struct query *q)
{
	int64_t flags = col_int(q, 1), seen = col_int(q, 2);

	t->members++;
	if (seen > t->last)
		t->last = seen;
	if (col_int(q, 3) == 0)
		return;
	t->entries++;
	t->unread += (flags & ENTRY_READ) == 0;
	t->filler += (flags & ENTRY_FILLER) != 0;
	map_put(t->feeds, (uint64_t)col_int(q, 0), 1);
}

/* The story's row as its entries are now; without any it goes. */
static enum err settle(struct store *s, int64_t story, struct error *e)
{
	struct tally t = { .last = INT64_MIN, .feeds = map_new() };
	struct query q = sql_query(s, SQL_STORY_TALLY, e, BIND(v_int(story)));

	while (sql_row(&q))
		tally_row(&t, &q);
	enum err rc = sql_end(&q);

	if (rc == ERR_NONE && t.members == 0)
		rc = sql_run(s, SQL_STORY_DROP, e, BIND(v_int(story)));
	else if (rc == ERR_NONE)
		rc = sql_run(s, SQL_STORY_PUT, e,
		             BIND(v_int(story), v_int(t.last), v_int(t.entries),
		                  v_int((int64_t)map_count(t.feeds)), v_int(t.unread),
		                  v_int(t.filler)));
	map_free(t.feeds);
	return rc;
}

/* -- moving ------------------------------------------------------------------------------------ */

enum err entries_move(struct store *s, const int64_t *ids, size_t n, int64_t from, int64_t to,
                      struct error *e)
{
	enum err rc = counters_flush(s, e);

	counters_forget(s->counters); /* who tells a story is not what it was */
	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		rc = sql_run(s, SQL_ENTRY_MOVE, e, BIND(v_int(ids[i]), v_int(from), v_int(to)));
		if (rc == ERR_NONE && sql_changes(s) > 0)
			rc = sql_run(s, SQL_FOLD_MOVE, e, BIND(v_int(ids[i]), v_int(to)));
	}
	if (rc == ERR_NONE)
		rc = settle(s, from, e);
	return rc == ERR_NONE ? settle(s, to, e) : rc;
}

static enum err move(struct store *s, const int64_t *ids, size_t n, int64_t from, int64_t to,
                     struct error *e)
{
	enum err rc = undo_add_many(s, UNDO_STORY, ids, n, to, from, e);

	return rc == ERR_NONE ? entries_move(s, ids, n, from, to, e) : rc;
}

/* All entries of a story, also those of feeds that are gone; owned by the caller. */
static enum err members_of(struct store *s, int64_t story, int64_t **ids, size_t *n,
                           struct error *e)
{
	struct query q = sql_query(s, SQL_STORY_TALLY, e, BIND(v_int(story)));
	size_t cap = 0;

	*ids = NULL;
	*n = 0;
	while (sql_row(&q)) {
		*ids = mem_grow(*ids, &cap, *n + 1, sizeof **ids);
		(*ids)[(*n)++] = col_int(&q, 4);
	}
	return sql_end(&q);
}

static bool is_in(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

static int64_t oldest_of(const int64_t *ids, size_t n)
{
	int64_t oldest = ids[0];

	for (size_t i = 1; i < n; i++)
		if (ids[i] < oldest)
			oldest = ids[i];
	return oldest;
}

/* -- what is remembered ------------------------------------------------------------------------ */

/* As by_hand has it: a pair is kept once, the older entry first. -1: nothing is said. */
static enum err said_of(struct store *s, int64_t a, int64_t b, int64_t *said, struct error *e)
{
	return sql_number(s, SQL_BY_HAND, said, -1, e,
	                  BIND(v_int(a < b ? a : b), v_int(a < b ? b : a)));
}

enum err by_hand_set(struct store *s, int64_t a, int64_t b, int64_t said, struct error *e)
{
	int64_t older = a < b ? a : b, newer = a < b ? b : a;

	if (said < 0)
		return sql_run(s, SQL_BY_HAND_DROP, e, BIND(v_int(older), v_int(newer)));
	return sql_run(s, SQL_BY_HAND_PUT, e, BIND(v_int(older), v_int(newer), v_int(said)));
}

static enum err say(struct store *s, int64_t a, int64_t b, bool together, struct error *e)
{
	int64_t before;
	enum err rc = said_of(s, a, b, &before, e);

	if (rc != ERR_NONE || before == together)
		return rc;
	rc = undo_add(s, &(struct undo_row){ .what = UNDO_HAND, .id = a, .mask = b,
	                                     .was = HAND_ROW(before, together) }, e);
	return rc == ERR_NONE ? by_hand_set(s, a, b, together, e) : rc;
}

struct pair { int64_t other; bool together; };

/* What was said of an entry; owned by the caller. */
static enum err pairs_of(struct store *s, int64_t entry, struct pair **pairs, size_t *n,
                         struct error *e)
{
	struct query q = sql_query(s, SQL_BY_HAND_OF, e, BIND(v_int(entry)));
	size_t cap = 0;

	*pairs = NULL;
	*n = 0;
	while (sql_row(&q)) {
		*pairs = mem_grow(*pairs, &cap, *n + 1, sizeof **pairs);
		(*pairs)[(*n)++] = (struct pair){ col_int(&q, 0), col_int(&q, 1) != 0 };
	}
	return sql_end(&q);
}

/* What was said before of an entry and others of `story` and is no longer so. */
static enum err unsay(struct store *s, int64_t entry, const int64_t *others, size_t nothers,
                      bool together, struct error *e)
{
	struct pair *pair;
	size_t n;
	enum err rc = pairs_of(s, entry, &pair, &n, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++)
		if (pair[i].together != together && is_in(others, nothers, pair[i].other))
			rc = say(s, entry, pair[i].other, together, e);
	free(pair);
	return rc;
}

/* -- splitting --------------------------------------------------------------------------------- */

static enum err none_left(struct error *e)
{
	return error_set(e, ERR_NONESUCH, "one source");
}

/* Nobody may be taken out twice, and only who is in the story. */
static size_t leavers(const int64_t *ids, size_t n, const int64_t *members, size_t nmembers,
                      int64_t *out)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (is_in(members, nmembers, ids[i]) && !is_in(out, count, ids[i]))
			out[count++] = ids[i];
	return count;
}

static size_t stayers(const int64_t *members, size_t nmembers, const int64_t *leave, size_t nleave,
                      int64_t *out)
{
	size_t count = 0;

	for (size_t i = 0; i < nmembers; i++)
		if (!is_in(leave, nleave, members[i]))
			out[count++] = members[i];
	return count;
}

/* Each leaver apart from the oldest of the rest, and from whom it was joined to. */
static enum err say_apart(struct store *s, const int64_t *leave, size_t nleave, const int64_t *stay,
                          size_t nstay, struct error *e)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < nleave && rc == ERR_NONE; i++) {
		rc = unsay(s, leave[i], stay, nstay, false, e);
		if (rc == ERR_NONE)
			rc = say(s, leave[i], oldest_of(stay, nstay), false, e);
	}
	return rc;
}

static enum err part(struct store *s, int64_t story, const int64_t *leave, size_t nleave,
                     const int64_t *stay, size_t nstay, struct regrouped *out, struct error *e)
{
	enum err rc = say_apart(s, leave, nleave, stay, nstay, e);

	out->own = oldest_of(leave, nleave);
	out->rest = oldest_of(stay, nstay);
	if (rc == ERR_NONE && out->own == story)
		return move(s, stay, nstay, story, out->rest, e);
	out->rest = story;
	return rc == ERR_NONE ? move(s, leave, nleave, story, out->own, e) : rc;
}

enum err store_split(struct store *s, const int64_t *ids, size_t n, struct regrouped *out,
                     struct error *e)
{
	struct entry_state x;
	int64_t *member, *leave, *stay;
	size_t nmembers, nleave, nstay;
	enum err rc = entry_state(s, ids[0], &x, e);

	if (rc != ERR_NONE || !x.is)
		return rc != ERR_NONE ? rc : none_left(e);
	rc = members_of(s, x.story, &member, &nmembers, e);
	leave = mem_array(nmembers + 1, sizeof *leave);
	stay = mem_array(nmembers + 1, sizeof *stay);
	nleave = leavers(ids, n, member, nmembers, leave);
	nstay = stayers(member, nmembers, leave, nleave, stay);
	if (rc == ERR_NONE && (nleave == 0 || nstay == 0))
		rc = none_left(e);
	if (rc == ERR_NONE)
		rc = part(s, x.story, leave, nleave, stay, nstay, out, e);
	free(stay);
	free(leave);
	free(member);
	return rc;
}

/* -- joining ----------------------------------------------------------------------------------- */

static enum err merge(struct store *s, int64_t story, const int64_t *ids, size_t n, int64_t with,
                      const int64_t *others, size_t nothers, struct error *e)
{
	enum err rc = say(s, story, with, true, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++)
		rc = unsay(s, ids[i], others, nothers, true, e);
	if (rc != ERR_NONE)
		return rc;
	return story < with ? move(s, others, nothers, with, story, e)
	                    : move(s, ids, n, story, with, e);
}

enum err store_join(struct store *s, int64_t story, int64_t with, int64_t *joined, struct error *e)
{
	int64_t *ids, *others;
	size_t n, nothers = 0;
	enum err rc = members_of(s, story, &ids, &n, e);

	others = NULL;
	if (rc == ERR_NONE)
		rc = members_of(s, with, &others, &nothers, e);
	if (rc == ERR_NONE && (n == 0 || nothers == 0 || story == with))
		rc = error_set(e, ERR_NONESUCH, story == with ? "one story already"
		                                               : "that story is no longer there");
	if (rc == ERR_NONE)
		rc = merge(s, story, ids, n, with, others, nothers, e);
	*joined = story < with ? story : with;
	free(others);
	free(ids);
	return rc;
}

/* -- for folding ------------------------------------------------------------------------------- */

enum err store_is_folded(struct store *s, int64_t entry, bool *is, struct error *e)
{
	int64_t upto, row = 0;
	enum err rc = store_get_number(s, "folded", &upto, e);

	if (rc == ERR_NONE && entry > upto)
		rc = sql_number(s, SQL_FOLD_IS, &row, 0, e, BIND(v_int(entry)));
	*is = entry <= upto || row != 0;
	return rc;
}

enum err store_any_by_hand(struct store *s, bool *any, struct error *e)
{
	int64_t one;
	enum err rc = sql_number(s, SQL_BY_HAND_ANY, &one, 0, e, BIND_NONE);

	*any = one != 0;
	return rc;
}

enum err store_story_by_hand(struct store *s, int64_t entry, int64_t *story, struct error *e)
{
	int64_t wanted = *story, kept_out = 0;
	struct pair *pair;
	size_t n;
	enum err rc = pairs_of(s, entry, &pair, &n, e);

	for (size_t i = 0; i < n && rc == ERR_NONE; i++) {
		struct entry_state x;

		rc = entry_state(s, pair[i].other, &x, e);
		if (x.is && pair[i].together)
			wanted = x.story;
		else if (x.is && x.story == *story)
			kept_out = 1;
	}
	free(pair);
	if (wanted == *story && kept_out)
		wanted = entry;
	*story = wanted;
	return rc;
}
