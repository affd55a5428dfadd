#include "lede/app/option.h"

#include <stdlib.h>

#include "lede/app/keep.h"
#include "lede/app/nearest.h"
#include "lede/base/file.h"

const struct option option_table[OPTION_COUNT] = {
	[OPT_LAYOUT] = { "layout", OPTION_CHOICE, "auto", "auto columns stacked stack single", 0, 0,
	                 SCOPE_GLOBAL,
	                 "Where the article stands: beside the list, under it, or alone after "
	                 "Enter; auto decides "
	                 "by the size of the terminal. stack is another word for stacked." },
	[OPT_ROWS] = { "rows", OPTION_CHOICE, "auto", "auto comfortable dense", 0, 0, SCOPE_GLOBAL,
	               "Rows of the list: two lines a story, or one; auto takes two where the list "
	               "is high "
	               "enough." },
	[OPT_SPLIT] = { "split", OPTION_NUMBER, "0", NULL, 0, 1000, SCOPE_GLOBAL,
	                "Columns of the list beside the article; 0 takes about two fifths of the "
	                "screen." },
	[OPT_SPLIT_ROWS] = { "split-rows", OPTION_NUMBER, "0", NULL, 0, 1000, SCOPE_GLOBAL,
	                     "Rows of the list above the article; 0 takes about two fifths of the "
	                     "screen." },
	[OPT_TEXT_WIDTH] = { "text-width", OPTION_NUMBER, "72", NULL, 20, 120, SCOPE_GLOBAL,
	                     "The widest a line of an article may be, in cells." },
	[OPT_SCROLL_OFFSET] = { "scroll-offset", OPTION_NUMBER, "3", NULL, 0, 100, SCOPE_GLOBAL,
	                        "Rows that stay in view above and below the cursor; never more "
	                        "than half of the list." },
	[OPT_THEME] = { "theme", OPTION_TEXT, "auto", NULL, 0, 0, SCOPE_GLOBAL,
	                "The name of a theme; auto takes dark or light, whichever suits the "
	                "background." },
	[OPT_BACKGROUND] = { "background", OPTION_CHOICE, "auto", "auto dark light", 0, 0,
	                     SCOPE_GLOBAL,
	                     "What the terminal's background is; auto asks the terminal." },
	[OPT_GLYPHS] = { "glyphs", OPTION_CHOICE, "auto", "auto unicode console ascii", 0, 0,
	                 SCOPE_GLOBAL,
	                 "Which set of marks is drawn; auto decides by the locale and the "
	                 "terminal." },
	[OPT_AMBIGUOUS_WIDTH] = { "ambiguous-width", OPTION_CHOICE, "auto", "auto 1 2", 0, 0,
	                          SCOPE_GLOBAL,
	                          "Cells that the terminal gives to characters of ambiguous width, "
	                          "such as the ellipsis." },
	[OPT_READ_AFTER] = { "read-after", OPTION_NUMBER, "2", NULL, 0, 3600, SCOPE_GLOBAL,
	                     "Seconds after which an article that has the focus counts as read." },
	[OPT_GLOSSES] = { "glosses", OPTION_CHOICE, "hide", "hide show", 0, 0, SCOPE_GLOBAL,
	                  "Pinyin glosses behind Han characters, hidden or shown." },
	[OPT_CONVERT] = { "convert", OPTION_CHOICE, "no", "no s t tw", 0, 0, SCOPE_ANY,
	                  "Chinese text in another script than it came in: s simplified, t "
	                  "traditional, tw "
	                  "traditional with the words of Taiwan. Needs OpenCC; what is stored "
	                  "stays as it came." },
	[OPT_KEYS] = { "keys", OPTION_CHOICE, "lede", "lede newsboat", 0, 0, SCOPE_GLOBAL,
	               "Which ready-made set of keys holds; what [keys] binds goes before it." },
	[OPT_SCROLL] = { "scroll", OPTION_CHOICE, "line", "line half", 0, 0, SCOPE_GLOBAL,
	                 "How the list moves when the cursor reaches its edge: by a row, or by half "
	                 "of the pane, which sends less over a slow line." },
	[OPT_CURSOR] = { "cursor", OPTION_CHOICE, "line", "line bar marker", 0, 0, SCOPE_GLOBAL,
	                 "How the row of the cursor is shown: line fills its rank or date, bar the "
	                 "whole line of the headline, marker only puts a > before it and shows the "
	                 "terminal's own cursor." },
	[OPT_LOW_BANDWIDTH] = { "low-bandwidth", OPTION_CHOICE, "auto", "auto yes no", 0, 0,
	                        SCOPE_GLOBAL,
	                        "For slow lines: one pane (unless layout says otherwise), scroll = half, "
	                        "cursor = marker, no progress, no window title, no links of the "
	                        "terminal. auto: over ssh, when the terminal took more than 150 ms to "
	                        "answer." },
	[OPT_MOUSE] = { "mouse", OPTION_BOOL, "no", NULL, 0, 0, SCOPE_GLOBAL,
	                "Whether clicks, the wheel and dragging the line between the panes are for "
	                "lede; the terminal's own selection then needs Shift." },
	[OPT_WINDOW_TITLE] = { "window-title", OPTION_BOOL, "yes", NULL, 0, 0, SCOPE_GLOBAL,
	                       "Whether the window's title names the article that is read, where the "
	                       "terminal has titles." },
	[OPT_CLIPBOARD] = { "clipboard", OPTION_BOOL, "yes", NULL, 0, 0, SCOPE_GLOBAL,
	                    "Whether copying goes to the terminal's clipboard, where it has one (OSC "
	                    "52); else what would be copied is shown." },
	[OPT_HYPERLINKS] = { "hyperlinks", OPTION_CHOICE, "auto", "auto yes no", 0, 0, SCOPE_GLOBAL,
	                     "Whether addresses of an article are links of the terminal (OSC 8); auto: "
	                     "where the terminal is known to have them." },
	[OPT_SYNCHRONIZED_OUTPUT] = { "synchronized-output", OPTION_BOOL, "yes", NULL, 0, 0,
	                              SCOPE_GLOBAL,
	                              "Whether a terminal that can is told to show a large change at "
	                              "once (mode 2026)." },
	[OPT_BRACKETED_PASTE] = { "bracketed-paste", OPTION_BOOL, "yes", NULL, 0, 0, SCOPE_GLOBAL,
	                          "Whether the terminal marks pasted text, so that it goes into a prompt "
	                          "as text and else nowhere." },
	[OPT_ASK_TERMINAL] = { "ask-terminal", OPTION_BOOL, "yes", NULL, 0, 0, SCOPE_GLOBAL,
	                       "Whether the terminal is asked, after the first screen, for its "
	                       "background, the width of ambiguous characters and what it can do." },
	[OPT_TIMEOUT] = { "timeout", OPTION_NUMBER, "60", NULL, 1, 3600, SCOPE_ANY,
	                  "Seconds that fetching one feed may take." },
	[OPT_USER_AGENT] = { "user-agent", OPTION_TEXT, "", NULL, 0, 0, SCOPE_ANY,
	                     "What lede calls itself to servers; empty: lede, its version and its "
	                     "home page." },
	[OPT_PROXY] = { "proxy", OPTION_TEXT, "", NULL, 0, 0, SCOPE_ANY,
	                "The proxy to fetch through: an address beginning with http, https or "
	                "socks5h; empty: "
	                "what the environment says." },
	[OPT_BROWSER] = { "browser", OPTION_ARGV, "", NULL, 0, 0, SCOPE_GLOBAL,
	                  "The browser and its arguments; %u stands for the address, which else is "
	                  "put at the end. "
	                  "No shell is started. Empty: $BROWSER, else xdg-open (on macOS open)." },
	[OPT_WEIGHT] = { "weight", OPTION_NUMBER, "0", NULL, -100, 100, SCOPE_TAG | SCOPE_FEED,
	                 "Points added to the rank of every story the feed leads; 7 points weigh "
	                 "as much as a day "
	                 "of age." },
	[OPT_ENCODING] = { "encoding", OPTION_TEXT, "", NULL, 0, 0, SCOPE_TAG | SCOPE_FEED,
	                   "The encoding of a feed that declares a wrong one, for example gb18030; "
	                   "empty: as "
	                   "declared." },
	[OPT_INTERVAL] = { "interval", OPTION_SPAN, "auto", NULL, 0, 0, SCOPE_ANY,
	                   "How often what is due is fetched: minutes, or a time as in 90m, 2h, "
	                   "1d; auto takes half the gap between a feed's entries, from 15 minutes "
	                   "to 12 hours; never leaves it to you. A server may ask for longer." },
	[OPT_AUTO_REFRESH] = { "auto-refresh", OPTION_BOOL, "yes", NULL, 0, 0, SCOPE_GLOBAL,
	                       "Whether the reader fetches what is due while it is open, quietly: "
	                       "after the first screen, then each minute." },
	[OPT_USER] = { "user", OPTION_TEXT, "", NULL, 0, 0, SCOPE_TAG | SCOPE_FEED,
	               "The name to give to servers that want a password; empty: it stands before "
	               "the password, as name:password." },
	[OPT_PASSWORD_COMMAND] = { "password-command", OPTION_ARGV, "", NULL, 0, 0,
	                           SCOPE_TAG | SCOPE_FEED,
	                           "A command that prints the password, run once at the start; no "
	                           "shell is started." },
	[OPT_PASSWORD_FILE] = { "password-file", OPTION_TEXT, "", NULL, 0, 0,
	                        SCOPE_TAG | SCOPE_FEED,
	                        "A file that holds the password; nobody else may be able to read "
	                        "it (mode 0600)." },
	[OPT_TLS_VERIFY] = { "tls-verify", OPTION_BOOL, "yes", NULL, 0, 0, SCOPE_FEED,
	                     "Whether the server's certificate is checked; each refresh says where "
	                     "it is not." },
	[OPT_KEEP] = { "keep", OPTION_KEEP, "365d 2000", NULL, 0, 0, SCOPE_ANY,
	               "How long entries are kept, in days, and how many of a feed; one of the two "
	               "will do, and all keeps everything. Starred entries, unread ones of the "
	               "last 30 days and what the feed still lists stay in any case." },
};

