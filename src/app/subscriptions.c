#include "lede/app/subscriptions.h"

#include <stdlib.h>
#include <string.h>

#include "line_edit.h"
#include "lede/base/file.h"
#include "lede/base/hash.h"
#include "lede/text/url.h"

enum { FILE_LIMIT = 8 << 20, LOCK_WAIT_MS = 2000 };

/* ---- a line ---- */

/* What a backslash before `c` means inside "…"; any other character is itself. */
static char escaped(char c)
{
	return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
}

/* The rest of a token in "…"; a quote that is not closed runs to the end of the line. */
static struct str quoted_token(struct str *rest, struct arena *a)
{
	char *p = arena_alloc(a, rest->n + 1);
	size_t n = 0, at = 1;

	for (; at < rest->n && rest->p[at] != '"'; at++) {
		bool escape = rest->p[at] == '\\' && at + 1 < rest->n;

		at += escape;
		p[n++] = escape ? escaped(rest->p[at]) : rest->p[at];
	}
	*rest = str_sub(*rest, at + 1, rest->n);
	return (struct str){ p, n };
}

bool subscriptions_token(struct str *rest, struct arena *a, struct str *token)
{
	size_t end = 0;

	while (rest->n > 0 && ascii_is_space(rest->p[0]))
		*rest = str_sub(*rest, 1, rest->n);
	if (rest->n == 0 || rest->p[0] == '#')
		return false;
	if (rest->p[0] == '"') {
		*token = quoted_token(rest, a);
		return true;
	}
	while (end < rest->n && !ascii_is_space(rest->p[end]))
		end++;
	*token = (struct str){ arena_copy(a, rest->p, end), end };
	*rest = str_sub(*rest, end, rest->n);
	return true;
}

/* The address of a line; empty for one that holds none (a comment, nothing). */
static struct str address_of(struct str line, struct arena *a)
{
	struct str token = { "", 0 };

	subscriptions_token(&line, a, &token);
	return token;
}

/* Why an address cannot be subscribed to; NULL when it can. */
static const char *refusal(struct str url)
{
	if (str_starts(url, "exec:"))
		return "exec: feeds are left out, lede runs no programs";
	if (str_starts(url, "filter:"))
		return "filter: feeds are left out, lede runs no programs; the plain address will "
		       "do";
	if (str_starts(url, "query:"))
		return "query: is a saved search, not a feed; it is left out";
	if (str_starts(url, "file:") && !str_starts(url, "file:///"))
		return "a file is written file:///ABSOLUTE/PATH; the line is left out";
	if (str_starts(url, "file:///"))
		return NULL;
	if (!str_starts_nocase(url, "http://") && !str_starts_nocase(url, "https://"))
		return "no address of a feed: it begins with http://, https:// or file:///";
	return url_flaw(url);
}

/* ---- the list ---- */

struct loading {
	struct subscriptions *out;
	size_t cap;
	struct map *known;                      /* hash of an address -> its index */
	void (*bad)(void *self, int line, const char *why);
	void *self;
};

/* Addresses are the person's own, so a hash without a key will do; what it finds is compared all
 * the same. */
static struct subscription *known(const struct loading *l, struct str url)
{
	uint64_t i;

	if (map_get(l->known, hash64(url), &i) && str_eq(l->out->feed[i].url, url))
		return &l->out->feed[i];
	return NULL;
}

static struct subscription *append(struct loading *l, struct str url, int line)
{
	struct subscriptions *s = l->out;

	map_put(l->known, hash64(url), s->n);
	s->feed = mem_grow(s->feed, &l->cap, s->n + 1, sizeof *s->feed);
	s->feed[s->n] = (struct subscription){ .url = url, .title = { "", 0 }, .line = line };
	return &s->feed[s->n++];
}

static bool has_tag(const struct subscription *f, struct str tag)
{
	for (size_t i = 0; i < f->ntags; i++)
		if (str_eq(f->tags[i], tag))
			return true;
	return false;
}

