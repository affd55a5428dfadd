#include "held.h"

#include <stdio.h>

#include "lede/app/ingest.h"
#include "lede/base/file.h"

#define MEMORY_MOST (64u << 20)

size_t documents_read(const struct bench *b, int feeds, struct document **out)
{
	size_t n = 0, cap = 0, total = 0;
	char folder[400], path[512];

	*out = NULL;
	snprintf(folder, sizeof folder, "%s/corpus", b->folder);
	for (int feed = 0; feed < feeds && total < MEMORY_MOST; feed++) {
		struct buf text = buf_limited(MEMORY_MOST);
		struct error e;

		corpus_path(path, sizeof path, folder, feed, 1);
		if (!fine(file_read(path, &text, &e), &e))
			break;
		*out = mem_grow(*out, &cap, n + 1, sizeof **out);
		(*out)[n++] = (struct document){ buf_view(&text), feed };
		total += text.n;
	}
	return n;
}

static struct str copied(struct arena *a, struct str s)
{
	return (struct str){ arena_copy(a, s.p, s.n), s.n };
}

bool held_add(void *self, const struct entry_new *n)
{
	struct held *h = self;
	struct entry_new *e;

	h->entry = mem_grow(h->entry, &h->cap, h->n + 1, sizeof *h->entry);
	e = &h->entry[h->n++];
	*e = *n;
	e->guid = copied(h->arena, n->guid);
	e->title = copied(h->arena, n->title);
	e->link = copied(h->arena, n->link);
	e->author = copied(h->arena, n->author);
	e->html = copied(h->arena, n->html);
	e->enclosure = copied(h->arena, n->enclosure);
	e->language = copied(h->arena, n->language);
	return true;
}

struct held *held_new(void)
{
	struct held *h = mem_new(sizeof *h);

	h->arena = arena_new();
	return h;
}

struct held *held_read(const struct bench *b, int feeds)
{
	struct held *h = held_new();
	struct document *d;
	size_t n = documents_read(b, feeds, &d);

	for (size_t i = 0; i < n; i++) {
		struct ingest *g = ingest_new(d[i].feed + 1, STR("http://127.0.0.1/"),
					      str_of(corpus_type(d[i].feed)), STR(""), held_add, h);
		struct error e;

		if (fine(ingest_push(g, d[i].text, &e), &e))
			fine(ingest_end(g, &e), &e);
		ingest_free(g);
	}
	return h;
}
