#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define A "https://a.example/feed"
#define B "https://b.example/feed"
#define TWO_ITEMS RSS(ITEM("Bridge reopens after two years", "1", MORNING) \
		ITEM("Lost dog takes the tram", "2", NIGHT))

static int opened(void **state)
{
	static struct rig r;

	rig_open(&r);
	rig_subscribe(&r, A);
	fake_answer(r.fake, (struct fake_answer){ .url = A, .status = 200, .body = TWO_ITEMS,
		.etag = "\"1\"", .if_etag = "\"1\"" });
	rig_start(&r);
	*state = &r;
	return 0;
}

static int closed(void **state)
{
	rig_close(*state);
	return 0;
}

static int64_t milliseconds(void)
{
	struct clock c = clock_system();

	return clock_ticks(&c);
}

static void tell(struct rig *r, struct job *j)
{
	engine_tell(r->engine, j);
}

static int64_t edition(struct rig *r, int64_t keep, int64_t ended, int lowest_opened)
{
	struct job *j = job_new(JOB_EDITION);

	j->keep = keep;
	j->edition = ended;
	j->lowest_opened = lowest_opened;
	tell(r, j);
	return rig_wait(r, NOTICE_EDITION)->edition;
}

/* ---- marks ---- */

static void a_mark_is_on_disk_when_it_is_told_of(void **state)
{
	struct rig *r = *state;
	int64_t entry;

	rig_refresh(r, false);
	entry = rig_entry(r, "Lost dog takes the tram");
	tell(r, rig_mark(entry, ENTRY_STARRED, true, EVENT_STAR));
	assert_int_equal(rig_wait(r, NOTICE_MARKED)->n, -1);
	assert_true(rig_flags(r, entry) & ENTRY_STARRED);
	tell(r, rig_mark(entry, ENTRY_STARRED, false, EVENT_UNSTAR));
	rig_wait(r, NOTICE_MARKED);
	assert_false(rig_flags(r, entry) & ENTRY_STARRED);
}

static void a_story_is_marked_whole(void **state)
{
	struct rig *r = *state;
	struct ask *ask = ask_new(ASK_ARTICLE, 1);
	struct job *j;
	int64_t one, two;

	rig_subscribe(r, B);
	fake_answer(r->fake, (struct fake_answer){ .url = B, .status = 200,
		.body = RSS(ITEM("After two years the bridge reopens", "b1", MORNING)) });
	rig_refresh(r, false);
	one = rig_entry(r, "Bridge reopens after two years");
	two = rig_entry(r, "After two years the bridge reopens");
	ask->entry = two;
	j = rig_mark(rig_ask(r, ask)->article.entry.story, ENTRY_READ, true, 0);
	j->stories = true;
	j->entry = two;
	j->act = EVENT_OPEN;
	tell(r, j);
	rig_wait(r, NOTICE_MARKED);
	assert_true(rig_flags(r, one) & ENTRY_READ);
	assert_true(rig_flags(r, two) & ENTRY_READ);
}

static void a_list_is_marked_up_to_what_was_seen(void **state)
{
	struct rig *r = *state;
	struct job *j = job_new(JOB_MARK_LIST);
	int64_t highest;

	rig_refresh(r, false);
	highest = rig_ask(r, ask_new(ASK_COUNTS, 1))->counts.highest;
	fake_answer(r->fake, (struct fake_answer){ .url = A, .status = 200,
		.body = RSS(ITEM("Came later", "3", MORNING)) });
	rig_refresh(r, false);
	j->list = LIST_LATEST;
	j->upto = highest;
	tell(r, j);
	assert_int_equal(rig_wait(r, NOTICE_MARKED)->n, 2);
	assert_false(rig_flags(r, rig_entry(r, "Came later")) & ENTRY_READ);
	assert_int_equal(rig_ask(r, ask_new(ASK_COUNTS, 1))->counts.unread, 1);
}

/* ---- undoing ---- */

static void count_weight(void *self, int kind, int64_t key, double weight)
{
	int *n = self;

	(void)key;
	*n += kind != PROFILE_EPOCH && (weight > 1e-9 || weight < -1e-9);
}

