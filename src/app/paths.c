#include "lede/app/paths.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/base/str.h"

static char *joined(const char *folder, const char *rest)
{
	struct buf b = buf_limited(1 << 20);

	buf_add_cstr(&b, folder);
	while (b.n > 1 && b.p[b.n - 1] == '/')
		buf_cut(&b, b.n - 1);
	buf_add_cstr(&b, rest);
	return buf_take(&b);
}

/* The folder that `variable` names, else the one below HOME; NULL when there is none. Owned. */
static char *base_folder(char *(*getenv_fn)(const char *), const char *variable,
			 const char *below_home)
{
	const char *named = getenv_fn(variable), *home = getenv_fn("HOME");

	if (named && named[0] == '/')
		return mem_strdup(named);
	return home && home[0] ? joined(home, below_home) : NULL;
}

/* `given`, else `name` in lede's folder below `base`; NULL without a base. Owned. */
static char *place(const char *given, const char *base, const char *name)
{
	if (given)
		return mem_strdup(given);
	return base ? joined(base, name) : NULL;
}

enum err paths_find(char *(*getenv_fn)(const char *), const char *config, const char *feeds,
		    const char *db, struct paths *out, struct error *e)
{
	char *settings = base_folder(getenv_fn, "XDG_CONFIG_HOME", "/.config");
	char *data = base_folder(getenv_fn, "XDG_DATA_HOME", "/.local/share");

	*out = (struct paths){
		.config = place(config, settings, "/lede/config"),
		.feeds = place(feeds, settings, "/lede/feeds"),
		.db = place(db, data, "/lede/lede.db"),
		.themes = place(NULL, settings, "/lede/themes"),
	};
	free(settings);
	free(data);
	if (out->config && out->feeds && out->db)
		return ERR_NONE;
	paths_free(out);
	return error_set(e, ERR_USAGE,
			 "HOME is not set: name the files with --config, --feeds and --db");
}

void paths_free(struct paths *p)
{
	free(p->config);
	free(p->feeds);
	free(p->db);
	free(p->themes);
	*p = (struct paths){ 0 };
}
