/* theme - which colours and attributes a role has.
 *
 * Themes are files (themes/NAME.theme, SCREENS.md section 4); those shipped are compiled in as
 * well. A theme gives each role a colour for 256 and direct colour terminals, and may give others
 * for 16 and 8 colours and for none; what it does not give follows the fixed table of that section.
 * Must not know: curses.
 */
#ifndef LEDE_TUI_THEME_H
#define LEDE_TUI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/app/role.h"
#include "lede/base/str.h"

enum { ATTR_BOLD = 1, ATTR_DIM = 2, ATTR_ITALIC = 4, ATTR_UNDERLINE = 8, ATTR_REVERSE = 16 };
/* index: 0..255, or -1 for the terminal's own; rgb: 0xRRGGBB, or -1 when only the index is given.
 */
struct color { int16_t index; int32_t rgb; };
struct style { struct color fg, bg; uint8_t attr; };

enum color_depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_DIRECT, DEPTH_COUNT };

struct theme {
	char name[32], about[96];
	bool light;                                   /* what a default background is taken for */
	struct style style[DEPTH_COUNT][ROLE_COUNT];
};
/* Reads a theme file's text. `find` gives the text of the theme it inherits (empty: there is none).
 * Unknown roles, colours and sections are given to `bad` with their line; the role then keeps what
 * `inherit` gives. ERR_SYNTAX: a theme without inherit that does not name every role. */
struct theme_source {
	struct str (*find)(void *self, const char *name);
	void (*bad)(void *self, int line, const char *why);
	void *self;
};
enum err theme_read(struct str text, const struct theme_source *src, struct theme *out,
                    struct error *e);
struct str theme_shipped(const char *name);           /* the text of a shipped theme, or empty */
const char *theme_shipped_name(int i);                /* "dark", "light", ...; NULL at the end */
int theme_contrast10(int32_t a,
                     int32_t b); /* WCAG 2 contrast ratio of two 0xRRGGBB, times 10, rounded down */
int32_t theme_palette(int index);                     /* 0xRRGGBB of a palette index 16..255 */
int theme_nearest(int32_t rgb);                       /* the palette index 16..255 most like it */

#endif
