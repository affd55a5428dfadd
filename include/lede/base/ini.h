/* ini - sections, key = value lines, comments.
 *
 * One reader for the configuration and for themes. Lines end in LF, CRLF or CR; `[section]`, with
 * an optional argument as in `[feed https://a/b]`; `key = value`; `#` or `;` at the start of a
 * line, or a `#` after a blank behind a value or section, begins a comment (inside "…" it does
 * not, and six hex digits behind it make a colour); a value in "…" keeps its blanks. Errors never
 * stop the reading: each is given to `bad` with its line. The lines below a section that cannot be
 * read are passed over, since they would otherwise count for the section before it.
 * Must not know: which sections and keys there are.
 */
#ifndef LEDE_BASE_INI_H
#define LEDE_BASE_INI_H

#include "lede/base/str.h"

struct ini_line {
	int line;                     /* from 1 */
	struct str section, argument; /* "feed", "https://a/b"; empty before the first section */
	struct str key, value;        /* value without quotes and comment */
};

/* Both callbacks may be NULL. Everything is borrowed for the call. */
struct ini_sink {
	void (*pair)(void *self, const struct ini_line *l);
	void (*bad)(void *self, int line, const char *why);
	void *self;
};
void ini_read(struct str text, const struct ini_sink *sink);

#endif
