/* stage - the reader's state with an edition that a test makes up, driven by keys; its screen as text.
 *
 * For the mock-ups of what the program itself words: panels, messages, the header. What a test does not give is not there:
 * no store, no threads, no network.
 */
#ifndef TESTS_SCREEN_STAGE_H
#define TESTS_SCREEN_STAGE_H

#include "lede/app/app.h"

#define STAGE_NOW 1744618440          /* Mon 14 Apr 2025, 08:14 UTC */

struct stage_story { const char *title, *source; int was, sources, unread, fresh; int64_t age; bool starred; };

struct stage {
	struct app *app;
	struct config *config;
	struct edition_row *row; int rows;
	int64_t ticks, now;
	int tells;                            /* jobs that went to the writer */
	char job[16]; int64_t value;          /* the last JOB_NUMBER */
	const char *worn, *kept;              /* themes: the last one put on, the last one kept */
	bool quit;
};

struct stage_setup {
	int w, h;
	bool sample;                          /* opens with the welcome */
	enum glyph_set glyphs;
	const char *config;                   /* NULL: none */
	int64_t looks[KEPT_LOOKS];            /* what the cache kept of the look */
	int64_t new_stories, unread;
};

void stage_open(struct stage *s, const struct stage_setup *setup);
void stage_close(struct stage *s);
/* Names parted by blanks. */
void stage_press(struct stage *s, const char *keys);
void stage_pass(struct stage *s, int ms);
void stage_resize(struct stage *s, int w, int h);
/* The edition: `all` stories, of which the first `n` are told. Ranks from 1; entry and story are ten times the rank. The
 * first one's reasons are those of the mock-ups. */
void stage_edition(struct stage *s, const struct stage_story *story, int n, int all, const struct stage_setup *setup);
/* The article under the cursor, asked for or not. */
void stage_article(struct stage *s, const char *author, const char *html);
/* The answer to the question for an article, to be filled and given. */
struct answer *stage_article_new(const struct stage_story *story, int rank, const char *author, const char *html);
/* A list by time or the feeds, as an answer to what was asked last. `a` is given away. */
void stage_answer(struct stage *s, struct answer *a);
struct answer *stage_answer_new(enum ask_kind kind);
void stage_notice(struct stage *s, struct notice n);
/* The last question, NULL: none. */
const struct ask *stage_asked(const struct stage *s);

/* Fails with both when the screen differs from tests/screen/expected/NAME.txt: its rows from `from` on, its columns from
 * `x` on. Whoever is a mock-up of a pane has as many rows as the file. */
void assert_stage(struct stage *s, const char *name, int from, int x);
/* The whole screen, a row a line; valid until the next call. */
const char *stage_text(struct stage *s);
void assert_shows(struct stage *s, const char *what);
void assert_hides(struct stage *s, const char *what);
/* The stories of the mock-ups. */
extern const struct stage_story stage_stories_en[21];

#endif
