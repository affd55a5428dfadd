/* The index's file: parts, damage, kills, and the same answers as a plain scan. */
#include "search_help.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../../src/store/search_inside.h"

static const char *index_path(const struct world *w)
{
	static char path[160];

	snprintf(path, sizeof path, "%s/lede-search.db", w->folder);
	return path;
}

static void index_sql(const struct world *w, const char *sql)
{
	struct search_file *f;

	assert_ok(search_file_open(w->s, STORE_WRITE, &f, &e));
	assert_int_equal(sqlite3_exec(f->file->db, sql, NULL, NULL, NULL), SQLITE_OK);
	search_file_close(f);
}

static int64_t index_number(const struct world *w, const char *sql)
{
	struct search_file *f;
	struct query q;
	int64_t n = -1;

	assert_ok(search_file_open(w->s, STORE_WRITE, &f, &e));
	q = sql_once(f->file, sql, NULL, BIND_NONE);
	if (sql_row(&q))
		n = col_int(&q, 0);
	assert_int_equal(sql_once_end(&q), ERR_NONE);
	search_file_close(f);
	return n;
}

/* ---- documents out of a vocabulary ---- */

enum { WORDS = 24, LONGEST = 30 };
static const char *const words[WORDS] = {
	"north", "South", "bridge", "bridges", "Café", "über", "2025", "river", "climate", "change",
	"国", "中国", "監管", "部門", "监管部门", "安全", "数据", "ニュース", "東京", "한국어",
	"a", "the", "of", "weather",
};

static uint64_t random_number(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return *seed >> 33;
}

/* What an entry says: words with a full stop or a blank behind each. */
struct document {
	int word[LONGEST];
	bool stop[LONGEST];
	int n, title; /* words; of them in the title */
	bool there;
};

static struct document document(uint64_t *seed)
{
	struct document d = { .there = true };

	d.n = 2 + (int)(random_number(seed) % (LONGEST - 2));
	d.title = 1 + (int)(random_number(seed) % 3);
	if (d.title >= d.n)
		d.title = d.n - 1;
	for (int i = 0; i < d.n; i++) {
		d.word[i] = (int)(random_number(seed) % WORDS);
		d.stop[i] = random_number(seed) % 3 == 0;
	}
	return d;
}

static void write_words(const struct document *d, int from, int to, struct buf *out)
{
	for (int i = from; i < to; i++) {
		buf_add_cstr(out, words[d->word[i]]);
		buf_add_cstr(out, d->stop[i] ? ". " : " ");
	}
}

static int64_t put_document(struct world *w, const struct document *d, int number, int64_t now)
{
	struct buf title = buf_limited(4096), html = buf_limited(4096);
	char guid[32];
	struct entry_new n;
	int64_t id;

	write_words(d, 0, d->title, &title);
	buf_add_cstr(&html, "<p>");
	write_words(d, d->title, d->n, &html);
	n = entry(w->feed[number % 8], "");
	snprintf(guid, sizeof guid, "document %d", number);
	n.guid = n.link = text(guid);
	n.title = buf_view(&title);
	n.html = buf_view(&html);
	n.published = now;
	id = put(w->s, &n, now);
	buf_free(&title);
	buf_free(&html);
	return id;
}

/* ---- the plain scan ---- */

/* The document as the characters of its words, folded; what parts words is a blank. The oracle
 * knows nothing of tokens: a word is found where its characters stand, a word of a language with
 * blanks only between two of them. */
static const char *folded_word(int i)
{
	static const char *const folded[WORDS] = {
		"north", "south", "bridge", "bridges", "cafe", "uber", "2025", "river", "climate",
		"change", "国", "中国", "监管", "部门", "监管部门", "安全", "数据", "ニュース", "东京",
		"한국어", "a", "the", "of", "weather",
	};

	return folded[i];
}

static void scan_text(const struct document *d, int from, int to, char *out)
{
	strcpy(out, " ");
	for (int i = from; i < to; i++) {
		strcat(out, folded_word(d->word[i]));
		strcat(out, " ");
	}
}

static bool is_latin(const char *s)
{
	return (unsigned char)s[0] < 0x80;
}

/* Whether the words of the term stand in `text` side by side. A blank parts nothing in a run of
 * Han: pairs across it are no words, so runs are compared word by word. */
