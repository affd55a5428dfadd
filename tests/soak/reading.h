/* reading - a reader without a terminal: the app over the sample edition and the threads behind it,
 * on a clock that the program moves. What is drawn is checked each time.
 *
 * Answers and notices are the real ones. They are delivered at once, or kept until somebody
 * delivers them, in any order. The same events give the same run: whoever asks waits for the answer
 * before the next event.
 */
#ifndef LEDE_TESTS_READING_H
#define LEDE_TESTS_READING_H

#include "lede/app/app.h"
#include "lede/app/engine.h"
#include "lede/tui/screen.h"

struct reading_setup {
	int w, h, ambiguous;
	enum glyph_set glyphs;
	bool sample; /* opens with the welcome */
	bool late;   /* messages wait for reading_deliver */
};

struct reading {
	struct store *store;
	struct config *config;
	struct engine *engine;
	struct app *app;
	struct screen *screen; /* the last frame */
	struct view view;
	struct message **late;
	size_t nlate, cap; /* what came and was not delivered */
	bool keeps;        /* messages wait for reading_deliver */
	int64_t now, ticks;
	bool quit;
	const char *doing; /* what a failure says it happened in */
};

/* The sample edition; with the folder of the fixtures in the environment (srcdir) their entries
 * too. */
void reading_open(struct reading *r, const struct reading_setup *setup);
void reading_close(struct reading *r);

void reading_send(struct reading *r, struct event e);
void reading_key(struct reading *r, uint32_t key);
/* Names parted by blanks. */
void reading_press(struct reading *r, const char *keys);
void reading_resize(struct reading *r, int w, int h);
/* Time goes on until nothing is due any more, five seconds at most. */
void reading_rest(struct reading *r);
/* Delivers the i-th message that waits. */
void reading_deliver(struct reading *r, size_t i);
void reading_drop(struct message *m);

/* Draws a frame and checks it. */
void reading_draw(struct reading *r);
/* The program ends: what was wrong, and the screen. */
void reading_fail(const struct reading *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), noreturn));

#endif
