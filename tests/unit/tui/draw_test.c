/* The parts of a frame one by one: what gives way when there is less room. Whole frames:
 * tests/screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lede/tui/draw.h"

#define S(text) { text, sizeof(text) - 1 }

static const struct str sections[] = { S("Top"), S("Latest"), S("Feeds"), S("Starred") };
static const struct view_part news[] = { { S("7 new"), ROLE_ACCENT, false },
	                                 { S("press ."), ROLE_ACCENT, false },
	                                 { S("212 unread"), ROLE_META, false },
	                                 { S("08:14"), ROLE_META, false } };
static const struct view_part facts[] = { { S("1/48"), ROLE_META, false },
	                                  { S("5 sources"), ROLE_META, false } };
static const struct str longs[] = { S("2 h old +20"), S("5 sources +16"),
	                            S("you read Paper Daily +9") };
static const struct str shorts[] = { S("2 h old +20"), S("5 sources +16"), S("Paper Daily +9") };

static struct view view_of(int w, int h)
{
	const struct geometry_wish wish = { .text_width = 72, .scroll_offset = 3 };
	struct view v = { .ambiguous = 1 };

	geometry_of(w, h, &wish, &v.g);
	v.header = (struct view_header){
		.section = sections, .nsections = 4, .right = news, .nright = 4
	};
	v.status = (struct view_status){ .fact = facts,
		                         .nfacts = 2,
		                         .why = S("why: "),
		                         .long_term = longs,
		                         .short_term = shorts,
		                         .nterms = 3,
		                         .hint = S("? help") };
	v.pane.bar_line = -1;
	return v;
}

typedef void draw_fn(const struct view *v, struct screen *out);

/* One row of what a part draws on a screen of its own. */
static const char *row_of(draw_fn *draw, const struct view *v, int y)
{
	static char out[1024];
	struct screen *s = screen_new(v->g.w, v->g.h);
	struct buf b = buf_limited(sizeof out - 1);

	screen_clear(s, v->ambiguous);
	draw(v, s);
	screen_row(s, y, &b);
	snprintf(out, sizeof out, "%s", buf_cstr(&b));
	screen_free(s);
	buf_free(&b);
	return out;
}

static const char *header_at(int w)
{
	struct view v = view_of(w, 24);

	return row_of(draw_header, &v, 0);
}

static const char *status_of(const struct view *v)
{
	return row_of(draw_status, v, v->g.status);
}

static const char *status_at(int w)
{
	struct view v = view_of(w, 24);

	return status_of(&v);
}

/* ---- header ---- */

static void header_drops_its_right_parts_from_the_end(void **state)
{
	(void)state;
	assert_string_equal(
		header_at(80),
		" lede   Top  Latest  Feeds  Starred        7 new · press . · 212 unread · 08:14");
	assert_string_equal(
		header_at(70),
		" lede   Top  Latest  Feeds  Starred      7 new · press . · 212 unread");
	assert_string_equal(header_at(60),
	                    " lede   Top  Latest  Feeds  Starred         7 new · press .");
}

static void narrow_header_keeps_the_current_section_and_what_is_new(void **state)
{
	struct view v = view_of(40, 24);

	(void)state;
	v.header.current = 2;
	assert_string_equal(row_of(draw_header, &v, 0), " lede   Feeds                     7 new");
	v.header.right = news + 2;
	v.header.nright = 2;
	assert_string_equal(row_of(draw_header, &v, 0), " lede   Feeds");
}

static void low_screens_have_no_header(void **state)
{
	struct view v = view_of(80, 7);

	(void)state;
	assert_int_equal(v.g.header, -1);
	for (int y = 0; y < 7; y++)
		assert_string_equal(row_of(draw_header, &v, y), "");
}

static void the_current_section_and_the_name_have_roles_of_their_own(void **state)
{
	struct view v = view_of(80, 24);
	struct screen *s = screen_new(80, 24);

	(void)state;
	v.header.current = 1;
	draw_header(&v, s);
	assert_int_equal(screen_at(s, 1, 0)->role, ROLE_NAME);
	assert_int_equal(screen_at(s, 8, 0)->role, ROLE_META);
	assert_int_equal(screen_at(s, 13, 0)->role, ROLE_SECTION_CURRENT);
	screen_free(s);
}