static bool scan_for(const char *in, const char *term, bool start)
{
	char wanted[256];

	snprintf(wanted, sizeof wanted, is_latin(term) ? (start ? " %s" : " %s ") : "%s", term);
	return strstr(in, wanted) != NULL;
}

struct oracle_term {
	const char *text, *folded;
	bool title, without, start;
};

static bool scan_finds(const struct document *d, const struct oracle_term *t, size_t n)
{
	char all[1024], title[1024];

	if (!d->there)
		return false;
	scan_text(d, 0, d->n, all);
	scan_text(d, 0, d->title, title);
	for (size_t i = 0; i < n; i++)
		if (scan_for(t[i].title ? title : all, t[i].folded, t[i].start) == t[i].without)
			return false;
	return true;
}

/* ---- comparing ---- */

enum { DOCUMENTS = 400, ROUNDS = 150 };

/* One to three terms; words, beginnings, phrases of two Latin words, characters of a run. */
static struct oracle_term random_term(uint64_t *seed)
{
	static const struct oracle_term terms[] = {
		{ .text = "north", .folded = "north" }, { .text = "BRIDGE", .folded = "bridge" },
		{ .text = "cafe", .folded = "cafe" }, { .text = "Über", .folded = "uber" },
		{ .text = "brid", .folded = "brid", .start = true },
		{ .text = "we", .folded = "we", .start = true },
		{ .text = "climate change", .folded = "climate change" },
		{ .text = "of the", .folded = "of the" }, { .text = "the of", .folded = "the of" },
		{ .text = "國", .folded = "国" }, { .text = "监", .folded = "监" },
		{ .text = "中國", .folded = "中国" }, { .text = "监管", .folded = "监管" },
		{ .text = "監管部門", .folded = "监管部门" }, { .text = "管部", .folded = "管部" },
		{ .text = "ニュース", .folded = "ニュース" }, { .text = "ュー", .folded = "ュー" },
		{ .text = "東京", .folded = "东京" }, { .text = "국어", .folded = "국어" },
		{ .text = "nowhere", .folded = "nowhere" }, { .text = "2025", .folded = "2025" },
	};
	struct oracle_term t = terms[random_number(seed) % (sizeof terms / sizeof *terms)];

	t.title = random_number(seed) % 4 == 0;
	t.without = random_number(seed) % 4 == 0;
	return t;
}

static void compare(struct world *w, const struct document *d, uint64_t *seed)
{
	struct search_query q = { .after = INT64_MIN, .before = INT64_MAX };
	struct oracle_term t[3];
	char expected[8192] = "";
	size_t n = 0;

	q.nterms = 1 + random_number(seed) % 3;
	for (size_t i = 0; i < q.nterms; i++) {
		t[i] = random_term(seed);
		q.term[i] = (struct search_term){ .text = text(t[i].text), .start = t[i].start,
			                          .title = t[i].title, .without = t[i].without };
	}
	for (int i = DOCUMENTS; i > 0; i--)
		if (scan_finds(&d[i - 1], t, q.nterms))
			n += (size_t)snprintf(expected + n, sizeof expected - n, "%s%d", n ? " " : "", i);
	if (strcmp(found(w->s, &q), expected) != 0)
		fail_msg("%s%s%s|%s|%s: %s instead of %s", t[0].without ? "-" : "",
		         t[0].title ? "title:" : "", t[0].text, q.nterms > 1 ? t[1].text : "",
		         q.nterms > 2 ? t[2].text : "", found(w->s, &q), expected);
}

static void compare_all(struct world *w, const struct document *d, uint64_t *seed)
{
	for (int i = 0; i < ROUNDS; i++)
		compare(w, d, seed);
}