static int learned_rows(struct rig *r)
{
	struct error e = { .code = ERR_NONE };
	int n = 0;

	assert_ok(store_profile(r->store, count_weight, &n, &e), &e);
	return n;
}

static struct notice *turn(struct rig *r, bool back, int times)
{
	struct job *j = job_new(JOB_UNDO);

	j->on = back;
	j->times = times;
	tell(r, j);
	return rig_wait(r, NOTICE_UNDONE);
}

static void what_was_done_last_is_undone_after_a_restart(void **state)
{
	struct rig *r = *state;
	struct notice *n;
	int64_t entry;

	rig_refresh(r, false);
	entry = rig_entry(r, "Lost dog takes the tram");
	tell(r, rig_mark(entry, ENTRY_STARRED, true, EVENT_STAR));
	rig_wait(r, NOTICE_MARKED);
	rig_stop(r);
	rig_start(r);
	n = turn(r, true, 1);
	assert_int_equal(n->n, 1);
	assert_int_equal(n->entry, entry);
	assert_string_equal(n->error.text, "starred: Lost dog takes the tram");
	assert_false(rig_flags(r, entry) & ENTRY_STARRED);
	n = turn(r, true, 1);
	assert_int_equal(n->n, 0);
	assert_int_equal(n->error.code, ERR_NONESUCH);
	n = turn(r, false, 1);
	assert_int_equal(n->n, 1);
	assert_true(rig_flags(r, entry) & ENTRY_STARRED);
}

/* Each is done when those before it are, however they wait for one another. */
static void acts_are_done_in_the_order_they_were_given(void **state)
{
	struct rig *r = *state;
	int64_t one, two;

	rig_refresh(r, false);
	one = rig_entry(r, "Lost dog takes the tram");
	two = rig_entry(r, "Bridge reopens after two years");
	for (int i = 0; i < 40; i++) {
		struct job *undo = job_new(JOB_UNDO);

		tell(r, rig_mark(one, ENTRY_READ, true, 0));
		undo->on = true;
		undo->times = 1;
		tell(r, undo);
		tell(r, rig_mark(two, ENTRY_STARRED, i % 2 == 0, 0));
	}
	for (int i = 0; i < 40; i++)
		assert_string_equal(rig_wait(r, NOTICE_UNDONE)->error.text,
				    "marked read: Lost dog takes the tram");
	rig_wait(r, NOTICE_MARKED);
	assert_false(rig_flags(r, one) & ENTRY_READ);
	assert_false(rig_flags(r, two) & ENTRY_STARRED);
}

/* The log is the cache's: two readers undo one after the other what was done last by either, and
 * what was learned is counted as if one had done it. */
static void what_another_lede_did_last_is_undone_too(void **state)
{
	struct rig *r = *state, other;
	struct notice *n;
	int64_t mine, theirs;

	rig_refresh(r, false);
	mine = rig_entry(r, "Lost dog takes the tram");
	theirs = rig_entry(r, "Bridge reopens after two years");
	rig_open_in(&other, r->folder);
	rig_subscribe(&other, A);
	rig_start(&other);
	tell(r, rig_mark(mine, ENTRY_STARRED, true, EVENT_STAR));
	rig_wait(r, NOTICE_MARKED);
	tell(&other, rig_mark(theirs, ENTRY_STARRED, true, EVENT_STAR));
	rig_wait(&other, NOTICE_MARKED);
	n = turn(r, true, 1);
	assert_string_equal(n->error.text, "starred: Bridge reopens after two years");
	n = turn(&other, true, 1);
	assert_string_equal(n->error.text, "starred: Lost dog takes the tram");
	assert_int_equal(turn(r, true, 1)->n, 0);
	assert_false(rig_flags(r, mine) & ENTRY_STARRED);
	assert_false(rig_flags(r, theirs) & ENTRY_STARRED);
	assert_int_equal(learned_rows(r), 0);
	turn(&other, false, 2);
	assert_true(rig_flags(r, mine) & rig_flags(r, theirs) & ENTRY_STARRED);
	assert_true(learned_rows(r) > 0);
	rig_leave(&other);
}

/* ---- other processes ---- */