static void add_tag(struct subscription *f, struct str tag, struct arena *a)
{
	struct str *more;

	if (tag.n == 0 || has_tag(f, tag))
		return;
	more = arena_alloc(a, (f->ntags + 1) * sizeof *more);
	if (f->ntags > 0)
		memcpy(more, f->tags, f->ntags * sizeof *more);
	more[f->ntags++] = tag;
	f->tags = more;
}

/* ~ begins a title, ! hides (and may be a tag besides), all else is a tag. */
static void take_token(struct subscription *f, struct str token, struct arena *a)
{
	if (str_starts(token, "~")) {
		f->title = str_sub(token, 1, token.n);
		return;
	}
	if (str_starts(token, "!")) {
		f->hidden = true;
		token = str_sub(token, 1, token.n);
	}
	add_tag(f, token, a);
}

static void take_line(struct loading *l, struct str text, int line)
{
	struct arena *a = l->out->arena;
	struct subscription *f;
	struct str token;
	const char *why;

	if (!subscriptions_token(&text, a, &token))
		return;
	why = refusal(token);
	if (why) {
		if (l->bad)
			l->bad(l->self, line, why);
		return;
	}
	f = known(l, token);
	if (!f)
		f = append(l, token, line);
	while (subscriptions_token(&text, a, &token))
		take_token(f, token, a);
}

static struct str without_mark(struct str text)
{
	return str_starts(text, "\xEF\xBB\xBF") ? str_sub(text, 3, text.n) : text;
}

/* A file that is not there reads as an empty one. */
static enum err read_file(const char *path, struct buf *text, struct error *e)
{
	enum err rc = file_read(path, text, e);

	return rc == ERR_NONESUCH ? ERR_NONE : rc;
}

enum err subscriptions_load(const char *path, struct subscriptions *out,
			    void (*bad)(void *self, int line, const char *why), void *self,
			    struct error *e)
{
	struct buf text = buf_limited(FILE_LIMIT);
	enum err rc = read_file(path, &text, e);
	struct loading l = { .out = out, .bad = bad, .self = self };
	struct str rest = without_mark(buf_view(&text)), line;

	*out = (struct subscriptions){ .arena = arena_new() };
	if (rc == ERR_NONE) {
		l.known = map_new();
		for (int number = 1; str_next_line(&rest, &line); number++)
			take_line(&l, line, number);
		map_free(l.known);
	} else {
		error_context(e, "cannot read the feeds file");
	}
	buf_free(&text);
	return rc;
}

void subscriptions_free(struct subscriptions *s)
{
	arena_free(s->arena);
	free(s->feed);
	*s = (struct subscriptions){ 0 };
}

const struct subscription *subscriptions_find(const struct subscriptions *s, struct str url)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->feed[i].url, url))
			return &s->feed[i];
	return NULL;
}

/* ---- editing ---- */

/* What an edit makes of the file's text, added to `to`; *changed stays false when the file may stay
 * as it is. */
typedef enum err edit_fn(struct str text, const void *what, struct buf *to, bool *changed,
			 struct error *e);

static enum err edit_locked(const char *path, const void *what, edit_fn *edit, bool *changed,
			    struct buf *record, struct error *e)
{
	struct buf text = buf_limited(FILE_LIMIT), made = buf_limited(FILE_LIMIT);
	enum err rc = read_file(path, &text, e);

	if (rc == ERR_NONE)
		rc = edit(buf_view(&text), what, &made, changed, e);
	if (rc == ERR_NONE && *changed)
		rc = file_replace(path, buf_view(&made), 0600, e);
	if (rc == ERR_NONE && *changed && record)
		line_edit_record(buf_view(&text), buf_view(&made), record);
	buf_free(&text);
	buf_free(&made);
	return rc;
}

/* `record` (may be NULL): what was changed, for subscriptions_turn. */
static enum err edit_file(const char *path, const void *what, edit_fn *edit, bool *changed,
			  struct buf *record, struct error *e)
{
	int lock = -1;
	enum err rc = file_make_parent(path, e);

	*changed = false;
	if (rc == ERR_NONE)
		rc = file_lock(path, LOCK_WAIT_MS, &lock, e);
	if (rc == ERR_NONE)
		rc = edit_locked(path, what, edit, changed, record, e);
	file_unlock(lock);
	return rc;
}

