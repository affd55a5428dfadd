#include "lede/store/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "inside.h"
#include "search_inside.h"

/* Reads what hashes are made with. A memory database may be opened for reading before it is
 * filled. */
static enum err load_key(struct store *s, struct error *e)
{
	struct query q = sql_query(s, SQL_META_GET, e, BIND(v_text(STR("key"))));
	bool found = false;

	if (sql_row(&q)) {
		struct str key = col_str(&q, 0);

		found = key.n == sizeof s->key.bytes;
		if (found)
			memcpy(s->key.bytes, key.p, key.n);
	}
	if (sql_end(&q) != ERR_NONE || found)
		return q.rc;
	return store_damaged(s->path, e);
}

static enum err open_again(struct store *s, struct error *e)
{
	struct stat st;
	enum err rc = connection_open(s, e);

	if (rc == ERR_NONE)
		rc = schema_ensure(s, e);
	if (rc == ERR_NONE)
		rc = load_key(s, e);
	s->inode = !s->memory && stat(s->path, &st) == 0 ? (uint64_t)st.st_ino : 0;
	return rc;
}

static void close_connection(struct store *s)
{
	for (int i = 0; i < SQL_COUNT; i++) {
		sqlite3_finalize(s->stmt[i]);
		s->stmt[i] = NULL;
	}
	sqlite3_close(s->db);
	s->db = NULL;
}

bool store_is_replaced(const struct store *s)
{
	struct stat st;

	return s->inode != 0 && stat(s->path, &st) == 0 && (uint64_t)st.st_ino != s->inode;
}

uint64_t store_inode(const struct store *s)
{
	return s->inode;
}

enum err store_reopen(struct store *s, struct error *e)
{
	close_connection(s);
	links_forget(s);
	listing_forget(s->listing);
	counters_forget(s->counters);
	s->failed = ERR_NONE;
	s->full_sync = false;
	return open_again(s, e);
}

enum err store_open(const char *path, enum store_mode mode, struct store **out, struct error *e)
{
	struct store *s = mem_new(sizeof *s);
	enum err rc;

	s->path = mem_strdup(path);
	s->mode = mode;
	s->counters = counters_new();
	s->packer = packer_new();
	s->listing = listing_new();
	rc = open_again(s, e);
	*out = rc == ERR_NONE ? s : NULL;
	if (rc != ERR_NONE)
		store_close(s);
	return rc;
}

/* Closing the last connection of all makes SQLite checkpoint and remove the WAL. */
void store_close(struct store *s)
{
	if (!s)
		return;
	store_rollback(s);
	search_file_close(s->search);
	close_connection(s);
	links_forget(s);
	counters_free(s->counters);
	packer_free(s->packer);
	listing_free(s->listing);
	free(s->path);
	free(s);
}

const char *store_path(const struct store *s)
{
	return s->path;
}

const struct hash_key *store_key(const struct store *s)
{
	return &s->key;
}

int64_t store_data_version(struct store *s)
{
	int64_t version;

	sql_number(s, SQL_DATA_VERSION, &version, 0, NULL, BIND_NONE);
	return version;
}

void store_checkpoint(struct store *s)
{
	if (!s->memory && s->mode == STORE_WRITE)
		sqlite3_wal_checkpoint_v2(s->db, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

enum err store_get_number(struct store *s, const char *name, int64_t *value, struct error *e)
{
	return sql_number(s, SQL_META_GET, value, 0, e, BIND(v_text(str_of(name))));
}

enum err store_set_number(struct store *s, const char *name, int64_t value, struct error *e)
{
	bool own;
	enum err rc = own_begin(s, false, &own, e);

	if (rc == ERR_NONE)
		rc = sql_run(s, SQL_META_SET, e, BIND(v_text(str_of(name)), v_int(value)));
	return own_end(s, own, rc, e);
}

/* Of the cache and, once it was searched, of its index. */
static uint64_t db_status(struct store *s, int what)
{
	int now = 0, highest = 0;
	uint64_t index = s->search && s->search->file ? db_status(s->search->file, what) : 0;

	sqlite3_db_status(s->db, what, &now, &highest, 0);
	return (uint64_t)now + index;
}

struct store_counts store_counts(struct store *s)
{
	return (struct store_counts){
		.cache_miss = db_status(s, SQLITE_DBSTATUS_CACHE_MISS),
		.cache_write = db_status(s, SQLITE_DBSTATUS_CACHE_WRITE),
		.statements = s->statements,
	};
}