static void what_another_process_writes_is_told_within_a_second(void **state)
{
	struct rig *r = *state;
	struct store *other;
	struct error e = { .code = ERR_NONE };
	int64_t entry, began;

	rig_refresh(r, false);
	entry = rig_entry(r, "Lost dog takes the tram");
	rig_ask(r, ask_new(ASK_COUNTS, 1));
	assert_ok(store_open(r->path, STORE_WRITE, &other, &e), &e);
	began = milliseconds();
	assert_ok(store_mark(other, &entry, 1, ENTRY_READ, true, NULL, &e), &e);
	rig_wait(r, NOTICE_CHANGED);
	assert_true(milliseconds() - began <= 1000);
	store_close(other);
}

static void states_are_those_of_the_ids_asked_for(void **state)
{
	struct rig *r = *state;
	struct ask *ask = ask_states_new(9, 3, 1);
	struct answer *a;
	int64_t dog, bridge;

	rig_refresh(r, false);
	dog = rig_entry(r, "Lost dog takes the tram");
	bridge = rig_entry(r, "Bridge reopens after two years");
	tell(r, rig_mark(dog, ENTRY_STARRED, true, 0));
	rig_wait(r, NOTICE_MARKED);
	ask->id[0] = dog;
	ask->id[1] = bridge;
	ask->id[2] = 4711;
	ask->id[3] = bridge;          /* the story that it opened */
	ask->upto = dog > bridge ? dog : bridge;
	a = rig_ask(r, ask);
	assert_int_equal(a->nentries, 3);
	assert_int_equal(a->entry_now[0].flags, ENTRY_STARRED);
	assert_int_equal(a->entry_now[1].flags, 0);
	assert_int_equal(a->entry_now[2].flags, ENTRY_MISSING);
	assert_int_equal(a->nstories, 1);
	assert_int_equal(a->story_now[0].unread, 1);
	assert_int_equal(a->counts.starred, 1);
	assert_int_equal(a->counts.new_stories, 0);
}

static void a_mark_of_an_entry_that_is_gone_is_no_failure(void **state)
{
	struct rig *r = *state;

	tell(r, rig_mark(4711, ENTRY_READ, true, EVENT_OPEN));
	assert_int_equal(rig_wait(r, NOTICE_MARKED)->n, -1);
}

static void what_was_told_before_closing_is_done(void **state)
{
	struct rig *r = *state;
	struct job *j = job_new(JOB_NUMBER);
	int64_t entry;

	rig_refresh(r, false);
	entry = rig_entry(r, "Lost dog takes the tram");
	for (int i = 0; i < 100; i++)
		tell(r, rig_mark(entry, ENTRY_READ, i % 2 == 0, 0));
	tell(r, rig_mark(entry, ENTRY_STARRED, true, EVENT_STAR));
	memcpy(j->name, "here", sizeof "here");
	j->value = NOW - 5;
	tell(r, j);
	rig_stop(r);
	assert_int_equal(rig_flags(r, entry), ENTRY_STARRED);
	rig_start(r);
	assert_int_equal(rig_ask(r, ask_new(ASK_COUNTS, 1))->counts.here, NOW - 5);
}

/* ---- asks ---- */

static void the_edition_comes_with_its_rows_and_the_counts(void **state)
{
	struct rig *r = *state;
	struct ask *ask = ask_new(ASK_EDITION, 7);
	struct answer *a;

	rig_refresh(r, false);
	assert_true(edition(r, 0, 0, 0) > 0);
	ask->from = 1;
	ask->n = 10;
	a = rig_ask(r, ask);
	assert_int_equal(a->error.code, ERR_NONE);
	assert_int_equal(a->n, 2);
	assert_int_equal(a->edition.rows, 2);
	assert_text(a->edition_row[0].title, "Bridge reopens after two years");
	assert_text(a->edition_row[0].source, "A Feed");
	assert_int_equal(a->counts.unread, 2);
	assert_int_equal(a->counts.entries, 2);
	assert_int_equal(a->counts.feeds, 1);
	assert_int_equal(a->counts.new_stories, 0);
	assert_int_equal(a->counts.here, 0);
}

static void without_an_edition_the_answer_says_none(void **state)
{
	struct rig *r = *state;
	struct ask *ask = ask_new(ASK_EDITION, 7);
	struct answer *a;

	ask->n = 10;
	a = rig_ask(r, ask);
	assert_int_equal(a->error.code, ERR_NONE);
	assert_int_equal(a->edition.id, 0);
	assert_int_equal(a->n, 0);
}