/* Gives each line with its end, in order: the file's bytes come out as they went in. */
static bool next_raw_line(struct str *rest, struct str *line, struct str *raw)
{
	const char *start = rest->p;

	if (!str_next_line(rest, line))
		return false;
	*raw = (struct str){ start, (size_t)(rest->p - start) };
	return true;
}

static bool listed(struct str text, struct str url)
{
	struct arena *a = arena_new();
	struct str line;
	bool found = false;

	text = without_mark(text);
	while (!found && str_next_line(&text, &line))
		found = str_eq(address_of(line, a), url);
	arena_free(a);
	return found;
}

/* A token: in quotes when a bare one would be read otherwise. */
static enum err add_token(struct buf *to, struct str url)
{
	bool bare = url.n > 0 && url.p[0] != '"' && url.p[0] != '#';
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < url.n; i++)
		bare = bare && !ascii_is_space(url.p[i]);
	if (bare)
		return buf_add(to, url);
	rc = buf_add_char(to, '"');
	for (size_t i = 0; i < url.n && rc == ERR_NONE; i++) {
		if (url.p[i] == '"' || url.p[i] == '\\')
			buf_add_char(to, '\\');
		rc = buf_add_char(to, url.p[i]);
	}
	return rc == ERR_NONE ? buf_add_char(to, '"') : rc;
}

static enum err is_full(struct error *e)
{
	return error_set(e, ERR_LIMIT, "the feeds file is full");
}

/* As the file has them. */
static const char *line_end(struct str text)
{
	return str_ends(text, "\r\n") ? "\r\n" : "\n";
}

static enum err append_line(struct str text, const void *what, struct buf *to, bool *changed,
			    struct error *e)
{
	const struct str *url = what;
	const char *end = line_end(text);

	if (listed(text, *url))
		return ERR_NONE;
	*changed = true;
	buf_add(to, text);
	if (text.n > 0 && text.p[text.n - 1] != '\n')
		buf_add_cstr(to, end);
	add_token(to, *url);
	return buf_add_cstr(to, end) == ERR_NONE ? ERR_NONE : is_full(e);
}

enum err subscriptions_add(const char *path, struct str url, bool *added, struct error *e)
{
	const char *why = refusal(url);
	enum err rc;

	*added = false;
	if (why)
		return error_set(e, ERR_USAGE, "%.*s: %s", (int)url.n, url.p, why);
	rc = edit_file(path, &url, append_line, added, NULL, e);
	if (rc != ERR_NONE)
		error_context(e, "cannot subscribe to %.*s", (int)url.n, url.p);
	return rc;
}

static enum err drop_lines(struct str text, const void *what, struct buf *to, bool *changed,
			   struct error *e)
{
	struct str url = *(const struct str *)what;
	struct arena *a = arena_new();
	struct str rest = text, line, raw;

	while (next_raw_line(&rest, &line, &raw)) {
		if (str_eq(address_of(without_mark(line), a), url))
			*changed = true;
		else
			buf_add(to, raw);
	}
	arena_free(a);
	if (!*changed)
		return error_set(e, ERR_NONESUCH, "not subscribed: %.*s", (int)url.n, url.p);
	return ERR_NONE;
}

enum err subscriptions_remove(const char *path, struct str url, struct buf *record,
			      struct error *e)
{
	bool changed;

	if (url.n == 0)
		return error_set(e, ERR_USAGE, "no address was given");
	return edit_file(path, &url, drop_lines, &changed, record, e);
}

/* ---- another address ---- */

struct move { struct str from, to; };

/* The blanks before the token stay, and all that is behind it. */
static void readdress_line(struct str raw, struct str to, struct arena *a, struct buf *out)
{
	struct str rest = without_mark(raw), token;
	size_t begin = raw.n - rest.n;

	while (begin < raw.n && ascii_is_space(raw.p[begin]))
		begin++;
	subscriptions_token(&rest, a, &token);
	buf_add(out, str_sub(raw, 0, begin));
	add_token(out, to);
	buf_add(out, rest);
}

