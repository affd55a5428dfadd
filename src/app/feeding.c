#include "feeding.h"

#include "lede/app/subscriptions.h"
#include "lede/store/undo.h"
#include "lede/text/url.h"

struct feeding {
	struct store *s;
	const char *path;             /* of the feeds file; NULL: there is none */
	int64_t now;
	struct arena *arena;
	struct feed_row row;
	struct buf record;            /* of what was edited in the file */
	struct error *e;
};

/* A feed that never answered has no title: its address names it. */
static struct str name_of(const struct feeding *f)
{
	struct buf b = buf_limited(16 << 10);
	struct str name = f->row.title;

	if (name.n == 0) {
		url_display(f->row.url, &b);
		name = (struct str){ arena_copy(f->arena, buf_cstr(&b), b.n), b.n };
	}
	buf_free(&b);
	return name;
}

static void begin_step(struct feeding *f, const char *act)
{
	struct str name = name_of(f);
	struct buf what = buf_limited(32 << 10);

	buf_addf(&what, "%s: %.*s", act, (int)name.n, name.p);
	store_undo_begin(f->s, f->now, buf_view(&what));
	buf_free(&what);
}

/* Somebody may have taken the line out already. */
static enum err unless_gone(enum err rc)
{
	return rc == ERR_NONESUCH ? ERR_NONE : rc;
}

static enum err unsubscribe(struct feeding *f)
{
	enum err rc;

	begin_step(f, "unsubscribed");
	rc = store_unsubscribe(f->s, f->row.id, f->now, f->e);
	if (rc != ERR_NONE || !f->path)
		return rc;
	return unless_gone(subscriptions_remove(f->path, f->row.url, &f->record, f->e));
}

static enum err pause(struct feeding *f, bool *on)
{
	*on = f->row.paused == 0;
	begin_step(f, *on ? "paused" : "resumed");
	return store_feed_pause(f->s, f->row.id, *on ? f->now : 0, f->e);
}

static enum err move(struct feeding *f)
{
	enum err rc;

	if (f->row.moved.n == 0)
		return error_set(f->e, ERR_NONESUCH, "no move offered");
	begin_step(f, "move taken");
	rc = store_feed_move(f->s, f->row.id, f->row.moved, f->now, f->e);
	if (rc != ERR_NONE || !f->path)
		return rc;
	return unless_gone(subscriptions_readdress(f->path, f->row.url, f->row.moved, &f->record,
						   f->e));
}

static enum err act(struct feeding *f, const struct job *j, bool *on)
{
	switch (j->feed_act) {
	case FEED_ACT_PAUSE:
		return pause(f, on);
	case FEED_ACT_MOVE:
		return move(f);
	case FEED_ACT_REMOVE:
		break;
	}
	return unsubscribe(f);
}

/* When the cache cannot keep it, the file is as it was before. */
static enum err settle(struct feeding *f, enum err rc)
{
	if (rc == ERR_NONE)
		rc = store_undo_lines(f->s, UNDO_FEEDS_FILE, buf_view(&f->record), f->e);
	store_undo_end(f->s);
	if (rc == ERR_NONE)
		rc = store_commit(f->s, f->e);
	if (rc == ERR_NONE)
		return rc;
	store_rollback(f->s);
	if (f->record.n > 0)
		(void)subscriptions_turn(f->path, buf_view(&f->record), true, NULL, NULL);
	return rc;
}

void feeding_do(struct store *s, const char *feeds, const struct job *j, int64_t now,
		struct notice *n)
{
	struct feeding f = { .s = s, .path = feeds, .now = now, .arena = arena_new(),
			     .record = buf_limited(16 << 20), .e = &n->error };
	enum err rc = store_begin(s, true, f.e);

	n->feed = j->feed;
	n->feed_act = j->feed_act;
	if (rc == ERR_NONE) {
		rc = store_feed(s, j->feed, f.arena, &f.row, f.e);
		if (rc == ERR_NONE)
			rc = act(&f, j, &n->on);
		rc = settle(&f, rc);
	}
	if (rc == ERR_NONE) {
		struct str name = name_of(&f);

		error_set(&n->error, ERR_NONE, "%.*s", (int)name.n, name.p);
	}
	buf_free(&f.record);
	arena_free(f.arena);
}
