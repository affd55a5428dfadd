#include "feed_task.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lede/base/file.h"
#include "lede/text/url.h"

#define FILE_MAX (32 << 20)       /* as of a body: FETCHING.md section 4 */
#define STEP (256 << 10)          /* parsed at a time: a few milliseconds */

struct feed_file {
	struct feed_task *task;
	const char *cache;            /* borrowed */
	struct fetch_sink sink;
	struct buf bytes;
	size_t at;
};

bool feed_is_file(struct str url)
{
	return str_starts_nocase(url, "file:");
}

static int hex(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 8089: file:///a%20b is /a b. Another host than this one, or a relative path, names no file
 * here. */
static enum err path_of(struct str address, struct buf *path, struct error *e)
{
	struct url u = url_split(address);

	if ((u.host.n > 0 && !str_eq_nocase(u.host, STR("localhost"))) || u.path.n == 0 ||
	    u.path.p[0] != '/')
		return error_set(e, ERR_USAGE, "not an absolute file address: %.*s", (int)address.n,
				 address.p);
	for (size_t i = 0; i < u.path.n; i++) {
		char c = u.path.p[i];

		if (c == '%' && i + 2 < u.path.n && hex(u.path.p[i + 1]) >= 0 &&
		    hex(u.path.p[i + 2]) >= 0) {
			c = (char)(hex(u.path.p[i + 1]) * 16 + hex(u.path.p[i + 2]));
			i += 2;
		}
		if (c == '\0')
			return error_set(e, ERR_USAGE, "a file address with a NUL in it");
		buf_add_char(path, c);
	}
	return ERR_NONE;
}

static void file_end(struct feed_file *f, enum fetch_outcome outcome, const struct error *why)
{
	struct fetch_result r = { .outcome = outcome, .status = f->task->got.status, .max_age = -1,
		.received = f->bytes.n };

	if (why)
		r.error = *why;
	f->sink.end(f->sink.self, &r);
	buf_free(&f->bytes);
	free(f);
}

static bool is_same_file(const char *path, const char *beside, const char *ending)
{
	struct buf other = buf_limited(1 << 16);
	struct stat a, b;
	bool same;

	buf_addf(&other, "%s%s", beside, ending);
	same = stat(path, &a) == 0 && stat(buf_cstr(&other), &b) == 0 && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
	buf_free(&other);
	return same;
}

/* To open a database of this process and close it again, however it is called, would take away the
 * locks that its connections hold (https://www.sqlite.org/howtocorrupt.html, 2.2). */
static bool is_of_cache(const char *path, const char *cache)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	struct buf search = buf_limited(1 << 16);
	size_t n = strlen(cache);
	bool is = false;

	buf_addf(&search, "%.*s-search.db", (int)(str_ends(str_of(cache), ".db") ? n - 3 : n),
		 cache);
	for (size_t i = 0; i < sizeof endings / sizeof *endings && !is; i++)
		is = is_same_file(path, cache, endings[i]) ||
		     is_same_file(path, buf_cstr(&search), endings[i]);
	buf_free(&search);
	return is;
}

static enum err load(struct feed_file *f, struct error *e)
{
	struct buf path = buf_limited(8 << 10);
	enum err rc = path_of(f->task->url, &path, e);

	if (rc == ERR_NONE && is_of_cache(buf_cstr(&path), f->cache))
		rc = error_set(e, ERR_USAGE, "lede's own cache is no feed");
	if (rc == ERR_NONE)
		rc = file_read(buf_cstr(&path), &f->bytes, e);
	buf_free(&path);
	return rc;
}

struct feed_file *feed_file_open(struct feed_task *t, const char *cache)
{
	struct feed_file *f = mem_new(sizeof *f);

	t->by_file = true;
	f->task = t;
	f->cache = cache;
	f->sink = feed_task_sink(t);
	f->bytes = buf_limited(FILE_MAX);
	return f;
}

/* The first step: an unchanged file is known by its hash and not parsed. */
static bool first_step(struct feed_file *f)
{
	const struct feed_validators *known = &f->task->known;
	struct error e = { .code = ERR_NONE };
	enum err rc = load(f, &e);
	bool same = rc == ERR_NONE && f->bytes.n > 0 && known->body_hash != 0 &&
		known->body_hash == ingest_hash(buf_view(&f->bytes));
	struct fetch_answer a = { .status = same ? 304 : 200, .address = f->task->url };

	if (rc != ERR_NONE) {
		file_end(f, rc == ERR_LIMIT ? FETCH_LIMIT : FETCH_FAILED, &e);
		return false;
	}
	f->sink.begin(f->sink.self, &a);
	if (same || f->bytes.n == 0) {
		file_end(f, FETCH_DONE, NULL);
		return false;
	}
	return true;
}

bool feed_file_step(struct feed_file *f)
{
	struct str piece;

	if (f->bytes.n == 0 && !first_step(f))
		return false;
	piece = str_sub(buf_view(&f->bytes), f->at, f->at + STEP);
	f->at += piece.n;
	if (!f->sink.data(f->sink.self, piece)) {
		file_end(f, FETCH_STOPPED, NULL);
		return false;
	}
	if (f->at < f->bytes.n)
		return true;
	file_end(f, FETCH_DONE, NULL);
	return false;
}

void feed_file_cancel(struct feed_file *f)
{
	if (f)
		file_end(f, FETCH_CANCELLED, NULL);
}
