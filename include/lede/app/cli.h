/* cli - the commands that need no terminal, one table; arguments, output, exit status.
 *
 * PRODUCT.md: Command line, Output, exit status. lede --help, lede(1) and the completions read the
 * tables. stdout gets UTF-8 in every locale, plain text in display form; messages go to stderr.
 */
#ifndef LEDE_APP_CLI_H
#define LEDE_APP_CLI_H

#include <stdio.h>

#include "lede/app/config.h"
#include "lede/app/paths.h"
#include "lede/base/clock.h"
#include "lede/base/error.h"
#include "lede/net/fetch.h"

enum exit_status {
	EXIT_DONE = 0, EXIT_NOTHING = 1, EXIT_USAGE = 2,
	EXIT_SOME_FAILED = 3, EXIT_ALL_FAILED = 4, EXIT_CACHE = 5
};
int exit_status_of(enum err code);

/* Flags a command may take, beside the global ones. */
enum {
	CLI_JSON = 1, CLI_NUMBER = 2 /* -n N */, CLI_FORCE = 4 /* --force, --due, --no-index */, CLI_PICK = 8 /* --feed N, --all */,
	CLI_TEXT = 32, /* how text is laid out */
	CLI_ORIGIN = 16 /* --base-url, --content-type */,
	CLI_PAST = 64 /* --history, --seen */, CLI_FORGET = 1 << 8 /* --forget WHAT */,
	CLI_IMPORT = 1 << 12 /* --dry-run, --unfilter, --star */, CLI_SECRETS = 1 << 13,
	CLI_BEST = 1 << 20 /* --best */, CLI_MOVES = 1 << 14 /* --apply-moves */,
	CLI_REPAIR = 1 << 10
};
struct cli_args {
	bool json, force, due, no_index, all, best, repair;
	int64_t number, feed;             /* -1: not given */
	int64_t width, ambiguous;         /* cells of a line, of an ambiguous character */
	bool html, title, whole, plain_uax14;
	const char *history, *seen;                      /* files; NULL: not given */
	const char *forget;               /* a word, a feed or "all"; NULL: not given */
	bool dry_run, unfilter, secrets, apply_moves;
	const char *base_url, *content_type, *stars;     /* NULL: not given */
	char **operand; int noperands;
};

/* What every command is handed. Set out, err, version (and, in tests, the functions) before
 * cli_main. */
struct cli {
	FILE *out, *err;
	FILE *in;                                                /* NULL: stdin */
	const char *version;
	const char *home_page;            /* for servers that wonder who asks; may be NULL */
	char *(*getenv)(const char *name);                       /* NULL: the environment */
	/* NULL: fetch_open. */
	enum err (*open_fetcher)(const struct fetch_options *o, struct fetcher **out,
				 struct error *e);
	/* Filled by cli_main. */
	struct paths paths; struct config *config; struct clock clock;
	bool damaged;                     /* something failed because the cache is damaged */
};
struct cli_command {
	const char *name, *operands;      /* "show", "ID" */
	unsigned flags;
	int min_operands, max_operands;   /* max -1: any number */
	int (*run)(struct cli *c, const struct cli_args *a);     /* an exit_status */
	const char *help;                 /* a line for --help */
	const char *about;                /* sentences for lede(1) */
};
extern const struct cli_command cli_table[];
extern const size_t cli_count;
const struct cli_command *cli_named(const char *name);

/* Options: the global ones have flag 0, the others belong to the commands that take the flag. */
struct cli_option {
	const char *name;                 /* "--json", "-n" */
	const char *value;                /* "FILE"; NULL: takes none */
	unsigned flag;
	const char *help;                 /* a line for --help, a sentence for lede(1) */
};
extern const struct cli_option cli_options[];
extern const size_t cli_option_count;

/* What the statuses mean, in the order of enum exit_status. */
extern const char *const cli_status_help[EXIT_CACHE + 1];

/* Parses argv. -1: no command was named, the reader is wanted; `c` is filled. Otherwise the command
 * was run (or --help, --version printed, or a usage error told) and the exit status is returned.
 * Errors of the configuration are told on stderr and stop nothing, unless the file that was named
 * cannot be read. cli_done frees what was filled. */
int cli_main(struct cli *c, int argc, char **argv);
void cli_done(struct cli *c);
/* When the cache is damaged, or `known` to be: what it holds still is brought over into a new one, and that is said (when `told` is NULL
 * on stderr, else there). False: it is not damaged, or nothing could be done. */
bool cli_recover(struct cli *c, bool known, struct buf *told);
/* What the reader prints when there is no terminal: as `lede top`. An exit status. */
int cli_front_page(struct cli *c);
/* Writes out what is left for stdout; a sentence and a status other than 0 when not all of it could
 * be written. A pipe whose reader has left is no failure: the status stays. */
int cli_finish(struct cli *c, int status);
/* A sentence on stderr, "lede: " in front, in display form. */
void cli_say(struct cli *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What the commands and the reader open the network with. */
struct fetch_options cli_fetch_options(const struct cli *c);

#endif
