#include "json_feed.h"

#include <stdlib.h>
#include <string.h>

#include "json_cut.h"
#include "json_item.h"

/* A tree takes some 100 bytes a part: 20 MB for one value at most. */
#define PARTS_MAX 200000
#define KEY_MAX 256

enum state { BEFORE_OBJECT, BEFORE_KEY, BEFORE_VALUE, BEFORE_ITEM, AFTER_OBJECT };

struct json_feed {
	struct collector *c;
	enum state state;
	struct json_cut cut;   /* of the value at hand */
	char key[KEY_MAX];     /* of the member at hand */
	struct buf early;      /* items that came before the version */
	bool has_items, broken;
	enum err rc;
};

struct json_feed *json_feed_new(struct collector *c)
{
	struct json_feed *j = mem_new(sizeof *j);

	j->c = c;
	j->early = buf_limited(c->limits.bytes);
	return j;
}

void json_feed_free(struct json_feed *j)
{
	if (j == NULL)
		return;
	buf_free(&j->early);
	free(j);
}

/* A feed that is cut off after its first entries is a feed; one that breaks before is not. */
enum json_found json_feed_found(const struct json_feed *j)
{
	if (j->broken && j->c->index == 0)
		return JSON_BROKEN;
	if (j->c->meta.format != FEED_UNKNOWN)
		return JSON_FEED;
	return j->state == AFTER_OBJECT ? JSON_OTHER : JSON_UNDECIDED;
}

/* ---- values ---- */

/* NULL when not even mending helps. */
static json_t *parse(struct str value)
{
	const size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;
	json_t *tree = json_loadb(value.p, value.n, flags, NULL);
	struct buf mended;

	if (tree != NULL)
		return tree;
	mended = buf_limited(4 * value.n + 64);
	if (json_mend(value, &mended) == ERR_NONE)
		tree = json_loadb(mended.p, mended.n, flags, NULL);
	buf_free(&mended);
	return tree;
}

static void break_off(struct json_feed *j)
{
	j->broken = true;
	j->state = AFTER_OBJECT;
}

static void read_item(struct json_feed *j, struct str value)
{
	json_t *item = parse(value);

	if (item == NULL) {
		break_off(j);
		return;
	}
	if (json_is_object(item)) {
		draft_reset(&j->c->of_entry);
		json_item_read(j->c, item);
		j->rc = collector_entry_done(j->c);
		if (j->c->stopped)
			j->rc = ERR_CANCEL;
	}
	json_decref(item);
}

/* "https://jsonfeed.org/version/1.1"; some write the number alone. Of a version to come
 * only what all have in common is sure. */
static enum feed_format format_of(struct str version)
{
	const struct str mark = STR("jsonfeed.org/version/");
	size_t at = str_find_str(version, mark);

	if (at != SIZE_MAX)
		version = str_sub(version, at + mark.n, version.n);
	version = str_trim(version);
	if (str_is(version, "1.1"))
		return FEED_JSON11;
	return str_is(version, "1") || str_is(version, "1.0") || at != SIZE_MAX ? FEED_JSON10
										: FEED_UNKNOWN;
}

static void read_early(struct json_feed *j);

static void read_member(struct json_feed *j, struct str value)
{
	json_t *tree = parse(value);

	if (tree == NULL) {
		break_off(j);
		return;
	}
	if (strcmp(j->key, "version") == 0 && json_is_string(tree)) {
		j->c->meta.format = format_of(str_of(json_string_value(tree)));
		read_early(j);
	} else {
		json_feed_member(j->c, str_of(j->key), tree);
	}
	json_decref(tree);
}

/* ---- steps: bytes used, 0 when more are needed ---- */

static size_t blanks(struct str s, const char *also)
{
	size_t n = 0;

	while (n < s.n &&
	       (ascii_is_space(s.p[n]) || (s.p[n] != '\0' && strchr(also, s.p[n]) != NULL)))
		n++;
	return n;
}

