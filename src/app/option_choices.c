#include "lede/app/option.h"
#include "lede/base/language.h"

/* What a choice does, in a few words, for those who see all of them below each other. */
static const struct { enum option_id id; const char *value, *help; } choices[] = {
	{ OPT_LAYOUT, "auto", N_("by the size of the terminal") },
	{ OPT_LAYOUT, "columns", N_("the article beside the list") },
	{ OPT_LAYOUT, "stacked", N_("the article under the list") },
	{ OPT_LAYOUT, "stack", N_("the same as stacked") },
	{ OPT_LAYOUT, "single", N_("the article alone, after Enter") },
	{ OPT_ROWS, "auto", N_("comfortable from 24 list lines up, else dense") },
	{ OPT_ROWS, "comfortable", N_("two lines a story") },
	{ OPT_ROWS, "dense", N_("one line a story") },
	{ OPT_BACKGROUND, "auto", N_("as the terminal answers") },
	{ OPT_BACKGROUND, "dark", N_("light letters on a dark ground") },
	{ OPT_BACKGROUND, "light", N_("dark letters on a light ground") },
	{ OPT_GLYPHS, "auto", N_("by the locale and the terminal") },
	{ OPT_GLYPHS, "unicode", N_("all of them") },
	{ OPT_GLYPHS, "console", N_("those of the Linux console") },
	{ OPT_GLYPHS, "ascii", N_("letters and signs of ASCII") },
	{ OPT_AMBIGUOUS_WIDTH, "auto", N_("as the terminal answers") },
	{ OPT_AMBIGUOUS_WIDTH, "1", N_("one cell") },
	{ OPT_AMBIGUOUS_WIDTH, "2", N_("two cells") },
	{ OPT_SHOW, "all", N_("what is read too") },
	{ OPT_SHOW, "unread", N_("only what is not read") },
	{ OPT_SCROLL, "line", N_("by a row at the edge") },
	{ OPT_SCROLL, "half", N_("by half the pane at the edge") },
	{ OPT_CURSOR, "line", N_("a filled rank or date") },
	{ OPT_CURSOR, "bar", N_("the whole line filled") },
	{ OPT_CURSOR, "marker", N_("a > before it, and the terminal’s cursor") },
	{ OPT_LOW_BANDWIDTH, "auto", N_("over ssh, when the terminal answers late") },
	{ OPT_LOW_BANDWIDTH, "yes", N_("send as little as can be") },
	{ OPT_LOW_BANDWIDTH, "no", N_("send what is drawn") },
	{ OPT_HYPERLINKS, "auto", N_("where the terminal is known to have them") },
	{ OPT_HYPERLINKS, "yes", N_("links of the terminal") },
	{ OPT_HYPERLINKS, "no", N_("words alone") },
	{ OPT_GLOSSES, "hide", N_("no pinyin behind Han characters") },
	{ OPT_GLOSSES, "show", N_("pinyin behind Han characters, as it came") },
	{ OPT_CONVERT, "no", N_("Chinese in the script it came in") },
	{ OPT_CONVERT, "s", N_("simplified characters") },
	{ OPT_CONVERT, "t", N_("traditional characters") },
	{ OPT_CONVERT, "tw", N_("traditional characters, the words of Taiwan") },
	{ OPT_KEYS, "lede", N_("the keys of this program") },
	{ OPT_KEYS, "newsboat", N_("what newsboat’s fingers know") },
};

const char *option_choice_help(enum option_id id, struct str value)
{
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
		if (choices[i].id == id && str_is(value, choices[i].value))
			return _(choices[i].help);
	return "";
}

struct str option_in_short(enum option_id id)
{
	const char *help = option_table[id].help;

	return (struct str){ help, strcspn(help, ".:;") };
}
