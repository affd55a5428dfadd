#include "inside.h"

#include <stdlib.h>

#include "lede/base/hash.h"
#include "lede/text/url.h"

/* Links of the last 72 h in memory, by which the same entry in two feeds is known. An index of all
 * links would be a quarter of all bytes written. What the map says is looked at in the database
 * before it is believed: the entry may have been changed, or its batch undone. */

struct links {
	struct map *entry_of;
};

uint64_t link_hash(const struct store *s, struct str link)
{
	struct buf normal = buf_limited(1 << 16);
	uint64_t hash = 0;

	if (link.n > 0 && url_normalise(link, &normal) == ERR_NONE && normal.n > 0)
		hash = siphash(&s->key, buf_view(&normal));
	buf_free(&normal);
	return hash;
}

static enum err load_folded(struct store *s, struct map *m, struct error *e)
{
	struct query q = sql_query(s, SQL_LINKS_FOLDED, e, BIND_NONE);

	while (sql_row(&q))
		map_put(m, (uint64_t)col_int(&q, 0), (uint64_t)col_int(&q, 1));
	return sql_end(&q);
}

static enum err load_unfolded(struct store *s, struct map *m, struct error *e)
{
	int64_t folded;
	enum err rc = store_get_number(s, "folded", &folded, e);
	struct query q = sql_query(s, SQL_LINKS_UNFOLDED, e, BIND(v_int(folded)));

	while (rc == ERR_NONE && sql_row(&q))
		map_put(m, link_hash(s, col_str(&q, 0)), (uint64_t)col_int(&q, 1));
	return sql_end(&q) != ERR_NONE ? q.rc : rc;
}

static enum err load(struct store *s, struct error *e)
{
	enum err rc;

	s->links = mem_new(sizeof *s->links);
	s->links->entry_of = map_new();
	rc = load_folded(s, s->links->entry_of, e);
	if (rc == ERR_NONE)
		rc = load_unfolded(s, s->links->entry_of, e);
	if (rc != ERR_NONE)
		links_forget(s);
	return rc;
}

/* Whether that entry is what the map said, of another feed, young enough and of the same title. */
static enum err is_copy(struct store *s, int64_t id, const struct entry_new *n, int64_t now,
                        bool *is, struct error *e)
{
	struct query q = sql_query(s, SQL_COPY, e, BIND(v_int(id)));

	*is = false;
	if (sql_row(&q))
		*is = col_int(&q, 0) != n->feed && col_int(&q, 1) >= now - WINDOW
		      && str_eq(col_str(&q, 2), n->title)
		      && link_hash(s, col_str(&q, 3)) == link_hash(s, n->link);
	return sql_end(&q);
}

enum err links_find(struct store *s, const struct entry_new *n, int64_t now, int64_t *id,
                    struct error *e)
{
	uint64_t link = link_hash(s, n->link), known;
	bool is;
	enum err rc;

	*id = 0;
	if (link == 0)
		return ERR_NONE;
	if (!s->links && (rc = load(s, e)) != ERR_NONE)
		return rc;
	if (!map_get(s->links->entry_of, link, &known))
		return ERR_NONE;
	rc = is_copy(s, (int64_t)known, n, now, &is, e);
	if (is)
		*id = (int64_t)known;
	return rc;
}

void links_add(struct store *s, uint64_t link, int64_t id)
{
	if (s->links && link != 0)
		map_put(s->links->entry_of, link, (uint64_t)id);
}

void links_forget(struct store *s)
{
	if (s->links)
		map_free(s->links->entry_of);
	free(s->links);
	s->links = NULL;
}
