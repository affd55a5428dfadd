#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lede/tui/theme.h"
#include "tiny_term.h"

enum { FRAMES = 400 };

/* A painter and the terminal that it paints on. */
struct easel {
	struct tiny_words words;
	struct tiny_term term;
	struct paint *paint;
	struct look look[ROLE_COUNT];
	struct screen *screen;
	bool links;
	size_t sent;                      /* bytes of the last frame */
	char bytes[64 << 10];
};

static void set_looks(struct easel *e, int ground)
{
	static const int colors[] = { 252, 246, 215, 250, 243, 252 };
	bool mono = e->words.without & WITHOUT_COLORS;

	for (int r = 0; r < ROLE_COUNT; r++)
		e->look[r] = (struct look){ mono ? -1 : colors[r % 6], mono ? -1 : ground,
			                    (uint8_t)(r % 7 == 0   ? ATTR_BOLD
			                              : r % 11 == 0 ? ATTR_DIM
			                              : r % 13 == 0 ? ATTR_ITALIC
			                                            : 0) };
	e->look[ROLE_BACKGROUND] = (struct look){ -1, mono ? -1 : ground, 0 };
	e->look[ROLE_CURSOR] = (struct look){ mono ? -1 : 234, mono ? -1 : 215,
		                              mono ? ATTR_REVERSE : ATTR_BOLD };
	paint_looks(e->paint, e->look);
}

static void open_easel(struct easel *e, int w, int h, unsigned without, int ground, bool bce)
{
	struct paint_terminal how = { .say = tiny_say, .self = &e->words, .utf8 = true,
		                      .erases_in_color = bce, .wraps_late = true };

	memset(e, 0, sizeof *e);
	e->words.without = without;
	tiny_open(&e->term, w, h, bce);
	e->paint = paint_new(&how);
	e->screen = screen_new(w, h);
	set_looks(e, ground);
}

static void close_easel(struct easel *e)
{
	paint_free(e->paint);
	screen_free(e->screen);
}

static void show(struct easel *e)
{
	struct buf out = buf_limited(1 << 20);

	paint_frame(e->paint, e->screen, &out);
	e->sent = out.n;
	snprintf(e->bytes, sizeof e->bytes, "%s", buf_cstr(&out));
	tiny_take(&e->term, buf_view(&out));
	buf_free(&out);
	tiny_shows(&e->term, e->screen, e->look);
	tiny_links(&e->term, e->screen, e->links);
}

/* ---- frames ---- */

static unsigned seed;

static int below(int n)
{
	seed = seed * 1103515245u + 12345u;
	return (int)(seed >> 8) % n;
}

static void write_row(struct screen *s, int y)
{
	static const char *const words[] = { "监管新规", "a", "日", "two words", "e\u0301", "한글",
		"x日y", "   ", "…", "का", "\U0001f1e8\U0001f1f3", "12" };
	int x = below(s->w);

	screen_fill(s, 0, y, s->w, ' ', ROLE_BACKGROUND);
	for (int n = below(9); n > 0 && x < s->w; n--) {
		x += screen_cstr(s, x, y, s->w - x, words[below(12)], (enum role)below(ROLE_COUNT));
		x += below(3) ? 0 : below(30);
	}
	if (below(9) == 0)
		screen_underline(s, below(s->w), y, below(9));
}

static void move_rows(struct screen *s, int top, int bottom, int by)
{
	struct screen *before = screen_new(s->w, s->h);

	memcpy(before->cell, s->cell, (size_t)(s->w * s->h) * sizeof *s->cell);
	for (int y = top; y <= bottom; y++)
		if (y + by >= top && y + by <= bottom)
			memcpy(&s->cell[y * s->w], &before->cell[(y + by) * s->w],
			       (size_t)s->w * sizeof *s->cell);
		else
			write_row(s, y);
	screen_free(before);
}

/* What happens between two frames: cells, a row, rows that move, everything. */
static void change(struct screen *s)
{
	int top = below(s->h), rows = s->h - top, n;
	char url[40];

	switch (below(7)) {
	case 0:
		for (int y = 0; y < s->h; y++)
			write_row(s, y);
		break;
	case 1: case 2:
		n = 1 + below(3);
		move_rows(s, top, s->h - 1 - below(rows), below(2) ? n : -n);
		break;
	case 3:
		write_row(s, top);
		break;
	case 4:
		snprintf(url, sizeof url, "https://a.example/%d", below(300));
		for (n = below(4); n > 0; n--)
			screen_link(s, below(s->w), below(s->h), below(30), str_of(url));
		break;
	case 5:
		screen_fill(s, below(s->w), top, below(s->w), ' ', ROLE_BACKGROUND);
		break;
	default:
		screen_cstr(s, below(s->w), top, 9, "日本", (enum role)below(ROLE_COUNT));
		screen_role(s, below(s->w), top, 4, ROLE_CURSOR);
	}
	s->cursor_x = below(2) ? below(s->w) : -1;
	s->cursor_y = top;
}

