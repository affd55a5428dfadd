#include "lede/app/config.h"

#include "lede/app/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct fixture { struct config *c; struct buf said; int lines[16], n; };

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);

	f->c = config_new();
	f->said = buf_limited(1 << 16);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	config_free(f->c);
	buf_free(&f->said);
	free(f);
	return 0;
}

static void hear(void *self, int line, const char *sentence)
{
	struct fixture *f = self;

	f->lines[f->n++ % 16] = line;
	buf_add_cstr(&f->said, sentence);
	buf_add_char(&f->said, '\n');
}

static void reads(struct fixture *f, const char *text)
{
	config_read(f->c, "config", str_of(text), hear, f);
}

static void says(struct fixture *f, const char *sentences)
{
	assert_string_equal(buf_cstr(&f->said), sentences);
}

static void without_a_file_all_is_default(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(config_text(f->c, OPT_LAYOUT, NULL), "auto");
	assert_int_equal(config_number(f->c, OPT_TEXT_WIDTH, NULL), 72);
	assert_int_equal(config_number(f->c, OPT_WEIGHT, NULL), 0);
	assert_string_equal(config_text(f->c, OPT_BROWSER, NULL), "");
	assert_false(config_bool(f->c, OPT_LAYOUT, NULL));
}

static void settings_stand_in_lede_or_before_any_section(void **state)
{
	struct fixture *f = *state;

	reads(f, "layout = single\n\n# width\n[lede]\ntext-width = 60   # narrow\n");
	says(f, "");
	assert_string_equal(config_text(f->c, OPT_LAYOUT, NULL), "single");
	assert_int_equal(config_number(f->c, OPT_TEXT_WIDTH, NULL), 60);
}

static void what_is_set_for_fewer_wins(void **state)
{
	struct fixture *f = *state;
	struct str tags[] = { STR("news"), STR("slow") };
	struct config_feed plain = { STR("http://a.example/"), NULL, 0 };
	struct config_feed tagged = { STR("http://a.example/"), tags, 2 };
	struct config_feed named = { STR("http://b.example/feed"), tags, 2 };

	reads(f, "[feed http://b.example/feed]\ntimeout = 5\n"
		 "[tag slow]\ntimeout = 300\n[lede]\ntimeout = 30\n");
	says(f, "");
	assert_int_equal(config_number(f->c, OPT_TIMEOUT, NULL), 30);
	assert_int_equal(config_number(f->c, OPT_TIMEOUT, &plain), 30);
	assert_int_equal(config_number(f->c, OPT_TIMEOUT, &tagged), 300);
	assert_int_equal(config_number(f->c, OPT_TIMEOUT, &named), 5);
}

static void among_equals_the_later_line_wins(void **state)
{
	struct fixture *f = *state;
	struct str tags[] = { STR("one"), STR("two") };
	struct config_feed feed = { STR("http://a.example/"), tags, 2 };

	reads(f,
	      "rows = dense\nrows = comfortable\n[tag two]\nweight = 2\n[tag one]\nweight = 1\n");
	assert_string_equal(config_text(f->c, OPT_ROWS, NULL), "comfortable");
	assert_int_equal(config_number(f->c, OPT_WEIGHT, &feed), 1);
}

static void the_command_line_wins_over_the_file(void **state)
{
	struct fixture *f = *state;
	struct config_feed feed = { STR("http://a.example/"), NULL, 0 };
	struct error e;

	reads(f, "timeout = 10\n[feed http://a.example/]\ntimeout = 20\n");
	assert_int_equal(config_set(f->c, OPT_TIMEOUT, STR("7"), &e), ERR_NONE);
	assert_int_equal(config_number(f->c, OPT_TIMEOUT, NULL), 7);
	assert_int_equal(config_number(f->c, OPT_TIMEOUT, &feed), 7);
	assert_int_equal(config_set(f->c, OPT_TIMEOUT, STR("soon"), &e), ERR_USAGE);
	assert_int_equal(config_number(f->c, OPT_TIMEOUT, NULL), 7);
}

static void an_unknown_option_names_file_line_and_the_nearest(void **state)
{
	struct fixture *f = *state;

	reads(f, "\n\ncolour = red\nlayot = single\nshoe-size = 44\nlayout = single\n");
	says(f, "config line 3: unknown option “colour”; did you mean theme?\n"
		"config line 4: unknown option “layot”; did you mean layout?\n"
		"config line 5: unknown option “shoe-size”\n");
	assert_int_equal(f->lines[0], 3);
	assert_string_equal(config_text(f->c, OPT_LAYOUT, NULL), "single");
}

static void a_bad_value_is_left_out_and_told(void **state)
{
	struct fixture *f = *state;

	reads(f, "text-width = 7\nrows = tall\ntext-width = 80\n");
	says(f, "config line 1: text-width is a number from 20 to 120, not “7”\n"
		"config line 2: rows is auto, comfortable or dense, not “tall”\n");
	assert_int_equal(config_number(f->c, OPT_TEXT_WIDTH, NULL), 80);
	assert_string_equal(config_text(f->c, OPT_ROWS, NULL), "auto");
}

static void an_unknown_section_is_told_once(void **state)
{
	struct fixture *f = *state;

	reads(f, "[colours]\nred = 1\nblue = 2\n[tag]\nweight = 3\n"
		 "[feed]\nweight = 3\n[colours]\nred = 3\n");
	says(f, "config line 2: unknown section [colours]; "
		"there are [lede], [keys], [tag NAME] and [feed URL]\n"
		"config line 5: [tag] lacks the tag it is for\n"
		"config line 7: [feed] lacks the address it is for\n"
		"config line 9: unknown section [colours]; "
		"there are [lede], [keys], [tag NAME] and [feed URL]\n");
}

