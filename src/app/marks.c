#include "marks.h"

#include <stdlib.h>
#include <string.h>

#include "acts.h"

#define AGAIN_FULL_MS 30000
/* a try waits for ten seconds itself */
#define AGAIN_BUSY_MS 500

struct marks {
	struct store *store;
	struct folding *folding;
	const struct clock *clock;
	struct mailbox *out;
	struct job **job; size_t n, cap;
	int64_t *changed;             /* rows of each, for its notice */
	bool kept;                    /* the last try failed */
	int64_t again;                /* ticks of the next try */
};

struct marks *marks_new(struct store *s, struct folding *f, const struct clock *clock,
			struct mailbox *out)
{
	struct marks *m = mem_new(sizeof *m);

	m->store = s;
	m->folding = f;
	m->clock = clock;
	m->out = out;
	return m;
}

void marks_free(struct marks *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->n; i++)
		job_free(m->job[i]);
	free(m->job);
	free(m);
}

void marks_add(struct marks *m, struct job *j)
{
	m->job = mem_grow(m->job, &m->cap, m->n + 1, sizeof *m->job);
	m->job[m->n++] = j;
}

/* Those that nothing but marks stands before. */
static size_t ready(const struct marks *m)
{
	size_t n = 0;

	while (n < m->n && job_is_mark(m->job[n]))
		n++;
	return n;
}

static void drop_first(struct marks *m, size_t n)
{
	m->n -= n;
	memmove(m->job, m->job + n, m->n * sizeof *m->job);
}

bool marks_has_next(const struct marks *m)
{
	return m->n > 0 && !job_is_mark(m->job[0]);
}

struct job *marks_next(struct marks *m)
{
	struct job *j = marks_has_next(m) ? m->job[0] : NULL;

	if (j)
		drop_first(m, 1);
	return j;
}

int marks_due(const struct marks *m)
{
	int64_t rest;

	if (ready(m) == 0)
		return -1;
	rest = m->kept ? m->again - clock_ticks(m->clock) : 0;
	return rest > 0 ? (int)rest : 0;
}

/* ---- one job ---- */

/* An entry that is gone meanwhile can neither be marked nor teach: that is no failure. */
static enum err unless_gone(enum err rc)
{
	return rc == ERR_NONESUCH ? ERR_NONE : rc;
}

static enum err write_job(struct marks *m, const struct job *j, int64_t *changed, struct error *e)
{
	int64_t now = j->now != 0 ? j->now : clock_now(m->clock);

	return act_mark(m->folding, m->store, j, now, changed, e);
}

/* ---- all that wait ---- */

static enum err write_first(struct marks *m, size_t n, int64_t *changed, struct error *e)
{
	enum err rc = store_begin(m->store, true, e);

	for (size_t i = 0; rc == ERR_NONE && i < n; i++)
		rc = write_job(m, m->job[i], &changed[i], e);
	if (rc == ERR_NONE)
		rc = store_commit(m->store, e);
	if (rc != ERR_NONE) {
		store_rollback(m->store);
		folding_forget(m->folding);
	}
	return rc;
}

static void tell_marked(struct marks *m, size_t written, const int64_t *changed)
{
	for (size_t i = 0; i < written; i++) {
		struct notice *n = notice_new(NOTICE_MARKED);

		n->n = changed[i];
		job_free(m->job[i]);
		mailbox_give(m->out, &n->m);
	}
	drop_first(m, written);
	m->kept = false;
}

static void tell_kept(struct marks *m, const struct error *why)
{
	struct notice *n;

	m->again = clock_ticks(m->clock) +
		   (why->code == ERR_BUSY ? AGAIN_BUSY_MS : AGAIN_FULL_MS);
	if (m->kept)
		return;
	m->kept = true;
	if (why->code == ERR_DAMAGED)
		m->again = clock_ticks(m->clock) + AGAIN_BUSY_MS;
	n = notice_new(NOTICE_ERROR);
	n->error = *why;
	if (why->code == ERR_FULL)
		error_set(&n->error, ERR_FULL,
			  "the disk is full: marks are kept until there is room");
	else
		error_context(&n->error, "marks are kept and tried again");
	mailbox_give(m->out, &n->m);
}

void marks_write(struct marks *m)
{
	struct error e = { .code = ERR_NONE };
	size_t n = ready(m);
	int64_t *changed;

	if (n == 0)
		return;
	changed = mem_array(n, sizeof *changed);
	if (write_first(m, n, changed, &e) == ERR_NONE)
		tell_marked(m, n, changed);
	else
		tell_kept(m, &e);
	free(changed);
}

/* ---- skips ---- */

/* The rows above the lowest one that was opened, shown and not opened: still unread, because what
 * was opened is read, and what was read without opening (`A`) teaches nothing. */
static enum err skip_rows(struct marks *m, const struct job *j, struct error *e)
{
	int64_t now = j->now != 0 ? j->now : clock_now(m->clock);
	struct arena *a = arena_new();
	struct edition_row *row;
	size_t n = 0;
	enum err rc = store_edition_rows(m->store, j->edition, 1, j->lowest_opened - 1, a, &row, &n,
					 e);

	for (size_t i = 0; rc == ERR_NONE && i < n; i++)
		if (!(row[i].flags & ENTRY_READ) && row[i].unread == row[i].entries)
			rc = unless_gone(folding_skip(m->folding, m->store, row[i].story,
						      row[i].entry, j->edition, now, e));
	arena_free(a);
	return rc;
}

enum err marks_learn_skips(struct marks *m, const struct job *j, struct error *e)
{
	enum err rc;

	if (j->edition == 0 || j->lowest_opened <= 1)
		return ERR_NONE;
	rc = store_begin(m->store, false, e);
	if (rc == ERR_NONE)
		rc = skip_rows(m, j, e);
	if (rc == ERR_NONE)
		rc = store_commit(m->store, e);
	if (rc != ERR_NONE) {
		store_rollback(m->store);
		folding_forget(m->folding);
	}
	return unless_gone(rc);
}
