#include "import.h"

#include "lede/feed/opml.h"

/* Lists of feeds without anything else: OPML of any reader, and what snownews had before it. */

/* ---- OPML ---- */

static void add_path(struct buf *path, const struct opml_folder *f)
{
	if (!f)
		return;
	add_path(path, f->parent);
	if (path->n > 0)
		buf_add_char(path, '/');
	buf_add(path, f->name);
}

/* The names of the outlines around it, joined, are one tag. */
static void take_folders(struct import *im, struct import_feed *to, const struct opml_folder *f)
{
	struct buf path = buf_limited(64 << 10);

	add_path(&path, f);
	import_tag(im, to, buf_view(&path));
	buf_free(&path);
}

/* "/Boston/Weather,News": a comma list, each a path or a word. */
static void take_categories(struct import *im, struct import_feed *to, struct str list)
{
	struct str one;

	while (str_next(&list, ',', &one)) {
		one = str_trim(one);
		if (str_starts(one, "/"))
			one = str_sub(one, 1, one.n);
		import_tag(im, to, one);
	}
}

static void take_outline(struct import *im, const struct opml_feed *f)
{
	struct import_feed *to = import_feed(im, 0, f->url);

	if (!to)
		return;
	/* A title that only repeats the address is none. */
	if (to->as.title.n == 0 && f->title.n > 0 && !str_eq(f->title, f->url))
		to->as.title = import_kept(im, f->title);
	if (f->link.n > 0)
		to->site = import_kept(im, f->link);
	take_folders(im, to, f->folder);
	take_categories(im, to, f->category);
	if (f->filtered)
		import_leave(im, 0, to->as.url, "its filter is a program: the feed is taken "
			     "without it");
}

void import_opml(struct import *im, struct str bytes, struct error *e)
{
	struct opml list;

	if (opml_read(bytes, &list, e) == ERR_NONE)
		for (size_t i = 0; i < list.n; i++)
			take_outline(im, &list.feed[i]);
	if (list.cut)
		import_leave(im, 0, STR("the rest of the list"), "it is larger or deeper than any "
			     "list should be");
	opml_free(&list);
}

/* ---- snownews before 1.7: url|title|categories|filter ---- */

static void take_bars(struct import *im, struct str line, int number)
{
	struct str url = { "", 0 }, title = { "", 0 }, categories = { "", 0 };
	struct import_feed *to;

	str_next(&line, '|', &url);
	str_next(&line, '|', &title);
	str_next(&line, '|', &categories);
	if (str_starts(url, "smartfeed:")) {
		import_leave(im, number, url, "a view of all feeds, not a feed");
		return;
	}
	to = import_feed(im, number, url);
	if (!to)
		return;
	title = str_trim(title);
	if (to->as.title.n == 0 && title.n > 0)
		to->as.title = import_kept(im, title);
	take_categories(im, to, categories);
	if (str_trim(line).n > 0)
		import_leave(im, number, str_trim(line), "a filter is a program: the feed is taken "
			     "without it");
}

void import_snownews_urls(struct import *im, struct str text)
{
	struct str line;

	for (int number = 1; str_next_line(&text, &line); number++)
		if (str_trim(line).n > 0 && !str_starts(line, "#"))
			take_bars(im, line, number);
}
