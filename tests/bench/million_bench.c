/* million_bench - what a cache of 1,000,000 entries costs, as rows: STORE.md, "Goals".
 *
 * Only with LEDE_BENCH=full. LEDE_MILLION is another number of entries; LEDE_MILLION_DB names the
 * cache to make, or to go on with: it is kept, and entries are deleted from it each time. Without it the
 * cache is a scratch file under TMPDIR. A million takes 2.5 GB and some minutes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lede/store/search.h"
#include "million.h"

#define FEEDS 1000
#define ENTRIES 1000000
#define BODY 1300 /* the median; the mean is about the 2.6 kB that STORE.md measured with */
#define TEXT 2600 /* bytes of text that its goal for indexing is said of */

static double size_mb(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (double)st.st_size / 1e6 : NAN;
}

static bool make(struct million *m)
{
	double entries = (double)m->corpus.feeds * m->corpus.entries;
	struct cost c;

	cost_of_work(million_fill, m, &c);
	if (!c.good)
		return false;
	if (c.value[0] > 0) {
		row("million-stored-entry-cpu-us", c.value[0] * 1e6 / entries, NAN, GOAL_NONE, 0);
		row("million-stored-rss-mb", c.rss_mb, NAN, GOAL_NONE, 0);
	}
	row("million-disk-entry-kb", size_mb(m->db) * 1e3 / entries, NAN, GOAL_NONE, 0);
	cost_of_work(million_index, m, &c);
	if (!c.good)
		return false;
	if (c.value[1] > 0) {
		remark("%.2f kB of text an entry", c.value[2] * 1e3 / c.value[1]);
		row("million-index-entry-of-2.6-kb-cpu-us", c.value[0] * TEXT / c.value[2], NAN,
		    GOAL_MOST, 260);
		row("million-index-merge-entry-cpu-us", c.value[3] * 1e6 / c.value[1], NAN,
		    GOAL_NONE, 0);
		row("million-index-rss-mb", c.rss_mb, NAN, GOAL_MOST, 60);
		row("million-index-written-mb", c.written_mb, NAN, GOAL_NONE, 0);
	}
	return true;
}

static void measure(struct million *m)
{
	if (!make(m)) {
		remark("the cache could not be made");
		return;
	}
	million_lists(m);
	million_searches(m);
	million_keep(m);
}

int main(void)
{
	const char *how = getenv("LEDE_BENCH"), *many = getenv("LEDE_MILLION"),
		   *given = getenv("LEDE_MILLION_DB"), *tmp = getenv("TMPDIR");
	long entries = many ? strtol(many, NULL, 10) : ENTRIES;
	struct vocabulary *words;
	struct million m = { .corpus = { .seed = 2, .feeds = FEEDS, .body = BODY } };
	char scratch[256];

	if (!how || strcmp(how, "full") != 0)
		return 0;
	snprintf(scratch, sizeof scratch, "%s/lede-million.%ld.db", tmp ? tmp : "/tmp",
		 (long)getpid());
	words = vocabulary_new();
	m.db = given ? given : scratch;
	m.corpus.words = words;
	m.corpus.entries = (int)(entries / FEEDS < 10 ? 10 : entries / FEEDS);
	remark("%d entries of %d feeds in %s", m.corpus.entries * FEEDS, FEEDS, m.db);
	measure(&m);
	if (!given) {
		search_index_drop(m.db);
		unlink(m.db);
	}
	vocabulary_free(words);
	return 0;
}