static enum err readdress_lines(struct str text, const void *what, struct buf *to, bool *changed,
				struct error *e)
{
	const struct move *m = what;
	bool there = listed(text, m->to);
	struct arena *a = arena_new();
	struct str rest = text, line, raw;

	while (next_raw_line(&rest, &line, &raw)) {
		if (!str_eq(address_of(without_mark(line), a), m->from)) {
			buf_add(to, raw);
			continue;
		}
		*changed = true;
		if (!there)
			readdress_line(raw, m->to, a, to);
	}
	arena_free(a);
	if (!*changed)
		return error_set(e, ERR_NONESUCH, "not subscribed: %.*s", (int)m->from.n, m->from.p);
	return ERR_NONE;
}

enum err subscriptions_readdress(const char *path, struct str from, struct str to,
				 struct buf *record, struct error *e)
{
	struct move m = { from, to };
	const char *why = refusal(to);
	bool changed;

	if (why)
		return error_set(e, ERR_USAGE, "%.*s: %s", (int)to.n, to.p, why);
	return edit_file(path, &m, readdress_lines, &changed, record, e);
}

/* ---- merging ---- */

struct merge { const struct subscription *feed; size_t n; };

/* What is wanted of an address that is listed already. */
struct missing { const struct subscription *wanted, *there; bool done; };

static bool lacks_tag(const struct missing *m, size_t i)
{
	return !m->there || !has_tag(m->there, m->wanted->tags[i]);
}

static bool lacks_title(const struct missing *m)
{
	return m->wanted->title.n > 0 && (!m->there || m->there->title.n == 0);
}

static bool lacks_something(const struct missing *m)
{
	bool lacks = lacks_title(m) || !m->there;

	for (size_t i = 0; i < m->wanted->ntags && !lacks; i++)
		lacks = lacks_tag(m, i);
	return lacks;
}

/* A tag that would be read as a title or as hiding cannot stand bare or quoted: it is left out. */
static void add_missing(struct buf *to, const struct missing *m)
{
	struct buf title = buf_limited(FILE_LIMIT);

	if (lacks_title(m)) {
		buf_add_char(&title, '~');
		buf_add(&title, m->wanted->title);
		buf_add_char(to, ' ');
		add_token(to, buf_view(&title));
	}
	for (size_t i = 0; i < m->wanted->ntags; i++) {
		struct str tag = m->wanted->tags[i];

		if (!lacks_tag(m, i) || str_starts(tag, "~") || str_starts(tag, "!"))
			continue;
		buf_add_char(to, ' ');
		add_token(to, tag);
	}
	if (!m->there && m->wanted->hidden)
		buf_add_cstr(to, " !");
	buf_free(&title);
}

/* The bytes of a line up to the end of its last token: what is added stands before a comment. */
static size_t tokens_end(struct str line, struct arena *a)
{
	struct str rest = line, token;
	size_t end = 0;

	while (subscriptions_token(&rest, a, &token))
		end = line.n - rest.n;
	return end;
}

static void merge_line(struct str line, struct str raw, struct missing *m, struct arena *a,
		       struct buf *to)
{
	size_t end;

	if (!m || m->done || !lacks_something(m)) {
		buf_add(to, raw);
		return;
	}
	m->done = true;
	end = tokens_end(line, a);
	buf_add(to, str_sub(raw, 0, end));
	add_missing(to, m);
	buf_add(to, str_sub(raw, end, raw.n));
}

static struct missing *missing_at(struct missing *all, const struct map *by_url, struct str url)
{
	uint64_t i;

	return url.n > 0 && map_get(by_url, hash64(url), &i) &&
	       str_eq(all[i].wanted->url, url) ? &all[i] : NULL;
}

static void append_missing(struct buf *to, const struct missing *all, size_t n, const char *end)
{
	if (to->n > 0 && to->p[to->n - 1] != '\n')
		buf_add_cstr(to, end);
	for (size_t i = 0; i < n; i++) {
		if (all[i].there)
			continue;
		add_token(to, all[i].wanted->url);
		add_missing(to, &all[i]);
		buf_add_cstr(to, end);
	}
}

