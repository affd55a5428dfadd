/* state - the inside of struct app, shared by the files that together are the module app.
 *
 * app.c: making, events, effects. rows.c: lists, their windows and the cursor in them. pane.c: the article and the panels as lines.
 * prompt*.c: the bottom line as a place to type. do_*.c: what commands do. got.c: what answers and notices do. frame*.c: state into values to draw (they only read).
 */
#ifndef LEDE_APP_STATE_H
#define LEDE_APP_STATE_H

#include "lede/app/app.h"
#include "lede/app/keymap.h"
#include "lede/app/words.h"
#include "lede/base/mem.h"
#include "lede/text/find.h"
#include "prompt.h"

/* Lists with a cursor of their own. A feed's entries are a page of Feeds; Search is a section while it is open. */
enum list_id { IN_TOP, IN_LATEST, IN_FEEDS, IN_STARRED, IN_FILLER, IN_ENTRIES, IN_SEARCH, LIST_COUNT };
enum { SECTIONS = 6 };
enum focus { FOCUS_LIST, FOCUS_PANE };
enum panel { PANEL_NONE, PANEL_WELCOME, PANEL_HELP, PANEL_EXPLAIN, PANEL_HEALTH, PANEL_THEMES, PANEL_MESSAGES, PANEL_ADD, PANEL_PROFILE };

enum {
	REST_MS = 60,             /* the article follows when the cursor has rested this long */
	REST_LOW_MS = 150,        /* in low-bandwidth mode */
	MESSAGE_MS = 3000, ERROR_MS = 6000,
	SEQUENCE_MS = 1000,       /* how long a begun sequence waits for its next key */
	STALE_AGES_S = 30 * 60,   /* ages are renewed at the first key after this long without one */
	DUE_EACH_MS = 60000,      /* between two looks at what is due */
	FIRST_EDITION_MS = 2000,  /* with nothing on the screen an edition is made this long after a refresh began */
	SLICE_LINES = 500,        /* of an article, laid out before keys are looked at again: some milliseconds */
	WINDOW = 256,             /* rows of a list by time kept in memory, twice that at most */
	FOUND_PAGE = 40,          /* entries a search is asked for at a time */
	QUERY_BYTES = 1024,       /* of what is typed to search, with its end */
	TITLE_LINES = 3
};

/* A row of Top as it can be stood on: a story, a member of an unfolded one, the end. */
struct item { enum view_row_kind kind; int story, member; };

/* Top: the stories of the edition and which are unfolded. */
struct top_rows {
	struct arena *arena;              /* of the answer the rows came in */
	struct edition head;
	struct edition_row *row; size_t n;
	bool *hidden;                     /* beside row: read, and left out */
	struct item *item; size_t nitems, cap;
	struct unfolded { int64_t story; struct answer *members; } *unfolded; size_t nunfolded, unfolded_cap;
	bool complete;                    /* all rows are here, not only the first screen's */
};

/* A list by time: the window [first, first + n) of `total` rows. */
struct timed_rows {
	struct answer *window;
	int64_t first, total;
	bool asked; uint32_t ticket; int64_t asked_first;
	int64_t feed; struct str feed_title;   /* IN_ENTRIES; the title is owned */
};

/* Search: what was asked for and what was found so far; it only grows at its end. */
struct searching {
	bool on;
	char words[QUERY_BYTES];          /* as typed */
	struct find *in_title, *in_text;  /* the words, to be marked; owned */
	enum list_id from;                /* where `/` was pressed */
	struct found_page { struct answer *answer; int64_t first; } *page; size_t npages, cap;
	int64_t total;                    /* rows so far */
	uint32_t ticket; bool asked;      /* an answer is owed */
	bool done;                        /* the whole cache was searched */
	int64_t back_to, unindexed;       /* as in struct search_page */
	char trouble[256];                /* why nothing could be searched; empty */
	struct answer *advice;            /* nothing was found: what might be; NULL: not known */
};

/* What is marked in the article: the words of a search in what it found, or those typed to find in it. */
struct matches {
	struct find *typed;               /* owned; NULL: none */
	const struct find *find; const struct rich *doc; int64_t entry;    /* what was looked for, and in what */
	struct find_at *at; size_t n, cap;
	uint32_t next; bool all;          /* how far the text was looked through; to its end */
	int64_t current;                  /* the one that was gone to; -1: none */
	enum { WANT_NONE, WANT_FIRST, WANT_LAST, WANT_FROM } want;   /* to go to when it is found */
	uint32_t want_from;
};

