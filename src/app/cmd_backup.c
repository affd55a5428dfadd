/* lede backup: a copy of the cache. */
#include "cli_inside.h"

#include "lede/store/backup.h"

int cmd_backup(struct cli *c, const struct cli_args *a)
{
	struct store *s = NULL;
	struct error e;
	enum err rc = store_open(c->paths.db, STORE_READ, &s, &e);

	if (rc == ERR_DAMAGED && cli_recover(c, false, NULL))
		rc = store_open(c->paths.db, STORE_READ, &s, &e);
	if (rc == ERR_NONE)
		rc = store_backup(s, a->operand[0], &e);
	store_close(s);
	return rc == ERR_NONE ? EXIT_DONE : cli_fail(c, &e);
}