static void merge_text(struct str text, struct missing *all, size_t n, const struct map *by_url,
		       struct buf *to)
{
	struct arena *a = arena_new();
	struct str rest = text, line, raw;

	while (next_raw_line(&rest, &line, &raw))
		merge_line(line, raw,
			   missing_at(all, by_url, address_of(without_mark(line), a)), a, to);
	append_missing(to, all, n, line_end(text));
	arena_free(a);
}

static void load_text(struct str text, struct subscriptions *out)
{
	struct loading l = { .out = out, .known = map_new() };
	struct str rest = without_mark(text), line;

	*out = (struct subscriptions){ .arena = arena_new() };
	for (int number = 1; str_next_line(&rest, &line); number++)
		take_line(&l, line, number);
	map_free(l.known);
}

static enum err merge_lines(struct str text, const void *what, struct buf *to, bool *changed,
			    struct error *e)
{
	const struct merge *m = what;
	struct missing *all = mem_array(m->n + 1, sizeof *all);
	struct map *by_url = map_new();
	struct subscriptions now;

	load_text(text, &now);
	for (size_t i = 0; i < m->n; i++) {
		all[i] = (struct missing){ &m->feed[i], NULL, false };
		map_put(by_url, hash64(m->feed[i].url), i);
	}
	for (size_t i = 0; i < now.n; i++) {
		struct missing *x = missing_at(all, by_url, now.feed[i].url);

		if (x)
			x->there = &now.feed[i];
	}
	for (size_t i = 0; i < m->n; i++)
		*changed = *changed || lacks_something(&all[i]);
	merge_text(text, all, m->n, by_url, to);
	subscriptions_free(&now);
	map_free(by_url);
	free(all);
	return to->n < FILE_LIMIT - 16 ? ERR_NONE : is_full(e);
}

enum err subscriptions_merge(const char *path, const struct subscription *feed, size_t n,
			     struct buf *record, struct error *e)
{
	struct merge m = { feed, n };
	bool changed;
	enum err rc = edit_file(path, &m, merge_lines, &changed, record, e);

	if (rc != ERR_NONE)
		error_context(e, "cannot add to the feeds file");
	return rc;
}

/* ---- turning an edit back ---- */

/* `again`: the record of the edit as it can be turned from now on; may be NULL. */
struct turn { struct str record; bool back; struct buf *again; };

/* An address that is listed already does not come a second time. */
static bool may_come(void *self, struct str line)
{
	const struct str *text = self;
	struct arena *a = arena_new();
	struct str url = address_of(without_mark(line), a);
	bool may = url.n == 0 || !listed(*text, url);

	arena_free(a);
	return may;
}

/* What somebody tagged or named since is the same feed. */
static bool has_its_address(void *self, struct str line, struct str now)
{
	struct arena *a = arena_new();
	struct str url = address_of(without_mark(line), a);
	bool has = url.n > 0 && str_eq(address_of(without_mark(now), a), url);

	(void)self;
	arena_free(a);
	return has;
}

static enum err turn_lines(struct str text, const void *what, struct buf *to, bool *changed,
			   struct error *e)
{
	const struct turn *t = what;
	const struct line_edit_sense sense = { may_come, has_its_address, &text };

	if (!line_edit_turn(text, t->record, t->back, &sense, to))
		return error_set(e, ERR_STORE, "what was changed in the feeds file is not known");
	*changed = !str_eq(text, buf_view(to));
	if (t->again)
		line_edit_record(t->back ? buf_view(to) : text, t->back ? text : buf_view(to),
				 t->again);
	return ERR_NONE;
}

enum err subscriptions_turn(const char *path, struct str record, bool back, struct buf *again,
			    struct error *e)
{
	const struct turn t = { record, back, again };
	bool changed;
	enum err rc = edit_file(path, &t, turn_lines, &changed, NULL, e);

	if (rc != ERR_NONE)
		error_context(e, "cannot change the feeds file");
	return rc;
}
