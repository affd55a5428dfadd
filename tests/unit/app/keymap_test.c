#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lede/app/command.h"
#include "lede/app/key.h"
#include "lede/app/keymap.h"

static struct keymap *map;

static int with_the_defaults(void **state)
{
	(void)state;
	map = keymap_new(KEY_SET_LEDE);
	return 0;
}

static int with_newsboats_keys(void **state)
{
	(void)state;
	map = keymap_new(KEY_SET_NEWSBOAT);
	return 0;
}

static int let_go(void **state)
{
	(void)state;
	keymap_free(map);
	return 0;
}

/* What keys mean: a command's name, with + behind it when a longer sequence begins so; "-": nothing. */
static const char *means(const char *keys, unsigned context)
{
	static char said[64];
	const struct command *c;
	struct keys k;
	struct error e;
	bool more;

	assert_int_equal(keys_read(str_of(keys), &k, &e), ERR_NONE);
	keymap_find(map, k.key, k.n, context, &c, &more);
	strcpy(said, c ? c->name : "-");
	return more ? strcat(said, "+") : said;
}

static void bind(const char *line)
{
	struct binding b;
	struct error e;

	assert_int_equal(binding_read(str_of(line), &b, &e), ERR_NONE);
	keymap_add(map, &b);
}

static void unbind(const char *line)
{
	struct binding b;
	struct error e;

	assert_int_equal(binding_read_unbind(str_of(line), &b, &e), ERR_NONE);
	keymap_add(map, &b);
}

static void refuses(const char *line, const char *sentence)
{
	struct binding b;
	struct error e;

	assert_int_equal(binding_read(str_of(line), &b, &e), ERR_USAGE);
	assert_string_equal(e.text, sentence);
}

static const char *keys_of(const char *command, unsigned context)
{
	static char said[256];
	struct buf b = buf_limited(1024);

	keymap_keys(map, command_named(str_of(command)), context, &b);
	strcpy(said, buf_cstr(&b));
	buf_free(&b);
	return said;
}

/* ---- sequences ---- */

static void a_sequence_is_written_as_it_is_read(void **state)
{
	static const struct { const char *text; int n; uint32_t first, last; } cases[] = {
		{ "g", 1, 'g', 'g' },        { "gt", 2, 'g', 't' },
		{ "Down", 1, LEDE_KEY_DOWN, LEDE_KEY_DOWN },
		{ "^X^S", 2, 24, 19 },       { "g<Down>", 2, 'g', LEDE_KEY_DOWN },
		{ "<Space>x", 2, ' ', 'x' }, { "<", 1, '<', '<' },
		{ "<<>t", 2, '<', 't' },     { "中文", 2, 0x4E2D, 0x6587 },
		{ "a<^>b", 3, 'a', 'b' },    { "g0", 2, 'g', '0' },
		{ ">", 1, '>', '>' },        { "g>", 2, 'g', '>' },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct keys k;
		struct error e;
		char text[KEYS_TEXT];

		assert_int_equal(keys_read(str_of(cases[i].text), &k, &e), ERR_NONE);
		assert_int_equal(k.n, cases[i].n);
		assert_int_equal(k.key[0], cases[i].first);
		assert_int_equal(k.key[k.n - 1], cases[i].last);
		keys_text(&k, text);
		assert_string_equal(text, cases[i].text);
	}
}

static void no_sequence_is_too_long_or_a_count(void **state)
{
	(void)state;
	refuses("abcdefg help", "“abcdefg” is longer than 6 keys");
	refuses("5 help", "“5” begins with a digit; digits before a key are a count");
	refuses("g<Nowhere> help", "“g<Nowhere>” is no key; keys are written j, ^D, Home, F5, and g<Down> one "
				    "after the other");
}

/* ---- lines of the configuration ---- */

static void what_is_wrong_with_a_line_is_said(void **state)
{
	(void)state;
	refuses("", "expected bind = KEY COMMAND [CONTEXT]");
	refuses("x", "expected bind = KEY COMMAND [CONTEXT]");
	refuses("x hlep", "there is no command “hlep”; did you mean help?");
	refuses("x frobnicate", "there is no command “frobnicate”; lede(1) lists them");
	refuses("x help lits", "“lits” is no context; there are all, lists, list, entries, feeds, article and "
			       "panel; did you mean lists?");
	refuses("x star feeds", "there is no star in feeds");
}

