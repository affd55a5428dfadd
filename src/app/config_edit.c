#include "lede/app/config_edit.h"

#include "lede/base/file.h"
#include "lede/base/ini.h"

enum { FILE_LIMIT = 1 << 20, LOCK_WAIT_MS = 2000 };

/* ---- what is set ---- */

struct search { const struct config_setting *s; int found; };

static const char *section_of(unsigned scope)
{
	return scope == SCOPE_TAG ? "tag" : scope == SCOPE_FEED ? "feed" : "lede";
}

static void look(void *self, const struct ini_line *l)
{
	struct search *x = self;
	bool here = str_is(l->section, section_of(x->s->scope)) ||
		    (l->section.n == 0 && x->s->scope == SCOPE_GLOBAL);

	if (here && str_eq(l->argument, x->s->of) &&
	    str_is(l->key, option_table[x->s->id].name))
		x->found++;
}

static int count_sets(struct str text, const struct config_setting *s)
{
	struct search x = { .s = s };
	struct ini_sink sink = { .pair = look, .self = &x };

	ini_read(text, &sink);
	return x.found;
}

bool config_sets(struct str text, const struct config_setting *s)
{
	return count_sets(text, s) > 0;
}

/* ---- adding ---- */

/* In quotes where blanks or a comment's sign would be read otherwise. */
static void add_line(struct buf *out, const struct config_setting *s)
{
	bool quote = str_find(s->value, '#') != SIZE_MAX && str_find(s->value, '"') == SIZE_MAX;

	buf_addf(out, "%s = %s", option_table[s->id].name, quote ? "\"" : "");
	buf_add(out, s->value);
	buf_add_cstr(out, quote ? "\"\n" : "\n");
}

/* Where a global setting can stand: behind [lede], else before the first section, else at the
 * end. */
static size_t global_place(struct str text)
{
	struct str rest = text, line;
	size_t first = text.n;

	for (;;) {
		size_t at = text.n - rest.n;

		if (!str_next_line(&rest, &line))
			return first;
		line = str_trim(line);
		if (str_starts(line, "[lede]"))
			return text.n - rest.n;
		if (str_starts(line, "[") && first == text.n)
			first = at;
	}
}

static void add_end_of_line(struct buf *out)
{
	if (out->n > 0 && out->p[out->n - 1] != '\n')
		buf_add_char(out, '\n');
}

static void add_global(struct str text, const struct config_setting *s, struct buf *out)
{
	size_t at = global_place(text);

	buf_add(out, str_sub(text, 0, at));
	add_end_of_line(out);
	add_line(out, s);
	buf_add(out, str_sub(text, at, text.n));
}

/* A section of the same name may stand there twice: it is read as one. */
static void add_scoped(struct str text, const struct config_setting *s, struct buf *out)
{
	buf_add(out, text);
	add_end_of_line(out);
	buf_addf(out, "\n[%s %.*s]\n", section_of(s->scope), (int)s->of.n, s->of.p);
	add_line(out, s);
}

static enum err add_all(struct buf *text, const struct config_setting *s, size_t n,
			bool *changed, struct error *e)
{
	for (size_t i = 0; i < n; i++) {
		struct buf more = buf_limited(FILE_LIMIT);

		if (config_sets(buf_view(text), &s[i]))
			continue;
		if (s[i].scope == SCOPE_GLOBAL)
			add_global(buf_view(text), &s[i], &more);
		else
			add_scoped(buf_view(text), &s[i], &more);
		if (!config_sets(buf_view(&more), &s[i])) {
			buf_free(&more);
			return error_set(e, ERR_LIMIT, "%s cannot be added to the configuration",
					 option_table[s[i].id].name);
		}
		buf_free(text);
		*text = more;
		*changed = true;
	}
	return ERR_NONE;
}

/* ---- replacing ---- */

/* Where the last line that sets it begins, SIZE_MAX without one; `end` is behind its line end. */
static size_t last_line(struct str text, const struct config_setting *s, size_t *end)
{
	struct str rest = text, line;
	size_t found = SIZE_MAX, from = 0;

	while (str_next_line(&rest, &line)) {
		struct str upto = str_sub(text, 0, from), with = str_sub(text, 0, text.n - rest.n);

		if (count_sets(with, s) > count_sets(upto, s)) {
			found = from;
			*end = with.n;
		}
		from = with.n;
	}
	return found;
}

static enum err put(struct buf *text, const struct config_setting *s, bool *changed, struct error *e)
{
	struct buf more = buf_limited(FILE_LIMIT);
	size_t end = 0, from = last_line(buf_view(text), s, &end);

	if (from == SIZE_MAX)
		return add_all(text, s, 1, changed, e);
	buf_add(&more, str_sub(buf_view(text), 0, from));
	add_line(&more, s);
	buf_add(&more, str_sub(buf_view(text), end, text->n));
	*changed = !str_eq(buf_view(&more), buf_view(text));
	buf_free(text);
	*text = more;
	return ERR_NONE;
}

/* ---- the file ---- */

enum way { ADD, PUT };

static enum err edit(const char *path, enum way way, const struct config_setting *s, size_t n,
                     struct error *e)
{
	struct buf text = buf_limited(FILE_LIMIT);
	bool changed = false;
	enum err rc = file_read(path, &text, e);

	if (rc == ERR_NONESUCH)
		rc = ERR_NONE;
	if (rc == ERR_NONE)
		rc = way == PUT ? put(&text, s, &changed, e) : add_all(&text, s, n, &changed, e);
	if (rc == ERR_NONE && changed)
		rc = file_replace(path, buf_view(&text), 0600, e);
	buf_free(&text);
	return rc;
}

static enum err edit_locked(const char *path, enum way way, const struct config_setting *s,
                            size_t n, struct error *e)
{
	int lock = -1;
	enum err rc = file_make_parent(path, e);

	if (rc == ERR_NONE)
		rc = file_lock(path, LOCK_WAIT_MS, &lock, e);
	if (rc == ERR_NONE)
		rc = edit(path, way, s, n, e);
	file_unlock(lock);
	return rc;
}

enum err config_add(const char *path, const struct config_setting *s, size_t n, struct error *e)
{
	return edit_locked(path, ADD, s, n, e);
}

enum err config_put(const char *path, const struct config_setting *s, struct error *e)
{
	return edit_locked(path, PUT, s, 1, e);
}
