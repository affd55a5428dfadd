#include "lede/text/url.h"

#include <string.h>

#include "lede/text/display.h"
#include "lede/text/utf8.h"

#define URL_MAX (8 << 10)

static bool is_scheme_char(char c)
{
	return ascii_is_alnum(c) || c == '+' || c == '-' || c == '.';
}

/* Length of the scheme without its colon; 0 when there is none. */
static size_t scheme_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && is_scheme_char(s.p[n]))
		n++;
	if (n == 0 || n == s.n || s.p[n] != ':' || !ascii_is_alnum(s.p[0]) ||
	    ascii_is_digit(s.p[0]))
		return 0;
	return n;
}

/* Inline, so that the few signs of a set are compared where they are known. */
static inline size_t find_any(struct str s, const char *set)
{
	for (size_t i = 0; i < s.n; i++)
		for (const char *c = set; *c != '\0'; c++)
			if (s.p[i] == *c)
				return i;
	return s.n;
}

static struct str cut_front(struct str *s, size_t n)
{
	struct str front = str_sub(*s, 0, n);

	*s = str_sub(*s, n, s->n);
	return front;
}

static size_t find_last(struct str s, char c)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == c)
			return i - 1;
	return SIZE_MAX;
}

/* "user:pass@host:port"; a bracketed IPv6 address keeps its colons. */
static void split_authority(struct str a, struct url *u)
{
	size_t at = find_last(a, '@'), colon;

	if (at != SIZE_MAX) {
		u->user = str_sub(a, 0, at);
		a = str_sub(a, at + 1, a.n);
	}
	colon = find_last(a, ':');
	if (colon != SIZE_MAX && find_last(a, ']') != SIZE_MAX && find_last(a, ']') > colon)
		colon = SIZE_MAX;
	if (colon != SIZE_MAX)
		u->port = str_sub(a, colon + 1, a.n);
	u->host = str_sub(a, 0, colon);
}

struct url url_split(struct str s)
{
	struct url u = { 0 };
	size_t n = scheme_length(s);

	if (n > 0) {
		u.scheme = cut_front(&s, n);
		cut_front(&s, 1);
	}
	if (str_starts(s, "//")) {
		u.has_authority = true;
		cut_front(&s, 2);
		split_authority(cut_front(&s, find_any(s, "/?#")), &u);
	}
	u.path = cut_front(&s, find_any(s, "?#"));
	u.has_query = str_starts(s, "?");
	if (u.has_query)
		u.query = str_sub(cut_front(&s, find_any(s, "#")), 1, SIZE_MAX);
	u.has_fragment = str_starts(s, "#");
	if (u.has_fragment)
		u.fragment = str_sub(s, 1, s.n);
	return u;
}

/* ---- resolving ---- */

/* A reference as it is put together again; text is only ever borrowed. */
struct target {
	struct str scheme, authority, path_head, path, query;
	bool has_authority, has_query;
};

static struct str authority_of(struct str s)
{
	size_t n = scheme_length(s);

	if (n > 0)
		s = str_sub(s, n + 1, s.n);
	s = str_sub(s, 2, s.n);
	return str_sub(s, 0, find_any(s, "/?#"));
}

/* Takes the last segment off what of the path is in `out` (from `start` on). */
static void drop_segment(struct buf *out, size_t start)
{
	size_t n = out->n;

	while (n > start && out->p[n - 1] != '/')
		n--;
	buf_cut(out, n > start ? n - 1 : start);
}

/* RFC 3986, 5.2.4, one segment at a time: each is added with the slash before it. */
static enum err add_without_dots(struct buf *out, struct str path)
{
	size_t start = out->n;
	enum err rc = ERR_NONE;

	while (path.n > 0 && rc == ERR_NONE) {
		bool slash = path.p[0] == '/';
		size_t end = find_any(str_sub(path, slash, path.n), "/") + slash;
		struct str segment = cut_front(&path, end);
		struct str name = str_sub(segment, slash, segment.n);
		bool last = path.n == 0;

		if (str_is(name, ".") || str_is(name, "..")) {
			if (name.n == 2)
				drop_segment(out, start);
			if (last)
				rc = buf_add_char(out, '/');
		} else {
			rc = buf_add(out, segment);
		}
	}
	return rc;
}

/* 5.2.3: the base's path up to its last slash, and the reference after it. */
static struct str directory_of(const struct url *base)
{
	size_t slash = find_last(base->path, '/');

	if (slash == SIZE_MAX)
		return base->has_authority ? STR("/") : (struct str){ "", 0 };
	return str_sub(base->path, 0, slash + 1);
}