/* ---- status ---- */

static void reasons_are_told_long_then_short_then_fewer(void **state)
{
	(void)state;
	assert_string_equal(
		status_at(120),
		" 1/48 · 5 sources · why: 2 h old +20, 5 sources +16, you read Paper Daily +9"
		"                                     ? help");
	assert_string_equal(
		status_at(80),
		" 1/48 · 5 sources · why: 2 h old +20, 5 sources +16                      ? help");
	assert_string_equal(status_at(60),
	                    " 1/48 · 5 sources · why: 2 h old +20                 ? help");
}

static void narrow_status_leaves_out_the_word_why_and_then_facts(void **state)
{
	(void)state;
	assert_string_equal(status_at(50), " 1/48 · 5 sources · 2 h old +20            ? help");
	assert_string_equal(status_at(36), " 1/48 · 2 h old +20          ? help");
	assert_string_equal(status_at(20), " 1/48        ? help");
}

static void a_message_takes_the_place_of_facts_and_reasons(void **state)
{
	struct view v = view_of(60, 24);

	(void)state;
	v.status.message = (struct view_part){ STR("starred"), ROLE_TEXT, false };
	assert_string_equal(status_of(&v),
	                    " starred                                             ? help");
}

static void a_long_message_is_cut_and_on_a_small_screen_takes_the_hint_s_place(void **state)
{
	struct view v = view_of(60, 24);

	(void)state;
	v.status.message = (struct view_part){
		STR("Harbour Times: 503 Service Unavailable; next try 11:45 tomorrow"), ROLE_ERROR,
		false
	};
	assert_string_equal(status_of(&v),
	                    " Harbour Times: 503 Service Unavailable; next try…   ? help");
	geometry_of(24, 24, &(struct geometry_wish){ .text_width = 72 }, &v.g);
	assert_string_equal(status_of(&v), " Harbour Times: 503 Se…");
}

static void keys_being_typed_stand_at_the_right(void **state)
{
	struct view v = view_of(60, 24);

	(void)state;
	v.status.pending = STR("12…");
	v.status.nterms = v.status.nfacts = 0;
	assert_string_equal(status_of(&v),
	                    "                                                        12…");
}

static void ascii_parts_facts_by_a_hyphen(void **state)
{
	struct view v = view_of(60, 24);

	(void)state;
	v.glyphs = GLYPHS_ASCII;
	v.status.nterms = 0;
	assert_string_equal(status_of(&v),
	                    " 1/48 - 5 sources                                    ? help");
}

/* ---- pane ---- */

static void a_line_has_an_indent_and_a_part_at_the_right(void **state)
{
	const struct view_part part = { S("City News"), ROLE_TEXT, false };
	const struct view_line line = {
		.part = &part, .nparts = 1, .indent = 2, .right = { S("2h"), ROLE_META, false }
	};
	struct view v = view_of(40, 24);

	(void)state;
	v.pane.line = &line;
	v.pane.nlines = 1;
	assert_string_equal(row_of(draw_pane, &v, v.g.text.y),
	                    "    City News                       2h");
}

static void the_bar_stands_beside_the_line_with_the_choice(void **state)
{
	const struct view_line lines[3] = { { .nparts = 0 }, { .nparts = 0 }, { .nparts = 0 } };
	struct view v = view_of(80, 24);
	struct screen *s = screen_new(80, 24);

	(void)state;
	v.pane = (struct view_pane){
		.line = lines, .nlines = 3, .focus = true, .bar_line = 1, .panel = true
	};
	draw_pane(&v, s);
	assert_string_equal(screen_at(s, v.g.article.x, v.g.article.y)->text, " ");
	assert_string_equal(screen_at(s, v.g.article.x, v.g.article.y + 1)->text, "▌");
	assert_int_equal(screen_at(s, v.g.article.x, v.g.article.y + 1)->role, ROLE_ACCENT);
	assert_int_equal(s->cursor_y, v.g.article.y + 1);
	screen_free(s);
}