static void an_option_out_of_its_place_is_told(void **state)
{
	struct fixture *f = *state;
	struct config_feed feed = { STR("http://a.example/"), NULL, 0 };

	reads(f, "weight = 10\n[feed http://a.example/]\nlayout = single\nweight = 20\n");
	says(f,
	     "config line 1: weight is not set in [lede]; it belongs in [tag NAME] or [feed URL]\n"
	     "config line 3: layout is not set in [feed]; it belongs in [lede]\n");
	assert_string_equal(config_text(f->c, OPT_LAYOUT, &feed), "auto");
	assert_int_equal(config_number(f->c, OPT_WEIGHT, &feed), 20);
}

static void lines_that_are_none_never_stop_the_reading(void **state)
{
	struct fixture *f = *state;

	reads(f, "what is this\n= 3\n[lede\n]\n[]\n[lede]\nlayout = \"single\nrows = \"dense\"\n");
	assert_string_equal(config_text(f->c, OPT_ROWS, NULL), "dense");
	assert_true(f->n >= 4);
	assert_non_null(strstr(buf_cstr(&f->said), "config line 1: expected key = value"));
}

static void quotes_and_windows_line_ends_are_read(void **state)
{
	struct fixture *f = *state;

	reads(f,
	      "\xEF\xBB\xBF[lede]\r\nbrowser = \"w3m -o # %u\"\r\nuser-agent = me # not you\r\n");
	says(f, "");
	assert_string_equal(config_text(f->c, OPT_BROWSER, NULL), "w3m -o # %u");
	assert_string_equal(config_text(f->c, OPT_USER_AGENT, NULL), "me");
}

static void nobody_needs_to_listen(void **state)
{
	struct fixture *f = *state;

	config_read(f->c, "config", STR("nonsense = 1\n[x]\ny = 2\nrows = 7\n"), NULL, NULL);
	assert_string_equal(config_text(f->c, OPT_ROWS, NULL), "auto");
}

static void bytes_of_any_kind_are_survived(void **state)
{
	struct fixture *f = *state;
	char noise[4096];
	uint32_t seed = 1;

	for (int round = 0; round < 200; round++) {
		for (size_t i = 0; i < sizeof noise; i++) {
			seed = seed * 1664525u + 1013904223u;
			noise[i] = "[]=\"#;\n\r ab\0\x80\xff-9"[seed >> 28];
		}
		config_read(f->c, "config", (struct str){ noise, sizeof noise }, NULL, NULL);
	}
	assert_string_equal(config_text(f->c, OPT_THEME, NULL), "auto");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void keys_are_bound_in_the_order_of_the_file(void **state)
{
	struct fixture *f = *state;
	size_t n;
	const struct binding *b;

	reads(f, "[keys]\nbind = gt help\nunbind = Q article # not here\nbind = \"# star lists\"\n");
	says(f, "");
	b = config_bindings(f->c, &n);
	assert_int_equal(n, 3);
	assert_int_equal(b[0].keys.n, 2);
	assert_string_equal(b[0].command->name, "help");
	assert_null(b[1].command);
	assert_int_equal(b[1].where, ON_ARTICLE);
	assert_int_equal(b[2].keys.key[0], '#');
	assert_int_equal(b[2].line, 4);
}

static void bad_lines_of_keys_are_named_and_left_out(void **state)
{
	struct fixture *f = *state;
	size_t n;

	reads(f, "[keys]\nbind = x hlep\ncolour = red\nbind = x help\nbind = x quit\n");
	says(f, "config line 2: there is no command “hlep”; did you mean help?\n"
		"config line 3: “colour” says nothing in [keys]; there are bind = KEY COMMAND [CONTEXT] and unbind = "
		"KEY [CONTEXT]\n"
		"config line 5: line 4 says already what x means; this line holds\n");
	config_bindings(f->c, &n);
	assert_int_equal(n, 2);
}

static void the_keys_are_a_set_with_the_readers_own_before_it(void **state)
{
	struct fixture *f = *state;
	static const uint32_t p = 'p', j = 'J';
	const struct command *c;
	struct keymap *k;
	struct error e;
	bool more;

	reads(f, "keys = newsboat\n[keys]\nbind = p help\n");
	assert_int_equal(config_bind(f->c, STR("J quit"), &e), ERR_NONE);
	assert_int_equal(config_unbind(f->c, STR("J feeds"), &e), ERR_NONE);
	assert_int_equal(config_bind(f->c, STR("J"), &e), ERR_USAGE);
	k = config_keymap(f->c);
	keymap_find(k, &p, 1, ON_LIST, &c, &more);
	assert_string_equal(c->name, "help");
	keymap_find(k, &j, 1, ON_LIST, &c, &more);
	assert_string_equal(c->name, "quit");
	keymap_find(k, &j, 1, ON_FEEDS, &c, &more);
	assert_null(c);
	keymap_free(k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_a_file_all_is_default),
		TEST(settings_stand_in_lede_or_before_any_section),
		TEST(what_is_set_for_fewer_wins),
		TEST(among_equals_the_later_line_wins),
		TEST(the_command_line_wins_over_the_file),
		TEST(an_unknown_option_names_file_line_and_the_nearest),
		TEST(a_bad_value_is_left_out_and_told),
		TEST(an_unknown_section_is_told_once),
		TEST(an_option_out_of_its_place_is_told),
		TEST(lines_that_are_none_never_stop_the_reading),
		TEST(quotes_and_windows_line_ends_are_read),
		TEST(nobody_needs_to_listen),
		TEST(bytes_of_any_kind_are_survived),
		TEST(keys_are_bound_in_the_order_of_the_file),
		TEST(bad_lines_of_keys_are_named_and_left_out),
		TEST(the_keys_are_a_set_with_the_readers_own_before_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
