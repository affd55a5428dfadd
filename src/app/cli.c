#include "lede/app/cli.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "cli_inside.h"
#include "lede/app/nearest.h"
#include "lede/base/file.h"
#include "recover.h"

enum { TEXT_WIDTH_MIN = 2, TEXT_WIDTH_MAX = 10000 };

const struct cli_command cli_table[] = {
	{ "add", "URL...", CLI_JSON | CLI_PICK, 1, -1, cmd_add,
	  "subscribe to a feed, or to the feed of a page",
	  "Subscribes to feeds. An address may be that of a feed or of any web page that announces "
	  "one. Without a scheme it is taken for https; a path or a file: address names a file of "
	  "this machine. When a page announces several feeds they are listed with numbers and "
	  "nothing is taken. When nobody answers, the address is subscribed to all the same." },
	{ "remove", "URL...", 0, 1, -1, cmd_remove, "unsubscribe",
	  "Takes addresses out of the feeds file." },
	{ "feeds", "", CLI_JSON | CLI_MOVES, 0, 0, cmd_feeds, "the feeds, with their health",
	  "Lists the feeds subscribed to: state, unread entries, title, address, and what the last "
	  "error was." },
	{ "refresh", "[URL...]", CLI_JSON | CLI_FORCE, 0, -1, cmd_refresh,
	  "fetch every feed, or some of them",
	  "Fetches every feed, or those whose addresses are given. What a server forbade for a "
	  "while is left alone. With --due only those are fetched whose time has come, by what the "
	  "server, the feed and its pace ask for. May run while a reader is open." },
	{ "top", "", CLI_JSON | CLI_NUMBER, 0, 0, cmd_top, "the ranked list of stories",
	  "Ranks what is cached now and stores nothing. Without feeds it shows the sample "
	  "edition." },
	{ "latest", "", CLI_JSON | CLI_NUMBER, 0, 0, cmd_latest, "everything, newest first",
	  "Lists every entry by time, with its ID." },
	{ "starred", "", CLI_JSON, 0, 0, cmd_starred, "the starred entries",
	  "Lists the starred entries by time, with their IDs." },
	{ "filler", "", CLI_JSON, 0, 0, cmd_filler, "what is held back, and why",
	  "Lists by time what is held back from the edition - adverts, weather notices, how-to "
	  "filler, clickbait - with the reason. Nothing of it is deleted: latest and search have "
	  "it too." },
	{ "search", "WORDS...", CLI_JSON | CLI_NUMBER | CLI_BEST, 1, -1, cmd_search,
	  "look for words in everything that is cached",
	  "Lists the entries that hold all the words, newest first, in any case, with accents or "
	  "without, in either Chinese script. \"a phrase\" stands as it is written; -word must not "
	  "be there; word* may go on; title:word is looked for in titles. feed:word, is:unread, "
	  "is:read, is:starred, is:filler, after:DAY (from that day on) and before:DAY (up to the "
	  "day before) narrow it. A DAY is 2026-05-03, 2026-05, 2026, today, yesterday, or an age: "
	  "12h, 7d, 2w, 3m, 1y. Put -- before words that begin with a minus sign. Status 1 when "
	  "nothing is found." },
	{ "show", "ID", CLI_JSON, 1, 1, cmd_show, "one entry as text",
	  "Prints one entry with its text and its links." },
	{ "open", "ID", 0, 1, 1, cmd_open, "one entry in the browser",
	  "Opens the page of an entry in the browser: the option browser, else $BROWSER." },
	{ "why", "ID", CLI_JSON, 1, 1, cmd_why, "why a story stands where it stands",
	  "Prints the sum behind the rank of a story, in the last edition, or as it would be "
	  "ranked now. Any entry of the story may be named. For a story that is not ranked it "
	  "says why not, with status 1." },
	{ "profile", "", CLI_JSON | CLI_FORGET, 0, 0, cmd_profile, "what was learned from your reading",
	  "Lists the feeds and words that were learned from what you opened, starred, passed over "
	  "or asked more or less of, most first: how many kept entries they stand for, what lies "
	  "back counting less (half in 120 days); below 0 is what was passed over. "
	  "With --json words, each with word and weight, and feeds, each with feed (its address), "
	  "title and weight; feed and title are null when it is not subscribed to any more. "
	  "Nothing of it leaves the machine. --forget unlearns a word, a feed with all that its "
	  "entries taught, or all of it, as if it had never been read." },
	{ "text", "[FILE]", CLI_JSON | CLI_TEXT, 0, 1, cmd_text, "lay text or HTML out in lines",
	  "Lays text or an HTML fragment out as the reader shows an article, without a margin. "
	  "Reads "
	  "FILE, or what comes in. In plain text a line end ends a line and an empty line stays "
	  "one. "
	  "The locale and the terminal do not matter." },
	{ "mark", "(read|unread|star|unstar) ID...", 0, 2, -1, cmd_mark,
	  "change what is read or starred",
	  "Marks entries read or unread, stars them or takes their stars away." },
	{ "parse", "FILE", CLI_JSON | CLI_ORIGIN, 1, 1, cmd_parse, "what stands in a feed file",
	  "Reads a feed out of a file as it came from the network, RSS, Atom or JSON Feed, and "
	  "prints "
	  "its entries. Nothing else is read and nothing is stored." },
	{ "doctor", "", CLI_REPAIR, 0, 0, cmd_doctor, "look at everything, and say what to do",
	  "Checks the configuration, the feeds file, the whole cache, its disk, the terminal and "
	  "the set-up of the network, a line each: what is well, what is to be noted, what is "
	  "wrong and what to do about it. Status 2 when a file has lines that cannot be "
	  "understood, 5 when the cache is damaged or its numbers are wrong." },
	{ "backup", "FILE", 0, 1, 1, cmd_backup, "copy the cache",
	  "Writes a copy of the cache as it is now, while others may read and write it. A file "
	  "that is there is not overwritten. To go back, put the copy in the place of the cache "
	  "while no lede runs, and take files beside it that end in -wal and -shm away." },
	{ "opml", "FILE", CLI_JSON, 1, 1, cmd_opml, "the feeds of a subscription list",
	  "Lists the feeds of an OPML file, as other readers write it. Nothing is subscribed to." },
	{ "fold", "", CLI_JSON, 0, 0, cmd_fold, "which entries that come in tell one story",
	  "Folds entries that come in as JSON Lines, an object a line in order of time: id, time "
	  "in seconds since 1970, source, title. "
	  "Prints the stories with their entries; with --json id and story of each entry as it "
	  "comes, the story being the id of the first entry of it that came. "
	  "Neither cache nor feeds are looked at." },
	{ "rank", "", CLI_JSON | CLI_PAST, 0, 0, cmd_rank, "rank the entries that come in",
	  "Ranks entries that come in as JSON Lines, an object a line: id, time in seconds since "
	  "1970, source, title, and rank where the source is a hot list. "
	  "Prints them best first with the reasons; with --json id, score and why, whose points "
	  "add up to the score. "
	  "What --history and --seen name is JSON Lines too; what is not older than --now is "
	  "passed over there. "
	  "Neither cache nor feeds are looked at." },
	{ "classify", "", CLI_JSON, 0, 0, cmd_classify, "which entries that come in are filler",
	  "Tells adverts, how-to filler, weather notices and clickbait among entries that come "
	  "in as JSON Lines, an object a line: id, title. Prints a label and the title of each; "
	  "with --json id, label, score (1: a rule says so, 0: none does), rule and reason. "
	  "Neither cache nor feeds are looked at." },
	{ "import", "(FILE|PROGRAM)...", CLI_JSON | CLI_IMPORT, 1, -1, cmd_import,
	  "move in from another reader",
	  "Takes over what lies in files of another reader: OPML; newsboat's urls, config and "
	  "cache.db; newsraft's feeds, config and newsraft.sqlite3; sfeedrc with sfeed's files; "
	  "snownews' urls. What a file is shows its content. newsboat, newsraft, sfeed or snownews "
	  "instead of a file stands for its usual places, a folder for what of them lies in it. "
	  "Feeds, tags, settings, entries, what was read and what was flagged are added to what "
	  "lede has; nothing is taken away, and what was marked in lede stays so. Nothing found "
	  "there is run. It says what was taken, what was left, and why." },
	{ "export", "", CLI_SECRETS, 0, 0, cmd_export, "the feeds as OPML, for other readers",
	  "Prints the feeds subscribed to as OPML 2.0, without names and passwords in their "
	  "addresses." },
};
const size_t cli_count = sizeof cli_table / sizeof *cli_table;

