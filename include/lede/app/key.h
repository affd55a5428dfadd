/* key - what a person pressed, and how keys are written: j, G, ^D, Home, Space, F5.
 *
 * Must not know: terminals, commands.
 */
#ifndef LEDE_APP_KEY_H
#define LEDE_APP_KEY_H

#include <stdint.h>

#include "lede/base/str.h"

/* A code point, or one of these (beyond Unicode). Control keys are the code points 1..26 (^A..^Z);
 * Esc is 27, Space ' '. */
enum {
	KEY_NONE_ = 0,
	KEY_TAB_ = '\t',
	KEY_ENTER_ = '\r',
	KEY_ESC_ = 27,
	KEY_BACKSPACE_ = 127,
	LEDE_KEY_UP = 0x110000,
	LEDE_KEY_DOWN,
	LEDE_KEY_LEFT,
	LEDE_KEY_RIGHT,
	LEDE_KEY_HOME,
	LEDE_KEY_END,
	LEDE_KEY_PGUP,
	LEDE_KEY_PGDN,
	LEDE_KEY_DELETE,
	LEDE_KEY_INSERT,
	LEDE_KEY_BACKTAB,
	LEDE_KEY_F1 /* to F12 = F1 + 11 */
};
/* "^D", "PgDn", "Enter": NUL-terminated, at most 15 bytes. ^H and DEL are both "Backspace", ^I is
 * Tab, ^J and ^M Enter. */
void key_text(uint32_t key, char out[16]);
/* The key of a name; 0: no such key. */
uint32_t key_of_name(struct str name);

#endif
