#include "cli_address.h"

#include <string.h>

#include "lede/text/url.h"

/* ---- files ---- */

/* What would mean something else in an address; bytes over 0x7F are kept, people write them. */
static bool must_escape(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7f || strchr("\"#%<>?\\^`{|}", c) != NULL;
}

static void add_escaped(struct buf *out, char c)
{
	if (must_escape(c))
		buf_addf(out, "%%%02X", (unsigned char)c);
	else
		buf_add_char(out, c);
}

/* Adds the parts of `path` to an absolute path in `out`; "." and ".." are followed as text. */
static void walk(struct str path, struct buf *out, size_t root)
{
	struct str part;

	while (str_next(&path, '/', &part)) {
		if (part.n == 0 || str_is(part, "."))
			continue;
		if (!str_is(part, "..")) {
			buf_add_char(out, '/');
			for (size_t i = 0; i < part.n; i++)
				add_escaped(out, part.p[i]);
			continue;
		}
		while (out->n > root && out->p[out->n - 1] != '/')
			buf_cut(out, out->n - 1);
		if (out->n > root)
			buf_cut(out, out->n - 1);
	}
}

static enum err file_address(struct str path, struct str folder, struct buf *out, struct error *e)
{
	size_t root;

	if (path.n == 0)
		return error_set(e, ERR_USAGE, "file: lacks a path");
	buf_add_cstr(out, "file://");
	root = out->n;
	if (path.p[0] != '/')
		walk(folder, out, root);
	walk(path, out, root);
	return ERR_NONE;
}

static int hex(char c)
{
	const char *digits = "0123456789abcdef", *at = c ? strchr(digits, ascii_lower(c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

enum err cli_file_path(struct str url, struct buf *out, struct error *e)
{
	struct str path = str_sub(url, sizeof "file://" - 1, url.n);

	if (!str_starts(url, "file:///"))
		return error_set(e, ERR_USAGE, "no file of this machine: %.*s", (int)url.n, url.p);
	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];

		if (c == '%' && i + 2 < path.n && hex(path.p[i + 1]) >= 0 &&
		    hex(path.p[i + 2]) >= 0) {
			c = (char)(hex(path.p[i + 1]) * 16 + hex(path.p[i + 2]));
			i += 2;
		}
		if (c == '\0')
			return error_set(e, ERR_USAGE, "a file's name holds no NUL");
		buf_add_char(out, c);
	}
	return ERR_NONE;
}

/* ---- all addresses ---- */

static bool is_path(struct str s)
{
	return str_starts(s, "/") || str_starts(s, "./") || str_starts(s, "../");
}

static bool is_web(struct str s)
{
	return str_starts_nocase(s, "http://") || str_starts_nocase(s, "https://");
}

/* "mailto:x" has one, "host:8080/feed" has none. */
static bool has_other_scheme(struct str s)
{
	size_t colon = str_find(s, ':');

	if (colon == SIZE_MAX || str_find(str_sub(s, 0, colon), '.') != SIZE_MAX ||
	    str_find(str_sub(s, 0, colon), '/') != SIZE_MAX || s.p[0] == '[')
		return false;
	return colon + 1 >= s.n || !ascii_is_digit(s.p[colon + 1]);
}

static enum err web_address(struct str typed, struct buf *out, struct error *e)
{
	if (!is_web(typed))
		buf_add_cstr(out, "https://");
	buf_add(out, typed);
	if (url_is_web(buf_view(out)))
		return ERR_NONE;
	return error_set(e, ERR_USAGE, "%s: %.*s", url_flaw(buf_view(out)), (int)typed.n, typed.p);
}

enum err cli_address(struct str typed, struct str folder, struct buf *out, struct error *e)
{
	typed = str_trim(typed);
	if (typed.n == 0)
		return error_set(e, ERR_USAGE, "an empty address");
	if (str_starts_nocase(typed, "file:///")) {
		buf_add_cstr(out, "file://");
		return buf_add(out, str_sub(typed, sizeof "file://" - 1, typed.n));
	}
	if (str_starts_nocase(typed, "file://"))
		return error_set(e, ERR_USAGE,
				 "no file of this machine: %.*s; a file is file:///ABSOLUTE/PATH",
				 (int)typed.n, typed.p);
	if (str_starts_nocase(typed, "file:"))
		return file_address(str_sub(typed, sizeof "file:" - 1, typed.n), folder, out, e);
	if (is_path(typed))
		return file_address(typed, folder, out, e);
	if (!is_web(typed) && has_other_scheme(typed))
		return error_set(e, ERR_USAGE,
				 "lede reads http, https and file addresses, not %.*s",
				 (int)typed.n, typed.p);
	return web_address(typed, out, e);
}

struct str cli_masked(struct str url, struct arena *a)
{
	static const char mask[] = "***";
	struct str user = url_split(url).user;
	size_t colon = str_find(user, ':'), from, to;
	char *p;

	if (user.n == 0 || colon == SIZE_MAX)
		return url;
	from = (size_t)(user.p - url.p) + colon + 1;
	to = (size_t)(user.p - url.p) + user.n;
	p = arena_alloc(a, from + strlen(mask) + url.n - to + 1);
	memcpy(p, url.p, from);
	memcpy(p + from, mask, strlen(mask));
	memcpy(p + from + strlen(mask), url.p + to, url.n - to);
	return (struct str){ p, from + strlen(mask) + url.n - to };
}