const struct cli_option cli_options[] = {
	{ "--json", NULL, CLI_JSON, "Print JSON, for programs." },
	{ "-n", "N", CLI_NUMBER, "Print the first N only." },
	{ "--due", NULL, CLI_FORCE, "Ask only what is due by itself: the line for crontab." },
	{ "--best", NULL, CLI_BEST,
	  "Best first: the best 200 titles and the newest 400 texts, weighed." },
	{ "--force", NULL, CLI_FORCE, "Ask even where a server asked to wait." },
	{ "--no-index", NULL, CLI_FORCE,
	  "Leave what is new to be indexed for the search by the reader, or by the next refresh." },
	{ "--repair", NULL, CLI_REPAIR,
	  "Put right what can be: wrong numbers are counted anew; of a damaged cache what can be "
	  "read comes into a new one, and the damaged one is set aside." },
	{ "--feed", "N", CLI_PICK,
	  "Take the feed of that number, where a page announces several." },
	{ "--all", NULL, CLI_PICK, "Take all feeds that a page announces." },
	{ "--width", "N", CLI_TEXT, "Cells of a line; 80 unless given." },
	{ "--html", NULL, CLI_TEXT, "The input is HTML." },
	{ "--title", NULL, CLI_TEXT,
	  "Every line of the input is a title: print the form in which it is shown." },
	{ "--whole", NULL, CLI_TEXT, "The whole input is one title." },
	{ "--ambiguous", "N", CLI_TEXT, "Cells of characters of ambiguous width, 1 or 2." },
	{ "--plain-uax14", NULL, CLI_TEXT,
	  "Break lines as UAX #14 has it, without what Chinese and Japanese lines need beyond "
	  "it." },
	{ "--base-url", "URL", CLI_ORIGIN,
	  "The address the feed came from: relative addresses in it are made whole with it." },
	{ "--content-type", "TYPE", CLI_ORIGIN,
	  "What the server said of the feed; its charset counts." },
	{ "--history", "FILE", CLI_PAST,
	  "What a reader did, to learn from: entries as they come in, and action: open, star or "
	  "skip." },
	{ "--seen", "FILE", CLI_PAST,
	  "Entries that came before, to know how often words and sources come; points: the votes "
	  "an entry got." },
	{ "--dry-run", NULL, CLI_IMPORT, "Say what would be taken and change nothing." },
	{ "--unfilter", NULL, CLI_IMPORT,
	  "Subscribe to the plain address of what newsboat sends through a filter." },
	{ "--star", "LETTERS", CLI_IMPORT,
	  "newsboat's flags that mean starred; unless given, all of them." },
	{ "--apply-moves", NULL, CLI_MOVES,
	  "Take over the addresses that servers moved feeds to for good." },
	{ "--secrets", NULL, CLI_SECRETS, "Leave names and passwords in the addresses." },
	{ "--forget", "WHAT", CLI_FORGET, "Unlearn a word, a feed (address or name), or all." },
	{ "--config", "FILE", 0, "The configuration, instead of the usual file." },
	{ "--feeds", "FILE", 0, "The list of feeds, instead of the usual file." },
	{ "--db", "FILE", 0, "The cache, instead of the usual file." },
	{ "--now", "SECONDS", 0,
	  "Let the clock stand at that many seconds since 1970, for tests." },
	{ "--help", NULL, 0, "Print what there is, for all commands or for one." },
	{ "--version", NULL, 0, "Print the version." },
};
const size_t cli_option_count = sizeof cli_options / sizeof *cli_options;

