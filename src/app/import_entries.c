#include "import.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lede/app/ingest.h"
#include "lede/base/file.h"
#include "lede/base/hash.h"
#include "lede/store/foreign.h"
#include "lede/text/display.h"
#include "lede/text/url.h"
#include "lede/text/utf8.h"

enum { HTML_MAX = 20 << 20, WORDS_MAX = 256 << 10, FILE_MAX = 64 << 20, LINES_MAX = 2000000 };
#define DAY (24 * 3600)

/* ---- any entry ---- */

/* The words of one entry while it is made. */
struct draft { struct buf title, link, author, html, scratch, enclosure, guid; };

static struct draft draft_new(void)
{
	return (struct draft){ buf_limited(WORDS_MAX), buf_limited(WORDS_MAX),
		buf_limited(WORDS_MAX), buf_limited(HTML_MAX), buf_limited(HTML_MAX),
		buf_limited(WORDS_MAX), buf_limited(WORDS_MAX) };
}

static struct buf *draft_part(struct draft *d, size_t i)
{
	struct buf *parts[] = { &d->title, &d->link, &d->author, &d->html, &d->scratch,
		&d->enclosure, &d->guid };

	return i < sizeof parts / sizeof *parts ? parts[i] : NULL;
}

static void draft_clear(struct draft *d)
{
	for (size_t i = 0; draft_part(d, i); i++)
		buf_clear(draft_part(d, i));
}

static void draft_free(struct draft *d)
{
	for (size_t i = 0; draft_part(d, i); i++)
		buf_free(draft_part(d, i));
}

/* An address that may be followed; empty for any other. */
static struct str address(struct str s, struct buf *into)
{
	s = str_trim(s);
	if (!url_is_web(s))
		return (struct str){ "", 0 };
	utf8_repair(s, into);
	return buf_view(into);
}

static struct str repaired(struct str s, struct buf *into)
{
	utf8_repair(s, into);
	return (struct str){ buf_cstr(into), into->n };
}

/* Plain text and relative addresses become what a feed would have brought. */
static struct str content(struct str s, bool plain, struct str base, struct draft *d)
{
	struct str good;

	utf8_repair(s, &d->scratch);
	good = buf_view(&d->scratch);
	if (feed_content(good, plain, base, &d->html) != ERR_NONE)
		buf_clear(&d->html);
	return (struct str){ buf_cstr(&d->html), d->html.n };
}

/* `title` may be empty. The rest of `n` is there. */
static bool complete_and_put(struct import_entries *in, struct entry_import *n, struct str title,
			     struct draft *d)
{
	struct buf good = buf_limited(WORDS_MAX);
	bool more;

	utf8_repair(title, &good);
	ingest_title(buf_view(&good), n->entry.html, n->entry.link, &d->scratch, &d->title);
	n->entry.title = buf_view(&d->title);
	n->entry.points = -1;
	more = import_put(in, n);
	buf_free(&good);
	return more;
}

static void count(struct import_entries *in, const struct entry_import *n, enum import_result r)
{
	in->fresh += r == IMPORT_NEW;
	in->known += r == IMPORT_KNOWN;
	in->marked += r == IMPORT_MARKED;
	in->buried += r == IMPORT_BURIED;
	if (r == IMPORT_NEW || r == IMPORT_MARKED) {
		in->read += n->read;
		in->starred += n->starred;
	}
}

bool import_put(struct import_entries *in, struct entry_import *n)
{
	enum import_result result;

	in->rc = store_import_entry(in->run, n, &result, in->e);
	if (in->rc == ERR_NONE)
		count(in, n, result);
	return in->rc == ERR_NONE;
}

/* ---- databases ---- */

struct rows { struct import_entries *in; enum foreign_kind kind; struct draft draft; };

static struct str without_slashes(struct str url)
{
	while (url.n > 0 && url.p[url.n - 1] == '/')
		url.n--;
	return url;
}

/* The row of the feed of an address; 0: nobody is subscribed to it. newsraft takes final slashes
 * off. */
static int64_t feed_of(const struct import_entries *in, struct str url, bool slashes_off)
{
	uint64_t id;

	if (!slashes_off && map_get(in->feeds, hash64(url), &id))
		return (int64_t)id;
	if (slashes_off && map_get(in->feeds, ~hash64(without_slashes(url)), &id))
		return (int64_t)id;
	return 0;
}

