#include "undoing.h"

#include "lede/app/learning.h"
#include "lede/app/subscriptions.h"

static void note(struct notice *n, const struct undo_done *done)
{
	n->n++;
	n->entry = done->entry;
	n->story = done->several ? 0 : done->story;
	n->other = done->several ? 0 : done->left;
	n->whole = done->whole;
	n->feed = done->feed;
	n->stories = n->stories || done->stories;
	n->filler = n->filler || done->filler;
	n->feeds = n->feeds || done->feed != 0;
	error_set(&n->error, ERR_NONE, "%.*s", (int)done->what.n, done->what.p);
}

static enum err turn_file(void *self, enum undo_file file, struct str record, bool back,
			  struct buf *again, struct error *e)
{
	const struct undo_files *files = self;

	if (file == UNDO_FEEDS_FILE && files->feeds)
		return subscriptions_turn(files->feeds, record, back, again, e);
	return ERR_NONE;
}

void undoing_turn(struct folding *f, struct store *s, const struct undo_files *files,
		  const struct job *j, struct notice *n)
{
	const struct undo_teller teller = { .lines = turn_file, .self = (void *)files };
	struct arena *a = arena_new();
	struct error e = { .code = ERR_NONE };

	n->on = j->on;
	for (int i = 0; i < j->times && e.code == ERR_NONE; i++) {
		struct undo_done done;

		if (learning_undo(f, s, j->on, &teller, a, &done, &e) == ERR_NONE)
			note(n, &done);
		arena_reset(a);
	}
	if (n->n == 0 || (e.code != ERR_NONE && e.code != ERR_NONESUCH))
		n->error = e;
	arena_free(a);
}