/* 5.2.2. */
static struct target target_of(struct str base_text, const struct url *base, struct str ref_text,
			       const struct url *ref)
{
	struct target t = { .scheme = base->scheme,
			    .path = ref->path,
			    .query = ref->query,
			    .has_query = ref->has_query };

	t.has_authority = ref->has_authority || base->has_authority;
	t.authority = ref->has_authority    ? authority_of(ref_text)
		      : base->has_authority ? authority_of(base_text)
					    : (struct str){ "", 0 };
	if (ref->has_authority)
		return t;
	if (ref->path.n == 0) {
		t.path = base->path;
		if (!ref->has_query) {
			t.query = base->query;
			t.has_query = base->has_query;
		}
	} else if (ref->path.p[0] != '/') {
		t.path_head = directory_of(base);
	}
	return t;
}

static enum err add_path(const struct target *t, struct buf *out)
{
	struct buf whole = buf_limited(out->max);
	enum err rc = buf_add(&whole, t->path_head);

	if (rc == ERR_NONE)
		rc = buf_add(&whole, t->path);
	if (rc == ERR_NONE)
		rc = add_without_dots(out, buf_view(&whole));
	buf_free(&whole);
	return rc;
}

static enum err add_after(struct buf *out, const char *sign, struct str part, bool there)
{
	enum err rc = there ? buf_add_cstr(out, sign) : ERR_NONE;

	return rc == ERR_NONE && there ? buf_add(out, part) : rc;
}

static enum err add_target(const struct target *t, const struct url *ref, struct buf *out)
{
	enum err rc = buf_add(out, t->scheme);

	if (rc == ERR_NONE && t->scheme.n > 0)
		rc = buf_add_char(out, ':');
	if (rc == ERR_NONE)
		rc = add_after(out, "//", t->authority, t->has_authority);
	if (rc == ERR_NONE)
		rc = add_path(t, out);
	if (rc == ERR_NONE)
		rc = add_after(out, "?", t->query, t->has_query);
	if (rc == ERR_NONE)
		rc = add_after(out, "#", ref->fragment, ref->has_fragment);
	return rc;
}

/* Line ends and tabs inside an address go, other controls and blanks are escaped (as in the
 * WHATWG's rules). */
static enum err add_clean(struct buf *out, struct str s)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < s.n && rc == ERR_NONE; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '\t' || c == '\n' || c == '\r')
			continue;
		rc = c <= ' ' || c == 0x7F ? buf_addf(out, "%%%02X", c) : buf_add_char(out, s.p[i]);
	}
	return rc;
}

/* urn:a:b has no place that something could be relative to. */
static bool can_be_base(const struct url *base)
{
	return base->scheme.n == 0 || base->has_authority || str_starts(base->path, "/");
}

static enum err resolve_clean(struct str base, struct str ref, struct buf *out)
{
	struct url r = url_split(ref), b = url_split(base);
	struct target t;

	if (base.n == 0 || r.scheme.n > 0 || !can_be_base(&b))
		return buf_add(out, ref);
	t = target_of(base, &b, ref, &r);
	return add_target(&t, &r, out);
}

enum err url_resolve(struct str base, struct str ref, struct buf *out)
{
	struct buf clean = buf_limited(out->max);
	size_t start = out->n;
	enum err rc = add_clean(&clean, str_trim(ref));

	if (rc == ERR_NONE)
		rc = resolve_clean(str_trim(base), buf_view(&clean), out);
	if (rc != ERR_NONE)
		buf_cut(out, start);
	buf_free(&clean);
	return rc;
}

/* ---- comparing ---- */

static bool is_web_scheme(struct str scheme)
{
	return str_eq_nocase(scheme, STR("http")) || str_eq_nocase(scheme, STR("https"));
}

static bool is_port(struct str s)
{
	int64_t port;

	return s.n == 0 || (ascii_is_digit(s.p[0]) && str_to_int(s, 1, 65535, &port));
}

static bool has_blank(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F)
			return true;
	return false;
}

const char *url_flaw(struct str s)
{
	struct url u = url_split(s);

	if (!is_web_scheme(u.scheme))
		return "an address begins with http:// or https://";
	if (s.n > URL_MAX)
		return "an address has at most 8 KiB";
	if (has_blank(s))
		return "no blank stands in an address";
	if (!u.has_authority || u.host.n == 0)
		return "an address needs a host";
	return is_port(u.port) ? NULL : "a port is a number from 1 to 65535";
}

bool url_is_web(struct str s)
{
	return url_flaw(s) == NULL;
}

static bool is_default_port(const struct url *u)
{
	return u->port.n == 0 || (str_is(u->port, "80") && str_eq_nocase(u->scheme, STR("http"))) ||
	       (str_is(u->port, "443") && str_eq_nocase(u->scheme, STR("https")));
}

