/* json_out - JSON written as it comes: one line, every byte of it valid UTF-8, nothing in it that a terminal obeys.
 *
 * Must not know: what is written. A list of any length costs no memory.
 */
#ifndef LEDE_APP_JSON_OUT_H
#define LEDE_APP_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "lede/base/str.h"

/* Values follow each other; commas are put where they belong. In an object each value is preceded by json_key. */
struct json_out { FILE *to; bool comma; };

void json_begin(struct json_out *j, char bracket);      /* '{' or '[' */
void json_end(struct json_out *j, char bracket);        /* '}' or ']' */
void json_key(struct json_out *j, const char *name);
void json_line(struct json_out *j);                     /* ends the line after a whole value */

/* Bytes that are no UTF-8 become U+FFFD; C0, DEL, C1, U+2028 to 202E, U+2066 to 2069 and noncharacters stand as \u escapes. */
void json_text(struct json_out *j, struct str s);
void json_text_or_null(struct json_out *j, struct str s);        /* empty: null */
void json_number(struct json_out *j, int64_t n);
void json_hundredths(struct json_out *j, int64_t n);             /* 1234: 12.34 */
void json_bool(struct json_out *j, bool b);
void json_null(struct json_out *j);
void json_time(struct json_out *j, int64_t t);                   /* RFC 3339; DATE_NONE: null */

/* A key and its value at once. */
void json_key_text(struct json_out *j, const char *name, struct str s);       /* empty: null */
void json_key_number(struct json_out *j, const char *name, int64_t n);
void json_key_bool(struct json_out *j, const char *name, bool b);
void json_key_time(struct json_out *j, const char *name, int64_t t);
void json_key_null(struct json_out *j, const char *name);

#endif
