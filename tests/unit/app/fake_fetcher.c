#include "fake_fetcher.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/mailbox.h"
#include "lede/base/mem.h"

enum { FAKE_START = 1, FAKE_CANCEL, FAKE_LET_GO };
enum { ANSWERS_MAX = 300 };

struct command {
	struct message m;
	uint64_t id;                  /* CANCEL: 0 is all */
	char *url, *etag;
	struct fetch_sink sink;
};

struct fake {
	struct fetcher fetcher;
	struct mailbox *in;
	pthread_t thread;
	struct fake_answer answer[ANSWERS_MAX]; int nanswers;
	int asked[ANSWERS_MAX], strangers;
	char sent[ANSWERS_MAX][64];
	struct command *hanging[ANSWERS_MAX]; int nhanging;
	uint64_t last;                /* only the starter's thread */
};

static void command_drop(struct message *m)
{
	struct command *c = (struct command *)m;

	free(c->url);
	free(c->etag);
	free(c);
}

static struct command *command_new(int kind)
{
	struct command *c = mem_new(sizeof *c);

	c->m.kind = kind;
	c->m.drop = command_drop;
	return c;
}

static int index_of(const struct fake *f, const char *url)
{
	for (int i = 0; i < f->nanswers; i++)
		if (strcmp(f->answer[i].url, url) == 0)
			return i;
	return -1;
}

static void end(struct command *c, const struct fetch_result *r)
{
	c->sink.end(c->sink.self, r);
	command_drop(&c->m);
}

static bool send_body(struct command *c, const struct fake_answer *a)
{
	for (int i = 0; i < (a->copies ? a->copies : 1); i++) {
		struct str rest = str_of(a->body);

		while (rest.n > 0) {
			struct str piece = str_sub(rest, 0, a->piece ? a->piece : rest.n);

			rest = str_sub(rest, piece.n, rest.n);
			if (!c->sink.data(c->sink.self, piece))
				return false;
		}
	}
	return true;
}

static struct fetch_result result_of(const struct fake_answer *a, int status)
{
	struct fetch_result r = {
		.outcome = a->outcome, .status = status, .no_network = a->no_network,
		.retry_after = a->retry_after, .max_age = -1,
		.received = a->body ? strlen(a->body) : 0, .address = str_of(a->url),
	};

	if (a->error)
		error_set(&r.error, ERR_NET, "%s", a->error);
	return r;
}

static void serve(struct fake *f, struct command *c)
{
	static const struct fake_answer lost =
		{ .url = "", .status = 404, .error = "404 Not Found" };
	int at = index_of(f, c->url);
	const struct fake_answer *a = at < 0 ? &lost : &f->answer[at];
	int status = a->if_etag && strcmp(c->etag, a->if_etag) == 0 ? 304 : a->status;
	struct fetch_result r = result_of(a, status);
	struct fetch_answer head = {
		.status = status, .content_type = str_of(a->content_type), .etag = str_of(a->etag),
		.last_modified = str_of(a->modified),
		.address = str_of(c->url), .declared_length = -1,
	};

	if (at >= 0) {
		f->asked[at]++;
		strncpy(f->sent[at], c->etag, sizeof f->sent[at] - 1);
	} else {
		f->strangers++;
	}
	if (status != 0 && (!c->sink.begin(c->sink.self, &head) ||
			    (status != 304 && a->body && !send_body(c, a))))
		r.outcome = FETCH_STOPPED;
	if (a->hangs && status != 304)
		f->hanging[f->nhanging++] = c;
	else
		end(c, &r);
}

static void let_go(struct fake *f, uint64_t id, bool cancelled)
{
	int left = 0;

	for (int i = 0; i < f->nhanging; i++) {
		struct command *c = f->hanging[i];
		struct fetch_result r = result_of(&f->answer[index_of(f, c->url)],
						  f->answer[index_of(f, c->url)].status);

		if (id != 0 && c->id != id) {
			f->hanging[left++] = c;
			continue;
		}
		if (cancelled)
			r.outcome = FETCH_CANCELLED;
		end(c, &r);
	}
	f->nhanging = left;
}

static void *run(void *self)
{
	struct fake *f = self;
	struct message *m;

	while (mailbox_wait(f->in, &m, -1)) {
		struct command *c = (struct command *)m;

		if (m->kind == FAKE_START) {
			serve(f, c);
			continue;
		}
		let_go(f, c->id, m->kind == FAKE_CANCEL);
		command_drop(m);
	}
	let_go(f, 0, true);
	return NULL;
}

static void fake_start(struct fetcher *self, const struct fetch_request *r, uint64_t *id)
{
	struct fake *f = (struct fake *)self;
	struct command *c = command_new(FAKE_START);

	c->url = mem_dup(r->url.p, r->url.n + 1);
	c->url[r->url.n] = '\0';
	c->etag = mem_new(r->etag.n + 1);
	if (r->etag.n > 0)
		memcpy(c->etag, r->etag.p, r->etag.n);
	c->sink = r->sink;
	c->id = *id = ++f->last;
	mailbox_give(f->in, &c->m);
}

static void fake_cancel(struct fetcher *self, uint64_t id)
{
	struct command *c = command_new(FAKE_CANCEL);

	c->id = id;
	mailbox_give(((struct fake *)self)->in, &c->m);
}

static void fake_cancel_all(struct fetcher *self)
{
	fake_cancel(self, 0);
}

static void fake_close(struct fetcher *self)
{
	struct fake *f = (struct fake *)self;

	mailbox_close(f->in);
	pthread_join(f->thread, NULL);
	mailbox_free(f->in);
	free(f);
}

struct fake *fake_new(void)
{
	struct fake *f = mem_new(sizeof *f);

	f->fetcher = (struct fetcher){ fake_start, fake_cancel, fake_cancel_all, fake_close };
	f->in = mailbox_new(0);
	pthread_create(&f->thread, NULL, run, f);
	return f;
}

struct fetcher *fake_fetcher(struct fake *f)
{
	return &f->fetcher;
}

void fake_answer(struct fake *f, struct fake_answer a)
{
	int at = index_of(f, a.url);

	f->answer[at < 0 ? f->nanswers++ : at] = a;
}

void fake_let_go(struct fake *f)
{
	mailbox_give(f->in, &command_new(FAKE_LET_GO)->m);
}

int fake_requests(struct fake *f, const char *url)
{
	int n = f->strangers;

	if (url)
		return index_of(f, url) < 0 ? 0 : f->asked[index_of(f, url)];
	for (int i = 0; i < f->nanswers; i++)
		n += f->asked[i];
	return n;
}

const char *fake_etag_sent(struct fake *f, const char *url)
{
	return f->sent[index_of(f, url)];
}
