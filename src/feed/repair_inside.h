/* repair, inside: what repair.c (the document) and repair_tag.c (one tag) share. */
#ifndef LEDE_SRC_FEED_REPAIR_INSIDE_H
#define LEDE_SRC_FEED_REPAIR_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "entities.h"
#include "repair.h"

enum repair_state { IN_PROLOG, IN_CONTENT, IN_CDATA, IN_COMMENT, IN_INSTRUCTION, IN_NOTHING };

/* An element that is open. */
struct opened {
	size_t name;   /* where its name begins in `names` */
	uint32_t hash; /* of the name in lower case */
	bool textless; /* what text is in it, between its elements, nobody asks for */
};

struct repair {
	struct repair_limits limits;
	enum names_root wanted;
	enum repair_state state, back; /* `back`: where a comment or instruction returns to */
	enum repair_found found;
	struct entities *entities;
	size_t prolog;      /* bytes seen before the root */
	bool prolog_tags;   /* tags among them */
	bool page;          /* they say that this is HTML */
	int expanding;      /* entities inside each other */
	bool last;          /* no more bytes behind these */
	struct buf names;   /* of the open elements, one behind the other */
	struct opened *opened;
	size_t depth, cap;
	struct repaired *out;
	enum err rc;        /* the first failure stays */
};

/* What a step returns: bytes used, or one of these. */
#define STEP_MORE SIZE_MAX            /* cannot be decided yet */
#define STEP_LITERAL (SIZE_MAX - 1)   /* this '<' is no markup */

void repair_add(struct repair *r, struct str s);
/* Adds the reference at s.p[0] == '&' as it may stand in an attribute. */
size_t repair_attribute_reference(struct repair *r, struct str s);

size_t repair_start_tag(struct repair *r, struct str s);
size_t repair_end_tag(struct repair *r, struct str s);
/* Length of the qualified name at `from`; 0 when there is none that XML allows. */
size_t repair_name(struct str s, size_t from);

#endif
