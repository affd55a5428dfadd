#include "lede/tui/screen.h"

#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/text/width.h"

static void blank_cell(struct cell *c, enum role role)
{
	c->text[0] = ' ';
	c->text[1] = '\0';
	c->role = (uint8_t)role;
	c->underline = false;
}

void screen_clear(struct screen *s, int ambiguous)
{
	s->ambiguous = ambiguous;
	s->cursor_x = s->cursor_y = -1;
	for (int i = 0; i < s->w * s->h; i++)
		blank_cell(&s->cell[i], ROLE_BACKGROUND);
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
	if (s)
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
static void part_wide(struct screen *s, int x, int y)
{
	struct cell *c = cell_at(s, x, y), *left = cell_at(s, x - 1, y);

	if (c && c->text[0] == '\0' && left)
		blank_cell(left, (enum role)left->role);
}

static void put_cluster(struct screen *s, int x, int y, struct str cluster, int cells, enum role role)
{
	struct cell *c = cell_at(s, x, y), *after = cell_at(s, x + cells, y);
	size_t n = cluster.n < CELL_BYTES ? cluster.n : CELL_BYTES - 1;

	part_wide(s, x, y);
	if (after && after->text[0] == '\0')
		blank_cell(after, (enum role)after->role);
	memcpy(c->text, cluster.p, n);
	c->text[n] = '\0';
	c->role = (uint8_t)role;
	c->underline = false;
	if (cells == 2) {
		c = cell_at(s, x + 1, y);
		c->text[0] = '\0';
		c->role = (uint8_t)role;
		c->underline = false;
	}
}

int screen_text(struct screen *s, int x, int y, int w, struct str text, enum role role)
{
	int used = 0, cells;

	if (y < 0 || y >= s->h || x < 0)
		return 0;
	if (w > s->w - x)
		w = s->w - x;
	for (size_t at = 0, end; at < text.n; at = end) {
		end = cluster_end(text, at, s->ambiguous, &cells);
		if (cells == 0)       /* a mark without a base: display form has none */
			continue;
		if (used + cells > w)
			break;
		put_cluster(s, x + used, y, str_sub(text, at, end), cells, role);
		used += cells;
	}
	return used;
}

int screen_cstr(struct screen *s, int x, int y, int w, const char *text, enum role role)
{
	return screen_text(s, x, y, w, str_of(text), role);
}

void screen_fill(struct screen *s, int x, int y, int w, char c, enum role role)
{
	for (int i = x; i < x + w; i++) {
		struct cell *cell = cell_at(s, i, y);

		if (!cell)
			continue;
		part_wide(s, i, y);
		cell->text[0] = c;
		cell->text[1] = '\0';
		cell->role = (uint8_t)role;
		cell->underline = false;
	}
}

void screen_underline(struct screen *s, int x, int y, int w)
{
	for (int i = x; i < x + w; i++)
		if (cell_at(s, i, y))
			cell_at(s, i, y)->underline = true;
}

void screen_role(struct screen *s, int x, int y, int w, enum role role)
{
	for (int i = x; i < x + w; i++)
		if (cell_at(s, i, y))
			cell_at(s, i, y)->role = (uint8_t)role;
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
