#include "list_place.h"

/* Lists have the newest first: by time, then feed, then id. */
static bool is_above(const struct list_anchor *a, const struct list_anchor *b)
{
	if (a->time != b->time)
		return a->time > b->time;
	return a->feed != b->feed ? a->feed > b->feed : a->id > b->id;
}

/* Index of the first row that does not stand above `row`; without one, of none: the length. */
static enum err search(struct store *s, const struct list_query *q, const struct list_anchor *row,
		       int64_t atmost, int64_t *index, struct error *e)
{
	int64_t low = 0, high = atmost;

	while (low < high) {
		int64_t middle = low + (high - low) / 2;
		struct list_anchor at;
		enum err rc = store_list_at(s, q, middle, &at, e);

		if (rc != ERR_NONE && rc != ERR_NONESUCH)
			return rc;
		if (rc == ERR_NONE && (!row || is_above(&at, row)))
			low = middle + 1;
		else
			high = middle;
	}
	*index = low;
	return ERR_NONE;
}

enum err list_place(struct store *s, const struct list_query *q, const struct list_anchor *row,
		    int64_t atmost, int64_t *index, struct error *e)
{
	return search(s, q, row, atmost, index, e);
}

enum err list_length(struct store *s, const struct list_query *q, int64_t atmost, int64_t *n,
		     struct error *e)
{
	return search(s, q, NULL, atmost, n, e);
}
