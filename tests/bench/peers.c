/* peers - the same cold refresh by other readers, when they are found. The column of the anchor is
 * the peer's figure. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rows.h"

/* Where a program is; false when it is nowhere in PATH. */
static bool find_program(const char *name, char *path, size_t size)
{
	const char *from = getenv("PATH");
	struct str rest = str_of(from), folder;

	while (str_next(&rest, ':', &folder)) {
		snprintf(path, size, "%.*s/%s", (int)folder.n, folder.p, name);
		if (access(path, X_OK) == 0)
			return true;
	}
	return false;
}

static double newsboat(const struct bench *b, int feeds)
{
	char program[512], list[512], cache[512], config[512];
	const char *argv[] = { program, "-q",   "-u", list,     "-c", cache,
			       "-C",    config, "-x", "reload", NULL };
	struct cost c;
	FILE *f;

	if (!find_program("newsboat", program, sizeof program))
		return NAN;
	snprintf(list, sizeof list, "%s/newsboat.urls", b->folder);
	snprintf(cache, sizeof cache, "%s/newsboat.db", b->folder);
	snprintf(config, sizeof config, "%s/newsboat.config", b->folder);
	f = fopen(config, "w");
	if (!f || fclose(f) != 0 || !write_feed_list(b, feeds, list))
		return NAN;
	cost_of_program(argv, &c);
	remove(cache);
	return c.good ? c.cpu : NAN;
}

static double sfeed(const struct bench *b, int feeds)
{
	char program[512], config[512];
	const char *argv[] = { program, config, NULL };
	struct cost c;
	FILE *f;

	if (!find_program("sfeed_update", program, sizeof program))
		return NAN;
	snprintf(config, sizeof config, "%s/sfeedrc", b->folder);
	f = fopen(config, "w");
	if (!f)
		return NAN;
	fprintf(f, "sfeedpath=\"%s/sfeed\"\nfeeds() {\n", b->folder);
	for (int i = 0; i < feeds; i++)
		fprintf(f, "feed 'source %d' 'http://127.0.0.1:%d/%d'\n", i, b->web.port, i);
	fprintf(f, "}\n");
	if (fclose(f) != 0)
		return NAN;
	cost_of_program(argv, &c);
	return c.good ? c.cpu : NAN;
}

void rows_peers(const struct bench *b, int feeds, double lede)
{
	row("peer-newsboat-cold-cpu-s", lede, newsboat(b, feeds), GOAL_NONE, 0);
	row("peer-sfeed-cold-cpu-s", lede, sfeed(b, feeds), GOAL_NONE, 0);
}