/* Stops between words never matter to the oracle: a full stop parts runs as a blank does. */
static void the_index_finds_what_a_plain_scan_finds(void **state)
{
	struct world *w = *state;
	struct document d[DOCUMENTS];
	uint64_t seed = 20250414;

	index_sql(w, "UPDATE meta SET value = 6 WHERE key = 'shift'"); /* seven parts */
	for (int i = 0; i < DOCUMENTS; i++) {
		d[i] = document(&seed);
		assert_int_equal(put_document(w, &d[i], i, NOW + i), i + 1);
		if (i == 250)
			index_all(w->s, 40);
	}
	compare_all(w, d, &seed); /* 150 of them are read */
	index_all(w->s, 100);
	compare_all(w, d, &seed);
	for (int i = 0; i < DOCUMENTS; i += 3) { /* changed ones */
		d[i] = document(&seed);
		put_document(w, &d[i], i, NOW + i);
	}
	index_all(w->s, 50);
	assert_int_equal(recount(w, "SELECT count(*) FROM search_todo"), 0);
	by_hand(w, "DELETE FROM entry WHERE id % 7 = 0");
	for (int i = 0; i < DOCUMENTS; i++)
		d[i].there = (i + 1) % 7 != 0;
	compare_all(w, d, &seed);
	assert_int_equal(index_number(w, "SELECT count(*) FROM part"), 7);
}

/* ---- parts ---- */

static void a_part_whose_entries_are_gone_goes_and_its_starred_stay(void **state)
{
	struct world *w = *state;
	const int64_t starred[] = { 3, 5 };
	char title[32];

	index_sql(w, "UPDATE meta SET value = 4 WHERE key = 'shift'");
	for (int i = 1; i <= 50; i++) {
		snprintf(title, sizeof title, "Number %d of many", i);
		put_text(w, 0, title, i == 3 ? "<p>three it is</p>" : "<p>text</p>", NOW + i);
	}
	index_all(w->s, 1000);
	assert_int_equal(index_number(w, "SELECT count(*) FROM part"), 4);
	assert_ok(store_mark(w->s, starred, 2, ENTRY_STARRED, true, NULL, &e));
	by_hand(w, "DELETE FROM entry WHERE id < 32 AND (flags & 2) = 0");
	index_all(w->s, 1000);
	assert_int_equal(index_number(w, "SELECT count(*) FROM part"), 2);
	assert_int_equal(index_number(w, "SELECT count(*) FROM sqlite_schema WHERE name IN "
	                              "('find_body_0', 'find_title_1')"), 0);
	assert_found(w, "three it is", "3");
	assert_found(w, "title:many|text|-title:40", "50 49 48 47 46 45 44 43 42 41 39 38 37 36 35 34 33 32 5");
	assert_found(w, "title:number 5", "5");
	assert_ok(store_search_done(w->s, NULL, 0, &e));
}

static void full_parts_are_merged(void **state)
{
	struct world *w = *state;
	const struct search_pace hurry = { .entries = 20, .backlog = true };
	struct search_index *x;
	bool more = true;
	char title[32];

	index_sql(w, "UPDATE meta SET value = 8 WHERE key = 'shift'");
	for (int i = 1; i <= 300; i++) {
		snprintf(title, sizeof title, "Number %d of many", i);
		put_text(w, 0, title, "<p>the same text again and again</p>", NOW + i);
	}
	assert_ok(search_index_open(w->s, &x, &e));
	assert_ok(search_index_step(x, &hurry, &more, &e));
	assert_true(more);
	assert_int_equal(index_number(w, "SELECT merge FROM part WHERE id = 0"), 1);
	while (more)
		assert_ok(search_index_step(x, &hurry, &more, &e));
	search_index_close(x);
	assert_int_equal(index_number(w, "SELECT sum(merge) FROM part"), 0);
	/* one segment is left: one row of its index */
	assert_int_equal(index_number(w, "SELECT count(DISTINCT segid) FROM find_body_0_idx"), 1);
	assert_found(w, "title:number 7", "7");
	assert_int_equal(index_number(w, "SELECT count(*) FROM find_body_0 WHERE find_body_0 MATCH "
	                              "'\"again\"'"), 255);
}

/* ---- what does not fit ---- */

static void put_three(struct world *w)
{
	put_text(w, 0, "First bridge", "<p>one</p>", NOW - 3);
	put_text(w, 0, "Second bridge", "<p>two</p>", NOW - 2);
	put_text(w, 0, "Third bridge", "<p>three</p>", NOW - 1);
	index_all(w->s, 100);
}

static void assert_made_anew(struct world *w)
{
	index_all(w->s, 100);
	assert_int_equal(index_number(w, "SELECT value FROM meta WHERE key = 'upto'"), 3);
	by_hand(w, "UPDATE body SET coding = 7"); /* unreadable: only the index knows */
	assert_found(w, "bridge|two", "2");
}

