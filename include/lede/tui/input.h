/* input - bytes of a terminal to keys: the only judge of what a person pressed.
 *
 * A pure state machine of bytes and milliseconds. It knows UTF-8, controls, what terminals send
 * for arrows and function keys (ECMA-48, DEC, xterm, rxvt, the Linux console, kitty's CSI u) and
 * what terminfo adds. Everything else a terminal says is swallowed whole and gives no key: answers
 * to questions (OSC, DCS, cursor reports, attributes), focus, mouse, pasted text, keys with Alt,
 * keys it does not know; what input_wants names is told instead. A sequence never leaks its letters as commands, however it is cut into
 * reads; however long it is, it takes no memory.
 * Must not know: files, clocks, terminfo, what keys do.
 */
#ifndef LEDE_TUI_INPUT_H
#define LEDE_TUI_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/app/key.h"
#include "lede/app/mouse.h"
#include "lede/base/str.h"

enum {
	INPUT_ESC_MS = 50,        /* an Esc followed by nothing for so long was the key */
	INPUT_CUT_MS = 100,       /* a sequence that was begun and did not go on is dropped */
	INPUT_PASTE_MS = 1000     /* so is a paste whose end did not come */
};

/* Not keys, but given among them in their order; what belongs to one is to be asked for before the
 * next byte. */
enum { INPUT_MOUSE = 0x120000, INPUT_PASTE, INPUT_SAID };

/* What a terminal answers to questions. */
enum said_kind {
	SAID_CURSOR,              /* it stands in row a, column b, from 0 */
	SAID_BACKGROUND,          /* 0xRRGGBB in a */
	SAID_MODE,                /* mode a is b: 1, 3 on; 2, 4 off; 0 unknown */
	SAID_ATTRIBUTES           /* what every terminal answers, and so the last one */
};
struct said { enum said_kind kind; int a, b; };

struct input;
struct input *input_new(void);
void input_free(struct input *in);        /* NULL is fine */
/* Terminfo's sequence for a key; goes before those known. One that could be typed (no control at
 * its front, or a single byte) is not learned. NULL is fine. */
void input_learn(struct input *in, const char *sequence, uint32_t key);
/* Takes one byte that was read at `ms`. Gives at most three keys: take them out before the next. */
void input_byte(struct input *in, unsigned char byte, int64_t ms);
/* Nothing more had come at `ms`: ends what has waited long enough. To be told only after the
 * terminal was asked, so that a program that was late does not take a whole sequence for an Esc and
 * letters. */
void input_quiet(struct input *in, int64_t ms);
uint32_t input_key(struct input *in);     /* the next key; 0: none */
/* At first nothing but keys is wanted. While answers are, "CSI number ; number R" is one and not F3. */
void input_wants(struct input *in, bool mouse, bool paste, bool answers);
struct mouse input_mouse(const struct input *in);
struct str input_paste(const struct input *in);       /* the first 64 KB, as they came */
struct said input_said(const struct input *in);
/* Milliseconds until there is a key or input_quiet has something to do; -1: nothing is begun. */
int input_wait(const struct input *in, int64_t ms);

#endif