static struct ask *list_ask(uint32_t ticket, int64_t at, int limit)
{
	struct ask *a = ask_new(ASK_LIST, ticket);

	a->list = (struct list_query){ .list = LIST_LATEST, .way = LIST_OLDER, .limit = limit };
	a->at = at;
	return a;
}

static void a_window_of_a_list_begins_where_it_is_asked_for(void **state)
{
	struct rig *r = *state;
	struct answer *a;
	struct ask *ask;

	rig_refresh(r, false);
	a = rig_ask(r, list_ask(1, 0, 10));
	assert_int_equal(a->n, 2);
	assert_int_equal(a->total, 2);
	assert_int_equal(a->at, 0);
	assert_text(a->entry_row[0].title, "Bridge reopens after two years");
	a = rig_ask(r, list_ask(2, 1, 10));
	assert_int_equal(a->n, 1);
	assert_text(a->entry_row[0].title, "Lost dog takes the tram");
	ask = list_ask(3, -1, 10);
	ask->has_anchor = true;
	ask->anchor = (struct list_anchor){ a->entry_row[0].time, a->entry_row[0].feed,
		a->entry_row[0].id };
	ask->list.way = LIST_NEWER;
	a = rig_ask(r, ask);
	assert_int_equal(a->n, 1);
	assert_int_equal(a->at, -1);
	assert_text(a->entry_row[0].title, "Bridge reopens after two years");
	a = rig_ask(r, list_ask(4, 99, 10));
	assert_int_equal(a->error.code, ERR_NONE);
	assert_int_equal(a->n, 0);
}

static void unread_lists_count_what_is_unread(void **state)
{
	struct rig *r = *state;
	struct ask *ask = list_ask(1, 0, 10);
	int64_t feed;

	rig_refresh(r, false);
	tell(r, rig_mark(rig_entry(r, "Lost dog takes the tram"), ENTRY_READ, true, 0));
	rig_wait(r, NOTICE_MARKED);
	ask->list.unread_only = true;
	assert_int_equal(rig_ask(r, ask)->total, 1);
	feed = rig_feed(r, A).id;
	ask = list_ask(2, 0, 10);
	ask->list.list = LIST_FEED;
	ask->list.feed = feed;
	ask->list.unread_only = true;
	assert_int_equal(rig_ask(r, ask)->total, 1);
	ask = list_ask(3, 0, 10);
	ask->list.list = LIST_FEED;
	ask->list.feed = feed;
	assert_int_equal(rig_ask(r, ask)->total, 2);
}

static void an_article_comes_parsed_with_its_story_and_its_why(void **state)
{
	struct rig *r = *state;
	struct ask *ask = ask_new(ASK_ARTICLE, 1);
	struct buf text = buf_limited(1000);
	struct answer *a;

	rig_refresh(r, false);
	edition(r, 0, 0, 0);
	ask->entry = rig_entry(r, "Lost dog takes the tram");
	a = rig_ask(r, ask);
	assert_int_equal(a->error.code, ERR_NONE);
	assert_text(a->article.entry.title, "Lost dog takes the tram");
	assert_int_equal(a->article.nmembers, 1);
	assert_true(a->article.has_row);
	assert_int_equal(a->article.row.rank, 2);
	assert_true(a->article.why.n > 0);
	assert_non_null(a->article.doc);
	rich_plain(a->article.doc, &text);
	assert_text(str_trim(buf_view(&text)), "Text of 2.");
	buf_free(&text);
}

static void an_article_that_is_not_there_is_said_to_be_none(void **state)
{
	struct rig *r = *state;
	struct ask *ask = ask_new(ASK_ARTICLE, 1);
	struct answer *a;

	ask->entry = 1234;
	a = rig_ask(r, ask);
	assert_int_equal(a->error.code, ERR_NONESUCH);
	assert_string_equal(a->error.text, "no entry 1234");
}