/* Both programs make a guid of the link, of the link and the date as text, or of the title. */
static bool guid_is_made(const struct foreign_entry *x)
{
	int64_t when;

	if (x->guid.n == 0 || str_eq(x->guid, x->link) || str_eq(x->guid, x->title))
		return true;
	return x->link.n > 0 && x->guid.n > x->link.n &&
	       str_eq(str_sub(x->guid, 0, x->link.n), x->link) &&
	       date_parse(str_sub(x->guid, x->link.n, x->guid.n), &when);
}

static bool has_star(const struct import *im, struct str letters)
{
	struct str stars = buf_view(&im->stars);

	for (size_t i = 0; i < letters.n; i++)
		if (stars.n == 0 ? ascii_lower(letters.p[i]) >= 'a' && ascii_lower(letters.p[i]) <= 'z'
				 : str_find(stars, letters.p[i]) != SIZE_MAX)
			return true;
	return false;
}

/* ---- newsraft's packed text ---- */

/* The first byte is the delimiter; "^" opens a group, all else is key=value. Gives the value of
 * `key` in the next group that has it; *type (may be NULL): the group's type. */
struct packed { struct str rest; char sep; };

static struct packed packed_of(struct str s)
{
	return (struct packed){ str_sub(s, 1, s.n), s.n > 0 ? s.p[0] : '\0' };
}

static bool packed_group(struct packed *p, const char *key, struct str *value, struct str *type)
{
	size_t n = strlen(key);
	struct str field;

	*value = *type = (struct str){ "", 0 };
	while (str_next(&p->rest, p->sep, &field)) {
		if (str_is(field, "^")) {
			if (value->n > 0)
				return true;
			*type = (struct str){ "", 0 };
		} else if (str_starts(field, "type=")) {
			*type = str_sub(field, 5, field.n);
		} else if (str_starts(field, key) && field.n > n && field.p[n] == '=') {
			*value = str_sub(field, n + 1, field.n);
		}
	}
	return value->n > 0;
}

static struct str packed_first(struct str s, const char *key)
{
	struct packed p = packed_of(s);
	struct str value, type;

	packed_group(&p, key, &value, &type);
	return value;
}

/* The longest text of all groups. */
static struct str packed_text(struct str s, bool *plain)
{
	struct packed p = packed_of(s);
	struct str value, type, best = { "", 0 };

	*plain = true;
	while (packed_group(&p, "text", &value, &type)) {
		if (value.n <= best.n)
			continue;
		best = value;
		*plain = str_find_nocase(type, STR("html")) == SIZE_MAX;
	}
	return best;
}

/* ---- rows ---- */

static void fill_newsboat(struct rows *r, const struct foreign_entry *x, struct entry_import *n)
{
	struct draft *d = &r->draft;
	bool plain = str_starts_nocase(x->type, "text/plain");

	n->entry.html = content(x->content, plain, x->base, d);
	n->entry.author = repaired(x->author, &d->author);
	n->entry.enclosure = address(x->enclosure, &d->enclosure);
	n->starred = has_star(r->in->im, x->flags);
	/* It writes the time of the download for an entry without a date. */
	if (x->shares_second)
		n->entry.published = DATE_NONE;
}

static void fill_newsraft(struct rows *r, const struct foreign_entry *x, struct entry_import *n)
{
	struct draft *d = &r->draft;
	bool plain;
	struct str text = packed_text(x->content, &plain);

	n->entry.html = content(text, plain, STR(""), d);
	n->entry.author = repaired(packed_first(x->persons, "name"), &d->author);
	n->entry.enclosure = address(packed_first(x->enclosure, "url"), &d->enclosure);
	n->starred = x->important;
}

static int64_t first_seen(const struct foreign_entry *x, int64_t now)
{
	int64_t t = x->published > 0 ? x->published : x->seen > 0 ? x->seen : x->updated;

	return t > 0 && t < now ? t : now;
}

