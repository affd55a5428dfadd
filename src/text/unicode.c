#include "lede/text/unicode.h"

#include "lede/text/unicode_props.h"
#include <stddef.h>

#include "unicode_props.inc"

#define PROPS_MASK ((1u << PROPS_SHIFT) - 1)

const struct props *unicode_props(uint32_t cp)
{
	if (cp > 0x10FFFF)
		cp = 0xFFFD;
	size_t block = props_first[cp >> PROPS_SHIFT];

	return &props_record[props_second[block << PROPS_SHIFT | (cp & PROPS_MASK)]];
}

static bool has(uint32_t cp, int flag)
{
	return (unicode_props(cp)->flags & flag) != 0;
}

int unicode_cells(uint32_t cp, int ambiguous)
{
	int cells = unicode_props(cp)->cells;

	return cells == 3 ? ambiguous : cells;
}

bool unicode_is_wide(uint32_t cp)
{
	return has(cp, IS_WIDE);
}

bool unicode_is_ambiguous(uint32_t cp)
{
	return has(cp, IS_AMBIGUOUS);
}

bool unicode_is_mark(uint32_t cp)
{
	return has(cp, IS_MARK);
}

bool unicode_is_space(uint32_t cp)
{
	return has(cp, IS_SPACE);
}

bool unicode_is_newer_than_13(uint32_t cp)
{
	return has(cp, IS_NEW);
}

enum fold_class unicode_fold_class(uint32_t cp)
{
	return (enum fold_class)unicode_props(cp)->fold;
}

bool unicode_is_han(uint32_t cp)
{
	return unicode_fold_class(cp) == FOLD_HAN;
}

bool unicode_is_kana(uint32_t cp)
{
	return unicode_fold_class(cp) == FOLD_KANA;
}

bool unicode_is_hangul(uint32_t cp)
{
	return unicode_fold_class(cp) == FOLD_HANGUL;
}
