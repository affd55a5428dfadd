#include "contrast.h"

#include "lede/text/utf8.h"
#include "rules.h"

/* --- places that differ --- */

static bool is_inside_character(struct str s, size_t at)
{
	return at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;
}

/* How many bytes, whole characters, two texts have in common at the start. */
static size_t common_start(struct str a, struct str b)
{
	size_t n = 0;

	while (n < a.n && n < b.n && a.p[n] == b.p[n])
		n++;
	while (n > 0 && (is_inside_character(a, n) || is_inside_character(b, n)))
		n--;
	return n;
}

static size_t common_end(struct str a, struct str b)
{
	size_t n = 0;

	while (n < a.n && n < b.n && a.p[a.n - 1 - n] == b.p[b.n - 1 - n])
		n++;
	while (n > 0 && is_inside_character(a, a.n - n))
		n--;
	return n;
}

static bool is_katakana(struct str s, size_t at)
{
	size_t n;
	uint32_t c = at < s.n ? utf8_at(s, at, &n) : 0;

	return c >= 0x30A1 && c <= 0x30FC;
}

/* One character in common is chance where both are written in katakana, two in a row are not. */
static bool share_character(struct str a, struct str b)
{
	for (size_t i = 0, n, next; i < a.n; i += n) {
		utf8_at(a, i, &n);
		next = is_katakana(a, i) && is_katakana(a, i + n) ? 3 : 0;
		if (n > 1 && str_find_str(b, str_sub(a, i, i + n + next)) != SIZE_MAX)
			return true;
	}
	return false;
}

/* Two characters or more, and no two of them what news tells of everybody. */
static bool may_be_name(struct str s)
{
	size_t n, next;

	if (s.n < 2 * 3 || s.n > TWIN_BYTES)
		return false;
	for (size_t i = 0; i < s.n; i += n) {
		utf8_at(s, i, &n);
		if (i + n == s.n)
			break;
		utf8_at(s, i + n, &next);
		if (rules_is_common_bigram(str_sub(s, i, i + n + next)))
			return false;
	}
	return true;
}

static bool are_names(struct str a, struct str b)
{
	return may_be_name(a) && may_be_name(b) && !share_character(a, b);
}

/* What two texts have in common somewhere: the longest run of whole characters. */
struct common { size_t a, b, n; };

static struct common longest_common(struct str a, struct str b)
{
	struct common best = { 0, 0, 0 };

	for (size_t i = 0, step; i + best.n < a.n; i += step) {
		utf8_at(a, i, &step);
		for (size_t j = 0; j + best.n < b.n; j++) {
			size_t n = a.p[i] == b.p[j] && a.p[i + best.n] == b.p[j + best.n]
				? common_start(str_sub(a, i, a.n), str_sub(b, j, b.n)) : 0;

			if (n > best.n)
				best = (struct common){ i, j, n };
		}
	}
	return best;
}

/* Two texts that are the same but for two places, where each has names of its own: somebody of some
 * house, somebody else of another. */
static bool differ_twice(struct str x, struct str y, size_t outside)
{
	struct common c;
	size_t common, shorter = x.n < y.n ? x.n : y.n;

	if (x.n > TWINS_BYTES || y.n > TWINS_BYTES)
		return false;
	c = longest_common(x, y);
	common = outside + c.n;
	return c.n >= TWINS_BETWEEN && common * 5 >= (outside + shorter) * 2 &&
	       are_names(str_sub(x, 0, c.a), str_sub(y, 0, c.b)) &&
	       are_names(str_sub(x, c.a + c.n, x.n), str_sub(y, c.b + c.n, y.n));
}

/* Two texts that are the same but for one place, or two, where each has something of its own that
 * may be a name. */
static bool are_twins(struct str x, struct str y)
{
	size_t start = common_start(x, y), end;

	x = str_sub(x, start, x.n);
	y = str_sub(y, start, y.n);
	end = common_end(x, y);
	x.n -= end;
	y.n -= end;
	if (start + end >= x.n && start + end >= y.n && are_names(x, y))
		return true;
	return differ_twice(x, y, start + end);
}

/* --- people that are named with respect --- */

static bool is_han(struct str s, size_t at)
{
	size_t n;
	uint32_t c = utf8_at(s, at, &n);

	return c >= 0x4E00 && c <= 0x9FFF;
}

/* The Han characters right before `at`, four at most; all of those here have three bytes. */
static struct str han_before(struct str s, size_t at)
{
	size_t from = at;

	while (from >= 3 && at - from < 4 * 3 && !is_inside_character(s, from - 3) &&
	       is_han(s, from - 3))
		from -= 3;
	return str_sub(s, from, at);
}

/* The name before the first respectful ending from *at on, which it moves past; empty: no more. */
static struct str next_person(struct str s, size_t *at)
{
	static const char *const endings[] = { "氏", "さん", "选手", "容疑者", "被告" };

	for (; *at < s.n; ++*at)
		for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
			if (str_starts(str_sub(s, *at, s.n), endings[i])) {
				struct str name = han_before(s, *at);

				*at += 3;
				if (name.n >= 2 * 3)
					return name;
			}
	return STR("");
}

/* Both titles speak of people, and of none that may be the same one. */
static bool people_differ(struct str x, struct str y)
{
	struct str a, b;
	bool both = false;

	for (size_t i = 0; (a = next_person(x, &i)).n > 0;)
		for (size_t j = 0; (b = next_person(y, &j)).n > 0; both = true)
			if (share_character(a, b))
				return false;
	return both;
}

/* --- models --- */

static bool is_letter(char c)
{
	return ascii_is_alnum(c) && !ascii_is_digit(c);
}

/* The next word of letters and then digits, as x5, from *at on, which it moves past. */
static struct str next_model(struct str s, size_t *at)
{
	while (*at < s.n) {
		size_t from = *at, digits, end;

		while (*at < s.n && is_letter(s.p[*at]))
			++*at;
		digits = *at;
		while (*at < s.n && ascii_is_digit(s.p[*at]))
			++*at;
		end = *at;
		if (digits > from && end > digits && end - from <= MODEL_BYTES &&
		    !(end < s.n && (is_letter(s.p[end]) || s.p[end] == '.')))
			return str_sub(s, from, end);
		*at += end == from;
	}
	return STR("");
}

static bool models_differ(struct str x, struct str y)
{
	struct str a, b;
	bool both = false;

	for (size_t i = 0; (a = next_model(x, &i)).n > 0;)
		for (size_t j = 0; (b = next_model(y, &j)).n > 0; both = true)
			if (str_eq(a, b))
				return false;
	return both;
}

/* --- all of it --- */

/* Only up in the one and only down in the other. */
static bool ways_differ(const struct member *a, const struct member *b)
{
	return a->ways != 0 && b->ways != 0 && (a->ways & b->ways) == 0 &&
	       (rules_opposite(a->ways) & b->ways) != 0;
}

bool contrast_between(const struct member *a, const struct member *b)
{
	struct str x = member_text(a), y = member_text(b);

	return ways_differ(a, b) || are_twins(x, y) || models_differ(x, y) ||
	       (a->kana && b->kana && people_differ(x, y));
}