const char *const cli_status_help[EXIT_CACHE + 1] = {
	[EXIT_DONE] = "Done.",
	[EXIT_NOTHING] = "Nothing usable: no such entry, no feed there, no room for the output.",
	[EXIT_USAGE] = "Wrong usage or configuration, or a choice is needed.",
	[EXIT_SOME_FAILED] = "Some feeds failed.",
	[EXIT_ALL_FAILED] = "All feeds failed, or there is no network.",
	[EXIT_CACHE] = "The cache cannot be used.",
};

const struct cli_command *cli_named(const char *name)
{
	for (size_t i = 0; i < cli_count; i++)
		if (strcmp(cli_table[i].name, name) == 0)
			return &cli_table[i];
	return NULL;
}

int exit_status_of(enum err code)
{
	switch (code) {
	case ERR_NONE: return EXIT_DONE;
	case ERR_USAGE: case ERR_SYNTAX: return EXIT_USAGE;
	case ERR_NET: case ERR_HTTP: return EXIT_ALL_FAILED;
	case ERR_NONESUCH: case ERR_LIMIT: case ERR_CANCEL: return EXIT_NOTHING;
	case ERR_IO: case ERR_FULL: case ERR_STORE: case ERR_NEWER: case ERR_DAMAGED: case ERR_BUSY:
		break;
	}
	return EXIT_CACHE;
}

