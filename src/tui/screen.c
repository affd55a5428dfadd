#include "lede/tui/screen.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/text/utf8.h"
#include "lede/text/width.h"

static void set_cell(struct cell *c, const char *text, size_t n, enum role role)
{
	*c = (struct cell){ .role = (uint8_t)role };
	memcpy(c->text, text, n);
}

static void blank_cell(struct cell *c, enum role role)
{
	set_cell(c, " ", 1, role);
}

static void forget_links(struct screen_links *l)
{
	while (l->n > 0)
		free(l->url[l->n--]);
	l->age++;
}

void screen_clear(struct screen *s, int ambiguous)
{
	if (s->links.n > SCREEN_LINKS / 2)
		forget_links(&s->links);
	s->ambiguous = ambiguous;
	s->cursor_x = s->cursor_y = -1;
	s->cursor_shown = false;
	blank_cell(s->cell, ROLE_BACKGROUND);
	for (size_t done = 1, all = (size_t)s->w * (size_t)s->h, more; done < all; done += more) {
		more = done < all - done ? done : all - done;
		memcpy(s->cell + done, s->cell, more * sizeof *s->cell);
	}
}

struct screen *screen_new(int w, int h)
{
	struct screen *s = mem_new(sizeof *s);

	s->w = w > 0 ? w : 1;
	s->h = h > 0 ? h : 1;
	s->cell = mem_array((size_t)s->w * (size_t)s->h, sizeof *s->cell);
	screen_clear(s, 1);
	return s;
}

void screen_free(struct screen *s)
{
	if (!s)
		return;
	forget_links(&s->links);
	free(s->cell);
	free(s);
}

static struct cell *cell_at(struct screen *s, int x, int y)
{
	return x >= 0 && x < s->w && y >= 0 && y < s->h ? &s->cell[y * s->w + x] : NULL;
}

const struct cell *screen_at(const struct screen *s, int x, int y)
{
	return cell_at((struct screen *)s, x, y);
}

/* What is drawn over one half of a wide cluster leaves a blank in the other. */
static void make_room(struct screen *s, int x, int y, int cells)
{
	struct cell *first = cell_at(s, x, y), *after = cell_at(s, x + cells, y);

	if (x > 0 && first->text[0] == '\0')
		blank_cell(first - 1, (enum role)first[-1].role);
	if (after && after->text[0] == '\0')
		blank_cell(after, (enum role)after->role);
}

static void put_cluster(struct screen *s, int x, int y, struct str cluster, int cells,
                        enum role role)
{
	struct cell *c = cell_at(s, x, y);

	make_room(s, x, y, cells);
	set_cell(c, cluster.p, utf8_cut(cluster, CELL_BYTES - 1), role);
	if (cells == 2)
		set_cell(c + 1, "", 0, role);
}

/* How many characters from `at` on, `max` at most, are clusters by themselves, as most are: nothing
 * joins ASCII to ASCII. */
static int simple_run(struct str text, size_t at, int max)
{
	int n = 0;

	while (n < max && at < text.n && text.p[at] >= ' ' && text.p[at] < 0x7F) {
		if (at + 1 < text.n && (unsigned char)text.p[at + 1] >= 0x80)
			break;
		n++;
		at++;
	}
	return n;
}

static void put_simple(struct screen *s, int x, int y, const char *text, int n, enum role role)
{
	struct cell *c = cell_at(s, x, y), plain = { .role = (uint8_t)role };

	make_room(s, x, y, n);
	for (int i = 0; i < n; i++) {
		c[i] = plain;
		c[i].text[0] = text[i];
	}
}

/* The next cluster, unless it has more than `room` cells; *at moves behind it. A mark without a
 * base has none: it is left out. */
static int put_next(struct screen *s, int x, int y, int room, struct str text, size_t *at,
		    enum role role)
{
	int cells;
	size_t end = cluster_end(text, *at, s->ambiguous, &cells);

	if (cells > room)
		return 0;
	if (cells > 0)
		put_cluster(s, x, y, str_sub(text, *at, end), cells, role);
	*at = end;
	return cells;
}

