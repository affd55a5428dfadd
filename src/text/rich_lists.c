/* Lists of items, and of terms with what they mean. */
#include "lede/text/rich_parser.h"

/* The list that an item here belongs to, or NULL: not one outside of the table cell. */
static struct open *innermost_list(struct parser *p)
{
	for (size_t i = p->depth; i > 0; i--) {
		const struct element *e = p->stack[i - 1].element;

		if (e != NULL && (e->flags & IS_LIST))
			return &p->stack[i - 1];
		if (e != NULL && (e->flags & IS_CELL))
			break;
	}
	return NULL;
}

void lists_start(struct parser *p, const struct html_token *t, struct open *o)
{
	struct str value;

	o->list = build_list(&p->b);
	o->number = RICH_BULLET;
	p->stray = RICH_NONE;
	if (!str_eq_nocase(t->name, STR("ol")))
		return;
	o->step = html_attribute_of(t, "reversed", &value) ? -1 : 1;
	o->down.due = o->step < 0 && !html_attribute_of(t, "start", &value);
	o->down.from = (uint32_t)p->b.doc->nmargins;
	o->number = element_number(t, "start", 1) - o->step;
}

/* How many items count down is known when the last has come. */
void lists_end(struct parser *p, const struct open *o)
{
	if (o->down.due)
		build_count_down(&p->b, o->list, o->down.from, o->down.items, o->down.before);
}

static int32_t next_number(const struct html_token *t, struct open *list)
{
	struct str value;

	list->down.items++;
	list->down.said |= html_attribute_of(t, "value", &value);
	if (list->down.due && !list->down.said) {
		list->down.before++;
		return 1; /* what it is, the end of the list tells */
	}
	return list->number = element_number(t, "value", list->number + list->step);
}

void lists_item_start(struct parser *p, const struct html_token *t, struct open *o)
{
	struct open *list = innermost_list(p);
	int32_t number = RICH_BULLET;

	if (list == NULL && p->stray == RICH_NONE)
		p->stray = build_list(&p->b);
	if (list != NULL && list->number > RICH_BULLET)
		number = next_number(t, list);
	o->outer = build_margin(&p->b, list != NULL ? list->list : p->stray, number);
}

void lists_item_end(struct parser *p, const struct open *o)
{
	build_margin_end(&p->b, o->outer);
	p->b.gap = 1;
}

void lists_terms_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t;
	p->after_term = 0;
	o->list = build_list(&p->b);
	o->number = RICH_BARE;
	p->b.doc->lists[o->list].mark_cells = 3;
}

/* Terms that share a definition stand right under each other. */
void lists_term_end(struct parser *p, const struct open *o)
{
	(void)o;
	p->after_term = p->b.doc->nblocks;
}

void lists_term_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)t, (void)o;
	if (p->after_term > 0 && p->after_term == p->b.doc->nblocks)
		p->b.gap = 0;
}

/* A definition stands 3 cells in, right under its term. */
void lists_definition_start(struct parser *p, const struct html_token *t, struct open *o)
{
	struct open *list = innermost_list(p);
	uint32_t in = list != NULL && list->number == RICH_BARE ? list->list : build_list(&p->b);

	(void)t;
	p->b.doc->lists[in].mark_cells = 3;
	o->outer = build_margin(&p->b, in, RICH_BARE);
	p->b.gap = 0;
}
