#include "texts.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "lede/base/file.h"
#include "lede/feed/feed.h"
#include "lede/text/display.h"

enum { FILE_LIMIT = 64 << 20 };

static struct str kept(struct texts *t, struct str s)
{
	return (struct str){ arena_copy(t->arena, s.p, s.n), s.n };
}

static void add_doc(struct texts *t, struct rich *doc)
{
	t->doc = mem_grow(t->doc, &t->docs_cap, t->ndocs + 1, sizeof *t->doc);
	t->doc[t->ndocs++] = doc;
}

static void add_title(struct texts *t, struct str title)
{
	struct buf shown = buf_limited(FILE_LIMIT);

	display_line(title, &shown);
	t->title = mem_grow(t->title, &t->titles_cap, t->ntitles + 1, sizeof *t->title);
	t->title[t->ntitles++] = kept(t, buf_view(&shown));
	buf_free(&shown);
}

static void add_paragraphs(struct texts *t, struct str text)
{
	struct str line;

	while (str_next_line(&text, &line)) {
		t->paragraph = mem_grow(t->paragraph, &t->paragraphs_cap, t->nparagraphs + 1,
		                        sizeof *t->paragraph);
		t->paragraph[t->nparagraphs++] = kept(t, line);
	}
}

static bool take_entry(void *self, const struct feed_entry *e)
{
	const struct rich_options o = { .base = e->link, .title = e->title };

	add_title(self, e->title);
	add_doc(self, rich_from_html(e->content.n > 0 ? e->content : e->summary, &o));
	return true;
}

static void take_feed(struct texts *t, struct str bytes)
{
	struct feed_source source = { .entry = take_entry, .self = t };
	struct feed_parser *p = feed_parser_new(&source);
	struct error e;

	feed_parser_push(p, bytes, &e);
	feed_parser_end(p, &e);
	add_title(t, feed_parser_meta(p)->title);
	feed_parser_free(p);
}

static void take_gold(struct texts *t, struct str bytes)
{
	json_t *all = json_loadb(bytes.p, bytes.n, 0, NULL), *page;
	const char *name;

	json_object_foreach(all, name, page) {
		struct str text = str_of(json_string_value(json_object_get(page, "text")));

		add_doc(t, rich_from_plain(text, &(struct rich_options){ .hide_glosses = true }));
		add_paragraphs(t, text);
	}
	json_decref(all);
}

static void take_folder(struct texts *t, const char *name, void (*take)(struct texts *, struct str))
{
	const char *shared = getenv("LEDE_SHARED");
	char folder[2048], path[4096];
	struct dirent *entry;
	DIR *d;

	snprintf(folder, sizeof folder, "%s/%s", shared ? shared : "../shared", name);
	d = opendir(folder);
	while (d && (entry = readdir(d))) {
		struct buf bytes = buf_limited(FILE_LIMIT);
		struct error e;

		snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
		if (!strstr(entry->d_name, ".expect.") && file_read(path, &bytes, &e) == ERR_NONE) {
			take(t, buf_view(&bytes));
			t->files++;
		}
		buf_free(&bytes);
	}
	if (d)
		closedir(d);
}

void texts_read(struct texts *t)
{
	*t = (struct texts){ .arena = arena_new() };
	feed_init();
	take_folder(t, "corpora/feeds/real", take_feed);
	take_folder(t, "corpora/articles/gold", take_gold);
	if (t->files == 0)
		printf("../shared/corpora is not there: skipped\n");
}

void texts_free(struct texts *t)
{
	for (size_t i = 0; i < t->ndocs; i++)
		rich_free(t->doc[i]);
	free(t->doc);
	free(t->title);
	free(t->paragraph);
	arena_free(t->arena);
}

int texts_width(int argc, char **argv, int least, int most)
{
	int64_t w = 0;

	if (argc < 2 || str_to_int(str_of(argv[1]), least, most, &w))
		return (int)w;
	fprintf(stderr, "%s: a width from %d to %d is wanted\n", argv[0], least, most);
	exit(2);
}
