#include "lede/app/work.h"

#include <stdlib.h>

static void answer_drop(struct message *m)
{
	answer_free((struct answer *)m);
}

static void job_drop(struct message *m)
{
	job_free((struct job *)m);
}

struct ask *ask_new(enum ask_kind kind, uint32_t ticket)
{
	struct ask *a = mem_new(sizeof *a);

	a->m.kind = WORK_ASK;
	a->kind = kind;
	a->ticket = ticket;
	a->at = -1;
	return a;
}

struct ask *ask_states_new(uint32_t ticket, size_t nentries, size_t nstories)
{
	struct ask *a = mem_new(sizeof *a + (nentries + nstories) * sizeof *a->id);

	a->m.kind = WORK_ASK;
	a->kind = ASK_STATES;
	a->ticket = ticket;
	a->at = -1;
	a->nentries = nentries;
	a->nstories = nstories;
	return a;
}

struct answer *answer_new(const struct ask *ask)
{
	struct answer *a = mem_new(sizeof *a);

	a->m.kind = WORK_ANSWER;
	a->m.drop = answer_drop;
	a->kind = ask->kind;
	a->ticket = ask->ticket;
	a->story = ask->story;
	a->at = a->near_at = -1;
	a->arena = arena_new();
	return a;
}

void answer_free(struct answer *a)
{
	if (!a)
		return;
	rich_free(a->article.doc);
	arena_free(a->arena);
	free(a);
}

bool job_is_mark(const struct job *j)
{
	return j->kind == JOB_MARK || j->kind == JOB_MARK_LIST;
}

static bool is_an_act(const struct job *j)
{
	return job_is_mark(j) || j->kind == JOB_SPLIT || j->kind == JOB_JOIN ||
		j->kind == JOB_FEED || j->kind == JOB_UNDO;
}

struct job *job_new(enum job_kind kind)
{
	struct job *j = mem_new(sizeof *j);

	j->m.kind = WORK_JOB;
	j->m.drop = job_drop;
	j->kind = kind;
	j->m.urgent = is_an_act(j);
	return j;
}

void job_free(struct job *j)
{
	if (!j)
		return;
	free(j->id);
	free(j->followed);
	free(j->text);
	free(j);
}

struct notice *notice_new(enum notice_kind kind)
{
	struct notice *n = mem_new(sizeof *n);

	n->m.kind = WORK_NOTICE;
	n->kind = kind;
	return n;
}

const char *kept_look_name(enum kept_look which)
{
	static const char *const names[KEPT_LOOKS] = {
		[KEPT_ROWS] = "rows", [KEPT_SPLIT] = "split", [KEPT_SPLIT_ROWS] = "split-rows",
	};

	return names[which];
}