/* ---- the command line ---- */

struct command_line {
	struct cli *c;
	const struct cli_command *command;
	struct cli_args args;
	const char *config, *feeds, *db, *now;
	bool help, version;
};

static int bad_option(struct command_line *l, const char *typed)
{
	struct str name = str_of(typed), all = name;
	struct nearest near = { .said = name };

	str_next(&all, '=', &near.said);
	for (size_t i = 0; i < cli_option_count; i++)
		if (cli_options[i].flag == 0 ||
		    (l->command && (l->command->flags & cli_options[i].flag)))
			nearest_offer(&near, cli_options[i].name);
	cli_say(l->c, "%s%sno option %s%s%s%s", l->command ? l->command->name : "",
		l->command ? " takes " : "", typed, near.best ? "; did you mean " : "",
		near.best ? near.best : "", near.best ? "?" : "");
	return EXIT_USAGE;
}

static int bad_command(struct command_line *l, const char *typed)
{
	struct nearest near = { .said = str_of(typed) };

	for (size_t i = 0; i < cli_count; i++)
		nearest_offer(&near, cli_table[i].name);
	if (near.best)
		cli_say(l->c, "no command “%s”; did you mean %s?", typed, near.best);
	else
		cli_say(l->c, "no command “%s”; lede --help lists them", typed);
	return EXIT_USAGE;
}

/* Whether `typed` is the option, or "--option=value" of it. */
static bool is_option(const struct cli_option *o, const char *typed, const char **attached)
{
	size_t n = strlen(o->name);

	if (strncmp(typed, o->name, n) != 0)
		return false;
	*attached = NULL;
	if (typed[n] == '\0')
		return true;
	if (!o->value)
		return false;
	if (typed[n] == '=' && o->name[1] == '-') {
		*attached = typed + n + 1;
		return true;
	}
	*attached = typed + n;
	return o->name[1] != '-';         /* -n5 */
}

static int take_number(struct command_line *l, const struct cli_option *o, const char *value)
{
	const struct { const char *name; int64_t low, high, *to; } numbers[] = {
		{ "-n", 0, INT64_MAX, &l->args.number }, { "--feed", 1, INT64_MAX, &l->args.feed },
		{ "--width", TEXT_WIDTH_MIN, TEXT_WIDTH_MAX, &l->args.width },
		{ "--ambiguous", 1, 2, &l->args.ambiguous },
	};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		if (strcmp(o->name, numbers[i].name) != 0 ||
		    str_to_int(str_of(value), numbers[i].low, numbers[i].high, numbers[i].to))
			continue;
		if (numbers[i].high == INT64_MAX)
			cli_say(l->c, "%s takes a number, not “%s”", o->name, value);
		else
			cli_say(l->c, "%s takes a number from %lld to %lld, not “%s”", o->name,
				(long long)numbers[i].low, (long long)numbers[i].high, value);
		return EXIT_USAGE;
	}
	return EXIT_DONE;
}