static void feeds_come_with_their_health(void **state)
{
	struct rig *r = *state;
	struct answer *a;

	rig_refresh(r, false);
	a = rig_ask(r, ask_new(ASK_FEEDS, 1));
	assert_int_equal(a->n, 1);
	assert_text(a->feed_row[0].title, "A Feed");
	assert_int_equal(a->feed_row[0].entries, 2);
	assert_int_equal(a->feed_row[0].recent, 2);
}

static void of_articles_asked_in_a_row_the_last_is_answered(void **state)
{
	struct rig *r = *state;
	int64_t one, two;
	int answers = 0;
	struct message *m;

	rig_refresh(r, false);
	one = rig_entry(r, "Lost dog takes the tram");
	two = rig_entry(r, "Bridge reopens after two years");
	for (uint32_t i = 1; i <= 2000; i++) {
		struct ask *a = ask_new(ASK_ARTICLE, i);

		a->entry = i % 2 ? one : two;
		engine_ask(r->engine, a);
	}
	for (;;) {
		uint32_t ticket;

		assert_true(mailbox_wait(engine_mailbox(r->engine), &m, 20000));
		ticket = ((struct answer *)m)->ticket;
		m->drop(m);
		answers++;
		if (ticket == 2000)
			break;
	}
	assert_true(answers < 2000);
}

/* An entry of `n` paragraphs behind the feed; its id. */
static int64_t huge_entry(struct rig *r, int n)
{
	struct buf feed = buf_limited(64 << 20);
	int64_t id;

	buf_add_cstr(&feed, "<rss "
	                    "version='2.0'><channel><title>Long</title><item><title>Endless</"
	                    "title><guid>e</guid><description>");
	for (int i = 0; i < n; i++)
		buf_addf(&feed,
		         "&lt;p&gt;Paragraph %d of &lt;a href='/%d'&gt;very "
		         "many&lt;/a&gt;.&lt;/p&gt;",
		         i, i);
	buf_add_cstr(&feed, "</description></item></channel></rss>");
	rig_subscribe(r, B);
	fake_answer(r->fake,
	            (struct fake_answer){ .url = B, .status = 200, .body = buf_cstr(&feed) });
	rig_refresh(r, false);
	id = rig_entry(r, "Endless");
	buf_free(&feed);
	return id;
}

static struct ask *article_ask(uint32_t ticket, int64_t entry)
{
	struct ask *ask = ask_new(ASK_ARTICLE, ticket);

	ask->entry = entry;
	return ask;
}

/* Takes answers until the one with this ticket, which is freed as the others; true when `other`
 * came before it. */
static bool comes_before(struct rig *r, uint32_t other, uint32_t ticket)
{
	bool seen = false;
	struct message *m;

	for (;;) {
		uint32_t got;

		assert_true(mailbox_wait(engine_mailbox(r->engine), &m, 20000));
		if (m->kind != WORK_ANSWER) {
			free(m);
			continue;
		}
		got = ((struct answer *)m)->ticket;
		m->drop(m);
		if (got == ticket)
			return seen;
		seen = seen || got == other;
	}
}

static void others_are_answered_while_a_huge_article_is_read(void **state)
{
	struct rig *r = *state;
	int64_t huge = huge_entry(r, 100000);

	engine_ask(r->engine, article_ask(1, huge));
	engine_ask(r->engine, ask_new(ASK_COUNTS, 2));
	assert_true(comes_before(r, 2, 1));
}

static void a_huge_article_is_given_up_for_another(void **state)
{
	struct rig *r = *state;
	int64_t huge = huge_entry(r, 100000), small = rig_entry(r, "Lost dog takes the tram");
	struct timespec pause = { .tv_nsec = 20000000 };

	engine_ask(r->engine, article_ask(1, huge));
	nanosleep(&pause, NULL);
	engine_ask(r->engine, article_ask(2, small));
	assert_false(comes_before(r, 1, 2));
}

/* ---- editions ---- */

static void an_edition_in_the_middle_of_a_refresh_shows_what_has_come(void **state)
{
	struct rig *r = *state;
	struct ask *ask = ask_new(ASK_EDITION, 1);

	rig_subscribe(r, B);
	fake_answer(r->fake, (struct fake_answer){ .url = B, .status = 200,
		.body = RSS(ITEM("Slow news", "s", MORNING)), .hangs = true });
	assert_true(engine_refresh(r->engine, &r->subs, NULL, 0, false));
	rig_until(r, 2);
	assert_true(edition(r, 0, 0, 0) > 0);
	ask->n = 10;
	assert_int_equal(rig_ask(r, ask)->n, 2);
	fake_let_go(r->fake);
	rig_wait(r, NOTICE_REFRESHED);
	assert_int_equal(rig_entries(r), 3);
}