int option_named(struct str name)
{
	for (int i = 0; i < OPTION_COUNT; i++)
		if (str_is(name, option_table[i].name))
			return i;
	return -1;
}

/* ---- the nearest name ---- */

/* What the same thing is called elsewhere, too far from our name for a slip of the finger. */
static const struct { const char *said; enum option_id meant;
} elsewhere[] = {
	{ "color", OPT_THEME },
	{ "colour", OPT_THEME },
	{ "colors", OPT_THEME },
	{ "colours", OPT_THEME },
	{ "colorscheme", OPT_THEME },
	{ "scrolloff", OPT_SCROLL_OFFSET },
	{ "width", OPT_TEXT_WIDTH },
	{ "pager-width", OPT_TEXT_WIDTH },
	{ "charset", OPT_ENCODING },
	{ "download-timeout", OPT_TIMEOUT },
	{ "useragent", OPT_USER_AGENT },
	{ "pinyin", OPT_GLOSSES },
	{ "keymap", OPT_KEYS },
	{ "open-in-browser-command", OPT_BROWSER },
};

const char *option_nearest(struct str name)
{
	struct nearest n = { .said = name };

	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
		if (str_eq_nocase(name, str_of(elsewhere[i].said)))
			return option_table[elsewhere[i].meant].name;
	for (int i = 0; i < OPTION_COUNT; i++)
		nearest_offer(&n, option_table[i].name);
	return n.best;
}

