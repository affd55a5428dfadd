#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lede/tui/theme.h"

static void must_not_complain(void *self, int line, const char *why)
{
	(void)self;
	print_error("line %d: %s\n", line, why);
	fail();
}

static struct theme shipped(const char *name)
{
	struct theme_source source = { .bad = must_not_complain };
	struct theme t;
	struct error e = { .text = "" };

	if (theme_read(theme_shipped(name), &source, &t, &e) != ERR_NONE)
		fail_msg("%s: %s", name, e.text);
	return t;
}

static void every_shipped_theme_reads_without_complaint(void **state)
{
	int n = 0;

	(void)state;
	for (const char *name; (name = theme_shipped_name(n)); n++)
		assert_string_equal(shipped(name).name, name);
	assert_int_equal(n, 6);
}

/* What a role needs: 7 for text and headlines, 4.5 for other words, 3 for rules and marks. Tenths.
 */
static int needed(enum role r)
{
	switch (r) {
	case ROLE_TEXT:
	case ROLE_STRONG:
	case ROLE_EMPHASIS:
	case ROLE_TITLE:
	case ROLE_HEADING:
	case ROLE_HEADLINE:
	case ROLE_HEADLINE_TOP: case ROLE_RANK_TOP:
		return 70;
	case ROLE_RULE: case ROLE_FAINT:
		return 30;
	default:
		return 45;
	}
}

static void every_shipped_theme_can_be_read_by_everybody(void **state)
{
	(void)state;
	for (int i = 0; theme_shipped_name(i); i++) {
		struct theme t = shipped(theme_shipped_name(i));
		const struct style *style = t.style[DEPTH_256];
		int32_t ground = style[ROLE_BACKGROUND].bg.rgb;

		if (strcmp(t.name, "mono") == 0)
			continue;
		/* The terminal's own background is taken for the least favourable one. */
		if (ground < 0)
			ground = t.light ? 0xeeeeee : 0x262626;
		for (int r = ROLE_TEXT; r < ROLE_COUNT; r++) {
			int32_t back = style[r].bg.rgb >= 0 ? style[r].bg.rgb : ground;
			int contrast = theme_contrast10(style[r].fg.rgb, back);

			if (contrast < needed((enum role)r))
				fail_msg("%s: %s has a contrast of %d.%d", t.name,
				         role_name((enum role)r), contrast / 10, contrast % 10);
		}
	}
}

static void indices_and_rgb_are_the_same_colour(void **state)
{
	(void)state;
	for (int i = 0; theme_shipped_name(i); i++) {
		struct theme t = shipped(theme_shipped_name(i));

		for (int r = 0; r < ROLE_COUNT; r++) {
			struct color c = t.style[DEPTH_256][r].fg;

			if (c.index >= 16)
				assert_int_equal(theme_palette(c.index), c.rgb);
		}
	}
}

/* The Linux console and xterm draw bold black as grey. */
static void what_has_a_ground_is_not_bold_where_colours_are_few(void **state)
{
	(void)state;
	for (int i = 0; theme_shipped_name(i); i++) {
		struct theme t = shipped(theme_shipped_name(i));

		for (int d = DEPTH_8; d <= DEPTH_16; d++)
			for (int r = 0; r < ROLE_COUNT; r++)
				if (t.style[d][r].bg.index >= 0)
					assert_false(t.style[d][r].attr & ATTR_BOLD);
		assert_true(t.style[DEPTH_8][ROLE_HEADLINE_TOP].attr & ATTR_BOLD);
	}
	assert_true(shipped("dark").style[DEPTH_256][ROLE_CURSOR].attr & ATTR_BOLD);
}

static void a_theme_inherits_what_it_does_not_name(void **state)
{
	struct theme t, dark = shipped("dark");
	struct str text = STR("[theme]\nname = dusk\ninherit = dark   # the rest\n[colors]\ncopper "
	                      "= 173 #d7875f\n"
	                      "[roles]\naccent = copper\ncursor = 234 on copper bold\n[16]\naccent "
	                      "= brightyellow\n");

	(void)state;
	assert_int_equal(
	        theme_read(text, &(struct theme_source){ .bad = must_not_complain }, &t, NULL),
	        ERR_NONE);
	assert_string_equal(t.name, "dusk");
	assert_int_equal(t.style[DEPTH_256][ROLE_ACCENT].fg.index, 173);
	assert_int_equal(t.style[DEPTH_256][ROLE_ACCENT].fg.rgb, 0xd7875f);
	assert_int_equal(t.style[DEPTH_256][ROLE_CURSOR].bg.index, 173);
	assert_int_equal(t.style[DEPTH_256][ROLE_CURSOR].attr, ATTR_BOLD);
	assert_int_equal(t.style[DEPTH_16][ROLE_ACCENT].fg.index, 11);
	assert_int_equal(t.style[DEPTH_256][ROLE_LINK].fg.index,
	                 dark.style[DEPTH_256][ROLE_LINK].fg.index);
}