static void without_the_focus_there_is_no_bar_and_no_cursor(void **state)
{
	const struct view_line line = { .nparts = 0 };
	struct view v = view_of(80, 24);
	struct screen *s = screen_new(80, 24);

	(void)state;
	v.pane = (struct view_pane){ .line = &line, .nlines = 1, .bar_line = -1 };
	draw_pane(&v, s);
	for (int i = 0; i < 80 * 24; i++)
		assert_string_not_equal(s->cell[i].text, "▌");
	assert_int_equal(s->cursor_y, -1);
	screen_free(s);
}

static void underlined_parts_are_underlined_as_far_as_they_go(void **state)
{
	const struct view_part parts[] = { { S("ab"), ROLE_TEXT, false },
		                           { S("日本"), ROLE_LINK, true },
		                           { S("c"), ROLE_TEXT, false } };
	const struct view_line line = { .part = parts, .nparts = 3 };
	struct view v = view_of(80, 24);
	struct screen *s = screen_new(80, 24);
	int x = v.g.text.x, y = v.g.text.y;

	(void)state;
	v.pane.line = &line;
	v.pane.nlines = 1;
	draw_pane(&v, s);
	assert_false(screen_at(s, x + 1, y)->underline);
	for (int i = 2; i < 6; i++)
		assert_true(screen_at(s, x + i, y)->underline);
	assert_false(screen_at(s, x + 6, y)->underline);
	screen_free(s);
}

/* ---- rules, and too little room ---- */

static void the_rule_parts_columns_and_stacks(void **state)
{
	struct view v = view_of(120, 36);

	(void)state;
	v.list_shown = v.pane_shown = true;
	assert_int_equal(v.g.rule.w, 1);
	assert_true(strstr(row_of(draw_rule, &v, v.g.rule.y), "│") != NULL);
	assert_string_equal(row_of(draw_rule, &v, v.g.status), "");
	v = view_of(60, 40);
	assert_int_equal(v.g.rule.h, 1);
	assert_true(strncmp(row_of(draw_rule, &v, v.g.rule.y), "──", 6) == 0);
}

static void too_small_a_screen_says_what_is_needed(void **state)
{
	struct view v = view_of(19, 4);

	(void)state;
	assert_string_equal(row_of(draw_view, &v, 0), "lede needs 20x5");
	assert_string_equal(row_of(draw_view, &v, 1), "now 19x4 · q quits");
	v = view_of(7, 1);
	assert_string_equal(row_of(draw_view, &v, 0), "lede ne");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_drops_its_right_parts_from_the_end),
		cmocka_unit_test(narrow_header_keeps_the_current_section_and_what_is_new),
		cmocka_unit_test(low_screens_have_no_header),
		cmocka_unit_test(the_current_section_and_the_name_have_roles_of_their_own),
		cmocka_unit_test(reasons_are_told_long_then_short_then_fewer),
		cmocka_unit_test(narrow_status_leaves_out_the_word_why_and_then_facts),
		cmocka_unit_test(a_message_takes_the_place_of_facts_and_reasons),
		cmocka_unit_test(
			a_long_message_is_cut_and_on_a_small_screen_takes_the_hint_s_place),
		cmocka_unit_test(keys_being_typed_stand_at_the_right),
		cmocka_unit_test(ascii_parts_facts_by_a_hyphen),
		cmocka_unit_test(a_line_has_an_indent_and_a_part_at_the_right),
		cmocka_unit_test(the_bar_stands_beside_the_line_with_the_choice),
		cmocka_unit_test(without_the_focus_there_is_no_bar_and_no_cursor),
		cmocka_unit_test(underlined_parts_are_underlined_as_far_as_they_go),
		cmocka_unit_test(the_rule_parts_columns_and_stacks),
		cmocka_unit_test(too_small_a_screen_says_what_is_needed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