static void frames_are_shown(unsigned without, int ground, bool bce)
{
	static struct easel e;

	seed = 1 + without;
	open_easel(&e, 70, 24, without, ground, bce);
	for (int i = 0; i < FRAMES; i++) {
		if (i % 50 == 49) {
			e.links = !e.links;
			paint_links(e.paint, e.links);
			screen_clear(e.screen, 1);
		}
		change(e.screen);
		show(&e);
		if (e.screen->cursor_x >= 0) {
			assert_int_equal(e.term.x, e.screen->cursor_x);
			assert_int_equal(e.term.y, e.screen->cursor_y);
		}
	}
	close_easel(&e);
}

static void whatever_changes_the_terminal_shows_it(void **state)
{
	(void)state;
	frames_are_shown(0, -1, true);
}

static void a_theme_with_a_ground_is_shown_where_erasing_keeps_it(void **state)
{
	(void)state;
	frames_are_shown(0, 235, true);
}

static void and_where_erasing_does_not(void **state)
{
	(void)state;
	frames_are_shown(0, 235, false);
}

static void terminals_that_can_do_less_show_the_same(void **state)
{
	(void)state;
	for (unsigned without = 1; without < 32; without++)
		frames_are_shown(without, -1, false);
}

static void a_screen_of_another_size_is_drawn_from_the_start(void **state)
{
	static struct easel e;

	(void)state;
	open_easel(&e, 70, 24, 0, -1, true);
	for (int i = 0; i < 40; i++) {
		int w = 1 + below(120), h = 1 + below(50);

		screen_free(e.screen);
		e.screen = screen_new(w, h);
		tiny_open(&e.term, w, h, true);
		for (int n = 0; n < 3; n++) {
			change(e.screen);
			show(&e);
		}
	}
	close_easel(&e);
}

static void what_somebody_else_wrote_is_gone_after_forgetting(void **state)
{
	static struct easel e;

	(void)state;
	open_easel(&e, 70, 24, 0, 235, true);
	change(e.screen);
	show(&e);
	tiny_take(&e.term, STR("\033[7mwall: the system goes down\r\n"));
	paint_forget(e.paint);
	show(&e);
	close_easel(&e);
}

/* ---- what it costs ---- */

static void titles(struct screen *s, int from)
{
	static const char *const words[] = { "监管新规", "拟要求平台", "说明", "大桥提前", "重开通车",
		"气象局发布", "暴雨预警" };

	for (int y = 2; y < s->h - 2; y++) {
		int x = 6;

		screen_fill(s, 0, y, s->w, ' ', ROLE_BACKGROUND);
		seed = (unsigned)(from + y) * 7919u;
		screen_cstr(s, 1, y, 2, (char[]){ (char)('0' + (from + y) % 10), 0 }, ROLE_RANK);
		screen_cstr(s, 4, y, 1, "●", ROLE_RANK);
		for (int n = 2 + below(4); n > 0; n--)
			x += screen_cstr(s, x, y, 40, words[below(7)], ROLE_HEADLINE);
	}
}

static void cursor_at(struct screen *s, int y)
{
	screen_cstr(s, 0, y, 1, "▌", ROLE_ACCENT);
	screen_role(s, 1, y, 3, ROLE_CURSOR);
	s->cursor_x = 2;
	s->cursor_y = y;
}

static void what_is_shown_already_is_not_sent(void **state)
{
	static struct easel e;

	(void)state;
	open_easel(&e, 120, 40, 0, -1, true);
	titles(e.screen, 0);
	show(&e);
	show(&e);
	assert_int_equal(e.sent, 0);
	close_easel(&e);
}

static void a_step_of_the_cursor_is_about_a_hundred_bytes(void **state)
{
	static struct easel e;

	(void)state;
	open_easel(&e, 120, 40, 0, -1, true);
	for (int y = 10; y < 20; y++) {
		titles(e.screen, 0);
		cursor_at(e.screen, y);
		show(&e);
		if (y > 10)
			assert_in_range(e.sent, 1, 120);
	}
	close_easel(&e);
}

