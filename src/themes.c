#include "themes.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/file.h"
#include "lede/base/mem.h"

enum { THEMES_MAX = 200, TEXTS_MAX = 8 };

struct themes {
	char *folder;
	struct theme_name name[THEMES_MAX]; int n;
	struct arena *arena;
};

/* ---- texts ---- */

/* The texts of a theme and of those it inherits from, while it is read. */
struct texts { const struct themes *themes; struct buf text[TEXTS_MAX]; int n; };

/* A person's file of that name wins over the shipped one. */
static struct str find_text(void *self, const char *name)
{
	struct texts *f = self;
	char path[4096];

	if (f->n < TEXTS_MAX && !strchr(name, '/')) {
		struct buf *text = &f->text[f->n];

		*text = buf_limited(1 << 20);
		snprintf(path, sizeof path, "%s/%s.theme", f->themes->folder, name);
		if (file_read(path, text, NULL) == ERR_NONE) {
			f->n++;
			return buf_view(text);
		}
		buf_free(text);
	}
	return theme_shipped(name);
}

enum err themes_read(const struct themes *t, const char *name, struct theme *out, struct error *e)
{
	struct texts texts = { .themes = t };
	struct theme_source source = { .find = find_text, .self = &texts };
	struct str text = find_text(&texts, name);
	enum err rc;

	if (text.n == 0)
		rc = error_set(e, ERR_NONESUCH,
		               "no theme “%s”; shipped are dark, light, high-contrast, colour-safe, "
		               "gruvbox, mono",
		               name);
	else
		rc = theme_read(text, &source, out, e);
	for (int i = 0; i < texts.n; i++)
		buf_free(&texts.text[i]);
	return rc;
}

/* ---- names ---- */

static void add(struct themes *t, const char *name, const char *about)
{
	if (t->n == THEMES_MAX)
		return;
	t->name[t->n++] = (struct theme_name){ arena_copy(t->arena, name, strlen(name)),
		                               arena_copy(t->arena, about, strlen(about)) };
}

/* With what it says about itself. */
static void add_read(struct themes *t, const char *name)
{
	struct theme theme;

	if (themes_read(t, name, &theme, NULL) == ERR_NONE)
		add(t, name, theme.about);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct theme_name *)a)->name, ((const struct theme_name *)b)->name);
}

static void add_own(struct themes *t)
{
	DIR *folder = opendir(t->folder);
	struct dirent *file;
	int first = t->n;

	while (folder && (file = readdir(folder))) {
		struct str name = str_of(file->d_name);
		char bare[256];

		if (name.n <= 6 || name.p[0] == '.' || !str_ends(name, ".theme"))
			continue;
		snprintf(bare, sizeof bare, "%.*s", (int)name.n - 6, name.p);
		if (!themes_name(t, bare))
			add_read(t, bare);
	}
	if (folder)
		closedir(folder);
	qsort(&t->name[first], (size_t)(t->n - first), sizeof *t->name, by_name);
}

struct themes *themes_new(const char *folder)
{
	struct themes *t = mem_new(sizeof *t);

	t->arena = arena_new();
	t->folder = arena_copy(t->arena, folder, strlen(folder));
	add(t, "auto", "");
	for (int i = 0; theme_shipped_name(i); i++)
		add_read(t, theme_shipped_name(i));
	add_own(t);
	return t;
}

void themes_free(struct themes *t)
{
	if (!t)
		return;
	arena_free(t->arena);
	free(t);
}

const struct theme_name *themes_names(const struct themes *t, int *n)
{
	*n = t->n;
	return t->name;
}

const char *themes_name(const struct themes *t, const char *name)
{
	for (int i = 0; i < t->n; i++)
		if (strcmp(t->name[i].name, name) == 0)
			return t->name[i].name;
	return NULL;
}