/* ---- values ---- */

static enum err check_bool(const struct option *o, struct str value, struct error *e)
{
	if (str_is(value, "yes") || str_is(value, "no"))
		return ERR_NONE;
	return error_set(e, ERR_USAGE, "%s is yes or no, not “%.*s”", o->name, (int)value.n,
			 value.p);
}

static enum err check_number(const struct option *o, struct str value, struct error *e)
{
	int64_t n;

	if (str_to_int(value, o->min, o->max, &n))
		return ERR_NONE;
	return error_set(e, ERR_USAGE, "%s is a number from %lld to %lld, not “%.*s”", o->name,
			 (long long)o->min, (long long)o->max, (int)value.n, value.p);
}

/* "auto, columns or single" out of "auto columns single". */
static void list_choices(const char *choices, struct buf *out)
{
	struct str rest = str_of(choices), word;

	while (str_next(&rest, ' ', &word)) {
		if (out->n > 0)
			buf_add_cstr(out, rest.n > 0 ? ", " : " or ");
		buf_add(out, word);
	}
}

bool option_span(struct str value, int64_t *seconds)
{
	static const struct { char letter; int64_t seconds; } units[] = {
		{ 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	int64_t unit = 60, n;

	*seconds = str_is(value, "never") ? SPAN_NEVER : SPAN_AUTO;
	if (str_is(value, "auto") || str_is(value, "never"))
		return true;
	for (size_t i = 0; i < sizeof units / sizeof *units && value.n > 0; i++)
		if (value.p[value.n - 1] == units[i].letter) {
			unit = units[i].seconds;
			value.n--;
			break;
		}
	if (!str_to_int(value, 1, 366 * 86400 / unit, &n))
		return false;
	*seconds = n * unit;
	return true;
}

static enum err check_span(const struct option *o, struct str value, struct error *e)
{
	int64_t seconds;

	if (option_span(value, &seconds))
		return ERR_NONE;
	return error_set(e, ERR_USAGE, "%s is auto, never or a time as in 30m, 2h, 1d, not “%.*s”",
			 o->name, (int)value.n, value.p);
}

static enum err check_choice(const struct option *o, struct str value, struct error *e)
{
	struct str rest = str_of(o->choices), word;
	struct buf list = buf_limited(200);

	while (str_next(&rest, ' ', &word))
		if (str_eq(word, value))
			return ERR_NONE;
	list_choices(o->choices, &list);
	error_set(e, ERR_USAGE, "%s is %s, not “%.*s”", o->name, buf_cstr(&list), (int)value.n,
		  value.p);
	buf_free(&list);
	return ERR_USAGE;
}

static enum err check_text(const struct option *o, struct str value, struct error *e)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7f)
			return error_set(e, ERR_USAGE, "%s holds a control character", o->name);
	return ERR_NONE;
}