static void rows_that_move_are_moved_by_the_terminal(void **state)
{
	static const unsigned without[] = { 0, WITHOUT_REGION, WITHOUT_SHORT_WAYS, WITHOUT_COLORS };
	static struct easel e;

	(void)state;
	for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
		open_easel(&e, 120, 40, without[i], -1, true);
		for (int from = 0; from < 10; from++) {
			titles(e.screen, from < 5 ? from : 10 - from);
			cursor_at(e.screen, 30);
			show(&e);
			if (from > 0)
				assert_in_range(e.sent, 1, 260);
		}
		assert_true(e.term.scrolled >= 9);
		close_easel(&e);
	}
}

static void rows_that_nearly_stay_are_not_moved(void **state)
{
	static struct easel e;

	(void)state;
	open_easel(&e, 120, 40, 0, -1, true);
	titles(e.screen, 0);
	show(&e);
	for (int y = 4; y < 12; y++)
		screen_cstr(e.screen, 100, y, 9, "12 May", ROLE_META);
	show(&e);
	assert_int_equal(e.term.scrolled, 0);
	assert_in_range(e.sent, 1, 160);
	close_easel(&e);
}

/* Beside something that stays, the terminal cannot move anything. */
static void half_a_screen_of_titles_is_written_look_by_look(void **state)
{
	static struct easel e;
	size_t whole;

	(void)state;
	open_easel(&e, 120, 40, 0, -1, true);
	titles(e.screen, 0);
	show(&e);
	whole = e.sent;
	titles(e.screen, 100);
	for (int y = 2; y < 38; y++)
		screen_cstr(e.screen, 60, y, 40, (char[]){ (char)('A' + y), 0 }, ROLE_TEXT);
	show(&e);
	assert_int_equal(e.term.scrolled, 0);
	assert_in_range(e.sent, whole / 2, whole + 36 * 8);
	close_easel(&e);
}

static void the_last_cell_is_left_out_where_it_would_scroll(void **state)
{
	static struct easel e;
	struct paint_terminal how = { .say = tiny_say, .self = &e.words, .utf8 = true };
	struct buf out = buf_limited(1 << 10);

	(void)state;
	open_easel(&e, 10, 2, 0, -1, true);
	paint_free(e.paint);
	e.paint = paint_new(&how);
	set_looks(&e, -1);
	screen_cstr(e.screen, 0, 1, 10, "0123456789", ROLE_TEXT);
	paint_frame(e.paint, e.screen, &out);
	assert_non_null(strstr(buf_cstr(&out), "345678"));
	assert_null(strstr(buf_cstr(&out), "89"));
	buf_free(&out);
	close_easel(&e);
}

static void without_utf8_a_cell_beyond_ascii_is_a_question_mark(void **state)
{
	static struct easel e;
	struct paint_terminal how = { .say = tiny_say, .self = &e.words, .wraps_late = true };
	struct buf out = buf_limited(1 << 10);

	(void)state;
	open_easel(&e, 10, 2, WITHOUT_COLORS, -1, true);
	paint_free(e.paint);
	e.paint = paint_new(&how);
	set_looks(&e, -1);
	screen_cstr(e.screen, 0, 1, 10, "a日é", ROLE_TEXT);
	paint_frame(e.paint, e.screen, &out);
	assert_non_null(strstr(buf_cstr(&out), "a???"));
	buf_free(&out);
	close_easel(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_changes_the_terminal_shows_it),
		cmocka_unit_test(a_theme_with_a_ground_is_shown_where_erasing_keeps_it),
		cmocka_unit_test(and_where_erasing_does_not),
		cmocka_unit_test(terminals_that_can_do_less_show_the_same),
		cmocka_unit_test(a_screen_of_another_size_is_drawn_from_the_start),
		cmocka_unit_test(what_somebody_else_wrote_is_gone_after_forgetting),
		cmocka_unit_test(what_is_shown_already_is_not_sent),
		cmocka_unit_test(a_step_of_the_cursor_is_about_a_hundred_bytes),
		cmocka_unit_test(rows_that_move_are_moved_by_the_terminal),
		cmocka_unit_test(rows_that_nearly_stay_are_not_moved),
		cmocka_unit_test(half_a_screen_of_titles_is_written_look_by_look),
		cmocka_unit_test(the_last_cell_is_left_out_where_it_would_scroll),
		cmocka_unit_test(without_utf8_a_cell_beyond_ascii_is_a_question_mark),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
