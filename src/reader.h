/* reader - the reader in a terminal: opens store, threads and terminal, runs the loop, takes all
 * apart in reverse. */
#ifndef LEDE_READER_H
#define LEDE_READER_H

#include "lede/app/cli.h"

/* Runs until the reader is left; an exit status. Needs a terminal on standard input and output. */
int reader_main(struct cli *c);

#endif
