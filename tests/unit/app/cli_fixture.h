/* cli_fixture - commands run as from a shell, in a folder of their own, with a clock that stands
 * and no network.
 */
#ifndef TESTS_UNIT_APP_CLI_FIXTURE_H
#define TESTS_UNIT_APP_CLI_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "lede/app/cli.h"
#include "lede/store/entries.h"
#include "lede/store/feeds.h"

#define CLI_NOW 1744618440        /* Monday 14 April 2025, 08:14 UTC */

int cli_set_up(void **state);
int cli_tear_down(void **state);
#define CLI_TEST(name) cmocka_unit_test_setup_teardown(name, cli_set_up, cli_tear_down)

/* Runs "lede LINE" (words as in a shell); gives the status. cli_out and cli_err hold what was
 * printed until the next run. */
int lede(const char *line);
extern char *cli_out, *cli_err;
extern char cli_folder[64];       /* where config, feeds and db are */
extern const char *cli_input;     /* what comes in; NULL: nothing. It stays until set anew. */
extern const char *cli_full_device;     /* when set, the output goes there */

/* Runs with --json and parses; the result lives until the next call. Lines: an array, one value a
 * line. */
json_t *lede_json(const char *line, int status);
json_t *lede_json_lines(const char *line, int status);
/* The object has exactly these keys (parted by blanks), in this order. */
void has_keys(json_t *object, const char *keys);
const char *string_of(json_t *object, const char *key);       /* NULL: null */
json_int_t number_of(json_t *object, const char *key);

void write_file(const char *name, const char *text);
void file_holds(const char *name, const char *text);
bool says(const char *sentence);        /* on stderr */

/* What the network has: an answer for an address; any other address accepts no connection. */
struct fake_answer { const char *url, *content_type, *body; int status; };
void network_has(const struct fake_answer *answers, size_t n);
extern int cli_asked;             /* requests so far */

/* A store with two feeds and some entries in it: see the source. */
void fill_cache(void);

#endif
