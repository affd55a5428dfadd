#include "lede/base/str.h"

#include <string.h>

static bool same_nocase(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ascii_lower(a[i]) != ascii_lower(b[i]))
			return false;
	return true;
}

bool str_eq_nocase(struct str a, struct str b)
{
	return a.n == b.n && same_nocase(a.p, b.p, a.n);
}

bool str_starts_nocase(struct str s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.n >= n && same_nocase(s.p, prefix, n);
}

bool str_ends(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.n >= n && memcmp((s.p ? s.p : "") + s.n - n, suffix, n) == 0;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int by = n ? memcmp(a.p, b.p, n) : 0;

	return by ? by : a.n < b.n ? -1 : a.n > b.n;
}

struct str str_trim(struct str s)
{
	while (s.n > 0 && ascii_is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n > 0 && ascii_is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

size_t str_find(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t str_find_str(struct str s, struct str needle)
{
	const char *at;

	if (needle.n == 0)
		return 0;
	at = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
	return at ? (size_t)(at - s.p) : SIZE_MAX;
}

size_t str_find_nocase(struct str s, struct str needle)
{
	if (needle.n == 0)
		return 0;
	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (same_nocase(s.p + i, needle.p, needle.n))
			return i;
	return SIZE_MAX;
}

/* A rest whose pointer is NULL is used up; one that is merely empty still holds an empty part. */
bool str_next(struct str *rest, char sep, struct str *part)
{
	size_t at;

	if (!rest->p)
		return false;
	at = str_find(*rest, sep);
	if (at == SIZE_MAX) {
		*part = *rest;
		*rest = (struct str){ NULL, 0 };
	} else {
		*part = str_sub(*rest, 0, at);
		*rest = str_sub(*rest, at + 1, rest->n);
	}
	return true;
}

bool str_next_line(struct str *rest, struct str *line)
{
	size_t at = 0, end;

	if (rest->n == 0)
		return false;
	while (at < rest->n && rest->p[at] != '\n' && rest->p[at] != '\r')
		at++;
	*line = str_sub(*rest, 0, at);
	end = at;
	if (str_starts(str_sub(*rest, end, rest->n), "\r\n"))
		end += 2;
	else if (end < rest->n)
		end++;
	*rest = str_sub(*rest, end, rest->n);
	return true;
}

bool str_to_int(struct str s, int64_t lo, int64_t hi, int64_t *out)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	int64_t value = 0;

	if (s.n == (minus ? 1u : 0u))
		return false;
	for (size_t i = minus; i < s.n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return false;
		/* Counted downwards, since the lowest number has no opposite. */
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_sub_overflow(value, s.p[i] - '0', &value))
			return false;
	}
	if (!minus && __builtin_sub_overflow((int64_t)0, value, &value))
		return false;
	if (value < lo || value > hi)
		return false;
	*out = value;
	return true;
}