static bool take_row(void *self, const struct foreign_entry *x)
{
	struct rows *r = self;
	struct draft *d = &r->draft;
	struct entry_import n = {
		.entry = { .feed = feed_of(r->in, x->feed, r->kind == FOREIGN_NEWSRAFT),
			   .published = x->published > 0 ? x->published : DATE_NONE,
			   .updated = x->updated > 0 ? x->updated : DATE_NONE,
			   .language = STR("") },
		.guid_in_doubt = guid_is_made(x), .seen = first_seen(x, r->in->now),
		.read = !x->unread, .deleted = x->deleted,
	};

	if (n.entry.feed == 0) {
		r->in->orphans++;
		return true;
	}
	draft_clear(d);
	n.entry.guid = repaired(x->guid, &d->guid);
	n.entry.link = address(x->link, &d->link);
	r->kind == FOREIGN_NEWSBOAT ? fill_newsboat(r, x, &n) : fill_newsraft(r, x, &n);
	return complete_and_put(r->in, &n, x->title, d);
}

/* What the feed is called there, for one that lede has not fetched yet. */
static bool take_feed(void *self, const struct foreign_feed *x)
{
	struct rows *r = self;
	int64_t id = feed_of(r->in, x->url, r->kind == FOREIGN_NEWSRAFT);
	struct draft *d = &r->draft;
	struct str title, site;

	if (id == 0)
		return true;
	draft_clear(d);
	utf8_repair(x->title, &d->scratch);
	display_line(buf_view(&d->scratch), &d->title);
	title = buf_view(&d->title);
	site = address(x->site, &d->link);
	r->in->rc = store_feed_called(r->in->store, id, title, site, r->in->e);
	return r->in->rc == ERR_NONE;
}

enum err import_cache(struct import_entries *in, const struct import_file *f, struct error *e)
{
	struct rows r = { .in = in, .draft = draft_new() };
	struct foreign *db;
	size_t unreadable = 0;
	enum err rc = foreign_open(f->path, &db, e);

	in->e = e;
	if (rc == ERR_NONE) {
		r.kind = foreign_kind(db);
		rc = foreign_feeds(db, take_feed, &r, e);
		if (rc == ERR_NONE && in->rc == ERR_NONE)
			rc = foreign_entries(db, take_row, &r, &unreadable, e);
		foreign_close(db);
	}
	in->unreadable += (int64_t)unreadable;
	draft_free(&r.draft);
	return rc == ERR_NONE ? in->rc : rc;
}

/* ---- sfeed: a file a feed, an entry a line ---- */

/* Where an entry's line is; its words are read again when its turn comes. */
struct line { int64_t time, at; uint32_t length; uint32_t feed; };
struct source { const char *path; int64_t feed, newest, seen; };
struct lines {
	struct import_entries *in;
	struct source *source; size_t nsources;
	struct line *line; size_t n, cap;
	struct map *read;             /* hashes of links; NULL: no list */
	struct draft draft;
};

/* Field 1 is the time in seconds. */
static int64_t time_of_line(struct str line)
{
	struct str field = { "", 0 };
	int64_t t;

	str_next(&line, '\t', &field);
	return str_to_int(field, 1, INT64_MAX / 2, &t) ? t : DATE_NONE;
}

static void index_lines(struct lines *l, struct source *s, struct str text)
{
	const char *start = text.p;
	struct str one;

	s->newest = DATE_NONE;
	while (l->n < LINES_MAX && str_next(&text, '\n', &one)) {
		struct line x = { time_of_line(one), one.p - start, (uint32_t)one.n,
			(uint32_t)(s - l->source) };

		if (str_find(one, '\t') == SIZE_MAX)
			continue;
		if (x.time > s->newest)
			s->newest = x.time;
		l->line = mem_grow(l->line, &l->cap, l->n + 1, sizeof *l->line);
		l->line[l->n++] = x;
	}
}

static void index_source(struct lines *l, const struct import_feed *f)
{
	struct source *s = &l->source[l->nsources];
	struct buf text = buf_limited(FILE_MAX);
	struct file_stamp stamp;
	struct error e;
	enum err rc;

	*s = (struct source){ .path = f->entries.p, .feed = feed_of(l->in, f->as.url, false) };
	if (f->entries.n == 0 || s->feed == 0)
		return;
	rc = file_read(s->path, &text, &e);
	if (rc == ERR_NONE) {
		s->seen = file_stamp(s->path, &stamp) ? stamp.mtime_ns / 1000000000 : l->in->now;
		l->nsources++;
		index_lines(l, s, buf_view(&text));
	} else if (rc != ERR_NONESUCH) {
		import_leave(l->in->im, 0, f->entries, "%s", e.text);
	}
	buf_free(&text);
}

