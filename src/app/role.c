#include "lede/app/role.h"

#include <string.h>

static const char *const names[ROLE_COUNT] = {
	[ROLE_BACKGROUND] = "background", [ROLE_TEXT] = "text", [ROLE_STRONG] = "strong",
	[ROLE_EMPHASIS] = "emphasis", [ROLE_TITLE] = "title", [ROLE_HEADING] = "heading",
	[ROLE_HEADLINE] = "headline", [ROLE_HEADLINE_TOP] = "headline-top",
	[ROLE_HEADLINE_READ] = "headline-read", [ROLE_QUOTE] = "quote", [ROLE_CODE] = "code",
	[ROLE_META] = "meta", [ROLE_LABEL] = "label", [ROLE_WHY] = "why", [ROLE_RANK] = "rank",
	[ROLE_RANK_TOP] = "rank-top", [ROLE_RANK_LOW] = "rank-low", [ROLE_ACCENT] = "accent",
	[ROLE_SECTION_CURRENT] = "section-current", [ROLE_UP] = "up", [ROLE_DOWN] = "down",
	[ROLE_STAR] = "star", [ROLE_LINK] = "link", [ROLE_IMAGE] = "image", [ROLE_MATCH] = "match",
	[ROLE_CURSOR] = "cursor", [ROLE_CURSOR_OFF] = "cursor-off", [ROLE_OK] = "ok",
	[ROLE_WARN] = "warn", [ROLE_ERROR] = "error", [ROLE_RULE] = "rule", [ROLE_FAINT] = "faint",
	[ROLE_NAME] = "name",
};

const char *role_name(enum role r)
{
	return names[r];
}

int role_of_name(const char *name)
{
	for (int r = 0; r < ROLE_COUNT; r++)
		if (strcmp(names[r], name) == 0)
			return r;
	return -1;
}
