/* How the screen behaves: what options and the terminal make of the cursor and of scrolling, the
 * mouse, and what is copied. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/app/app.h"
#include "lede/app/key.h"
#include "lede/base/mem.h"
#include "lede/text/rich.h"
#include "lede/tui/draw.h"

enum { NOW = 1744618440, STORIES = 60 };

struct desk {
	struct app *app;
	struct config *config;
	int64_t ticks;
	uint32_t asked;                   /* the last ticket */
	int64_t wanted;                   /* the entry it wants */
	char opened[256], copied[256], shown[256];
	enum ask_kind kind;               /* of the last question */
};

static void take_effects(struct desk *d)
{
	struct effect e;

	while (app_effect(d->app, &e)) {
		if (e.kind == EFFECT_ASK) {
			d->asked = e.ask->ticket;
			d->wanted = e.ask->entry;
			d->kind = e.ask->kind;
			e.ask->m.drop ? e.ask->m.drop(&e.ask->m) : free(e.ask);
		} else if (e.kind == EFFECT_TELL) {
			job_free(e.job);
		} else if (e.kind == EFFECT_OPEN) {
			snprintf(d->opened, sizeof d->opened, "%.*s", (int)e.url.n, e.url.p);
		} else if (e.kind == EFFECT_COPY) {
			snprintf(d->copied, sizeof d->copied, "%.*s", (int)e.url.n, e.url.p);
			snprintf(d->shown, sizeof d->shown, "%.*s", (int)e.shown.n, e.shown.p);
		}
	}
}

static void send(struct desk *d, struct event e)
{
	e.now = NOW;
	e.ticks = d->ticks;
	app_update(d->app, &e);
	take_effects(d);
}

static void press(struct desk *d, const char *keys)
{
	struct str rest = str_of(keys), name;

	while (str_next(&rest, ' ', &name))
		send(d, (struct event){ .kind = EVENT_KEY, .key = key_of_name(name) });
}

static void mouse(struct desk *d, enum mouse_act act, int x, int y)
{
	send(d, (struct event){ .kind = EVENT_MOUSE, .mouse = { act, x, y } });
}

static void pass(struct desk *d, int ms)
{
	d->ticks += ms;
	send(d, (struct event){ .kind = EVENT_TIMER });
}

static struct answer *answer_of(struct desk *d, enum ask_kind kind)
{
	struct answer *a = mem_new(sizeof *a);

	a->m.kind = WORK_ANSWER;
	a->kind = kind;
	a->ticket = d->asked;
	a->arena = arena_new();
	a->at = -1;
	return a;
}

static struct str numbered(struct arena *a, const char *word, int n)
{
	char text[64];

	snprintf(text, sizeof text, "%s%d", word, n);
	return (struct str){ arena_copy(a, text, strlen(text)), strlen(text) };
}

static void give_edition(struct desk *d)
{
	struct answer *a = answer_of(d, ASK_EDITION);

	a->edition = (struct edition){ .id = 1, .made = NOW, .upto = 1000, .rows = STORIES };
	a->edition_row = arena_alloc(a->arena, STORIES * sizeof *a->edition_row);
	a->n = STORIES;
	for (int i = 0; i < STORIES; i++)
		a->edition_row[i] = (struct edition_row){
			.rank = i + 1, .was = i + 1, .story = i + 1, .entry = 101 + i, .feed = 1,
			.time = NOW - 3600, .sources = 1, .entries = 1, .unread = 1,
			.title = numbered(a->arena, "Story number ", i + 1), .source = STR("Daily"),
		};
	a->counts = (struct counts){ .unread = STORIES, .entries = 100, .feeds = 1, .highest = 1000, .new_stories = 7 };
	send(d, (struct event){ .kind = EVENT_ANSWER, .answer = a });
}

static void give_article(struct desk *d)
{
	struct answer *a = answer_of(d, ASK_ARTICLE);
	struct rich_options how = { .base = STR("http://a.example/") };
	struct buf html = buf_limited(1 << 20);

	for (int i = 0; i < 40; i++)
		buf_addf(&html, "<p>Paragraph %d, with <a href='/link/%d'>words</a>.</p>", i, i + 1);
	a->article.doc = rich_from_html(buf_view(&html), &how);
	a->article.entry = (struct entry_row){ .id = d->wanted, .time = NOW - 3600, .title = STR("The title"),
		                               .source = STR("Daily"), .link = STR("https://www.a.example/x") };
	buf_free(&html);
	send(d, (struct event){ .kind = EVENT_ANSWER, .answer = a });
}

static struct desk *open_desk(int w, int h, const char *config)
{
	struct desk *d = mem_new(sizeof *d);
	struct app_setup setup = { .now = NOW, .feeds = 1, .ambiguous = 1, .w = w, .h = h };