struct list {
	int64_t cursor, top;              /* positions from 0 */
	int64_t time;                     /* ages are measured from it */
	bool loaded;
};

/* Lines made of parts, in an arena of their own. */
struct lines { struct arena *arena; struct view_line *line; size_t n, cap; };

/* What the article's pane shows, and how far it is read. */
struct reading {
	struct answer *answer;            /* NULL: nothing yet */
	uint32_t ticket; bool asked;
	int64_t wanted, wanted_story;     /* entry under the cursor; 0 none */
	bool to_end;                      /* show its last page when it comes (read-back) */
	struct layout *layout;
	struct lines *head, *tail;        /* title, meta ...; ALSO, LINKS */
	int width;
	int64_t top;                      /* first visible line */
	struct seek { enum { SEEK_NOTHING, SEEK_LINE, SEEK_PLACE } what; int64_t line; uint32_t place; } seek;
	int64_t seek_told;                /* ticks when the screen last said how far it is */
	bool open_wanted;                 /* o was pressed before it came */
	void (*copy_wanted)(struct app *a, const struct call *call);   /* y or Y was; NULL */
	bool paged;                       /* was paged, so it counts as read */
	int64_t focus_since;              /* ticks when the focus came to it; -1 without */
};

/* An address that is to be subscribed to. */
enum { ADD_PLACES = 5 };          /* requests that looking at it may take */
struct adding {
	enum { ADD_NOTHING, ADD_LOOKING, ADD_FOUND, ADD_FAILED } state;
	uint32_t ticket;
	struct buf typed;
	int place; int64_t since, told;   /* which request runs; ticks when looking began, when that was told */
	struct answer *answer;            /* FOUND, FAILED */
	bool *taken;                      /* FOUND: of each feed */
	struct buf urls;                  /* of the last EFFECT_SUBSCRIBE, a line end behind each */
};

/* The last messages, a ring; `feed` or `story` they were about, 0: neither. */
enum { MESSAGES_KEPT = 200 };
struct said { char *text; bool error; int64_t time, feed, story; };
struct message_log { struct said said[MESSAGES_KEPT]; int first, n; };
/* What options, and the terminal's speed, make of the screen's ways. */
struct manners {
	bool low;                         /* low-bandwidth mode */
	bool half;                        /* the list moves by half a pane */
	enum cursor_style cursor;
	struct view_manners terminal;
};

struct message_line { char text[256]; bool error, on; int64_t since; };

/* The keys of a sequence that has begun. */
struct typed { uint32_t key[KEYS_MAX]; int n; int64_t since; };

/* quiet: nobody asked for it, and only what is new shows. */
struct refresh_state { bool running, quiet, first; int64_t since; int done, total, failed; int64_t fresh; bool edition_asked; };
/* A refresh that a person wants while a quiet one runs: that one is stopped first. */
struct refresh_wish { bool on; int64_t *feeds; size_t n; };

struct effects { struct effect *e; size_t n, cap, next; };

struct app {
	struct config *config;
	struct keymap *keys;
	struct geometry_wish wish;
	struct manners manners;
	bool slow;                        /* the terminal is far away */
	struct geometry g;
	enum glyph_set glyphs; int ambiguous;
	int w, h;
	bool sample; int feeds;
	const struct subscriptions *subs; /* may be NULL */
	int64_t now, ticks;               /* of the event being worked on */
	int64_t last_key;                 /* seconds */
	bool key_pressed;                 /* any key since the start */
	bool hide_glosses;
	int option_looks[KEPT_LOOKS];     /* what the options say of it */
	bool looks_taken;                 /* what was left the last time holds */
	const struct theme_name *theme; int nthemes;
	const char *theme_kept, *theme_worn, *theme_auto;   /* worn: what the screen shows, previews too */
	bool unread_only;                 /* what is read is left out of lists when they are made */

	enum list_id at; enum list_id feeds_page;   /* which list is shown; Feeds shows IN_FEEDS or IN_ENTRIES */
	struct list list[LIST_COUNT];
	struct top_rows top;
	struct timed_rows timed[LIST_COUNT];        /* LATEST, STARRED, FILLER, ENTRIES */
	struct answer *feed_rows;                   /* IN_FEEDS */
	struct searching search;
	struct matches matches;
	struct counts counts; bool counted;
	bool recovering;                  /* the writer was told of damage */
	int feeds_told;                   /* acts that may edit the feeds file and have not yet: no refresh reads it before */
	int marks_told;                   /* jobs of marks that are not on disk yet: the store is behind the screen */
	uint32_t states_ticket; bool states_wanted;     /* others.c */
	int64_t here;                     /* Latest: where one stopped the last time; 0 unknown */

