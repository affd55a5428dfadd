#include "lede/app/command.h"

#include "lede/base/language.h"
#include "state.h"

/* In the order of SCREENS.md section 8. A row stands here when its command exists. */
const struct command command_table[] = {
	{ "down", "j Down", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_down, "one story down",
	  "Moves one row down; in an article or a panel one line." },
	{ "up", "k Up", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_up, "one story up",
	  "Moves one row up; in an article or a panel one line." },
	{ "first", "g Home", ON_ALL, COUNT_TO, GROUP_MOVE, run_first, "first; with a count, that rank",
	  "Goes to the first row or line; with a count to that rank, line or row." },
	{ "last", "G End", ON_ALL, COUNT_TO, GROUP_MOVE, run_last, "last; with a count, that rank",
	  "Goes to the last row or line; with a count as first does." },
	{ "half-down", "^D", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_half_down, "half a page down",
	  "Moves half a page down, cursor and view." },
	{ "half-up", "^U", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_half_up, "half a page up",
	  "Moves half a page up, cursor and view." },
	{ "page-down", "^F PgDn", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_page_down, "a page down",
	  "Moves a page down; two lines of the page before stay in view." },
	{ "page-up", "^B PgUp", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_page_up, "a page up",
	  "Moves a page up; two lines of the page before stay in view." },
	{ "section-next", "]", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_section_next, "next section",
	  "Goes to the next section, from the last one round to Top." },
	{ "section-prev", "[", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_section_prev, "section before",
	  "Goes to the section before, from Top round to the last one." },
	{ "next", "n", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_next, "next unread story",
	  "Goes to the next unread row; while a search is on to the next match." },
	{ "prev", "N", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_prev, "unread story before",
	  "Goes to the unread row before; while a search is on to the match before." },
	{ "search", "/", ON_ALL, COUNT_NONE, GROUP_MOVE, run_search, "words in the cache; in an article, its text",
	  "Asks for words and searches everything that is cached; in an article it finds them in its text. n and N then go "
	  "from one match to the next, Esc ends it. `lede search` in lede(1) says what can be asked for." },
	{ "feed-next", ")", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_feed_next, "entries of the next feed",
	  "In a feed's entries goes to those of the next feed with something unread; elsewhere as "
	  "down." },
	{ "feed-prev", "(", ON_ALL, COUNT_TIMES, GROUP_MOVE, run_feed_prev, "entries of the feed before",
	  "In a feed's entries goes to those of the feed before with something unread; elsewhere as "
	  "up." },

	{ "read-on", "Space", ON_ALL, COUNT_NONE, GROUP_MOVE, run_read_on,
	  "page on, then the next unread",
	  "Pages the article beside the list; at its end marks it read and goes to the next unread "
	  "story. In Feeds and panels a page down." },
	{ "read-back", "b", ON_ALL, COUNT_NONE, GROUP_MOVE, run_read_back,
	  "page back, then the story before",
	  "Pages the article back; at its top goes to the last page of the story before." },
	{ "open", "Enter l Right", ON_ALL, COUNT_NONE, GROUP_READ, run_open,
	  "into the article; marks it read",
	  "Puts the focus into the article (with one pane: opens it), opens a feed's entries, runs "
	  "the line of a panel." },
	{ "back", "h Left Backspace", ON_ALL, COUNT_NONE, GROUP_READ, run_back, "back to the list",
	  "Goes back from an article to the list, from a feed's entries to the feeds; folds an "
	  "unfolded story; closes a panel." },
	{ "pane", "Tab", ON_ALL, COUNT_NONE, GROUP_READ, run_pane, "the other pane",
	  "Puts the focus into the other pane; with one pane shows list and article in turn." },
	{ "unfold", "z", ON_LISTS | ON_ARTICLE, COUNT_NONE, GROUP_READ, run_unfold,
	  "every entry that tells the story",
	  "Shows the entries of a story under it, or folds them away again." },
	{ "explain", "e", ON_ALL, COUNT_NONE, GROUP_READ, run_explain,
	  "why it stands where it stands",
	  "Shows the sum of points behind a story's rank; in Feeds the feed's health. Again: closes it." },
	{ "browser", "o", ON_LISTS | ON_ARTICLE | ON_FEEDS, COUNT_NONE, GROUP_READ, run_browser,
	  "open it in the browser",
	  "Opens the entry (in Feeds the site) in the browser and marks it read." },
	{ "follow", "f", ON_LISTS | ON_ARTICLE, COUNT_TO, GROUP_READ, run_follow, "open a link by its number",
	  "Asks for the number of a link in the article and opens it in the browser; with a count opens that link." },
	{ "copy-link", "y", ON_LISTS | ON_ARTICLE | ON_FEEDS, COUNT_NONE, GROUP_READ, run_copy_link,
	  "copy the address",
	  "Gives the address to the terminal's clipboard; where there is none it is shown." },
	{ "copy-title", "Y", ON_LISTS | ON_ARTICLE | ON_FEEDS, COUNT_NONE, GROUP_READ, run_copy_title,
	  "copy title and address",
	  "Gives title and address to the terminal's clipboard; where there is none they are shown." },

	{ "star", "s", ON_LISTS | ON_ARTICLE, COUNT_TIMES, GROUP_CHANGE, run_star, "star or unstar",
	  "Stars the entry or takes the star away; with a count that many rows from here." },
	{ "read", "m", ON_LISTS | ON_ARTICLE, COUNT_TIMES, GROUP_CHANGE, run_read, "read or unread",
	  "Marks the story or entry read or unread; with a count that many rows from here, all as the "
	  "first." },
	{ "read-view", "A", ON_LISTS | ON_FEEDS, COUNT_NONE, GROUP_CHANGE, run_read_view,
	  "mark all of the view read",
	  "Marks everything of the list read; in Feeds everything of the feed. Teaches the ranking "
	  "nothing." },
	{ "unread-only", "H", ON_LISTS, COUNT_NONE, GROUP_CHANGE, run_unread_only,
	  "hide what is read, or show it",
	  "Hides what is read in the lists, or shows it again; remembered until the option show says "
	  "something else. What is read meanwhile stays until the list is made anew." },
	{ "filler", "!", ON_LISTS | ON_ARTICLE, COUNT_NONE, GROUP_CHANGE, run_filler,
	  "filler, or not",
	  "Says that the story or entry is filler: the next edition leaves it out. In Filler says that "
	  "it is none: the next edition has it. Either is remembered, and no rule overrules it." },
	{ "glosses", "i", ON_LISTS | ON_ARTICLE, COUNT_NONE, GROUP_CHANGE, run_glosses,
	  "glosses hidden or shown",
	  "Hides the pinyin in parentheses behind Han characters, or shows it; remembered until the "
	  "option glosses says something else." },
	{ "split-off", "X", ON_LISTS | ON_ARTICLE, COUNT_NONE, GROUP_CHANGE, run_split_off,
	  "take this entry out of the story",
	  "Takes the entry out of its story, with its exact copies; remembered for good." },
	{ "join", "J", ON_LISTS, COUNT_NONE, GROUP_CHANGE, run_join, "join two stories",
	  "Remembers this story; on another one it joins the two for good. Esc gives up." },
	{ "more", "+", ON_LISTS | ON_ARTICLE, COUNT_TIMES, GROUP_CHANGE, run_more, "more like this",
	  "Ranks what has such words or comes from this feed higher, from the next edition on." },
	{ "less", "-", ON_LISTS | ON_ARTICLE, COUNT_TIMES, GROUP_CHANGE, run_less, "less like this",
	  "Ranks what has such words or comes from this feed lower, from the next edition on." },
	{ "feed-remove", "D", ON_FEEDS, COUNT_NONE, GROUP_CHANGE, run_feed_remove, "unsubscribe",
	  "Unsubscribes from the feed: its line is taken out of the feeds file, its entries out of the "
	  "lists. u puts both back." },
	{ "feed-pause", "p", ON_FEEDS, COUNT_NONE, GROUP_CHANGE, run_feed_pause, "pause or resume",
	  "Pauses the feed: no refresh asks it until it is resumed, r asks it once." },
	{ "feed-move", "M", ON_FEEDS, COUNT_NONE, GROUP_CHANGE, run_feed_move, "take the new address",
	  "Takes the address that the feed's server says it has moved to for good: the feeds file has "
	  "it from then on." },
	{ "undo", "u", ON_ALL, COUNT_TIMES, GROUP_CHANGE, run_undo, "undo the last change",
	  "Undoes the last change and says which: read, starred, filler, more and less, stories split "
	  "and joined, feeds, an import; also what was changed before this start, by a command or by "
	  "another lede with this cache." },
	{ "redo", "U", ON_ALL, COUNT_TIMES, GROUP_CHANGE, run_redo, "do it again",
	  "Does again what was undone last, until something else is changed." },
	{ "edition", ".", ON_ALL, COUNT_NONE, GROUP_CHANGE, run_edition, "new edition, or the list anew",
	  "Makes a new edition when something new has come; in other sections makes the list anew." },
	{ "refresh", "r", ON_LISTS | ON_ARTICLE | ON_FEEDS, COUNT_NONE, GROUP_CHANGE, run_refresh,
	  "fetch this feed or story's feeds",
	  "Fetches the feed, or all feeds that tell the story." },
	{ "refresh-all", "R", ON_ALL, COUNT_NONE, GROUP_CHANGE, run_refresh_all, "fetch everything",
	  "Fetches every feed that no server asked to leave alone for a while." },

	{ "themes", "t", ON_ALL, COUNT_NONE, GROUP_SCREEN, run_themes, "choose a theme",
	  "Lists the themes; the whole screen shows the one that the cursor is on. Enter keeps it, any "
	  "other way out goes back to the one before." },
	{ "rows", "d", ON_LISTS, COUNT_NONE, GROUP_SCREEN, run_rows, "two lines a story, one, auto",
	  "Shows rows comfortable, dense, or as the option rows = auto decides; remembered until the "
	  "option rows says something else." },
	{ "split-left", "<", ON_ALL, COUNT_TIMES, GROUP_SCREEN, run_split_left,
	  "list narrower by 2 columns",
	  "Makes the list two columns narrower (above the article a row lower); remembered until the "
	  "option split, or split-rows, says something else." },
	{ "split-right", ">", ON_ALL, COUNT_TIMES, GROUP_SCREEN, run_split_right,
	  "list wider by 2 columns",
	  "Makes the list two columns wider (above the article a row higher); remembered as "
	  "split-left is." },
	{ "feed-add", "a", ON_ALL, COUNT_NONE, GROUP_CHANGE, run_feed_add, "add a feed: any address",
	  "Asks for an address, looks for feeds there and subscribes to those that are taken." },
	{ "command", ":", ON_ALL, COUNT_TO, GROUP_SCREEN, run_command, "say a command, or set an option",
	  "Opens the line for commands and options; a count is put in, and goes to that rank." },
	{ "help", "?", ON_ALL, COUNT_NONE, GROUP_SCREEN, run_help, "every key",
	  "Shows every command with its keys, those of this context first." },
	{ "redraw", "^L", ON_ALL, COUNT_NONE, GROUP_SCREEN, run_redraw, "draw the screen anew",
	  "Draws everything anew and renews the ages." },
	{ "suspend", "^Z", ON_ALL, COUNT_NONE, GROUP_SCREEN, run_suspend, "stop; fg comes back",
	  "Stops lede as the shell's ^Z does; fg comes back." },
	{ "cancel", "Esc ^C", ON_ALL, COUNT_NONE, GROUP_SCREEN, run_cancel, "give up what was begun",
	  "Drops a count or a message, closes a panel, goes back from an article. ^C first stops a "
	  "refresh." },
	{ "quit-view", "q", ON_ALL, COUNT_NONE, GROUP_SCREEN, run_quit_view, "back; in Top quits",
	  "Goes back one step; in Top it quits." },
	{ "quit", "Q", ON_ALL, COUNT_NONE, GROUP_SCREEN, run_quit, "quit",
	  "Quits. A running refresh is stopped; everything is saved." },
};
const size_t command_count = sizeof command_table / sizeof *command_table;

const struct command *command_named(struct str name)
{
	for (size_t i = 0; i < command_count; i++)
		if (str_is(name, command_table[i].name))
			return &command_table[i];
	return NULL;
}

const char *command_group_name(enum command_group g)
{
	static const char *const names[] = {
		[GROUP_MOVE] = N_("MOVE"), [GROUP_READ] = N_("READ"), [GROUP_CHANGE] = N_("CHANGE"),
		[GROUP_SCREEN] = N_("SCREEN"),
	};

	return names[g];
}
