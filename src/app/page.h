/* page - the lines of a panel, added one after the other for one frame.
 *
 * What is said is wrapped to the panel's width and written in the marks that the screen has. Must not know: which
 * panel it is.
 */
#ifndef SRC_APP_PAGE_H
#define SRC_APP_PAGE_H

#include "state.h"

struct page {
	struct app *app;
	struct arena *frame;
	struct view_line *line; int n, cap;
	int width;
	int choice, choices;      /* the lines that can be chosen: the first one and how many; 0: every line */
};
/* An empty line, to be filled; valid until the next one is added. */
struct view_line *page_line(struct page *p);
void page_blank(struct page *p);
/* Adds a part to a line. The text is not copied. */
void page_put(struct view_line *l, struct arena *frame, struct str text, enum role role);
void page_paragraph(struct page *p, enum role role, struct str text);
void page_say(struct page *p, enum role role, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* A name in a field of `cells` and the text beside it; under it where that would leave less than half of the panel. */
void page_named(struct page *p, const char *name, int cells, enum role name_role, struct str text);
/* A field of `cells`, its text cut to leave a blank behind it. */
struct str page_field(struct page *p, struct str text, int cells);

/* ---- the panels that are files of their own ---- */
void page_themes(struct page *p);
void page_messages(struct page *p);
void page_help(struct page *p);
void page_add(struct page *p);
void page_learned(struct page *p);
void page_nothing_found(struct page *p);
void page_health(struct page *p);

#endif
