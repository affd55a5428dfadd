/* tiny_term - a terminal of the tests: bytes in, a grid of cells out, as ECMA-48 has it.
 *
 * It knows what paint.c may say and fails the test for anything else. Widths are summed character by
 * character, half of a wide character that is written over leaves a blank, the last column holds
 * the cursor until the next character (xenl).
 */
#ifndef LEDE_TESTS_TINY_TERM_H
#define LEDE_TESTS_TINY_TERM_H

#include "lede/tui/paint.h"

enum { TINY_W = 200, TINY_H = 60 };

/* text empty: the second half */
struct tiny_cell { char text[32]; struct look look; char url[40]; };
struct tiny_term {
	int w, h, x, y, top, bottom;
	bool late;                        /* behind the last column */
	bool bce;
	char url[40];                     /* of the link that is open */
	struct look now;
	struct tiny_cell cell[TINY_H][TINY_W];
	int scrolled;                     /* rows that it moved, all in all */
};
void tiny_open(struct tiny_term *t, int w, int h, bool bce);
void tiny_take(struct tiny_term *t, struct str bytes);

/* What a terminal says of itself: bits of what it cannot. */
enum { WITHOUT_COLORS = 1, WITHOUT_REGION = 2, WITHOUT_SHORT_WAYS = 4, WITHOUT_ERASING = 8,
	WITHOUT_SCROLLING = 16 };
struct tiny_words { unsigned without; char said[64]; };
const char *tiny_say(void *words, enum paint_word word, int a, int b);

/* Fails the test where the terminal does not show the screen. */
void tiny_shows(const struct tiny_term *t, const struct screen *s,
                const struct look look[ROLE_COUNT]);
/* ... and where its links lead; `on`: it has any. */
void tiny_links(const struct tiny_term *t, const struct screen *s, bool on);

#endif