int screen_text(struct screen *s, int x, int y, int w, struct str text, enum role role)
{
	int used = 0;
	size_t at = 0;

	if (y < 0 || y >= s->h || x < 0)
		return 0;
	if (w > s->w - x)
		w = s->w - x;
	while (at < text.n) {
		int run = simple_run(text, at, w - used);
		size_t before = at;

		if (run > 0)
			put_simple(s, x + used, y, text.p + at, run, role);
		else
			used += put_next(s, x + used, y, w - used, text, &at, role);
		used += run;
		at += (size_t)run;
		if (at == before)
			break;
	}
	return used;
}

int screen_cstr(struct screen *s, int x, int y, int w, const char *text, enum role role)
{
	return screen_text(s, x, y, w, str_of(text), role);
}

/* text_fit, quick for what is simple. */
static size_t fit(const struct screen *s, struct str text, int max)
{
	size_t run = (size_t)simple_run(text, 0, max);

	return run + text_fit(str_sub(text, run, text.n), max - (int)run, s->ambiguous, NULL);
}

int screen_cut(struct screen *s, int x, int y, int w, struct str text, const char *cut,
               enum role role)
{
	int cells, mark;
	size_t n;

	if (text.n <= (size_t)(w > 0 ? w : 0))        /* no character has more cells than bytes */
		return screen_text(s, x, y, w, text, role);
	mark = text_cells(str_of(cut), s->ambiguous);
	if (mark > w || fit(s, text, w) == text.n)
		return screen_text(s, x, y, w, text, role);
	n = fit(s, text, w - mark);
	while (n > 0 && text.p[n - 1] == ' ')
		n--;
	cells = screen_text(s, x, y, w, str_sub(text, 0, n), role);
	return cells + screen_cstr(s, x + cells, y, mark, cut, role);
}

void screen_fill(struct screen *s, int x, int y, int w, char c, enum role role)
{
	for (int i = x; i < x + w; i++) {
		struct cell *cell = cell_at(s, i, y);

		if (!cell)
			continue;
		make_room(s, i, y, 1);
		set_cell(cell, &c, 1, role);
	}
}

void screen_underline(struct screen *s, int x, int y, int w)
{
	for (int i = x; i < x + w; i++)
		if (cell_at(s, i, y))
			cell_at(s, i, y)->underline = true;
}

static int link_number(struct screen_links *l, struct str url)
{
	for (int i = 1; i <= l->n; i++)
		if (str_is(url, l->url[i]))
			return i;
	if (l->n == SCREEN_LINKS)
		return 0;
	l->url[++l->n] = mem_new(url.n + 1);
	memcpy(l->url[l->n], url.p, url.n);
	return l->n;
}

void screen_link(struct screen *s, int x, int y, int w, struct str url)
{
	int number = link_number(&s->links, url);

	for (int i = x; i < x + w; i++)
		if (cell_at(s, i, y))
			cell_at(s, i, y)->link = (uint8_t)(number & SCREEN_LINKS);
}

struct str screen_link_url(const struct screen *s, int link)
{
	return link > 0 && link <= s->links.n ? str_of(s->links.url[link]) : (struct str){ "", 0 };
}

void screen_role(struct screen *s, int x, int y, int w, enum role role)
{
	for (int i = x; i < x + w; i++)
		if (cell_at(s, i, y))
			cell_at(s, i, y)->role = (uint8_t)role;
}

bool screen_same_row(const struct screen *a, int ya, const struct screen *b, int yb)
{
	return memcmp(&a->cell[ya * a->w], &b->cell[yb * b->w], (size_t)a->w * sizeof *a->cell) ==
	       0;
}

enum err screen_row(const struct screen *s, int y, struct buf *out)
{
	size_t end = out->n;
	enum err rc = ERR_NONE;

	for (int x = 0; x < s->w && rc == ERR_NONE; x++) {
		const struct cell *c = screen_at(s, x, y);

		rc = buf_add_cstr(out, c->text);
		if (c->text[0] != ' ' && c->text[0] != '\0')
			end = out->n;
		else if (c->text[0] == '\0')
			end = out->n;
	}
	buf_cut(out, end);
	return rc;
}
