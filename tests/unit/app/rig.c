#include "rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void rig_open_in(struct rig *r, const char *folder)
{
	memset(r, 0, sizeof *r);
	snprintf(r->folder, sizeof r->folder, "%s", folder);
	snprintf(r->path, sizeof r->path, "%s/lede.db", r->folder);
	r->now = NOW;
	r->config = config_new();
	r->fake = fake_new();
	r->fetcher = fake_fetcher(r->fake);
	r->subs.feed = r->sub;
	r->arena = arena_new();
}

void rig_open(struct rig *r)
{
	char folder[] = "/tmp/lede-engine.XXXXXX";

	assert_non_null(mkdtemp(folder));
	rig_open_in(r, folder);
}

void rig_start(struct rig *r)
{
	struct error e = { .code = ERR_NONE };
	struct engine_setup setup = {
		.store_path = r->path, .clock = clock_fixed(r->now), .config = r->config,
		.subs = &r->subs, .fetcher = r->fetcher, .reader = true,
	};

	assert_ok(engine_open(&setup, &r->engine, &e), &e);
	if (!r->store)
		assert_ok(store_open(r->path, STORE_READ, &r->store, &e), &e);
}

static void forget(struct rig *r)
{
	for (int i = 0; i < r->ntold; i++)
		free(r->told[i]);
	r->ntold = 0;
}

void rig_stop(struct rig *r)
{
	engine_close(r->engine);
	r->engine = NULL;
}

static void remove_file(struct rig *r, const char *end)
{
	char name[128];

	snprintf(name, sizeof name, "%s%s", r->path, end);
	unlink(name);
}

void rig_leave(struct rig *r)
{
	rig_stop(r);
	r->fetcher->close(r->fetcher);
	if (r->fetcher != fake_fetcher(r->fake))
		fake_fetcher(r->fake)->close(fake_fetcher(r->fake));
	store_close(r->store);
	forget(r);
	free(r->last);
	answer_free(r->answer);
	config_free(r->config);
	arena_free(r->arena);
}

void rig_close(struct rig *r)
{
	rig_leave(r);
	remove_file(r, "");
	remove_file(r, "-wal");
	remove_file(r, "-shm");
	rmdir(r->folder);
}

void rig_subscribe(struct rig *r, const char *url)
{
	r->sub[r->subs.n++].url = str_of(url);
}

/* ---- messages ---- */

static bool is_feed(const struct message *m)
{
	const struct notice *n = (const struct notice *)m;

	return m->kind == WORK_NOTICE && n->kind == NOTICE_PROGRESS && n->feed != 0;
}

static struct message *next_message(struct rig *r)
{
	struct message *m;

	if (!mailbox_wait(engine_mailbox(r->engine), &m, 20000))
		fail_msg("nothing is told");
	return m;
}

static void drop(struct message *m)
{
	if (m->drop)
		m->drop(m);
	else
		free(m);
}

struct notice *rig_wait(struct rig *r, enum notice_kind kind)
{
	for (;;) {
		struct message *m = next_message(r);

		if (is_feed(m)) {
			r->told[r->ntold++] = (struct notice *)m;
		} else if (m->kind == WORK_NOTICE && ((struct notice *)m)->kind == kind) {
			free(r->last);
			r->last = (struct notice *)m;
			return r->last;
		} else {
			drop(m);
		}
	}
}

struct notice *rig_refresh(struct rig *r, bool force)
{
	forget(r);
	assert_true(engine_refresh(r->engine, &r->subs, NULL, 0, force));
	return rig_wait(r, NOTICE_REFRESHED);
}

const struct notice *rig_told(struct rig *r, const char *url)
{
	for (int i = 0; i < r->ntold; i++)
		if (strcmp(r->told[i]->url, url) == 0)
			return r->told[i];
	fail_msg("%s is not told of", url);
	return NULL;
}

struct answer *rig_ask(struct rig *r, struct ask *a)
{
	uint32_t ticket = a->ticket;

	engine_ask(r->engine, a);
	for (;;) {
		struct message *m = next_message(r);

		if (m->kind == WORK_ANSWER && ((struct answer *)m)->ticket == ticket) {
			answer_free(r->answer);
			r->answer = (struct answer *)m;
			return r->answer;
		}
		drop(m);
	}
}

struct job *rig_mark(int64_t entry, enum entry_flag flag, bool on, enum event_act act)
{
	struct job *j = job_new(JOB_MARK);

	j->id = mem_array(1, sizeof *j->id);
	j->id[0] = entry;
	j->nids = 1;
	j->entry = entry;
	j->flag = flag;
	j->on = on;
	j->act = act;
	return j;
}

/* ---- the store ---- */

struct feed_row rig_feed(struct rig *r, const char *url)
{
	struct error e = { .code = ERR_NONE };
	struct feed_row *row;
	size_t n;

	assert_ok(store_feeds(r->store, true, r->arena, &row, &n, &e), &e);
	for (size_t i = 0; i < n; i++)
		if (str_is(row[i].url, url))
			return row[i];
	fail_msg("%s is not subscribed to", url);
	return (struct feed_row){ .id = 0 };
}

int64_t rig_entries(struct rig *r)
{
	struct error e = { .code = ERR_NONE };
	int64_t n;

	assert_ok(store_list_count(r->store, LIST_LATEST, 0, &n, &e), &e);
	return n;
}

void rig_until(struct rig *r, int64_t entries)
{
	for (int i = 0; i < 4000 && rig_entries(r) < entries; i++)
		usleep(5000);
	assert_true(rig_entries(r) >= entries);
}

int64_t rig_entry(struct rig *r, const char *title)
{
	const struct list_query all = { .list = LIST_LATEST, .way = LIST_OLDER, .limit = 1000 };
	struct error e = { .code = ERR_NONE };
	struct entry_row *row;
	size_t n;

	assert_ok(store_list(r->store, &all, r->arena, &row, &n, &e), &e);
	for (size_t i = 0; i < n; i++)
		if (str_is(row[i].title, title))
			return row[i].id;
	fail_msg("no entry “%s”", title);
	return 0;
}

unsigned rig_flags(struct rig *r, int64_t entry)
{
	struct error e = { .code = ERR_NONE };
	struct entry_row row;

	assert_ok(store_entry(r->store, entry, r->arena, &row, &e), &e);
	return row.flags;
}
