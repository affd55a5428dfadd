#include "lede/store/hosts.h"

#include "inside.h"

#define DAY (24 * 3600)

enum err store_hosts(struct store *s, int64_t now, struct arena *a, struct host_row **rows,
                     size_t *n, struct error *e)
{
	struct host_row *got = NULL;
	size_t count = 0, cap = 0;
	struct query q = sql_query(s, SQL_HOSTS, e, BIND(v_int(now - DAY)));

	while (sql_row(&q)) {
		got = mem_grow(got, &cap, count + 1, sizeof *got);
		got[count++] = (struct host_row){
			.name = col_copy(&q, 0, a),
			.next = col_int(&q, 1),
			.spacing = (int)col_int(&q, 2),
			.failures = (int)col_int(&q, 3),
		};
	}
	*n = q.rc == ERR_NONE ? count : 0;
	*rows = array_to_arena(got, *n, sizeof *got, a);
	return sql_end(&q);
}

enum err store_host_refused(struct store *s, struct str name, int64_t next, int64_t now,
                            struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_HOSTS_FORGET, e, BIND(v_int(now - DAY)));
	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_HOST_REFUSED, e, BIND(v_text(name), v_int(next)));
	return own_end(s, own, rc, e);
}