static void an_index_of_another_kind_or_cache_is_made_anew(void **state)
{
	static const char *const wrong[] = {
		"UPDATE meta SET value = value + 1 WHERE key = 'kind'",
		"UPDATE meta SET value = value + 1 WHERE key = 'owner'",
		"UPDATE meta SET value = 100 WHERE key = 'upto'",
		"DELETE FROM meta",
		"DROP TABLE meta; CREATE TABLE meta(key, value)",
		"PRAGMA application_id=0x6C656465",
	};
	struct world *w = *state;

	put_three(w);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		index_sql(w, wrong[i]);
		assert_found(w, "bridge", "3 2 1"); /* read */
		index_all(w->s, 100);
		assert_int_equal(index_number(w, "SELECT value FROM meta WHERE key = 'upto'"), 3);
	}
	assert_made_anew(w);
}

static void damage_file(const struct world *w, off_t at, const char *bytes, size_t n)
{
	int fd = open(index_path(w), O_RDWR);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, n, at), n);
	close(fd);
}

static void a_damaged_index_is_dropped_and_made_anew(void **state)
{
	struct world *w = *state;
	struct stat st;
	char noise[4096];
	uint64_t seed = 5;

	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (char)random_number(&seed);
	put_three(w);
	for (int page = 0;; page++) {
		store_close(w->s); /* so that no log holds the pages */
		w->s = world_connect(w, STORE_WRITE);
		assert_int_equal(stat(index_path(w), &st), 0);
		if ((off_t)page * 4096 >= st.st_size)
			break;
		damage_file(w, (off_t)page * 4096, noise, sizeof noise);
		assert_found(w, "title:bridge", "3 2 1");
		assert_found(w, "bridge", "3 2 1");
		unlink(index_path(w));
		index_all(w->s, 100);
	}
	assert_true(st.st_size > 8 * 4096);
	damage_file(w, 0, noise, 100);
	assert_made_anew(w);
}

static void damage_seen_while_indexing_drops_the_index(void **state)
{
	struct world *w = *state;
	struct search_index *x;
	bool more;
	const struct search_pace pace = { .entries = 10 };
	struct error error;
	enum err rc = ERR_NONE;
	struct stat st;

	put_three(w);
	index_sql(w, "DELETE FROM find_body_0_data; INSERT INTO find_body_0_data VALUES(10, x'ff'), "
	          "(1, x'ffff')");
	put_text(w, 0, "Fourth bridge", "<p>four</p>", NOW);
	assert_ok(search_index_open(w->s, &x, &e));
	rc = search_index_step(x, &pace, &more, &error);
	search_index_close(x);
	if (rc != ERR_DAMAGED)
		fail_msg("%d: %s", rc, error.text);
	assert_int_equal(stat(index_path(w), &st), -1);
	index_all(w->s, 10);
	assert_found(w, "bridge", "4 3 2 1");
}

static void an_index_that_vanishes_is_made_again(void **state)
{
	struct world *w = *state;

	put_three(w);
	assert_found(w, "bridge", "3 2 1");
	search_index_drop(w->path);
	assert_found(w, "bridge", "3 2 1");
	index_all(w->s, 100);
	assert_made_anew(w);
}

static void two_do_not_index_at_once(void **state)
{
	struct world *w = *state;
	const struct search_pace pace = { .entries = 10 };
	struct search_index *x, *y;
	bool more;

	put_text(w, 0, "First bridge", "<p>one</p>", NOW);
	assert_ok(search_index_open(w->s, &x, &e));
	index_sql(w, "UPDATE meta SET value = value");
	assert_ok(search_index_open(w->s, &y, &e));
	{
		struct search_file *f;

		assert_ok(search_file_open(w->s, STORE_WRITE, &f, &e));
		assert_ok(sql_exec(f->file, "BEGIN IMMEDIATE", &e));
		assert_err(ERR_BUSY, search_index_step(x, &pace, &more, &e));
		assert_ok(sql_exec(f->file, "COMMIT", &e));
		search_file_close(f);
	}
	assert_ok(search_index_step(x, &pace, &more, &e));
	assert_ok(search_index_step(y, &pace, &more, &e));
	search_index_close(x);
	search_index_close(y);
	assert_int_equal(index_number(w, "SELECT count(*) FROM find_body_0 WHERE find_body_0 MATCH "
	                              "'\"bridge\"'"), 1);
}