static void nothing_to_show_makes_no_edition_and_says_so(void **state)
{
	struct rig *r = *state;

	assert_int_equal(edition(r, 0, 0, 0), 0);
}

static void take_weight(void *self, int kind, int64_t key, double weight)
{
	double *feeds = self;

	(void)key;
	if (kind == PROFILE_FEED)
		*feeds += weight;
}

static double learned_of_feeds(struct rig *r)
{
	struct error e = { .code = ERR_NONE };
	double feeds = 0;

	assert_ok(store_profile(r->store, take_weight, &feeds, &e), &e);
	return feeds;
}

static void what_was_passed_over_is_learned_once_when_the_edition_ends(void **state)
{
	struct rig *r = *state;
	double before, after;
	int64_t ended;

	rig_refresh(r, false);
	ended = edition(r, 0, 0, 0);
	/* the second of two */
	tell(r, rig_mark(rig_entry(r, "Lost dog takes the tram"), ENTRY_READ, true, EVENT_OPEN));
	rig_wait(r, NOTICE_MARKED);
	before = learned_of_feeds(r);
	assert_true(before > 0);
	ended = edition(r, 0, ended, 2);
	after = learned_of_feeds(r);
	assert_true(after < before);
	edition(r, 0, ended, 2);
	assert_true(learned_of_feeds(r) == after);
}

static void an_edition_of_which_nothing_was_opened_teaches_nothing(void **state)
{
	struct rig *r = *state;
	int64_t ended;

	rig_refresh(r, false);
	ended = edition(r, 0, 0, 0);
	edition(r, 0, ended, 0);
	assert_true(learned_of_feeds(r) == 0);
}

/* ---- ending ---- */

static void closing_does_not_wait_for_transfers_that_hang(void **state)
{
	struct rig *r = *state;
	int64_t began;

	for (int i = 0; i < 50; i++) {
		static char url[50][64];

		snprintf(url[i], sizeof url[i], "https://slow%d.example/feed", i);
		rig_subscribe(r, url[i]);
		fake_answer(r->fake, (struct fake_answer){ .url = url[i], .status = 200,
			.body = TWO_ITEMS, .hangs = true });
	}
	assert_true(engine_refresh(r->engine, &r->subs, NULL, 0, false));
	rig_until(r, 2);
	began = milliseconds();
	rig_stop(r);
	assert_true(milliseconds() - began < 300);
	rig_start(r);
	assert_true(rig_entries(r) >= 2);
}

static int32_t score_of(struct rig *r, const char *title, int64_t edition)
{
	struct edition_row row;
	struct error e;

	assert_ok(store_edition_row(r->store, edition, rig_entry(r, title), r->arena, &row, &e),
	          &e);
	return row.score;
}

/* The feeds file may change while the reader is open: its tags count from the next refresh on, and
 * from the start after a restart. */
static void the_weight_of_a_tag_lifts_its_feeds(void **state)
{
	struct rig *r = *state;
	struct str tag = STR("press");
	int32_t plain;

	config_read(r->config, "config", STR("[tag press]\nweight = 50\n"), NULL, NULL);
	rig_refresh(r, false);
	plain = score_of(r, "Lost dog takes the tram", edition(r, 0, 0, 0));
	r->sub[0].tags = &tag;
	r->sub[0].ntags = 1;
	rig_refresh(r, true);
	assert_int_equal(score_of(r, "Lost dog takes the tram", edition(r, 0, 0, 0)), plain + 5000);
	rig_stop(r);
	rig_start(r);
	assert_int_equal(score_of(r, "Lost dog takes the tram", edition(r, 0, 0, 0)), plain + 5000);
	r->sub[0].ntags = 0;
	rig_refresh(r, true);
	assert_int_equal(score_of(r, "Lost dog takes the tram", edition(r, 0, 0, 0)), plain);
}

