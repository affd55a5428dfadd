/* cli_address - an address as a person types it on the command line, made whole.
 *
 * Must not know: what is at the address.
 */
#ifndef LEDE_APP_CLI_ADDRESS_H
#define LEDE_APP_CLI_ADDRESS_H

#include "lede/base/error.h"
#include "lede/base/mem.h"
#include "lede/base/str.h"

/* http and https addresses stay as they are; without a scheme https is meant; "file:" and paths
 * (beginning with / ./ or ../) become file:///ABSOLUTE, relative ones below `folder`. ERR_USAGE
 * says why something is no address. */
enum err cli_address(struct str typed, struct str folder, struct buf *out, struct error *e);
/* The address for other eyes: a password in it is ***. Lives in `a`, or is `url` itself when there
 * is none. */
struct str cli_masked(struct str url, struct arena *a);
/* The path that file:///ABSOLUTE names, percent-escapes decoded. ERR_USAGE when it names none. */
enum err cli_file_path(struct str url, struct buf *out, struct error *e);

#endif
