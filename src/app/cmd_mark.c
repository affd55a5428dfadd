/* lede mark: what is read and starred, changed. */
#include "cli_inside.h"

#include <stdlib.h>

#include "acts.h"
#include "lede/app/nearest.h"

/* What is to be done. Marking read by command teaches the ranking nothing: nobody knows that it was
 * read. */
struct way { const char *name; enum entry_flag flag; bool on; enum event_act teaches; };

static const struct way ways[] = {
	{ "read", ENTRY_READ, true, 0 },
	{ "unread", ENTRY_READ, false, 0 },
	{ "star", ENTRY_STARRED, true, EVENT_STAR },
	{ "unstar", ENTRY_STARRED, false, EVENT_UNSTAR },
};

static const struct way *way_named(struct cli *c, const char *name)
{
	struct nearest near = { .said = str_of(name) };

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		if (str_is(near.said, ways[i].name))
			return &ways[i];
		nearest_offer(&near, ways[i].name);
	}
	cli_say(c, "mark takes read, unread, star or unstar, not “%s”%s%s%s", name,
		near.best ? "; did you mean " : "", near.best ? near.best : "",
		near.best ? "?" : "");
	return NULL;
}

struct marking {
	struct cli *c;
	const struct way *way;
	int64_t *id; size_t n;
};

/* All or nothing: one unknown ID among others is most likely a slip of the hand. */
static enum err check_known(const struct marking *m, struct store *s, struct error *e)
{
	struct arena *a = arena_new();
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < m->n && rc == ERR_NONE; i++) {
		struct entry_row row;

		rc = store_entry(s, m->id[i], a, &row, e);
		if (rc == ERR_NONESUCH)
			error_set(e, rc, "no entry %lld%s", (long long)m->id[i],
				  m->n > 1 ? "; nothing was marked" : "");
		arena_reset(a);
	}
	arena_free(a);
	return rc;
}

/* One act, so one step that the reader's `u` undoes. */
static enum err mark(struct marking *m, struct store *s, struct error *e)
{
	const struct job job = {
		.kind = JOB_MARK, .id = m->id, .nids = m->n, .entry = m->id[0],
		.flag = m->way->flag, .on = m->way->on, .act = m->way->teaches,
	};
	struct folding *f = folding_new();
	int64_t changed;
	enum err rc = store_begin(s, true, e);

	if (rc == ERR_NONE) {
		rc = check_known(m, s, e);
		if (rc == ERR_NONE)
			rc = act_mark(f, s, &job, clock_now(&m->c->clock), &changed, e);
		if (rc == ERR_NONE)
			rc = store_commit(s, e);
		if (rc != ERR_NONE)
			store_rollback(s);
	}
	folding_free(f);
	return rc;
}

static int mark_in_cache(struct marking *m)
{
	struct store *s = NULL;
	struct error e, place;
	enum err rc = store_open(m->c->paths.db, STORE_READ, &s, &e);

	store_close(s);               /* it is there: opening it for writing would make one */
	s = NULL;
	if (rc == ERR_NONE)
		rc = store_open(m->c->paths.db, STORE_WRITE, &s, &e);
	else if (rc == ERR_NONESUCH && cli_check_place(m->c, &place) != ERR_NONE)
		return cli_fail(m->c, &place);
	if (rc == ERR_NONE)
		rc = mark(m, s, &e);
	store_close(s);
	return rc == ERR_NONE ? EXIT_DONE : cli_fail(m->c, &e);
}

int cmd_mark(struct cli *c, const struct cli_args *a)
{
	struct marking m = { .c = c, .way = way_named(c, a->operand[0]) };
	bool good = m.way != NULL;
	int status = EXIT_USAGE;

	m.n = (size_t)a->noperands - 1;
	m.id = mem_array(m.n, sizeof *m.id);
	for (size_t i = 0; i < m.n && good; i++)
		good = cli_id(c, a->operand[i + 1], &m.id[i]);
	if (good)
		status = mark_in_cache(&m);
	free(m.id);
	return status;
}