static int take_option(struct command_line *l, const struct cli_option *o, const char *value)
{
	const struct { const char *name, **to; } files[] = {
		{ "--config", &l->config }, { "--feeds", &l->feeds },
		{ "--db", &l->db }, { "--now", &l->now },
		{ "--base-url", &l->args.base_url }, { "--content-type", &l->args.content_type },
		{ "--history", &l->args.history }, { "--seen", &l->args.seen },
		{ "--star", &l->args.stars }, { "--forget", &l->args.forget },
	};
	const struct { const char *name; bool *to; } switches[] = {
		{ "--json", &l->args.json }, { "--force", &l->args.force },
		{ "--due", &l->args.due }, { "--no-index", &l->args.no_index },
		{ "--all", &l->args.all }, { "--best", &l->args.best },
		{ "--repair", &l->args.repair },
		{ "--help", &l->help }, { "--version", &l->version },
		{ "--html", &l->args.html }, { "--title", &l->args.title },
		{ "--whole", &l->args.whole }, { "--plain-uax14", &l->args.plain_uax14 },
		{ "--dry-run", &l->args.dry_run }, { "--unfilter", &l->args.unfilter }, { "--secrets", &l->args.secrets },
		{ "--apply-moves", &l->args.apply_moves },
	};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (strcmp(o->name, files[i].name) == 0)
			*files[i].to = value;
	for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
		if (strcmp(o->name, switches[i].name) == 0)
			*switches[i].to = true;
	return take_number(l, o, value);
}

/* The option that argv[*at] is, its value behind it or in the next word. */
static int parse_option(struct command_line *l, int argc, char **argv, int *at)
{
	const char *typed = argv[*at], *value = NULL;
	const struct cli_option *o = NULL;

	for (size_t i = 0; i < cli_option_count && !o; i++)
		if (is_option(&cli_options[i], typed, &value))
			o = &cli_options[i];
	if (!o || (o->flag && !(l->command && (l->command->flags & o->flag))))
		return bad_option(l, typed);
	if (o->value && !value) {
		if (*at + 1 >= argc) {
			cli_say(l->c, "%s takes %s", o->name, o->value);
			return EXIT_USAGE;
		}
		value = argv[++*at];
	}
	return take_option(l, o, value);
}

static int parse_word(struct command_line *l, char *word)
{
	if (l->command) {
		l->args.operand[l->args.noperands++] = word;
		return EXIT_DONE;
	}
	l->command = cli_named(word);
	return l->command ? EXIT_DONE : bad_command(l, word);
}

/* The command is the first word, so that its options are known wherever they stand behind it. */
static int parse(struct command_line *l, int argc, char **argv)
{
	bool only_words = false;
	int status = EXIT_DONE;

	for (int at = 1; at < argc && status == EXIT_DONE; at++) {
		if (!only_words && strcmp(argv[at], "--") == 0)
			only_words = true;
		else if (!only_words && argv[at][0] == '-' && argv[at][1] != '\0')
			status = parse_option(l, argc, argv, &at);
		else
			status = parse_word(l, argv[at]);
	}
	return status;
}

static int check_operands(struct command_line *l)
{
	const struct cli_command *m = l->command;

	if (!m || (l->args.noperands >= m->min_operands &&
		   (m->max_operands < 0 || l->args.noperands <= m->max_operands)))
		return EXIT_DONE;
	cli_say(l->c, "usage: lede %s%s%s", m->name, m->operands[0] ? " " : "", m->operands);
	return EXIT_USAGE;
}

/* ---- help ---- */

static void print_options(struct cli *c, unsigned flags, bool global)
{
	for (size_t i = 0; i < cli_option_count; i++) {
		const struct cli_option *o = &cli_options[i];
		char left[32];

		if (global ? o->flag != 0 : (o->flag & flags) == 0)
			continue;
		snprintf(left, sizeof left, "%s%s%s", o->name, o->value ? " " : "",
			 o->value ? o->value : "");
		fprintf(c->out, "  %-16s %s\n", left, o->help);
	}
}

static void print_help(struct cli *c)
{
	fputs("lede - a news reader for the terminal\n\n"
	      "usage: lede [OPTION...] [COMMAND [ARGUMENT...]]\n\n"
	      "Without a command lede opens the reader.\n\n", c->out);
	for (size_t i = 0; i < cli_count; i++)
		fprintf(c->out, "  %-10s %s\n", cli_table[i].name, cli_table[i].help);
	fputs("\nOptions of every command:\n", c->out);
	print_options(c, 0, true);
	fputs("\nlede COMMAND --help says more; lede(1) says all.\n", c->out);
}

static void print_command_help(struct cli *c, const struct cli_command *m)
{
	fprintf(c->out, "usage: lede %s%s%s\n\n%s\n", m->name, m->operands[0] ? " " : "",
		m->operands, m->about);
	if (m->flags)
		putc('\n', c->out);
	print_options(c, m->flags, false);
}

/* ---- what goes before a command ---- */

