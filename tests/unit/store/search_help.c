#include "search_help.h"

int index_all(struct store *s, int entries)
{
	const struct search_pace pace = { .entries = entries };
	struct search_index *x;
	bool more = true;
	int steps = 0;

	assert_ok(search_index_open(s, &x, &e));
	for (; more; steps++)
		assert_ok(search_index_step(x, &pace, &more, &e));
	search_index_close(x);
	return steps;
}

int64_t put_text(struct world *w, int feed, const char *title, const char *html, int64_t published)
{
	struct entry_new n = entry(w->feed[feed], title);

	n.html = text(html);
	n.published = published;
	return put(w->s, &n, NOW);
}

struct search_query asked(const char *terms)
{
	struct search_query q = { .after = INT64_MIN, .before = INT64_MAX };
	struct str rest = str_of(terms), part;

	while (terms[0] && str_next(&rest, '|', &part)) {
		struct search_term *t = &q.term[q.nterms++];

		*t = (struct search_term){ .without = str_starts(part, "-") };
		part = str_sub(part, t->without, part.n);
		t->title = str_starts(part, "title:");
		part = str_sub(part, t->title ? 6 : 0, part.n);
		t->start = str_ends(part, "*");
		t->text = str_sub(part, 0, part.n - t->start);
	}
	return q;
}

const char *found(struct store *s, const struct search_query *q)
{
	static char ids[1 << 16];
	struct arena *a = arena_new();
	struct search_page page = { .done = false };
	struct search *f;
	size_t n = 0;

	ids[0] = '\0';
	assert_ok(store_search(s, q, &f, &e));
	while (!page.done) {
		assert_ok(store_search_next(f, 7, NULL, NULL, a, &page, &e));
		for (size_t i = 0; i < page.n; i++)
			n += (size_t)snprintf(ids + n, sizeof ids - n, "%s%lld", n ? " " : "",
			                      (long long)page.row[i].id);
	}
	store_search_end(f);
	arena_free(a);
	return ids;
}