	enum focus focus;
	enum panel panel; enum focus panel_from; int64_t panel_top, panel_line;
	int choice, choices;              /* the panel's lines that can be chosen: the first, how many; 0: all */
	struct reading reading;
	int64_t rest_at;                  /* ticks when the cursor will have rested; -1: it has */
	int64_t status_story;             /* whose why the status line shows */

	uint32_t ticket;                  /* last one used */
	bool edition_pending;             /* one was asked for and is being made */
	bool edition_replaces;            /* it takes the place of the list when it comes */
	bool edition_waits;               /* one is stored that is not shown yet */
	bool edition_wanted;              /* `.` was pressed: if anything is new one is made */
	bool corrected;                   /* what is filler was changed by hand: an edition would differ */
	bool filler_stale;                /* ... and Filler is made anew once that is stored */
	int lowest_opened; int64_t opened; int read_here, starred_here;
	int64_t reading_since;            /* seconds: the edition was first shown */
	/* What was undone or done again last, until the next key: the cursor goes there when the lists that follow it come. */
	struct turned { bool on, whole; int64_t entry, story, feed; } turned;
	uint32_t again_ticket;            /* an ask for the edition that is shown, not for a newer one */
	int64_t join_entry, join_story;   /* J was pressed there, and another story is to be chosen; 0: not */
	int count; bool counting;
	struct typed typed;
	struct message_line message;
	struct message_log messages;
	struct adding adding;
	struct answer *profile; uint32_t profile_ticket;       /* what was learned, as it was last asked for */
	struct buf help_words;            /* what the lines of the help are to hold; empty: anything */
	struct prompt prompt;
	struct refresh_state refresh;
	struct refresh_wish wish_refresh;
	int64_t due_at;                   /* ticks when what is due is fetched again; -1: never */
	bool quitting;
	bool acting;                      /* a key is being answered: its message replaces an error */
	bool changed, urgent;
	int64_t *refresh_feeds;           /* of the last EFFECT_REFRESH */
	struct buf open_url, copy_shown;
	bool dragging;                    /* the rule between the panes is being moved */
	struct effects out;
	struct arena *frame;              /* of the last app_view */
};