static void two_lines_conflict_when_they_say_different_things_of_the_same(void **state)
{
	static const struct { const char *a, *b; bool conflict; } cases[] = {
		{ "x help", "x quit", true },           { "x help", "x help", false },
		{ "x help", "y quit", false },          { "x help", "x quit list", false },
		{ "x help list", "x quit feeds", false }, { "x star", "x refresh", true },
		{ "xy help", "x quit", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct binding a, b;
		struct error e;

		assert_int_equal(binding_read(str_of(cases[i].a), &a, &e), ERR_NONE);
		assert_int_equal(binding_read(str_of(cases[i].b), &b, &e), ERR_NONE);
		assert_int_equal(binding_conflicts(&a, &b), cases[i].conflict);
	}
}

/* ---- what keys mean ---- */

static void the_defaults_are_those_of_the_table(void **state)
{
	(void)state;
	assert_string_equal(means("j", ON_LIST), "down");
	assert_string_equal(means("Down", ON_ARTICLE), "down");
	assert_string_equal(means("^D", ON_LIST), "half-down");
	assert_string_equal(means("^J", ON_LIST), "open");
	assert_string_equal(means("^H", ON_ARTICLE), "back");
	assert_string_equal(means("Backspace", ON_ARTICLE), "back");
	assert_string_equal(means("gg", ON_LIST), "-");
	assert_string_equal(means("s", ON_FEEDS), "-");
	assert_string_equal(keys_of("open", ON_LIST), "Enter l Right");
}

static void the_readers_word_wins_over_the_defaults(void **state)
{
	(void)state;
	bind("s help");
	assert_string_equal(means("s", ON_LIST), "help");
	assert_string_equal(keys_of("star", ON_LIST), "");
	assert_string_equal(keys_of("help", ON_LIST), "s ?");
}

static void what_is_said_for_fewer_contexts_wins_then_what_is_said_later(void **state)
{
	(void)state;
	bind("x quit article");
	bind("x help");
	bind("x redraw");
	assert_string_equal(means("x", ON_ARTICLE), "quit");
	assert_string_equal(means("x", ON_LIST), "redraw");
	/* star exists in fewer places than redraw, but it was said for all of them */
	bind("x star");
	bind("x redraw");
	assert_string_equal(means("x", ON_LIST), "redraw");
}

static void an_unbound_key_means_nothing_there(void **state)
{
	(void)state;
	unbind("Q article");
	assert_string_equal(means("Q", ON_ARTICLE), "-");
	assert_string_equal(means("Q", ON_LIST), "quit");
	unbind("Q");
	assert_string_equal(means("Q", ON_LIST), "-");
	bind("Q help");
	assert_string_equal(means("Q", ON_LIST), "help");
	assert_string_equal(means("Q", ON_ARTICLE), "-");
}

static void a_longer_sequence_makes_its_beginning_wait(void **state)
{
	(void)state;
	bind("gt help list");
	assert_string_equal(means("g", ON_LIST), "first+");
	assert_string_equal(means("gt", ON_LIST), "help");
	assert_string_equal(means("g", ON_FEEDS), "first");
	unbind("gt");
	assert_string_equal(means("g", ON_LIST), "first+");
	unbind("gt list");
	assert_string_equal(means("g", ON_LIST), "first");
}

static void newsboats_keys_are_there_and_mean_one_thing_each(void **state)
{
	static const unsigned where[] = { ON_LIST, ON_ENTRIES, ON_FEEDS, ON_ARTICLE, ON_PANEL };

	(void)state;
	assert_string_equal(means("J", ON_LIST), "down");
	assert_string_equal(means("N", ON_LIST), "read");
	assert_string_equal(means("p", ON_LIST), "prev");
	assert_string_equal(means("C", ON_LIST), "read-view");
	assert_string_equal(means("^F", ON_LIST), "-");
	assert_string_equal(means("Space", ON_LIST), "read-on");
	for (size_t i = 0; i < command_count; i++)
		for (size_t w = 0; w < sizeof where / sizeof *where; w++) {
			const struct command *c = &command_table[i];

			if (c->where & where[w])
				assert_true(keys_of(c->name, where[w])[0] != '\0');
		}
}

#define T(test) cmocka_unit_test_setup_teardown(test, with_the_defaults, let_go)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_sequence_is_written_as_it_is_read),
		T(no_sequence_is_too_long_or_a_count),
		T(what_is_wrong_with_a_line_is_said),
		T(two_lines_conflict_when_they_say_different_things_of_the_same),
		T(the_defaults_are_those_of_the_table),
		T(the_readers_word_wins_over_the_defaults),
		T(what_is_said_for_fewer_contexts_wins_then_what_is_said_later),
		T(an_unbound_key_means_nothing_there),
		T(a_longer_sequence_makes_its_beginning_wait),
		cmocka_unit_test_setup_teardown(newsboats_keys_are_there_and_mean_one_thing_each,
						with_newsboats_keys, let_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