static enum err check_argv(const struct option *o, struct str value, struct error *e)
{
	char **argv;
	int argc;

	if (argv_split(value, &argv, &argc, e) != ERR_NONE) {
		error_context(e, "%s", o->name);
		return e ? e->code = ERR_USAGE : ERR_USAGE;
	}
	free(argv);
	return check_text(o, value, e);
}

static enum err check_keep(const struct option *o, struct str value, struct error *e)
{
	int64_t seconds, number;

	if (keep_parse(value, &seconds, &number))
		return ERR_NONE;
	return error_set(e, ERR_USAGE,
			 "%s is days and a number, as in “365d 2000”, or all; not “%.*s”", o->name,
			 (int)value.n, value.p);
}

enum err option_check(enum option_id id, struct str value, struct error *e)
{
	const struct option *o = &option_table[id];

	switch (o->type) {
	case OPTION_SPAN: return check_span(o, value, e);
	case OPTION_BOOL: return check_bool(o, value, e);
	case OPTION_NUMBER: return check_number(o, value, e);
	case OPTION_CHOICE: return check_choice(o, value, e);
	case OPTION_TEXT: return check_text(o, value, e);
	case OPTION_ARGV: return check_argv(o, value, e);
	case OPTION_KEEP: return check_keep(o, value, e);
	}
	return ERR_NONE;
}
