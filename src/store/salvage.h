/* salvage (inside) - what its three sources share: the old file, the new one, the tables.
 */
#ifndef SRC_STORE_SALVAGE_H
#define SRC_STORE_SALVAGE_H

#include "inside.h"

#define SALVAGE_COLUMNS 20

/* A table of the new database: what a row of it looks like. */
struct shape {
	char name[32];
	int n, least;                    /* columns; an old row may lack those with a default */
	bool has_rowid, alias;           /* alias: the first column is the rowid, NULL in the record */
	struct column { char name[32]; char type; bool may_be_null; } column[SALVAGE_COLUMNS];
	sqlite3_stmt *insert;            /* of all columns, OR IGNORE */
};

/* Reads what a table is made of; prepares `insert`. */
enum err shape_of(struct store *to, const char *table, struct shape *out, struct error *e);
void shape_done(struct shape *s);

/* Copies what SQL can read of a table of `from`, whatever errors come. */
enum err salvage_by_sql(sqlite3 *from, struct store *to, const struct shape *s, struct error *e);

/* Reads every leaf page of the file and gives its rows to the tables they fit. */
enum err salvage_by_pages(const char *file, struct store *to, struct error *e);

/* Counters, stories and what else follows from the rows, made anew. In a batch. */
enum err store_recount(struct store *s, struct error *e);

#endif
