/* str - text is bytes with a length: a borrowed view and an owned buffer.
 *
 * Must not know: characters, encodings, columns (that is `text`). Everything here is bytes and
 * ASCII.
 */
#ifndef LEDE_BASE_STR_H
#define LEDE_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "lede/base/error.h"

struct str { const char *p; size_t n; };            /* borrowed; may hold NUL, may lack one */
/* Owned; NUL-terminated after n once anything was added. */
struct buf { char *p; size_t n, cap, max; };

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })

/* NULL gives the empty string. */
static inline struct str str_of(const char *s)
{
	return (struct str){ s ? s : "", s ? strlen(s) : 0 };
}

/* Clamped; from > to is empty. */
static inline struct str str_sub(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct str){ s.p ? s.p + from : s.p, to - from };
}

static inline bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_is(struct str a, const char *s)
{
	return str_eq(a, str_of(s));
}

bool str_eq_nocase(struct str a, struct str b);     /* ASCII letters only */
static inline bool str_starts(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.n >= n && (n == 0 || memcmp(s.p, prefix, n) == 0);
}
bool str_starts_nocase(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
int str_cmp(struct str a, struct str b);            /* bytes, as memcmp; shorter first */
struct str str_trim(struct str s);                  /* ASCII white space off both ends */
/* Index of the first occurrence, or SIZE_MAX. */
size_t str_find(struct str s, char c);
size_t str_find_str(struct str s, struct str needle);
size_t str_find_nocase(struct str s, struct str needle);
/* Takes the part before the next `sep` off the front of *rest; false when *rest is used up.
 * "a,b" gives "a", "b"; "a," gives "a", "". */
bool str_next(struct str *rest, char sep, struct str *part);
/* The next line without its end (LF, CRLF or CR); false at the end. */
bool str_next_line(struct str *rest, struct str *line);
/* Whole string as a decimal number, no sign beyond '-', no blanks; false when it is not one or does
 * not fit into lo..hi. Replaces atoi and strtol. */
bool str_to_int(struct str s, int64_t lo, int64_t hi, int64_t *out);

/* Blank, tab, LF, VT, FF, CR. */
static inline bool ascii_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static inline bool ascii_is_alnum(char c)
{
	return ascii_is_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z');
}

/* A buffer is made with a ceiling; what would pass it changes nothing and gives ERR_LIMIT.
 * The ceiling counts bytes without the final NUL. */
struct buf buf_limited(size_t max);
void buf_free(struct buf *b);                       /* empty and usable again after it */
void buf_clear(struct buf *b);                      /* n = 0, memory kept */
struct str buf_view(const struct buf *b);           /* borrowed until b changes */
const char *buf_cstr(const struct buf *b);          /* never NULL; borrowed until b changes */
char *buf_take(struct buf *b);                      /* caller owns (free); b is left empty */
enum err buf_add(struct buf *b, struct str s);
enum err buf_add_char(struct buf *b, char c);
enum err buf_add_cstr(struct buf *b, const char *s);
enum err buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
enum err buf_addv(struct buf *b, const char *fmt, va_list args)
	__attribute__((format(printf, 2, 0)));
void buf_drop(struct buf *b, size_t n);             /* without its first n bytes */
void buf_cut(struct buf *b, size_t n);              /* shortens to n bytes; longer n is fine */

#endif
