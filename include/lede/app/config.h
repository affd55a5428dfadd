/* config - the configuration file: values by option, scope and feed; errors that never stop the
 * start.
 */
#ifndef LEDE_APP_CONFIG_H
#define LEDE_APP_CONFIG_H

#include "lede/app/keymap.h"
#include "lede/app/option.h"

struct config;
struct config *config_new(void);                       /* all defaults */
void config_free(struct config *c);
/* Reads the file's text (name only for sentences). Bad lines are left out and reported to `bad` as
 * "FILE line 14: unknown option “colour”; did you mean theme?". */
void config_read(struct config *c, const char *name, struct str text,
                 void (*bad)(void *self, int line, const char *sentence), void *self);
/* A value of the command line or of the running reader; wins over the file. Other threads may ask meanwhile; only one sets. */
enum err config_set(struct config *c, enum option_id id, struct str value, struct error *e);

/* The value in force globally, or for a feed with its tags (`feed` NULL: globally). Borrowed from
 * c. */
struct config_feed { struct str url; const struct str *tags; size_t ntags; };
const char *config_text(const struct config *c, enum option_id id, const struct config_feed *feed);
int64_t config_number(const struct config *c, enum option_id id, const struct config_feed *feed);
/* Of an OPTION_SPAN: seconds, SPAN_AUTO or SPAN_NEVER. */
int64_t config_span(const struct config *c, enum option_id id, const struct config_feed *feed);
bool config_bool(const struct config *c, enum option_id id, const struct config_feed *feed);

/* What [keys] binds and unbinds, in the order of the file. Borrowed from c until it reads again. */
const struct binding *config_bindings(const struct config *c, size_t *n);
/* As a line of [keys] says it, at `:`; kept until the end of the program. */
enum err config_bind(struct config *c, struct str value, struct error *e);
enum err config_unbind(struct config *c, struct str value, struct error *e);
/* The keys that all this makes. */
struct keymap *config_keymap(const struct config *c);

#endif
