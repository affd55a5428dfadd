/* cli - the commands that need no terminal, one table; arguments, output, exit status.
 *
 * PRODUCT.md: Command line, Output, exit status. lede --help, lede(1) and the completions read the table.
 * stdout gets UTF-8 in every locale, plain text in display form; messages go to stderr.
 */
#ifndef LEDE_APP_CLI_H
#define LEDE_APP_CLI_H

#include <stdio.h>

#include "lede/app/config.h"
#include "lede/app/paths.h"
#include "lede/base/clock.h"
#include "lede/base/error.h"

enum exit_status { EXIT_DONE = 0, EXIT_NOTHING = 1, EXIT_USAGE = 2, EXIT_SOME_FAILED = 3, EXIT_ALL_FAILED = 4, EXIT_CACHE = 5 };
int exit_status_of(enum err code);

/* Flags a command may take, beside the global ones (--config --feeds --db --now --help). */
enum { CLI_JSON = 1, CLI_NUMBER = 2 /* -n N */, CLI_FORCE = 4, CLI_DUE = 8 };
struct cli_args { int json, force, due; int64_t number; char **operand; int noperands; };      /* number -1: not given */

/* What every command is handed. */
struct cli {
	struct paths paths; struct config *config; struct clock clock;
	FILE *out, *err;
	const char *version;
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

/* Parses argv. *command NULL and status -1: no command was named, the reader is wanted. Otherwise the command was run (or --help, --version printed, or
 * a usage error told) and the exit status is returned. `c` is filled (paths, config with its errors told on stderr, clock) in every case that goes on; cli_done frees it. */
int cli_main(struct cli *c, int argc, char **argv);
void cli_done(struct cli *c);

#endif