struct complaints { int n, line; char why[200]; };

static void note(void *self, int line, const char *why)
{
	struct complaints *c = self;

	c->n++;
	c->line = line;
	snprintf(c->why, sizeof c->why, "%s", why);
}

static void unknown_roles_and_colours_are_named_with_their_line(void **state)
{
	struct complaints c = { 0 };
	struct theme t;

	(void)state;
	theme_read(STR("[theme]\nname = x\ninherit = dark\n[roles]\ncolour = 12\n"),
		   &(struct theme_source){ .bad = note, .self = &c }, &t, NULL);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.line, 5);
	assert_string_equal(c.why, "unknown role “colour”");
	c.n = 0;
	theme_read(STR("[theme]\nname = x\ninherit = dark\n[roles]\ntext = mauve\n"),
		   &(struct theme_source){ .bad = note, .self = &c }, &t, NULL);
	assert_int_equal(c.n, 1);
	assert_string_equal(c.why, "unknown colour or attribute “mauve”");
	assert_int_equal(t.style[DEPTH_256][ROLE_TEXT].fg.index, 252);
}

static void a_theme_of_its_own_must_name_every_role(void **state)
{
	struct theme t;
	struct error e;

	(void)state;
	assert_int_equal(
	        theme_read(STR("[theme]\nname = bare\n[roles]\ntext = 252\n"), NULL, &t, &e),
	        ERR_SYNTAX);
	assert_non_null(strstr(e.text, "strong"));
}

static struct str ring(void *self, const char *name)
{
	(void)self;
	return strcmp(name, "a") == 0 ? STR("[theme]\nname = a\ninherit = b\n")
	                              : STR("[theme]\nname = b\ninherit = a\n");
}

static void themes_that_inherit_in_a_ring_are_refused(void **state)
{
	struct theme t;
	struct error e;

	(void)state;
	assert_int_equal(theme_read(STR("[theme]\nname = a\ninherit = b\n"),
	                            &(struct theme_source){ .find = ring }, &t, &e),
	                 ERR_SYNTAX);
}

static void the_nearest_palette_colour_is_found(void **state)
{
	(void)state;
	assert_int_equal(theme_nearest(0xffaf5f), 215);
	assert_int_equal(theme_nearest(0x080808), 232);
	assert_int_equal(theme_palette(theme_nearest(0xfeb060)), 0xffaf5f);
	assert_int_equal(theme_contrast10(0x000000, 0xffffff), 210);
}

static void without_colour_every_role_of_weight_has_an_attribute(void **state)
{
	struct theme t = shipped("dark");
	const struct style *mono = t.style[DEPTH_MONO];

	(void)state;
	assert_int_equal(mono[ROLE_CURSOR].attr, ATTR_BOLD | ATTR_REVERSE);
	assert_int_equal(mono[ROLE_CURSOR_OFF].attr, ATTR_UNDERLINE);
	assert_int_equal(mono[ROLE_META].attr, ATTR_DIM);
	for (int r = 0; r < ROLE_COUNT; r++)
		assert_int_equal(mono[r].fg.index, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_shipped_theme_reads_without_complaint),
		cmocka_unit_test(every_shipped_theme_can_be_read_by_everybody),
		cmocka_unit_test(indices_and_rgb_are_the_same_colour),
		cmocka_unit_test(what_has_a_ground_is_not_bold_where_colours_are_few),
		cmocka_unit_test(a_theme_inherits_what_it_does_not_name),
		cmocka_unit_test(unknown_roles_and_colours_are_named_with_their_line),
		cmocka_unit_test(a_theme_of_its_own_must_name_every_role),
		cmocka_unit_test(themes_that_inherit_in_a_ring_are_refused),
		cmocka_unit_test(the_nearest_palette_colour_is_found),
		cmocka_unit_test(without_colour_every_role_of_weight_has_an_attribute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