	d->config = config_new();
	config_read(d->config, "config", str_of(config), NULL, NULL);
	setup.config = d->config;
	d->app = app_new(&setup);
	send(d, (struct event){ .kind = EVENT_START });
	give_edition(d);
	pass(d, 1000);
	give_article(d);
	return d;
}

static void close_desk(struct desk *d)
{
	app_free(d->app);
	config_free(d->config);
	free(d);
}

static struct screen *screen_of(struct desk *d)
{
	struct view v;
	struct screen *s;

	app_view(d->app, &v);
	s = screen_new(v.g.w, v.g.h);
	draw_view(&v, s);
	return s;
}

/* The number of the first story that is seen, and the row of the screen with the cursor. */
static int first_story(struct desk *d, int *cursor)
{
	struct screen *s = screen_of(d);
	int first = 0;

	*cursor = s->cursor_y;
	for (int y = 1; y < s->h && first == 0; y++) {
		struct buf b = buf_limited(4 << 10);

		screen_row(s, y, &b);
		if (strstr(buf_cstr(&b), "number "))
			first = atoi(strstr(buf_cstr(&b), "number ") + 7);
		buf_free(&b);
	}
	screen_free(s);
	return first;
}

static bool shows(struct desk *d, const char *what)
{
	struct screen *s = screen_of(d);
	struct buf b = buf_limited(64 << 10);
	bool found;

	for (int y = 0; y < s->h; y++) {
		screen_row(s, y, &b);
		buf_add_char(&b, '\n');
	}
	found = strstr(buf_cstr(&b), what) != NULL;
	buf_free(&b);
	screen_free(s);
	return found;
}

/* ---- scrolling and the cursor ---- */

static void by_the_line_the_list_moves_a_row_at_its_edge(void **state)
{
	struct desk *d = open_desk(80, 24, "layout = single\n");
	int cursor, moves = 0, before = 1;

	(void)state;
	for (int i = 0; i < 30; i++) {
		int first;

		press(d, "j");
		first = first_story(d, &cursor);
		assert_in_range(first - before, 0, 1);
		moves += first != before;
		before = first;
	}
	assert_in_range(moves, 10, 20);
	close_desk(d);
}

static void by_the_half_it_moves_by_half_a_pane(void **state)
{
	struct desk *d = open_desk(80, 24, "layout = single\nscroll = half\n");
	int cursor, moves = 0, before = 1, first;

	(void)state;
	for (int i = 0; i < 40; i++, before = first) {
		press(d, "j");
		first = first_story(d, &cursor);
		moves += first != before;
		assert_in_range(cursor, 2, 22);
		if (first != before && i < 35)
			assert_int_equal(first - before, 10);
	}
	assert_in_range(moves, 2, 3);
	for (moves = 0; first > 1; before = first) {
		press(d, "k");
		first = first_story(d, &cursor);
		moves += first != before;
		assert_in_range(cursor, 2, 22);
	}
	assert_in_range(moves, 2, 3);
	close_desk(d);
}

static const struct cell *cell_of_cursor(struct screen *s, int x)
{
	return screen_at(s, x, s->cursor_y);
}

