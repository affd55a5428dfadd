#include "lede/app/paths.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

/* An environment of its own for each test. */
static char *home, *config_home, *data_home;

static char *lookup(const char *name)
{
	return strcmp(name, "HOME") == 0 ? home : strcmp(name, "XDG_CONFIG_HOME") == 0 ? config_home
		: strcmp(name, "XDG_DATA_HOME") == 0 ? data_home : NULL;
}

static char at_home[] = "/home/ann", at_config[] = "/etc/ann/", at_data[] = "/var/ann",
	    relative[] = "x/y", empty[] = "";

static void are(const struct paths *p, const char *config, const char *feeds, const char *db,
		const char *themes)
{
	assert_string_equal(p->config, config);
	assert_string_equal(p->feeds, feeds);
	assert_string_equal(p->db, db);
	assert_string_equal(p->themes, themes);
}

static void files_stand_below_home(void **state)
{
	struct paths p;

	(void)state;
	home = at_home, config_home = data_home = NULL;
	assert_int_equal(paths_find(lookup, NULL, NULL, NULL, &p, NULL), ERR_NONE);
	are(&p, "/home/ann/.config/lede/config", "/home/ann/.config/lede/feeds",
	    "/home/ann/.local/share/lede/lede.db", "/home/ann/.config/lede/themes");
	paths_free(&p);
	assert_null(p.config);
}

static void xdg_folders_come_first(void **state)
{
	struct paths p;

	(void)state;
	home = at_home, config_home = at_config, data_home = at_data;
	assert_int_equal(paths_find(lookup, NULL, NULL, NULL, &p, NULL), ERR_NONE);
	are(&p, "/etc/ann/lede/config", "/etc/ann/lede/feeds", "/var/ann/lede/lede.db",
	    "/etc/ann/lede/themes");
	paths_free(&p);
}

static void relative_and_empty_xdg_folders_are_ignored(void **state)
{
	struct paths p;

	(void)state;
	home = at_home, config_home = relative, data_home = empty;
	assert_int_equal(paths_find(lookup, NULL, NULL, NULL, &p, NULL), ERR_NONE);
	are(&p, "/home/ann/.config/lede/config", "/home/ann/.config/lede/feeds",
	    "/home/ann/.local/share/lede/lede.db", "/home/ann/.config/lede/themes");
	paths_free(&p);
}

static void what_the_person_names_wins(void **state)
{
	struct paths p;

	(void)state;
	home = at_home, config_home = at_config, data_home = at_data;
	assert_int_equal(paths_find(lookup, "c", "/f", "../d.db", &p, NULL), ERR_NONE);
	are(&p, "c", "/f", "../d.db", "/etc/ann/lede/themes");
	paths_free(&p);
}

static void without_home_it_says_what_to_do(void **state)
{
	struct paths p;
	struct error e;

	(void)state;
	home = config_home = data_home = NULL;
	assert_int_equal(paths_find(lookup, NULL, NULL, NULL, &p, &e), ERR_USAGE);
	assert_non_null(strstr(e.text, "--config, --feeds and --db"));
	assert_null(p.db);
	home = empty;
	assert_int_equal(paths_find(lookup, "c", "f", NULL, &p, &e), ERR_USAGE);
}

static void without_home_named_files_are_enough(void **state)
{
	struct paths p;

	(void)state;
	home = config_home = data_home = NULL;
	assert_int_equal(paths_find(lookup, "c", "f", "d", &p, NULL), ERR_NONE);
	assert_string_equal(p.db, "d");
	assert_null(p.themes);
	paths_free(&p);
	config_home = at_config, data_home = at_data;
	assert_int_equal(paths_find(lookup, NULL, NULL, NULL, &p, NULL), ERR_NONE);
	paths_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_stand_below_home),
		cmocka_unit_test(xdg_folders_come_first),
		cmocka_unit_test(relative_and_empty_xdg_folders_are_ignored),
		cmocka_unit_test(what_the_person_names_wins),
		cmocka_unit_test(without_home_it_says_what_to_do),
		cmocka_unit_test(without_home_named_files_are_enough),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
