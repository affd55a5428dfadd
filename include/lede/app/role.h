/* role - what a piece of the screen means; themes give roles colours.
 *
 * SCREENS.md section 4 has the table. Must not know: colours, terminals.
 */
#ifndef LEDE_APP_ROLE_H
#define LEDE_APP_ROLE_H

enum role {
	ROLE_BACKGROUND,
	ROLE_TEXT,
	ROLE_STRONG,
	ROLE_EMPHASIS,
	ROLE_TITLE,
	ROLE_HEADING,
	ROLE_HEADLINE,
	ROLE_HEADLINE_TOP,
	ROLE_HEADLINE_READ,
	ROLE_QUOTE,
	ROLE_CODE,
	ROLE_META,
	ROLE_LABEL,
	ROLE_WHY,
	ROLE_RANK,
	ROLE_RANK_TOP,
	ROLE_RANK_LOW,
	ROLE_ACCENT,
	ROLE_SECTION_CURRENT,
	ROLE_UP,
	ROLE_DOWN,
	ROLE_STAR,
	ROLE_LINK,
	ROLE_IMAGE,
	ROLE_MATCH,
	ROLE_CURSOR,
	ROLE_CURSOR_OFF,
	ROLE_OK,
	ROLE_WARN,
	ROLE_ERROR,
	ROLE_RULE,
	ROLE_FAINT,
	ROLE_NAME /* the word lede: accent, bold */,
	ROLE_COUNT
};
const char *role_name(enum role r);          /* "headline-top": as in theme files */
int role_of_name(const char *name);          /* -1: no such role */

#endif