/* Parameters that say where a reader came from, never what is shown. */
static bool is_tracking(struct str pair)
{
	static const char *const names[] = {
		"fbclid",     "gclid",       "dclid",       "gbraid",      "wbraid",      "msclkid",
		"yclid",      "twclid",      "igshid",      "mc_cid",      "mc_eid",      "_hsenc",
		"_hsmi",      "mkt_tok",     "spm",         "ref_src",     "cmpid",       "wt_mc",
		"at_medium",  "at_campaign", "ns_mchannel", "ns_source",   "ns_campaign", "s_cid",
		"_ga",        "xtor",        "share_token", "oly_anon_id", "oly_enc_id",  "vero_id",
		"rb_clickid",
	};
	struct str name = str_sub(pair, 0, str_find(pair, '='));

	if (str_starts_nocase(name, "utm_"))
		return true;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(name, str_of(names[i])))
			return true;
	return false;
}

static enum err add_query_without_tracking(struct buf *out, struct str query)
{
	struct str pair;
	const char *sign = "?";
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && str_next(&query, '&', &pair)) {
		if (pair.n == 0 || is_tracking(pair))
			continue;
		rc = add_after(out, sign, pair, true);
		sign = "&";
	}
	return rc;
}

static enum err add_lower(struct buf *out, struct str s)
{
	enum err rc = ERR_NONE;

	for (size_t i = 0; i < s.n && rc == ERR_NONE; i++)
		rc = buf_add_char(out, ascii_lower(s.p[i]));
	return rc;
}

/* A final full stop names the root, which is where every name ends anyway. */
static struct str bare_host(struct str host)
{
	if (str_starts_nocase(host, "www.") && host.n > 4)
		host = str_sub(host, 4, host.n);
	return str_ends(host, ".") ? str_sub(host, 0, host.n - 1) : host;
}

static enum err add_web_form(const struct url *u, struct buf *out)
{
	struct str path = u->path;
	enum err rc = add_lower(out, bare_host(u->host));

	while (str_ends(path, "/"))
		path.n--;
	if (rc == ERR_NONE)
		rc = add_after(out, ":", u->port, !is_default_port(u));
	if (rc == ERR_NONE)
		rc = buf_add(out, path);
	return rc == ERR_NONE ? add_query_without_tracking(out, u->query) : rc;
}

/* Other addresses (urn:, tag:, mailto:) are compared as they stand. */
enum err url_normalise(struct str s, struct buf *out)
{
	struct url u;
	size_t start = out->n;
	enum err rc;

	s = str_trim(s);
	u = url_split(s);
	if (!is_web_scheme(u.scheme) || u.host.n == 0)
		return buf_add(out, s);
	rc = add_web_form(&u, out);
	if (rc != ERR_NONE)
		buf_cut(out, start);
	return rc;
}

/* ---- showing ---- */

static int hex_digit(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Value of an escape "%41" at `at`, or -1. */
static int escape_at(struct str s, size_t at)
{
	if (at + 2 >= s.n || s.p[at] != '%' || hex_digit(s.p[at + 1]) < 0 ||
	    hex_digit(s.p[at + 2]) < 0)
		return -1;
	return hex_digit(s.p[at + 1]) * 16 + hex_digit(s.p[at + 2]);
}

/* The run of escapes of bytes over 0x7F at `at`, decoded; returns how many bytes of `s` it takes.
 */
static size_t decode_run(struct str s, size_t at, struct buf *run)
{
	size_t from = at;

	buf_clear(run);
	while (escape_at(s, at) >= 0x80 && buf_add_char(run, (char)escape_at(s, at)) == ERR_NONE)
		at += 3;
	return at - from;
}

/* Escapes stay where they are no UTF-8: then only the server knows what they mean. */
static enum err add_decoded(struct buf *out, struct str s)
{
	struct buf run = buf_limited(s.n + 1);
	enum err rc = ERR_NONE;

	for (size_t at = 0; at < s.n && rc == ERR_NONE;) {
		size_t n = decode_run(s, at, &run);

		if (n == 0) {
			rc = buf_add_char(out, s.p[at++]);
			continue;
		}
		rc = buf_add(out, utf8_is_valid(buf_view(&run)) ? buf_view(&run)
								: str_sub(s, at, at + n));
		at += n;
	}
	buf_free(&run);
	return rc;
}

enum err url_display(struct str s, struct buf *out)
{
	struct buf plain = buf_limited(s.n + 1);
	struct url u;
	enum err rc;

	s = str_trim(s);
	u = url_split(s);
	if (is_web_scheme(u.scheme) && u.host.n > 0) {
		s = str_sub(s, u.scheme.n + 3, s.n);
		if (str_starts_nocase(s, "www."))
			s = str_sub(s, 4, s.n);
		if (str_ends(s, "/") && str_find(s, '/') == s.n - 1)
			s.n--;
	}
	rc = add_decoded(&plain, s);
	if (rc == ERR_NONE)
		rc = display_line(buf_view(&plain), out);
	buf_free(&plain);
	return rc;
}
