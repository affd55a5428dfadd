#include "lede/store/remembered.h"

#include "inside.h"

/* One row of meta a name: "history-NAME", the lines behind each other. */
static void key_of(const char *name, struct buf *out)
{
	buf_addf(out, "history-%s", name);
}

enum err store_remembered(struct store *s, const char *name, struct buf *out, struct error *e)
{
	struct buf key = buf_limited(256);
	struct query q;
	enum err rc;

	key_of(name, &key);
	q = sql_query(s, SQL_META_GET, e, BIND(v_text(buf_view(&key))));
	if (sql_row(&q) && buf_add(out, col_str(&q, 0)) != ERR_NONE)
		q.rc = error_set(e, ERR_LIMIT, "what was remembered of %s is too long", name);
	rc = sql_end(&q);
	buf_free(&key);
	return rc;
}

static int lines_of(struct str text)
{
	struct str line;
	int n = 0;

	while (str_next_line(&text, &line))
		n++;
	return n;
}

/* `old` without the line and without what is over the limit, then the line. */
static void renewed(struct str old, struct str line, struct buf *out)
{
	int over = lines_of(old) - (REMEMBERED_LINES - 1);
	struct str rest = old, one;

	while (str_next_line(&rest, &one))
		if (str_eq(one, line))
			over--;
	while (str_next_line(&old, &one)) {
		if (str_eq(one, line) || over-- > 0)
			continue;
		buf_add(out, one);
		buf_add_char(out, '\n');
	}
	buf_add(out, line);
	buf_add_char(out, '\n');
}

static enum err store_lines(struct store *s, const char *name, struct str lines, struct error *e)
{
	struct buf key = buf_limited(256);
	enum err rc;

	key_of(name, &key);
	rc = sql_run(s, SQL_META_SET, e, BIND(v_text(buf_view(&key)), v_text(lines)));
	buf_free(&key);
	return rc;
}

enum err store_remember(struct store *s, const char *name, struct str line, struct error *e)
{
	struct buf old = buf_limited(1 << 20), now = buf_limited(1 << 20);
	bool own;
	enum err rc;

	if (str_find(line, '\n') != SIZE_MAX || str_find(line, '\r') != SIZE_MAX)
		return error_set(e, ERR_USAGE, "what is remembered is one line");
	rc = own_begin(s, false, &own, e);
	if (rc == ERR_NONE)
		rc = store_remembered(s, name, &old, e);
	if (rc == ERR_NONE) {
		renewed(buf_view(&old), line, &now);
		rc = store_lines(s, name, buf_view(&now), e);
	}
	rc = own_end(s, own, rc, e);
	buf_free(&old);
	buf_free(&now);
	return rc;
}
