/* cli_items - entries as programs hand them over: JSON Lines, one object a line, UTF-8.
 *
 * Keys that are not asked for are passed over; a key that is missing, or of another type, is empty
 * or 0. Only the id has to be there, a string or a whole number: answers name it as it came.
 * Must not know: what is done with them.
 */
#ifndef LEDE_APP_CLI_ITEMS_H
#define LEDE_APP_CLI_ITEMS_H

#include <jansson.h>

#include "jout.h"
#include "lede/app/cli.h"

struct items;
struct item {
	json_t *id;                       /* hold it (json_incref) to keep it past the next item */
	struct str title;                 /* display form */
	struct str source, action, lang;  /* as they came */
	int64_t time, rank;
	double points;
};

/* `name` NULL: what comes in. NULL and a sentence when the file cannot be opened. */
struct items *items_open(struct cli *c, const char *name, struct error *e);
/* Says what was wrong and gives the exit status. */
int items_fail(struct cli *c, const struct error *e);
void items_close(struct items *in);
/* The next item, borrowed until the one after; false at the end or when something is wrong. */
bool items_next(struct items *in, struct item *out);
/* What was wrong, named with its line: ERR_SYNTAX no object with an id, ERR_LIMIT a line of more
 * than 1 MB, ERR_IO. ERR_NONE at the end. */
enum err items_end(const struct items *in, struct error *e);

/* "id": as it came; for any key. */
void item_key_id(struct jout *j, const char *key, const json_t *id);
/* The number by which folding and ranking know a source. */
int64_t item_feed(const struct item *i);

#endif
