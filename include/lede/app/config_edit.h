/* config_edit - settings put into the configuration file.
 *
 * Comments and order stay.
 * Must not know: where the settings come from.
 */
#ifndef LEDE_APP_CONFIG_EDIT_H
#define LEDE_APP_CONFIG_EDIT_H

#include "lede/app/option.h"

struct config_setting {
	enum option_id id;
	unsigned scope;               /* one SCOPE_* */
	struct str of;                /* the tag, the feed's address; empty: global */
	struct str value;
};
/* Whether the text sets it in that very place. */
bool config_sets(struct str text, const struct config_setting *s);
/* All or nothing, under a lock. What is set already stays as it is. */
enum err config_add(const char *path, const struct config_setting *s, size_t n, struct error *e);
/* The same for one global setting, which may be set already: the value of its last line is replaced. */
enum err config_put(const char *path, const struct config_setting *s, struct error *e);

#endif