static void closing_at_once_is_fine(void **state)
{
	struct rig *r = *state;

	engine_refresh(r->engine, &r->subs, NULL, 0, false);
	for (int i = 0; i < 20; i++) {
		rig_stop(r);
		rig_start(r);
		engine_refresh(r->engine, &r->subs, NULL, 0, true);
		engine_ask(r->engine, ask_new(ASK_FEEDS, 1));
		tell(r, job_new(JOB_EDITION));
	}
}

static void two_engines_share_a_file(void **state)
{
	struct rig *r = *state, other;
	int64_t entry;

	rig_open_in(&other, r->folder);
	rig_start(&other);
	rig_refresh(r, false);
	entry = rig_entry(&other, "Lost dog takes the tram");
	tell(&other, rig_mark(entry, ENTRY_READ, true, EVENT_OPEN));
	tell(r, rig_mark(entry, ENTRY_STARRED, true, EVENT_STAR));
	rig_wait(r, NOTICE_MARKED);
	rig_wait(&other, NOTICE_MARKED);
	assert_int_equal(rig_flags(r, entry), ENTRY_READ | ENTRY_STARRED);
	assert_true(edition(r, 0, 0, 0) > 0);
	assert_true(edition(&other, 0, 0, 0) > 0);
	rig_leave(&other);
}

static void an_engine_without_a_fetcher_reads_but_does_not_refresh(void **state)
{
	struct rig *r = *state;
	struct fetcher *kept = r->fetcher;

	rig_stop(r);
	r->fetcher = NULL;
	rig_start(r);
	assert_false(engine_refresh(r->engine, &r->subs, NULL, 0, false));
	assert_int_equal(rig_ask(r, ask_new(ASK_COUNTS, 1))->counts.entries, 0);
	r->fetcher = kept;
}

static void a_store_that_cannot_be_opened_is_said_at_once(void **state)
{
	struct error e = { .code = ERR_NONE };
	struct engine_setup setup = { .store_path = "/proc/none/lede.db",
		.clock = clock_fixed(NOW) };
	struct engine *g = NULL;

	(void)state;
	assert_int_not_equal(engine_open(&setup, &g, &e), ERR_NONE);
	assert_null(g);
	assert_non_null(strstr(e.text, "/proc/none"));
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, opened, closed)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_mark_is_on_disk_when_it_is_told_of),
		CASE(a_story_is_marked_whole),
		CASE(a_list_is_marked_up_to_what_was_seen),
		CASE(a_mark_of_an_entry_that_is_gone_is_no_failure),
		CASE(what_was_done_last_is_undone_after_a_restart),
		CASE(acts_are_done_in_the_order_they_were_given),
		CASE(what_another_lede_did_last_is_undone_too),
		CASE(what_another_process_writes_is_told_within_a_second),
		CASE(states_are_those_of_the_ids_asked_for),
		CASE(what_was_told_before_closing_is_done),
		CASE(the_edition_comes_with_its_rows_and_the_counts),
		CASE(without_an_edition_the_answer_says_none),
		CASE(a_window_of_a_list_begins_where_it_is_asked_for),
		CASE(unread_lists_count_what_is_unread),
		CASE(an_article_comes_parsed_with_its_story_and_its_why),
		CASE(an_article_that_is_not_there_is_said_to_be_none),
		CASE(feeds_come_with_their_health),
		CASE(of_articles_asked_in_a_row_the_last_is_answered),
		CASE(others_are_answered_while_a_huge_article_is_read),
		CASE(a_huge_article_is_given_up_for_another),
		CASE(an_edition_in_the_middle_of_a_refresh_shows_what_has_come),
		CASE(nothing_to_show_makes_no_edition_and_says_so),
		CASE(what_was_passed_over_is_learned_once_when_the_edition_ends),
		CASE(an_edition_of_which_nothing_was_opened_teaches_nothing),
		CASE(closing_does_not_wait_for_transfers_that_hang),
		CASE(the_weight_of_a_tag_lifts_its_feeds),
		CASE(closing_at_once_is_fine),
		CASE(two_engines_share_a_file),
		CASE(an_engine_without_a_fetcher_reads_but_does_not_refresh),
		cmocka_unit_test(a_store_that_cannot_be_opened_is_said_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
