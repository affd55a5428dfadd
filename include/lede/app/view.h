/* view - what is to be drawn, as values: the app fills it, tui turns it into cells and remembers nothing.
 *
 * All text is in display form and final wording; roles instead of colours; which rows and lines are visible is decided already. Strings
 * are borrowed from the frame's arena or from the app and live until the next app_view.
 * Must not know: cells beyond the geometry, terminals.
 */
#ifndef LEDE_APP_VIEW_H
#define LEDE_APP_VIEW_H

#include <stdbool.h>

#include "lede/app/geometry.h"
#include "lede/app/glyphs.h"
#include "lede/app/role.h"
#include "lede/base/str.h"
#include "lede/text/find.h"

struct view_part { struct str text; enum role role; bool underline; };
/* One line of a pane: `lead`: cells from its start that are filled where a panel's bar stands;
 * parts from the text column's left edge (`indent` cells in), and one part right-aligned to its right edge. */
struct view_line { const struct view_part *part; int nparts; int indent; struct view_part right; int lead;
	struct str url;           /* what stands behind its first part leads there; empty: nowhere */
};

enum view_row_kind {
	ROW_STORY,                /* ranked: lead field is the rank */
	ROW_MEMBER,               /* of an unfolded story */
	ROW_TIMED,                /* lists by time: lead field is `lead` */
	ROW_NOTED,                /* as TIMED, on two lines always: the second is `note` and the source */
	ROW_FOUND,                /* as NOTED: the second is `note`, a piece of the text; what was found is marked in both */
	ROW_QUERY,                /* over what was found: `title` is what was searched for, `note` how; a blank line below */
	ROW_FEED,                 /* Feeds: lead field is the title */
	ROW_HEADING,              /* a day, "FEED STATE NEW ..." (then head is true) */
	ROW_HERE,                 /* "you were here until Sun 23:40", with a rule to the right edge */
	ROW_END                   /* "end of the edition" */
};
enum view_mark { MARK_NONE, MARK_UNREAD, MARK_MORE };
struct view_row {
	enum view_row_kind kind;
	int rank, was;            /* ROW_STORY: movement is was - rank; was 0: new; no edition before: was == rank */
	bool is_new;              /* shown "new" as movement */
	enum view_mark mark;
	bool read, starred;
	struct str title;         /* headline, feed's name, or the text of HEADING, HERE, END */
	struct str source, lead, age;
	int more;                 /* further sources: "+4" */
	struct str fresh;         /* "1 new", or empty */
	struct str note;          /* ROW_NOTED: why it is held back; FOUND, QUERY: see there */
	const struct find_at *in_title, *in_note;    /* ROW_FOUND: bytes to be marked, in order */
	int nin_title, nin_note;
	struct str right;         /* feed's entries: "story 1 in Top" instead of a source */
	struct str state; enum role state_role;      /* ROW_FEED */
	struct str unread, a_day, last;              /* ROW_FEED: "21", ".7", "40m" */
	bool cursor;              /* the keys go here: focus bar (or place mark without focus) and filled lead field */
};
/* Lines a row takes. */
int view_row_lines(enum view_row_kind kind, const struct geometry *g);

struct view_list {
	const struct view_row *row; int nrows;       /* the visible ones, from the list's first line */
	bool focus;
	bool wide_rank;           /* an edition with over 99 stories: rank takes 3 cells */
	bool movement;            /* an edition came before: the movement column has something to say */
	struct str new_word;      /* what stands there for a story that was not in it: "new", at most 3 cells */
};
struct view_pane {
	const struct view_line *line; int nlines;    /* the visible ones, from the pane's first line */
	bool focus;               /* the bar stands beside the first visible line */
	int bar_line;             /* a panel with a choice: the line with the bar (0-based); -1: the first */
	bool panel;               /* starts at the pane's left margin, not at the centred text column */
};
struct view_header {
	const struct str *section; int nsections, current;
	const struct view_part *right; int nright;   /* parted by the dot; dropped from the end when it is narrow */
};
enum { VIEW_SECTIONS_X = 8 };     /* the first section's column; 2 blanks between them */
bool view_section_shown(const struct view_header *h, const struct geometry *g, int section);
/* How many of the right parts fit beside what ends before column `left`; the cells they take. They end at W - 2. */
int view_right_parts(const struct view_header *h, const struct geometry *g, int ambiguous, int left, int *cells);
struct view_status {
	/* Left: facts parted by the dot. `terms`: the why, largest first; long wording if all fit, else short, else fewer. */
	const struct view_part *fact; int nfacts;
	struct str why;           /* "why: " */
	struct str between;       /* stands between two of them; empty: ", " */
	const struct str *long_term, *short_term; int nterms;
	struct view_part message; /* when its text is not empty it takes the left part */
	struct str hint;          /* "? help", "h list · ? help" */
	struct str pending;       /* keys being typed: "12…"; takes the right part */
};
/* The prompt, when it is open, takes the whole bottom line and the terminal's cursor. */
struct view_prompt {
	bool open;
	struct str sign;          /* ":" */
	struct str text;          /* the part of it that is seen */
	int cursor;               /* column of the terminal's cursor */
	struct view_part note;    /* what the text means, behind it */
	struct str hint;          /* right: what keys do; empty where there is no room */
	/* Lines drawn over the body, a blank line between them and the prompt; `bar`: the chosen one, -1: none. Their indent is
	 * a column of the screen. */
	const struct view_line *above; int nabove, bar;
};
enum cursor_style {
	CURSOR_LINE,              /* bar and filled lead field */
	CURSOR_BAR,               /* the whole line of the headline is filled */
	CURSOR_MARKER             /* ">" alone, and the terminal's cursor is seen */
};
/* What the terminal is to do beside showing cells; it does what it knows of that. */
struct view_manners { bool mouse, title, links, links_surely, synchronized, paste; };
struct view {
	struct geometry g;
	enum glyph_set glyphs;
	int ambiguous;            /* 1 or 2 */
	struct view_header header;
	struct view_status status;
	struct view_list list;    /* drawn when list_shown */
	struct view_pane pane;    /* article or panel, when pane_shown */
	bool list_shown, pane_shown;
	struct view_prompt prompt;
	struct str window_title;
	enum cursor_style cursor;
	struct view_manners manners;
};

#endif
