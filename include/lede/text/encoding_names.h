/* encoding_names - what feeds and pages call their encodings.
 *
 * Must not know: bytes.
 */
#ifndef LEDE_TEXT_ENCODING_NAMES_H
#define LEDE_TEXT_ENCODING_NAMES_H

#include <stdbool.h>

#include "lede/base/str.h"

#define ENCODING_LABEL_MAX 40

/* `unit`: bytes given up at an error; more than one also means that ASCII has zero bytes in it. */
struct coding {
	const char *name; /* for iconv */
	int unit;
};

/* False when nobody knows the name. `own` keeps a name that is only iconv's; *out borrows it. */
bool encoding_named(struct str label, char own[ENCODING_LABEL_MAX], struct coding *out);

#endif
