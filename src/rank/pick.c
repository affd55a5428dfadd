#include "lede/rank/pick.h"

#include <stdlib.h>

#include "lede/base/mem.h"
#include "rules.h"

/* The stories of one feed, best first: only the first can be the next pick, for all of them bear
 * the same penalty. */
struct queue { const struct pick_story **at, **end; int recent; };

static int by_number(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Which of two goes first when their feeds do not matter. */
static int by_worth(const struct pick_story *a, const struct pick_story *b, int64_t less_a,
		    int64_t less_b)
{
	int order = by_number(b->score - less_b, a->score - less_a);

	if (order == 0)
		order = by_number(b->time, a->time);
	if (order == 0)
		order = by_number(a->feed, b->feed);
	return order != 0 ? order : by_number(a->story, b->story);
}

static int by_feed(const void *a, const void *b)
{
	const struct pick_story *x = *(const struct pick_story *const *)a,
				*y = *(const struct pick_story *const *)b;
	int order = by_number(x->feed, y->feed);

	return order != 0 ? order : by_worth(x, y, 0, 0);
}

static size_t make_queues(const struct pick_story **sorted, size_t n, struct queue *queue)
{
	size_t nqueue = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 || sorted[i]->feed != sorted[i - 1]->feed)
			queue[nqueue++] = (struct queue){ .at = sorted + i };
		queue[nqueue - 1].end = sorted + i + 1;
	}
	return nqueue;
}

static int64_t penalty(const struct queue *q)
{
	return (int64_t)q->recent * VARIETY_STEP;
}

static struct queue *best_queue(struct queue *queue, size_t n)
{
	struct queue *best = NULL;

	for (struct queue *q = queue; q < queue + n; q++)
		if (q->at < q->end &&
		    (!best || by_worth(*q->at, *best->at, penalty(q), penalty(best)) < 0))
			best = q;
	return best;
}

static size_t pick_all(struct pick_story *s, struct queue *queue, size_t nqueue, size_t max,
		       size_t *order)
{
	struct queue *recent[VARIETY_REACH] = { NULL }, *best;
	size_t picked = 0;

	for (; picked < max && (best = best_queue(queue, nqueue)); picked++) {
		size_t i = (size_t)(*best->at++ - s);
		struct queue **oldest = &recent[picked % VARIETY_REACH];

		s[i].variety = (int32_t)-penalty(best);
		order[picked] = i;
		if (*oldest)
			(*oldest)->recent--;
		*oldest = best;
		best->recent++;
	}
	return picked;
}

size_t pick_edition(struct pick_story *s, size_t n, size_t max, size_t *order)
{
	const struct pick_story **sorted = mem_array(n, sizeof *sorted);
	struct queue *queue = mem_array(n, sizeof *queue);

	for (size_t i = 0; i < n; i++)
		sorted[i] = &s[i];
	qsort(sorted, n, sizeof *sorted, by_feed);
	size_t picked = pick_all(s, queue, make_queues(sorted, n, queue), max, order);

	free(sorted);
	free(queue);
	return picked;
}