static void config_complaint(void *self, int line, const char *sentence)
{
	(void)line;
	cli_say(self, "%s", sentence);
}

/* A status. Errors inside the file stop nothing; a file that was named and cannot be read does. */
static int read_config(struct cli *c, bool named)
{
	struct buf text = buf_limited(1 << 20);
	struct error e;
	enum err rc = file_read(c->paths.config, &text, &e);

	if (rc == ERR_NONE)
		config_read(c->config, c->paths.config, buf_view(&text), config_complaint, c);
	else if (rc != ERR_NONESUCH || named)
		cli_say(c, "%s", e.text);
	buf_free(&text);
	return rc != ERR_NONE && named ? EXIT_USAGE : EXIT_DONE;
}

static int fill(struct command_line *l)
{
	struct cli *c = l->c;
	struct error e;
	int64_t now;

	c->clock = clock_system();
	if (l->now && !str_to_int(str_of(l->now), 0, INT64_C(253402300799), &now)) {
		cli_say(c, "--now takes seconds since 1970, not “%s”", l->now);
		return EXIT_USAGE;
	}
	if (l->now)
		c->clock = clock_fixed(now);
	if (paths_find(c->getenv ? c->getenv : getenv, l->config, l->feeds, l->db, &c->paths, &e) !=
	    ERR_NONE)
		return cli_fail(c, &e);
	c->config = config_new();
	return read_config(c, l->config != NULL);
}

static int run(struct command_line *l, int argc, char **argv)
{
	struct cli *c = l->c;
	int status = parse(l, argc, argv);

	if (status != EXIT_DONE)
		return status;
	if (l->version)
		return fprintf(c->out, "lede %s\n", c->version), EXIT_DONE;
	if (l->help)
		return l->command ? print_command_help(c, l->command) : print_help(c), EXIT_DONE;
	status = check_operands(l);
	if (status == EXIT_DONE)
		status = fill(l);
	if (status != EXIT_DONE)
		return status;
	return l->command ? l->command->run(c, &l->args) : -1;
}

int cli_main(struct cli *c, int argc, char **argv)
{
	struct command_line l = {
		.c = c, .args = { .number = -1, .feed = -1, .width = 80, .ambiguous = 1 },
	};
	int status;

	if (!c->open_fetcher)
		c->open_fetcher = fetch_open;
	l.args.operand = mem_array((size_t)argc + 1, sizeof *l.args.operand);
	status = run(&l, argc, argv);
	if (c->damaged && cli_recover(c, false, NULL))
		cli_say(c, "run the command again");
	free(l.args.operand);
	return status < 0 ? status : cli_finish(c, status);
}

bool cli_recover(struct cli *c, bool known, struct buf *told)
{
	struct buf sentence = buf_limited(4096);
	struct error e;
	bool did = false;

	enum err rc = cache_recover(c->paths.db, clock_now(&c->clock), known, &sentence, &e);

	if (rc != ERR_NONE && rc != ERR_DAMAGED)         /* which was said already */
		cli_say(c, "%s", e.text);
	did = rc == ERR_NONE && sentence.n > 0;
	if (did && told)
		buf_add(told, buf_view(&sentence));
	else if (did)
		cli_say(c, "%s", buf_cstr(&sentence));
	buf_free(&sentence);
	return did;
}

void cli_done(struct cli *c)
{
	config_free(c->config);
	c->config = NULL;
	paths_free(&c->paths);
}

int cli_front_page(struct cli *c)
{
	return cli_finish(c, cmd_top(c, &(struct cli_args){ .number = -1, .feed = -1 }));
}

/* `lede top | head -1`: who reads along has enough. */
static bool reader_is_gone(FILE *out)
{
	struct pollfd p = { .fd = fileno(out), .events = POLLOUT };

	return p.fd >= 0 && poll(&p, 1, 0) == 1 && (p.revents & (POLLERR | POLLHUP));
}

int cli_finish(struct cli *c, int status)
{
	bool broken = ferror(c->out);

	errno = 0;
	if ((fflush(c->out) == 0 && !broken) || reader_is_gone(c->out))
		return status;
	cli_say(c, "cannot write the output%s%s", errno ? ": " : "", errno ? strerror(errno) : "");
	return status != EXIT_DONE ? status : EXIT_NOTHING;
}
