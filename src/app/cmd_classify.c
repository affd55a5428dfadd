/* lede classify: which of the entries that come in are filler, and by which rule. No cache: the
 * rules alone, as the reader's. ../shared/corpora/ranking has the contract. */
#include "cli_inside.h"

#include "cli_items.h"
#include "lede/rank/notice.h"

/* {"id", "label", "score", "rule", "reason"}; a rule is certain or it is none, so the score is 1
 * or 0. */
static void put_object(struct cli *c, const struct item *i, const struct notice_rule *r)
{
	struct jout j = cli_json(c);

	jout_begin(&j, '{');
	item_key_id(&j, "id", i->id);
	jout_key_text(&j, "label", str_of(notice_label_name(r ? r->label : NOTICE_NEWS)));
	jout_key_number(&j, "score", r ? 1 : 0);
	jout_key_text(&j, "rule", str_of(r ? r->name : NULL));
	jout_key_text(&j, "reason", str_of(r ? r->kind : NULL));
	jout_end(&j, '}');
	jout_line(&j);
}

static void put_line(struct cli *c, const struct item *i, const struct notice_rule *r)
{
	fprintf(c->out, "%-9s  ", notice_label_name(r ? r->label : NOTICE_NEWS));
	cli_put(c, i->title.n > 0 ? i->title : STR("(no title)"));
	if (r)
		fprintf(c->out, " · %s", r->kind);
	putc('\n', c->out);
}

int cmd_classify(struct cli *c, const struct cli_args *a)
{
	struct notices *notices = notices_new();
	struct item item;
	struct error e;
	struct items *in = items_open(c, NULL, &e);
	enum err rc;

	while (cli_writable(c) && items_next(in, &item)) {
		const struct notice_rule *rule = notices_find(notices, item.title);

		if (a->json)
			put_object(c, &item, rule);
		else
			put_line(c, &item, rule);
	}
	rc = items_end(in, &e);
	items_close(in);
	notices_free(notices);
	return rc == ERR_NONE ? EXIT_DONE : items_fail(c, &e);
}
