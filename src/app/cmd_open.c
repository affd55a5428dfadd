/* lede open: an entry in the browser. */
#include "cli_inside.h"

#include <stdlib.h>

#include "lede/app/browser.h"

static enum err open_address(struct cli *c, struct str link, struct error *e)
{
	struct error why = { .code = ERR_NONE };
	enum err rc = browser_open(config_text(c->config, OPT_BROWSER, NULL),
	                           c->getenv ? c->getenv("BROWSER") : getenv("BROWSER"), link, &why);

	return error_set(e, rc, "%s%s", why.text,
	                 rc == ERR_NONESUCH ? "; browser = in the configuration names another" : "");
}

static int open_entry(struct cli *c, const struct cache *k, int64_t id)
{
	struct entry_row row;
	struct error e = { .code = ERR_NONE };
	enum err rc = store_entry(k->store, id, k->arena, &row, &e);

	if (rc == ERR_NONE && row.link.n == 0)
		rc = error_set(&e, ERR_NONESUCH, "entry %lld has no address", (long long)id);
	if (rc == ERR_NONE)
		rc = open_address(c, row.link, &e);
	return rc == ERR_NONE ? EXIT_DONE : cli_fail(c, &e);
}

int cmd_open(struct cli *c, const struct cli_args *a)
{
	struct cache k;
	int64_t id;
	int status;

	if (!cli_id(c, a->operand[0], &id))
		return EXIT_USAGE;
	status = cache_open(c, CACHE_OR_SAMPLE, &k);
	if (status == EXIT_DONE)
		status = open_entry(c, &k, id);
	cache_close(&k);
	return status;
}
