/* config_edit - settings added to the configuration file, where they are not set yet.
 *
 * Comments, order and what is there stay; nothing is taken away.
 * Must not know: where the settings come from.
 */
#ifndef SRC_APP_CONFIG_EDIT_H
#define SRC_APP_CONFIG_EDIT_H

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

#endif