/* The whole value at the start of `s`, or 0. */
static size_t whole_value(struct json_feed *j, struct str s, bool last)
{
	enum json_cut_state state = json_cut(&j->cut, s, last);
	size_t n = j->cut.at;

	if (j->cut.parts > PARTS_MAX || j->cut.depth > j->c->limits.depth) {
		j->rc = ERR_LIMIT;
		return 0;
	}
	if (state == CUT_BROKEN || (state == CUT_MORE && last))
		break_off(j);
	if (state != CUT_WHOLE)
		return 0;
	memset(&j->cut, 0, sizeof j->cut);
	return n;
}

static size_t step_object(struct json_feed *j, struct str s)
{
	if (s.p[0] != '{') {
		j->broken = s.p[0] != '[';
		j->state = AFTER_OBJECT;
		return 0;
	}
	j->state = BEFORE_KEY;
	return 1;
}

static void keep_key(struct json_feed *j, struct str written)
{
	json_t *key = parse(written);

	j->key[0] = '\0';
	if (json_is_string(key) && json_string_length(key) < KEY_MAX)
		memcpy(j->key, json_string_value(key), json_string_length(key) + 1);
	json_decref(key);
}

static size_t step_key(struct json_feed *j, struct str s, bool last)
{
	size_t n;

	if (s.p[0] == '}') {
		j->state = AFTER_OBJECT;
		return 1;
	}
	if (s.p[0] != '"') {
		break_off(j);
		return 0;
	}
	n = whole_value(j, s, last);
	if (n == 0)
		return 0;
	keep_key(j, str_sub(s, 0, n));
	j->state = BEFORE_VALUE;
	return n;
}

static size_t step_value(struct json_feed *j, struct str s, bool last)
{
	bool items = strcmp(j->key, "items") == 0 && s.p[0] == '[';
	size_t n;

	if (items && j->c->meta.format != FEED_UNKNOWN) {
		j->has_items = true;
		j->state = BEFORE_ITEM;
		return 1;
	}
	if (items)
		j->cut.parts = 0; /* its items are parsed one at a time, later */
	n = whole_value(j, s, last);
	if (n == 0)
		return 0;
	j->state = BEFORE_KEY;
	if (items)
		j->rc = buf_add(&j->early, str_sub(s, 0, n));
	else
		read_member(j, str_sub(s, 0, n));
	return n;
}

static size_t step_item(struct json_feed *j, struct str s, bool last)
{
	size_t n;

	if (s.p[0] == ']') {
		j->state = BEFORE_KEY;
		return 1;
	}
	n = whole_value(j, s, last);
	if (n > 0)
		read_item(j, str_sub(s, 0, n));
	return n;
}

static size_t step(struct json_feed *j, struct str s, bool last)
{
	switch (j->state) {
	case BEFORE_OBJECT: return step_object(j, s);
	case BEFORE_KEY: return step_key(j, s, last);
	case BEFORE_VALUE: return step_value(j, s, last);
	case BEFORE_ITEM: return step_item(j, s, last);
	case AFTER_OBJECT: break;
	}
	return s.n;
}

static size_t step_behind_blanks(struct json_feed *j, struct str s, bool last)
{
	size_t n = blanks(s, j->state == BEFORE_VALUE ? ":" : j->state == BEFORE_OBJECT ? "" : ",");

	return n == s.n ? n : n > 0 ? n : step(j, s, last);
}

static void run(struct json_feed *j, struct str s, bool last, size_t *used)
{
	for (*used = 0; *used < s.n && j->rc == ERR_NONE;) {
		size_t n = step_behind_blanks(j, str_sub(s, *used, s.n), last);

		if (n == 0 && j->state != AFTER_OBJECT)
			break;
		*used += n;
	}
}

/* The version has come: now the items that came before it are read. */
static void read_early(struct json_feed *j)
{
	struct buf early = j->early;
	enum state state = j->state;
	size_t used;

	if (early.n == 0 || j->c->meta.format == FEED_UNKNOWN)
		return;
	j->early = buf_limited(early.max);
	j->has_items = true;
	j->state = BEFORE_ITEM;
	run(j, str_sub(buf_view(&early), 1, early.n), true, &used);
	if (!j->broken)
		j->state = state;
	buf_free(&early);
}

enum err json_feed_push(struct json_feed *j, struct str in, bool last, size_t *used)
{
	run(j, in, last, used);
	if (last && j->rc == ERR_NONE && j->state != AFTER_OBJECT)
		break_off(j);
	return j->rc;
}