static int by_time(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	if (x->feed != y->feed)
		return x->feed < y->feed ? -1 : 1;
	return (x->at < y->at) - (x->at > y->at);     /* a feed has its newest first */
}

/* One link a line, as it stands in the feed's file. */
static struct map *read_list(const char *path)
{
	struct buf text = buf_limited(FILE_MAX);
	struct map *read = NULL;
	struct str rest, one;

	if (path && file_read(path, &text, NULL) == ERR_NONE) {
		read = map_new();
		rest = buf_view(&text);
		while (str_next_line(&rest, &one))
			map_put(read, hash64(one), 1);
	}
	buf_free(&text);
	return read;
}

/* sfeed knows no read state without its list, and shows the last day as new. */
static bool is_read(const struct lines *l, const struct line *x, struct str link, struct str id)
{
	int64_t newest = l->source[x->feed].newest;

	if (l->read)
		return map_get(l->read, hash64(link.n > 0 ? link : id), NULL);
	return x->time != DATE_NONE && newest != DATE_NONE && x->time < newest - DAY;
}

/* \t \n \\ are escapes in the content, and only there. */
static struct str unescaped(struct str s, struct buf *into)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\\' && i + 1 < s.n && strchr("tn\\", s.p[i + 1])) {
			c = s.p[++i];
			c = c == 't' ? '\t' : c == 'n' ? '\n' : c;
		}
		buf_add_char(into, c);
	}
	return buf_view(into);
}

enum field { F_TIME, F_TITLE, F_LINK, F_CONTENT, F_TYPE, F_ID, F_AUTHOR, F_ENCLOSURE, F_COUNT };

static bool put_line(struct lines *l, const struct line *x, struct str text)
{
	const struct source *s = &l->source[x->feed];
	struct str field[F_COUNT] = { { "", 0 } };
	struct buf plain = buf_limited(HTML_MAX);
	struct draft *d = &l->draft;
	struct entry_import n = { .seen = x->time != DATE_NONE ? x->time : s->seen };
	bool more;

	for (size_t i = 0; i < F_COUNT; i++)
		if (!str_next(&text, '\t', &field[i]))
			field[i] = (struct str){ "", 0 };
	draft_clear(d);
	n.entry = (struct entry_new){ .feed = s->feed, .published = x->time, .updated = DATE_NONE,
		.language = STR("") };
	n.entry.guid = repaired(field[F_ID], &d->guid);
	n.entry.link = address(field[F_LINK], &d->link);
	n.entry.html = content(unescaped(field[F_CONTENT], &plain), str_is(field[F_TYPE], "plain"),
			       n.entry.link, d);
	n.entry.author = repaired(field[F_AUTHOR], &d->author);
	n.entry.enclosure = address(field[F_ENCLOSURE], &d->enclosure);
	n.read = is_read(l, x, field[F_LINK], field[F_ID]);
	more = complete_and_put(l->in, &n, field[F_TITLE], d);
	buf_free(&plain);
	return more;
}

/* The file may have changed meanwhile: what is read is a line, or it is left. */
static bool put_place(struct lines *l, const struct line *x)
{
	char *bytes = mem_new((size_t)x->length + 1);
	int fd = open(l->source[x->feed].path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t got = fd >= 0 ? pread(fd, bytes, x->length, (off_t)x->at) : -1;
	bool more = true;

	if (fd >= 0)
		close(fd);
	if (got == (ssize_t)x->length)
		more = put_line(l, x, (struct str){ bytes, x->length });
	else
		l->in->unreadable++;
	free(bytes);
	return more;
}

enum err import_sfeed_entries(struct import_entries *in, struct error *e)
{
	struct import *im = in->im;
	struct lines l = { .in = in, .draft = draft_new(), .read = read_list(im->read_list) };

	in->e = e;
	l.source = mem_array(im->nfeeds + 1, sizeof *l.source);
	for (size_t i = 0; i < im->nfeeds; i++)
		index_source(&l, &im->feed[i]);
	if (l.n > 1)
		qsort(l.line, l.n, sizeof *l.line, by_time);
	for (size_t i = 0; i < l.n; i++)
		if (!put_place(&l, &l.line[i]))
			break;
	free(l.line);
	free(l.source);
	map_free(l.read);
	draft_free(&l.draft);
	return in->rc;
}
