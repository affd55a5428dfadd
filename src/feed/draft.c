#include "draft.h"

#include <stdlib.h>
#include <string.h>

/* Of one entry. A base address may make 8 KiB of each that is three bytes long. */
enum { MOST_ENCLOSURES = 1000, MOST_MEDIA = 100, MOST_CATEGORIES = 10000 };

void draft_start(struct draft *d)
{
	d->arena = arena_new();
	draft_reset(d);
}

void draft_free(struct draft *d)
{
	arena_free(d->arena);
	free(d->categories);
	free(d->enclosures);
}

void draft_reset(struct draft *d)
{
	arena_reset(d->arena);
	for (int f = 0; f < FIELD_LAST; f++)
		d->value[f] = (struct draft_value){ { NULL, 0 }, DATE_NONE, -1 };
	d->ncategories = d->nenclosures = d->nmedia = 0;
}

/* What is said twice was corrected: the readers whose behaviour feeds were written for take the
 * last. */
static bool last_counts(enum field f)
{
	return f == FIELD_LINK || f == FIELD_UPDATED;
}

bool draft_wants(const struct draft *d, enum field f, int rank)
{
	int has = d->value[f].rank;

	return has < 0 || rank < has || (rank == has && last_counts(f));
}

static struct str kept(struct draft *d, struct str s)
{
	if (s.n == 0)
		return (struct str){ 0 };
	return (struct str){ arena_copy(d->arena, s.p, s.n), s.n };
}

/* A value that fits into the place of the one before it goes there: an entry may have any number of
 * links, of which the last counts. */
void draft_text(struct draft *d, enum field f, int rank, struct str text)
{
	struct draft_value *v = &d->value[f];

	if (text.n == 0 || !draft_wants(d, f, rank))
		return;
	if (text.n <= v->text.n)
		memcpy((char *)(uintptr_t)v->text.p, text.p, text.n);
	else
		v->text.p = arena_copy(d->arena, text.p, text.n);
	*v = (struct draft_value){ { v->text.p, text.n }, DATE_NONE, rank };
}

void draft_date(struct draft *d, enum field f, int rank, int64_t date)
{
	if (draft_wants(d, f, rank))
		d->value[f] = (struct draft_value){ { NULL, 0 }, date, rank };
}

void draft_category(struct draft *d, struct str text)
{
	if (text.n == 0 || d->ncategories >= MOST_CATEGORIES)
		return;
	d->categories = mem_grow(d->categories, &d->categories_cap, d->ncategories + 1,
				 sizeof *d->categories);
	d->categories[d->ncategories++] = kept(d, text);
}

static void add_enclosure(struct draft *d, size_t at, const struct feed_enclosure *e)
{
	d->enclosures = mem_grow(d->enclosures, &d->enclosures_cap, d->nenclosures + 1,
				 sizeof *d->enclosures);
	memmove(d->enclosures + at + 1, d->enclosures + at,
		(d->nenclosures - at) * sizeof *d->enclosures);
	d->enclosures[at].url = kept(d, e->url);
	d->enclosures[at].type = kept(d, e->type);
	d->enclosures[at].length = e->length;
	d->nenclosures++;
}

static void drop_media_of(struct draft *d, struct str url)
{
	for (size_t i = d->nenclosures - d->nmedia; i < d->nenclosures; i++) {
		if (!str_eq(d->enclosures[i].url, url))
			continue;
		memmove(d->enclosures + i, d->enclosures + i + 1,
			(d->nenclosures - i - 1) * sizeof *d->enclosures);
		d->nenclosures--;
		d->nmedia--;
		return;
	}
}

void draft_enclosure(struct draft *d, struct str url, struct str type, int64_t length)
{
	struct feed_enclosure e = { url, type, length };

	if (url.n == 0 || d->nenclosures >= MOST_ENCLOSURES + MOST_MEDIA)
		return;
	drop_media_of(d, url);
	add_enclosure(d, d->nenclosures - d->nmedia, &e);
}

/* A hundred renditions of one recording are enough to look through. */
void draft_media(struct draft *d, struct str url, struct str type, int64_t length)
{
	struct feed_enclosure e = { url, type, length };

	if (url.n == 0 || d->nenclosures >= MOST_MEDIA)
		return;
	for (size_t i = 0; i < d->nenclosures; i++)
		if (str_eq(d->enclosures[i].url, url))
			return;
	add_enclosure(d, d->nenclosures, &e);
	d->nmedia++;
}

struct str draft_get(const struct draft *d, enum field f)
{
	return d->value[f].text;
}

/* ---- collector ---- */

void collector_start(struct collector *c, const struct feed_source *source)
{
	c->entry = source->entry;
	c->self = source->self;
	c->meta.updated = DATE_NONE;
	draft_start(&c->of_feed);
	draft_start(&c->of_entry);
}

void collector_free(struct collector *c)
{
	draft_free(&c->of_feed);
	draft_free(&c->of_entry);
}

static struct feed_entry entry_of(const struct draft *d, size_t index)
{
	return (struct feed_entry){
		.id = draft_get(d, FIELD_ID),
		.title = draft_get(d, FIELD_TITLE),
		.link = draft_get(d, FIELD_LINK),
		.author = draft_get(d, FIELD_AUTHOR),
		.published = d->value[FIELD_PUBLISHED].date,
		.updated = d->value[FIELD_UPDATED].date,
		.summary = draft_get(d, FIELD_SUMMARY),
		.content = draft_get(d, FIELD_CONTENT),
		.categories = d->categories,
		.ncategories = d->ncategories,
		.enclosures = d->enclosures,
		.nenclosures = d->nenclosures,
		.comments = draft_get(d, FIELD_COMMENTS),
		.language = draft_get(d, FIELD_LANGUAGE),
		.points = -1,
		.index = index,
	};
}

enum err collector_entry_done(struct collector *c)
{
	struct feed_entry e = entry_of(&c->of_entry, c->index);

	if (c->index >= c->limits.entries)
		return ERR_LIMIT;
	c->index++;
	if (c->entry != NULL && !c->entry(c->self, &e))
		c->stopped = true;
	draft_reset(&c->of_entry);
	return ERR_NONE;
}

void collector_feed_done(struct collector *c)
{
	const struct draft *d = &c->of_feed;

	c->meta.title = draft_get(d, FIELD_TITLE);
	c->meta.link = draft_get(d, FIELD_LINK);
	c->meta.description = draft_get(d, FIELD_DESCRIPTION);
	c->meta.language = draft_get(d, FIELD_LANGUAGE);
	c->meta.updated = d->value[FIELD_UPDATED].date;
}
