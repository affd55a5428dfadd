/* The address that relative ones are resolved against: xml:base, each against those outside it. */
#include <stdlib.h>

#include "lede/text/url.h"
#include "xml_inside.h"

#define LONGEST (8 << 10)

struct str xml_base(const struct xml_feed *x)
{
	return x->nbases > 0 ? buf_view(&x->bases[x->nbases - 1].url) : x->c->base_url;
}

void xml_base_enter(struct xml_feed *x, struct str value)
{
	struct buf url = buf_limited(LONGEST);

	value = str_trim(value);
	if (value.n == 0 || url_resolve(xml_base(x), value, &url) != ERR_NONE) {
		buf_free(&url);
		return;
	}
	x->bases = mem_grow(x->bases, &x->bases_cap, x->nbases + 1, sizeof *x->bases);
	x->bases[x->nbases++] = (struct base){ x->depth, url };
}

void xml_base_leave(struct xml_feed *x)
{
	while (x->nbases > 0 && x->bases[x->nbases - 1].depth >= x->depth)
		buf_free(&x->bases[--x->nbases].url);
}