static enum search_go drop_at_once(void *self)
{
	return (*(int *)self)-- > 0 ? SEARCH_ON : SEARCH_DROP;
}

static enum search_go commit_at_once(void *self)
{
	return (*(int *)self)-- > 0 ? SEARCH_ON : SEARCH_COMMIT;
}

static void a_step_ends_when_it_is_told_to(void **state)
{
	struct world *w = *state;
	int left = 3;
	struct search_pace pace = { .entries = 100, .go = drop_at_once, .self = &left };
	struct search_index *x;
	int64_t waiting;
	bool more;

	put_text(w, 0, "First bridge", "", NOW);
	put_text(w, 0, "Second bridge", "", NOW);
	put_text(w, 0, "Third bridge", "", NOW);
	assert_ok(search_index_open(w->s, &x, &e));
	assert_ok(search_index_step(x, &pace, &more, &e));
	assert_true(more);
	assert_ok(search_index_waiting(x, &waiting, &e));
	assert_int_equal(waiting, 3);
	pace.go = commit_at_once;
	left = 3;
	assert_ok(search_index_step(x, &pace, &more, &e));
	assert_ok(search_index_waiting(x, &waiting, &e));
	assert_int_equal(waiting, 1);
	pace.go = NULL;
	assert_ok(search_index_step(x, &pace, &more, &e));
	assert_ok(search_index_waiting(x, &waiting, &e));
	assert_int_equal(waiting, 0);
	search_index_close(x);
	assert_found(w, "bridge", "3 2 1");
}

/* ---- kill -9 ---- */

static void index_until_killed(const char *path)
{
	const struct search_pace pace = { .entries = 7, .backlog = true };
	struct search_index *x;
	struct store *s;
	bool more = true;

	if (store_open(path, STORE_WRITE, &s, NULL) != ERR_NONE ||
	    search_index_open(s, &x, NULL) != ERR_NONE)
		_exit(1);
	while (search_index_step(x, &pace, &more, NULL) == ERR_NONE && more)
		continue;
	_exit(0);
}

static void an_index_killed_in_the_middle_goes_on_rightly(void **state)
{
	struct world *w = *state;
	struct document d[DOCUMENTS];
	uint64_t seed = 99;
	int killed = 0;

	index_sql(w, "UPDATE meta SET value = 6 WHERE key = 'shift'");
	for (int i = 0; i < DOCUMENTS; i++) {
		d[i] = document(&seed);
		put_document(w, &d[i], i, NOW + i);
	}
	for (int round = 0; round < 12; round++) {
		const struct timespec a_while = { .tv_nsec = (3 + round * 5) * 1000000L };
		int status;
		pid_t pid = fork();

		if (pid == 0)
			index_until_killed(w->path);
		nanosleep(&a_while, NULL);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		killed += WIFSIGNALED(status);
		for (int i = round; i < DOCUMENTS; i += 12) {
			d[i] = document(&seed);
			put_document(w, &d[i], i, NOW + i);
		}
	}
	index_all(w->s, 100);
	compare_all(w, d, &seed);
	assert_int_equal(recount(w, "SELECT count(*) FROM search_todo"), 0);
	assert_int_equal(index_number(w, "SELECT count(*) FROM pragma_integrity_check WHERE "
	                              "integrity_check = 'ok'"), 1);
	assert_true(killed > 0);
	print_message("%d of 12 were killed\n", killed);
}

int main(void)
{
#define IN_FILE(test) cmocka_unit_test_setup_teardown(test, world_in_file, world_end)
	const struct CMUnitTest tests[] = {
		IN_FILE(the_index_finds_what_a_plain_scan_finds),
		IN_FILE(a_part_whose_entries_are_gone_goes_and_its_starred_stay),
		IN_FILE(full_parts_are_merged),
		IN_FILE(an_index_of_another_kind_or_cache_is_made_anew),
		IN_FILE(a_damaged_index_is_dropped_and_made_anew),
		IN_FILE(damage_seen_while_indexing_drops_the_index),
		IN_FILE(an_index_that_vanishes_is_made_again),
		IN_FILE(two_do_not_index_at_once),
		IN_FILE(a_step_ends_when_it_is_told_to),
		IN_FILE(an_index_killed_in_the_middle_goes_on_rightly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
