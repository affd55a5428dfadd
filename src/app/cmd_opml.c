/* lede opml: the feeds of another reader's subscription list; ../shared/corpora/feeds has the
 * contract. */
#include "cli_inside.h"

#include "lede/base/file.h"
#include "lede/feed/opml.h"

enum { FILE_MAX = 64 << 20 };

/* Outermost first. */
static void put_folders(struct jout *j, const struct opml_folder *f)
{
	if (!f)
		return;
	put_folders(j, f->parent);
	jout_text(j, f->name);
}

static void put_feed_json(struct jout *j, const struct opml_feed *f)
{
	jout_begin(j, '{');
	jout_key_text(j, "url", f->url);
	jout_key_text(j, "title", f->title);
	jout_key_text(j, "link", f->link);
	jout_key(j, "folder");
	jout_begin(j, '[');
	put_folders(j, f->folder);
	jout_end(j, ']');
	jout_end(j, '}');
}

static void put_json(struct cli *c, const struct opml *o, const char *error)
{
	struct jout j = cli_json(c);

	jout_begin(&j, '{');
	jout_key_text(&j, "title", o->title);
	jout_key(&j, "feeds");
	jout_begin(&j, '[');
	for (size_t i = 0; i < o->n; i++)
		put_feed_json(&j, &o->feed[i]);
	jout_end(&j, ']');
	jout_key_text(&j, "error", str_of(error));
	jout_end(&j, '}');
	jout_line(&j);
}

static void put_plain(struct cli *c, const struct opml *o)
{
	for (size_t i = 0; i < o->n; i++) {
		cli_put(c, o->feed[i].url);
		fputs(o->feed[i].title.n > 0 ? "  " : "", c->out);
		cli_put(c, o->feed[i].title);
		putc('\n', c->out);
	}
}

int cmd_opml(struct cli *c, const struct cli_args *a)
{
	struct buf bytes = buf_limited(FILE_MAX);
	struct opml list = { 0 };
	struct error e = { 0 };
	enum err rc = file_read(a->operand[0], &bytes, &e);

	if (rc == ERR_NONE)
		rc = opml_read(buf_view(&bytes), &list, &e);
	if (a->json)
		put_json(c, &list, rc == ERR_NONE ? NULL : e.text);
	else if (rc == ERR_NONE)
		put_plain(c, &list);
	else
		cli_say(c, "%s", e.text);
	if (list.cut)
		cli_say(c, "the list is larger or deeper than any list should be; its beginning "
		           "was read");
	opml_free(&list);
	buf_free(&bytes);
	return rc == ERR_NONE ? EXIT_DONE : EXIT_NOTHING;
}
