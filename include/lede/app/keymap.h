/* keymap - which command a key, or a sequence of keys, means in a context.
 *
 * Three layers: the keys of the command table, a ready-made set that takes their place (`keys = newsboat`), and what the reader binds
 * and unbinds in the configuration or at `:`. The reader's word wins; among equals what is said for fewer contexts; then what was said
 * later. Must not know: how commands are done, how long a sequence is waited for.
 */
#ifndef LEDE_APP_KEYMAP_H
#define LEDE_APP_KEYMAP_H

#include <stdbool.h>
#include <stdint.h>

#include "lede/base/error.h"
#include "lede/base/str.h"

struct command;

/* ---- sequences ---- */

enum { KEYS_MAX = 6, KEYS_TEXT = 8 * 16 };
struct keys { uint32_t key[KEYS_MAX]; int n; };

/* A sequence as it is written: the name of one key (key.h), or characters and control keys one after the other with longer names in
 * angle brackets: "gt", "^X^S", "g<Down>", "<<>t" (< and t). ERR_USAGE names what is wrong: no key, more than KEYS_MAX, or a
 * digit that would begin a count. */
enum err keys_read(struct str text, struct keys *out, struct error *e);
/* As keys_read takes it; at most KEYS_TEXT bytes with the NUL. */
void keys_text(const struct keys *k, char out[KEYS_TEXT]);

/* ---- bindings ---- */

/* What a line of [keys] says. command NULL: the keys mean nothing there. asked: for how many contexts it was said, also where the
 * command does not exist in all of them. line: where it stands, for sentences. */
struct binding { struct keys keys; unsigned where; int asked; const struct command *command; int line; };

/* "KEYS COMMAND [CONTEXT]" and "KEYS [CONTEXT]"; CONTEXT is list, entries, feeds, article, panel, lists or all, which is also meant
 * without one. ERR_USAGE names what is wrong and, where a name is near, what may be meant. A command bound where it does not exist is
 * bound in those of the contexts where it does; in none: ERR_USAGE. */
enum err binding_read(struct str text, struct binding *out, struct error *e);
enum err binding_read_unbind(struct str text, struct binding *out, struct error *e);
/* The names of contexts, in the order of that sentence; NULL at the end. */
const char *binding_context(int i);
/* Whether both say something of the same keys in the same contexts, and not the same. */
bool binding_conflicts(const struct binding *a, const struct binding *b);

/* ---- the map ---- */

enum key_set { KEY_SET_LEDE, KEY_SET_NEWSBOAT };
struct keymap;
struct keymap *keymap_new(enum key_set set);
void keymap_free(struct keymap *k);                           /* NULL is fine */
void keymap_add(struct keymap *k, const struct binding *b);   /* the reader's word; copied */

/* What the n keys pressed so far mean in one context. *command: what they mean by themselves, NULL: nothing. *more: further keys can
 * make another command of them. */
void keymap_find(const struct keymap *k, const uint32_t *key, int n, unsigned context, const struct command **command, bool *more);
/* The keys of a command in a context, those of the reader first, parted by blanks. */
void keymap_keys(const struct keymap *k, const struct command *c, unsigned context, struct buf *out);

#endif
