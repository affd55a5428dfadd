/* jout - JSON written as it comes: one line, every byte of it valid UTF-8, nothing in it that a
 * terminal obeys.
 *
 * Must not know: what is written. A list of any length costs no memory.
 */
#ifndef LEDE_APP_JOUT_H
#define LEDE_APP_JOUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "lede/base/str.h"

/* Values follow each other; commas are put where they belong. In an object each value is preceded
 * by jout_key. */
struct jout { FILE *to; bool comma; };

void jout_begin(struct jout *j, char bracket);      /* '{' or '[' */
void jout_end(struct jout *j, char bracket);        /* '}' or ']' */
void jout_key(struct jout *j, const char *name);
void jout_line(struct jout *j);                     /* ends the line after a whole value */

/* Bytes that are no UTF-8 become U+FFFD; C0, DEL, C1, U+2028 to 202E, U+2066 to 2069 and
 * noncharacters stand as \u escapes. */
void jout_text(struct jout *j, struct str s);
void jout_text_or_null(struct jout *j, struct str s);        /* empty: null */
void jout_number(struct jout *j, int64_t n);
void jout_hundredths(struct jout *j, int64_t n);             /* 1234: 12.34 */
void jout_bool(struct jout *j, bool b);
void jout_null(struct jout *j);
void jout_time(struct jout *j, int64_t t);                   /* RFC 3339; DATE_NONE: null */

/* A key and its value at once. */
void jout_key_text(struct jout *j, const char *name, struct str s);       /* empty: null */
void jout_key_number(struct jout *j, const char *name, int64_t n);
void jout_key_bool(struct jout *j, const char *name, bool b);
void jout_key_time(struct jout *j, const char *name, int64_t t);
void jout_key_null(struct jout *j, const char *name);

#endif