static void the_cursor_is_a_line_a_bar_or_a_marker(void **state)
{
	static const struct { const char *option, *front; enum role lead, headline; bool seen; } rows[] = {
		{ "", "▌", ROLE_CURSOR, ROLE_HEADLINE_TOP, false },
		{ "cursor = bar\n", "▌", ROLE_CURSOR, ROLE_CURSOR, false },
		{ "cursor = marker\n", ">", ROLE_RANK_TOP, ROLE_HEADLINE_TOP, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct desk *d = open_desk(80, 24, rows[i].option);
		struct screen *s;

		press(d, "j");
		s = screen_of(d);
		assert_int_equal(s->cursor_x, 2);          /* the lead field, for screen readers */
		assert_int_equal(s->cursor_shown, rows[i].seen);
		assert_string_equal(cell_of_cursor(s, 0)->text, rows[i].front);
		assert_int_equal(cell_of_cursor(s, 2)->role, rows[i].lead);
		assert_int_equal(cell_of_cursor(s, 12)->role, rows[i].headline);
		screen_free(s);
		close_desk(d);
	}
}

static enum layout_kind layout_of(struct desk *d)
{
	struct view v;

	app_view(d->app, &v);
	return v.g.layout;
}

static void a_slow_line_has_one_pane_and_a_marker(void **state)
{
	struct desk *d = open_desk(120, 40, "low-bandwidth = yes\n");
	struct view v;

	(void)state;
	app_view(d->app, &v);
	assert_int_equal(v.g.layout, LAYOUT_SINGLE);
	assert_int_equal(v.cursor, CURSOR_MARKER);
	assert_false(v.manners.title);
	assert_false(v.manners.links);
	close_desk(d);
	d = open_desk(120, 40, "low-bandwidth = yes\nlayout = stacked\n");
	assert_int_equal(layout_of(d), LAYOUT_STACKED);
	close_desk(d);
}

static void whether_it_is_slow_the_terminal_says(void **state)
{
	struct desk *d = open_desk(120, 40, "");

	(void)state;
	assert_int_equal(layout_of(d), LAYOUT_COLUMNS);
	send(d, (struct event){ .kind = EVENT_TERMINAL, .slow = true });
	assert_int_equal(layout_of(d), LAYOUT_SINGLE);
	send(d, (struct event){ .kind = EVENT_TERMINAL, .slow = false });
	assert_int_equal(layout_of(d), LAYOUT_COLUMNS);
	close_desk(d);
	d = open_desk(120, 40, "low-bandwidth = no\n");
	send(d, (struct event){ .kind = EVENT_TERMINAL, .slow = true });
	assert_int_equal(layout_of(d), LAYOUT_COLUMNS);
	close_desk(d);
}

static void a_terminal_with_wide_marks_gets_those_of_ascii(void **state)
{
	struct desk *d = open_desk(120, 40, "");

	(void)state;
	assert_true(shows(d, "▌"));
	send(d, (struct event){ .kind = EVENT_TERMINAL, .ambiguous = 2, .glyphs = GLYPHS_ASCII });
	assert_false(shows(d, "▌"));
	assert_true(shows(d, ">"));
	close_desk(d);
}

/* ---- the mouse ---- */

static void a_click_puts_the_cursor_there_and_a_second_one_opens(void **state)
{
	struct desk *d = open_desk(120, 40, "");

	(void)state;
	mouse(d, MOUSE_PRESS, 20, 9);                       /* second line of the fourth story */
	assert_true(shows(d, " 4/60"));
	mouse(d, MOUSE_RELEASE, 20, 9);
	mouse(d, MOUSE_PRESS, 20, 8);
	assert_true(shows(d, "h list"));                    /* the focus is in the article */
	mouse(d, MOUSE_PRESS, 20, 2);
	assert_true(shows(d, " 1/60"));
	assert_false(shows(d, "h list"));
	mouse(d, MOUSE_PRESS, 20, 39);                      /* status line: nothing */
	mouse(d, MOUSE_PRESS, 500, 300);
	assert_true(shows(d, " 1/60"));
	close_desk(d);
}

static void the_wheel_moves_what_is_under_it(void **state)
{
	struct desk *d = open_desk(120, 40, "");

	(void)state;
	mouse(d, MOUSE_WHEEL_DOWN, 20, 9);
	assert_true(shows(d, " 3/60"));                     /* two rows of two lines */
	mouse(d, MOUSE_WHEEL_UP, 20, 9);
	assert_true(shows(d, " 1/60"));
	assert_true(shows(d, "The title"));
	mouse(d, MOUSE_WHEEL_DOWN, 90, 9);
	assert_false(shows(d, "The title"));
	assert_true(shows(d, " 1/60"));
	mouse(d, MOUSE_WHEEL_UP, 90, 9);
	assert_true(shows(d, "The title"));
	close_desk(d);
}

static void the_rule_is_dragged(void **state)
{
	struct desk *d = open_desk(120, 40, "");
	struct view v;

	(void)state;
	app_view(d->app, &v);
	mouse(d, MOUSE_DRAG, 60, 12);                       /* it was not taken hold of */
	mouse(d, MOUSE_PRESS, v.g.rule.x, 12);
	mouse(d, MOUSE_DRAG, 64, 12);
	app_view(d->app, &v);
	assert_int_equal(v.g.rule.x, 64);
	mouse(d, MOUSE_DRAG, 2, 12);
	app_view(d->app, &v);
	assert_int_equal(v.g.rule.x, 30);                   /* no narrower */
	mouse(d, MOUSE_RELEASE, 2, 12);
	mouse(d, MOUSE_DRAG, 64, 12);
	app_view(d->app, &v);
	assert_int_equal(v.g.rule.x, 30);
	close_desk(d);
	d = open_desk(90, 40, "");
	app_view(d->app, &v);
	mouse(d, MOUSE_PRESS, 40, v.g.rule.y);
	mouse(d, MOUSE_DRAG, 40, 20);
	app_view(d->app, &v);
	assert_int_equal(v.g.rule.y, 20);
	close_desk(d);
}

static void sections_and_what_is_new_are_clicked(void **state)
{
	struct desk *d = open_desk(120, 40, "");
	struct screen *s = screen_of(d);
	struct buf header = buf_limited(1 << 10);

	(void)state;
	screen_row(s, 0, &header);
	assert_int_equal(d->kind, ASK_ARTICLE);
	mouse(d, MOUSE_PRESS, (int)(strstr(buf_cstr(&header), "7 new") - buf_cstr(&header)), 0);
	assert_int_equal(d->kind, ASK_COUNTS);              /* is there anything for an edition? */
	mouse(d, MOUSE_PRESS, 14, 0);                       /* " lede   Top  Latest  Feeds" */
	screen_free(s);
	s = screen_of(d);
	assert_int_equal(screen_at(s, 13, 0)->role, ROLE_SECTION_CURRENT);
	screen_free(s);
	buf_free(&header);
	close_desk(d);
}

static int row_of(struct desk *d, const char *what, int *column)
{
	struct screen *s = screen_of(d);
	int found = -1;

	for (int y = 0; y < s->h && found < 0; y++) {
		struct buf b = buf_limited(4 << 10);
		const char *at;

		screen_row(s, y, &b);
		at = strstr(buf_cstr(&b), what);
		if (at) {
			found = y;
			for (*column = 0; *column < s->w; ++*column) {
				struct buf rest = buf_limited(4 << 10);
				bool here;

				for (int x = *column; x < s->w && rest.n < strlen(what); x++)
					buf_add_cstr(&rest, screen_at(s, x, y)->text);
				here = strncmp(buf_cstr(&rest), what, strlen(what)) == 0;
				buf_free(&rest);
				if (here)
					break;
			}
		}
		buf_free(&b);
	}
	screen_free(s);
	return found;
}

static void links_are_clicked_in_the_text_and_below_it(void **state)
{
	struct desk *d = open_desk(120, 40, "");
	int x, y = row_of(d, "[3]", &x);

	(void)state;
	assert_true(y > 0);
	mouse(d, MOUSE_PRESS, x - 3, y);
	assert_string_equal(d->opened, "");
	mouse(d, MOUSE_PRESS, x + 1, y);
	assert_string_equal(d->opened, "http://a.example/link/3");
	press(d, "G");
	y = row_of(d, "[40]", &x);
	assert_true(y > 0);
	mouse(d, MOUSE_PRESS, x + 12, y);
	assert_string_equal(d->opened, "http://a.example/link/40");
	close_desk(d);
}

static void nothing_is_clicked_on_a_screen_that_is_too_small(void **state)
{
	struct desk *d = open_desk(15, 4, "");

	(void)state;
	for (int act = MOUSE_PRESS; act <= MOUSE_WHEEL_DOWN; act++)
		for (int y = -1; y < 6; y++)
			mouse(d, (enum mouse_act)act, 3, y);
	assert_true(shows(d, "lede needs"));
	close_desk(d);
}

/* ---- copying ---- */

static void y_copies_the_address_and_Y_the_title_with_it(void **state)
{
	struct desk *d = open_desk(120, 40, "");

	(void)state;
	press(d, "y");
	assert_string_equal(d->copied, "https://www.a.example/x");
	assert_string_equal(d->shown, "a.example/x");
	press(d, "Y");
	assert_string_equal(d->copied, "Story number 1\nhttps://www.a.example/x");
	assert_string_equal(d->shown, "Story number 1");
	close_desk(d);
}

static void what_is_not_read_yet_is_copied_when_it_is(void **state)
{
	struct desk *d = open_desk(120, 40, "");

	(void)state;
	press(d, "j y");
	assert_string_equal(d->copied, "");
	assert_int_equal(d->wanted, 102);
	give_article(d);
	assert_string_equal(d->copied, "https://www.a.example/x");
	d->copied[0] = '\0';
	press(d, "j");
	pass(d, 100);
	give_article(d);                                  /* it is wanted only once */
	assert_string_equal(d->copied, "");
	close_desk(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_the_line_the_list_moves_a_row_at_its_edge),
		cmocka_unit_test(by_the_half_it_moves_by_half_a_pane),
		cmocka_unit_test(the_cursor_is_a_line_a_bar_or_a_marker),
		cmocka_unit_test(a_slow_line_has_one_pane_and_a_marker),
		cmocka_unit_test(whether_it_is_slow_the_terminal_says),
		cmocka_unit_test(a_terminal_with_wide_marks_gets_those_of_ascii),
		cmocka_unit_test(a_click_puts_the_cursor_there_and_a_second_one_opens),
		cmocka_unit_test(the_wheel_moves_what_is_under_it),
		cmocka_unit_test(the_rule_is_dragged),
		cmocka_unit_test(sections_and_what_is_new_are_clicked),
		cmocka_unit_test(links_are_clicked_in_the_text_and_below_it),
		cmocka_unit_test(nothing_is_clicked_on_a_screen_that_is_too_small),
		cmocka_unit_test(y_copies_the_address_and_Y_the_title_with_it),
		cmocka_unit_test(what_is_not_read_yet_is_copied_when_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