/* ---- app.c ---- */
void app_ask(struct app *a, struct ask *ask);
void app_tell(struct app *a, struct job *job);
struct effect *app_want(struct app *a, enum effect_kind kind);
void app_touch(struct app *a);                                  /* something visible changed */
unsigned app_context(const struct app *a);
void app_message(struct app *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void app_message_of(struct app *a, const char *sentence, struct str name);      /* sentence.c; %s is where the name goes */
void app_complain(struct app *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void app_enter(struct app *a, enum list_id id);                 /* shows a list, asking for its rows when needed */
void app_open_panel(struct app *a, enum panel p);
void app_close_panel(struct app *a);
void app_close_welcome(struct app *a);                          /* somebody reads on: it has said what it had to say */
void app_measure(struct app *a);                                /* geometry anew, cursor and article kept in view */
void app_renew_ages(struct app *a);

void geometry_wished(const struct config *c, struct geometry_wish *out);      /* what the options say */
/* ---- manners.c ---- */
void manners_read(struct app *a);                               /* from options: they may have been set */

/* ---- keys.c: from keys to commands ---- */
void keys_renew(struct app *a);                                 /* the bindings have changed */
void keys_press(struct app *a, uint32_t key);
void keys_settle(struct app *a);                                /* a sequence has waited long enough: the longest match runs */
int64_t keys_timer(const struct app *a);                        /* ticks when it will have; -1: none has begun */
bool keys_drop(struct app *a);                                  /* count and sequence; whether there was anything */
struct str keys_pending(struct app *a);                         /* count and sequence so far, for the status line; empty */
struct str keys_for(struct app *a, const char *command);        /* its first key in this context, for a hint; empty: none */

/* ---- rows.c: positions in lists ---- */
int64_t rows_count(const struct app *a, enum list_id id);       /* positions one can stand on */
int rows_lines(const struct app *a, enum list_id id, int64_t pos);   /* screen lines, with the headings above it */
int rows_head_lines(const struct app *a, enum list_id id);       /* of the list, above its first row */
void rows_go(struct app *a, int64_t pos);                       /* the cursor of the shown list, clamped; view follows */
void rows_show(struct app *a, enum list_id id);                 /* cursor into view, scroll offset kept */
void rows_cursor_moved(struct app *a);                          /* the article will follow */
int64_t rows_after_page(const struct app *a, int direction, int lines);    /* position `lines` further */
const struct entry_row *rows_entry(const struct app *a, enum list_id id, int64_t pos);    /* timed lists; NULL: not loaded */
const struct edition_row *rows_story(const struct app *a, int64_t pos);                   /* Top: the story of an item */
const struct item *rows_item(const struct app *a, int64_t pos);
const struct feed_row *rows_feed(const struct app *a, int64_t pos);
const struct entry_row *rows_member(const struct app *a, const struct item *it);
/* Entry and story at a position; false: none there (end row, not loaded). */
bool rows_subject(const struct app *a, int64_t pos, int64_t *entry, int64_t *story);
bool rows_unread(const struct app *a, int64_t pos);
void rows_load_near(struct app *a, enum list_id id, const struct list_anchor *row);     /* anew, the cursor on that row, or the next below */
void rows_load(struct app *a, enum list_id id, bool anew);      /* asks for the window around the cursor when it is needed */
void top_hide(struct app *a, const struct top_rows *as);        /* what is read, or (as) what was hidden there and still is read */
void top_rebuild(struct app *a);                                /* items from rows and unfolded stories */
int64_t top_find(const struct app *a, int64_t story);           /* its item, -1 */
bool top_is_unfolded(const struct app *a, int64_t story);
struct unfolded *top_unfolded(const struct app *a, int64_t story);  /* NULL: it is not */
void top_fold(struct app *a, int64_t story);
void top_fold_gone(struct app *a);                              /* those whose stories have no row any more */
void top_forget(struct app *a);
bool rows_heading_before(const struct app *a, int64_t pos, bool *here);    /* Latest: a day begins; "you were here" */

/* ---- pane.c: the article as lines ---- */
void pane_follow(struct app *a);                                /* asks for the entry under the cursor */
void pane_take(struct app *a, struct answer *answer);           /* an article came */
void pane_layout(struct app *a);                                /* for the current width */
void pane_free(struct app *a);
int64_t pane_lines(struct app *a, int64_t reach);               /* lines known when laid out to `reach` */
void pane_scroll(struct app *a, int64_t top);                   /* clamped; what is far off is reached by slices */
void pane_show_place(struct app *a, uint32_t place);            /* the line that holds it to the top of the pane */
bool pane_is_seeking(const struct app *a);                      /* not there yet: pane_seek goes on */
void pane_seek(struct app *a);
int64_t pane_known(const struct app *a);                        /* lines of its text that are laid out */
void pane_renew(struct app *a);                                 /* asks for the article again: it is to be read another way */
bool pane_at_end(struct app *a);
int pane_page(const struct app *a);                             /* lines of a page: the pane less 2 */
void pane_line(struct app *a, int64_t i, struct view_line *out, struct arena *frame);
void pane_focus(struct app *a, bool on);
void pane_opened(struct app *a);                                /* counts as read: marks, teaches */

/* ---- searching.c: the section Search ---- */
/* Searches the whole cache from wherever one is. False: the words mean nothing, and the status line says why. */
bool search_begin(struct app *a, struct str words);
void say_search(struct app *a, struct str words);               /* prompt_search.c: `:search words` */
bool search_instead(struct app *a);                             /* what the advice says would find something; false: nothing does */
void search_end(struct app *a);                                 /* back to where it was begun */
void search_load(struct app *a, bool anew);                     /* from the start, or more when the cursor comes near the end */
void got_found(struct app *a, struct answer *answer);
const struct entry_row *found_entry(const struct app *a, int64_t pos);     /* NULL: not here */
const struct found_words *found_words(const struct app *a, int64_t pos);
void searching_free(struct app *a);

/* ---- matches.c: words marked in the article ---- */
/* Finds words in the text of the article. False: there is no text. */
bool find_begin(struct app *a, struct str words);
bool find_end(struct app *a);                                   /* whether anything was being found */
bool matches_are_on(const struct app *a);                       /* n and N go from one to the next */
void matches_go(struct app *a, int by);
void matches_renew(struct app *a);                              /* another article, or other words */
void matches_follow(struct app *a);                             /* the article of the cursor's row is here: to its first match */
void matches_forget(struct app *a);                             /* the words are other ones */
bool matches_are_sought(const struct app *a);                   /* not looked through yet: matches_seek goes on */
void matches_seek(struct app *a);
struct str matches_told(struct app *a);                         /* "match 3/17"; empty */
void matches_text_line(struct app *a, size_t i, struct view_line *out, struct arena *frame);
void matches_mark_title(struct app *a, struct view_line *line, struct arena *frame);
void matches_free(struct app *a);
size_t pane_link_at(struct app *a, int64_t line, int x);         /* the link's number there, its cells from the text's left edge; 0 */

/* ---- panels.c: panels as lines ---- */
int panel_lines(struct app *a, struct arena *frame, struct view_line **lines);
bool panel_shown(const struct app *a);
void panel_go(struct app *a, int64_t line);                     /* its line, clamped; view follows */

/* ---- do_move.c ---- */
int section_count(const struct app *a);                         /* Search is one while it is open */
void app_go_section(struct app *a, int by);                     /* so many sections on, round */
int section_of(enum list_id id);                                /* its number in the header, from 0 */

/* ---- do_read.c ---- */
struct str link_here(struct app *a);                            /* address of what the keys go to; empty: not known yet */

/* ---- do_look.c ---- */
void split_to(struct app *a, int size);                         /* the list's width or height, within its limits */
void split_keep(struct app *a);                                 /* at the next start as well */

/* ---- do_mouse.c ---- */
void mouse_did(struct app *a, struct mouse m);

/* ---- do_mark.c ---- */
void mark_story(struct app *a, int64_t story, int64_t entry, bool read, enum event_act act);
void mark_entry(struct app *a, int64_t entry, enum entry_flag flag, bool on, enum event_act act);

/* Calls `fn` for every entry row in memory: windows, members, the article's coverage. */
void each_entry(struct app *a, void (*fn)(struct entry_row *e, const void *arg), const void *arg);

/* ---- do_story.c ---- */
void join_forget(struct app *a);                                /* no other story is chosen */
const char *undo_hint(const struct app *a);                     /* " · u undoes it", behind the message of an act */
void story_renamed(struct app *a, int64_t from, int64_t to);    /* what is unfolded stays so */
void stories_changed(struct app *a);                            /* which entry tells which story: what shows it is asked for anew */
void got_stories(struct app *a, const struct notice *n);

/* ---- do_unread.c ---- */
void show_as_left(struct app *a, int64_t left);                 /* meta "show" */

/* ---- do_feeds.c ---- */
void got_feed(struct app *a, const struct notice *n);
void feeds_settled(struct app *a);                              /* one of feeds_told is in the feeds file: a refresh that waited begins */

/* ---- do_read.c ---- */
void feed_open(struct app *a);                                  /* the entries of the feed under the cursor of Feeds */

/* ---- do_undo.c ---- */
void got_undone(struct app *a, const struct notice *n);
void turned_go(struct app *a);                                  /* to the row it concerned, if that is in the list that has the focus */
void turned_forget(struct app *a);

/* ---- others.c: what another process, or a command, changed in the store ---- */
void others_changed(struct app *a);                             /* something did: asks for what is shown */
void others_marks_written(struct app *a);                       /* nothing of ours is under way any more */
void got_states(struct app *a, struct answer *answer);

/* ---- panel_help.c ---- */
void help_take(struct app *a);                                  /* runs the line, or puts it into the prompt */
bool help_search(struct app *a);                                /* `/` in it; false: it has not the focus */
bool help_next(struct app *a, int by);                          /* n, N in what was found; false: it has not the focus, or no words */

/* ---- do_copy.c ---- */
void copy_address(struct app *a, struct str url);               /* to the clipboard, and says so */

/* ---- adding.c ---- */
void add_left(struct app *a);                                   /* its panel closes: nobody waits for an answer */
void add_free(struct app *a);
bool add_toggle(struct app *a);                                 /* Space in its panel; false: not there */
void add_take(struct app *a);                                   /* Enter in it */
void got_address(struct app *a, struct answer *answer);         /* takes it */
void got_looking(struct app *a, const struct notice *n);

/* ---- learned.c ---- */
void learned_free(struct app *a);
void learned_take(struct app *a);                               /* Enter in its panel */
void got_learned(struct app *a, struct answer *answer);         /* takes it */
void got_forgotten(struct app *a, const struct notice *n);

/* ---- messages.c ---- */
void message_keep(struct app *a, struct str text, bool error, int64_t feed);    /* in display form */
void message_note(struct app *a, int64_t feed, struct str text); /* kept, not shown; as it came */
void messages_free(struct app *a);
void messages_take(struct app *a);                              /* goes to what the chosen line is about */

/* ---- do_look.c ---- */
void look_as_set(struct app *a);                                /* the options have been read */
void look_as_left(struct app *a, const int64_t left[KEPT_LOOKS]);   /* once: what was kept in the cache */
bool theme_set(struct app *a, const char *name);                 /* worn from now on; false: there is none of that name */
void themes_moved(struct app *a);                               /* the panel of themes stands on another line */
void themes_take(struct app *a);                                /* that line is kept, the panel closes */
void themes_left(struct app *a);                                /* it closes: what was only looked at goes */

/* ---- do_change.c ---- */
void glosses_as_left(struct app *a, int64_t left);              /* meta "glosses" */
/* A choice made by a key holds until the option is changed: it is remembered with what the option said. */
void remember_choice(struct app *a, const char *name, bool chosen, bool option);
bool choice_left(int64_t left, bool option, bool *chosen);      /* false: none holds */

/* ---- got.c ---- */
void got_answer(struct app *a, struct answer *answer);
void got_notice(struct app *a, const struct notice *n);
void ask_edition(struct app *a, int n);
int64_t top_nearest(const struct app *a, const struct edition_row *old, size_t n, int64_t story);   /* where that story of these rows is, or the nearest */
void ask_edition_again(struct app *a);                          /* its rows have changed; a newer edition does not take its place */
void ask_counts(struct app *a);
void make_edition(struct app *a);
void ask_members(struct app *a, int64_t story);
/* What is due is fetched quietly, unless a refresh runs. */
void app_refresh_due(struct app *a);
/* The quiet refresh has ended: what a person wanted meanwhile begins. */
void app_refresh_wished(struct app *a);

/* ---- commands: do_move.c, do_read.c, do_change.c, do_screen.c ---- */
#define RUN(name) void run_##name(struct app *app, const struct call *call)
RUN(down); RUN(up); RUN(first); RUN(last); RUN(half_down); RUN(half_up); RUN(page_down); RUN(page_up);
RUN(section_next); RUN(section_prev); RUN(next); RUN(prev); RUN(search);
RUN(read_on); RUN(read_back); RUN(open); RUN(back); RUN(pane); RUN(unfold); RUN(explain); RUN(browser); RUN(copy_link); RUN(copy_title);
RUN(split_off); RUN(join); RUN(more); RUN(less);
RUN(undo); RUN(redo); RUN(unread_only); RUN(feed_remove); RUN(feed_pause); RUN(feed_move); RUN(feed_next); RUN(feed_prev);
RUN(star); RUN(read); RUN(filler); RUN(read_view); RUN(glosses); RUN(edition); RUN(refresh); RUN(refresh_all);
RUN(themes); RUN(rows); RUN(split_left); RUN(split_right); RUN(feed_add); RUN(command); RUN(follow);
RUN(help); RUN(redraw); RUN(suspend); RUN(cancel); RUN(quit_view); RUN(quit);
#undef RUN

/* ---- frame.c, frame_rows.c: values for a frame ---- */
struct str frame_str(struct arena *frame, struct buf *b);       /* takes what b holds */
struct str frame_sentence(struct app *a, struct buf *b);         /* the same, in the marks of the screen */
struct str frame_retold(struct app *a, struct str sentence);
struct str frame_fmt(struct arena *frame, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void view_list_rows(struct app *a, struct view_list *out);
struct str feed_a_day(struct app *a, const struct feed_row *f);  /* "22", ".7"; in the frame's arena; empty: not known */
void view_article(struct app *a, struct view_pane *out);
void view_status(struct app *a, struct view_status *out);
void view_header(struct app *a, struct view_header *out);
/* frame_search.c */
void view_found_row(struct app *a, int64_t pos, struct view_row *out);
void view_query_row(struct app *a, struct view_row *out);
struct str search_count(struct app *a);                         /* "9", "40+" while there may be more */
struct str app_feed_title(const struct app *a, int64_t feed);   /* of rows in memory; empty */
struct str shown_title(const struct app *a, struct arena *arena, struct str title);   /* without glosses when they are hidden */

#endif
