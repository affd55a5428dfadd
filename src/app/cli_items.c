#include "cli_items.h"

#include <errno.h>
#include <stdlib.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"
#include "lede/text/display.h"

enum { LINE_MAX_BYTES = 1 << 20 };
/* Times and ranks beyond are cut to it: more than any clock shows. */
static const double number_max = 1e15;

struct items {
	FILE *from;
	bool ours;                        /* opened here, closed here */
	const char *name;
	char *line; size_t cap;
	long at;                          /* number of the line */
	json_t *row;                      /* of the item handed out last */
	struct buf title;
	enum err rc; struct error error;
};

struct items *items_open(struct cli *c, const char *name, struct error *e)
{
	FILE *from = name ? fopen(name, "rb") : c->in ? c->in : stdin;
	struct items *in;

	if (!from) {
		error_errno(e, errno == ENOENT ? ERR_NONESUCH : ERR_IO, errno, "cannot open %s",
			    name);
		return NULL;
	}
	in = mem_new(sizeof *in);
	in->from = from;
	in->ours = name != NULL;
	in->name = name ? name : "the input";
	in->title = buf_limited(2 * LINE_MAX_BYTES);
	return in;
}

void items_close(struct items *in)
{
	if (!in)
		return;
	if (in->ours)
		fclose(in->from);
	json_decref(in->row);
	buf_free(&in->title);
	free(in->line);
	free(in);
}

int items_fail(struct cli *c, const struct error *e)
{
	cli_say(c, "%s", e->text);
	return e->code == ERR_SYNTAX ? EXIT_USAGE : EXIT_NOTHING;
}

/* ---- a line ---- */

/* The next line that is not blank; false at the end. */
static bool next_line(struct items *in, struct str *line)
{
	ssize_t n;

	errno = 0;
	while ((n = getline(&in->line, &in->cap, in->from)) >= 0) {
		in->at++;
		*line = str_trim((struct str){ in->line, (size_t)n });
		if (line->n > 0)
			return true;
	}
	if (ferror(in->from))
		in->rc = error_errno(&in->error, ERR_IO, errno, "cannot read %s", in->name);
	return false;
}

static bool is_id(const json_t *id)
{
	return json_is_string(id) || json_is_integer(id);
}

static json_t *row_of(struct items *in, struct str line)
{
	json_error_t why;
	json_t *row;

	if (line.n > LINE_MAX_BYTES) {
		in->rc = error_set(&in->error, ERR_LIMIT, "line %ld of %s is longer than 1 MB",
				   in->at, in->name);
		return NULL;
	}
	row = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &why);
	if (!row)
		in->rc = error_set(&in->error, ERR_SYNTAX, "line %ld of %s is not JSON: %s",
				   in->at, in->name, why.text);
	else if (!is_id(json_object_get(row, "id")))
		in->rc = error_set(&in->error, ERR_SYNTAX, "line %ld of %s: no object with an id",
				   in->at, in->name);
	if (in->rc != ERR_NONE) {
		json_decref(row);
		return NULL;
	}
	return row;
}

/* ---- an item ---- */

static struct str text_of(const json_t *row, const char *key)
{
	const json_t *value = json_object_get(row, key);

	if (!json_is_string(value))
		return STR("");
	return (struct str){ json_string_value(value), json_string_length(value) };
}

static int64_t whole_of(const json_t *row, const char *key)
{
	double value = json_number_value(json_object_get(row, key));

	if (value > number_max || value < -number_max)
		value = value > 0 ? number_max : -number_max;
	return (int64_t)value;
}

bool items_next(struct items *in, struct item *out)
{
	struct str line;

	json_decref(in->row);
	in->row = NULL;
	if (in->rc != ERR_NONE || !next_line(in, &line) || !(in->row = row_of(in, line)))
		return false;
	buf_clear(&in->title);
	display_line(text_of(in->row, "title"), &in->title);
	*out = (struct item){
		.id = json_object_get(in->row, "id"), .title = buf_view(&in->title),
		.source = text_of(in->row, "source"), .action = text_of(in->row, "action"),
		.lang = text_of(in->row, "lang"), .time = whole_of(in->row, "time"),
		.rank = whole_of(in->row, "rank"),
		.points = json_number_value(json_object_get(in->row, "points")),
	};
	return true;
}

enum err items_end(const struct items *in, struct error *e)
{
	if (in->rc != ERR_NONE)
		*e = in->error;
	return in->rc;
}

/* ---- answers ---- */

void item_key_id(struct jout *j, const char *key, const json_t *id)
{
	jout_key(j, key);
	if (json_is_string(id))
		jout_text(j, (struct str){ json_string_value(id), json_string_length(id) });
	else
		jout_number(j, json_integer_value(id));
}

int64_t item_feed(const struct item *i)
{
	return (int64_t)(hash64(i->source) >> 1);
}
