#include "cli_fixture.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lede/app/edition_make.h"
#include "lede/base/file.h"

#define ENTRY_KEYS "id story title source feed link author published updated read starred filler"
#define STORY_KEYS                                                                                 \
	"rank was id entry title source feed link published sources entries unread starred score " \
	"why members"

/* ---- the tables ---- */

static void every_command_says_what_it_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < cli_count; i++) {
		const struct cli_command *m = &cli_table[i];

		assert_ptr_equal(cli_named(m->name), m);
		assert_true(strlen(m->help) > 5 && strlen(m->help) <= 45);
		assert_int_equal(m->about[strlen(m->about) - 1], '.');
		assert_true(m->max_operands < 0 || m->min_operands <= m->max_operands);
		assert_int_equal(m->min_operands > 0,
				 m->operands[0] != '\0' && m->operands[0] != '[');
	}
	assert_null(cli_named("tops"));
	assert_null(cli_named(""));
}

static void every_flag_has_an_option(void **state)
{
	unsigned flags = 0, known = 0;

	(void)state;
	for (size_t i = 0; i < cli_count; i++)
		flags |= cli_table[i].flags;
	for (size_t i = 0; i < cli_option_count; i++) {
		known |= cli_options[i].flag;
		assert_int_equal(cli_options[i].help[strlen(cli_options[i].help) - 1], '.');
	}
	assert_int_equal(flags, known);
	for (int i = 0; i <= EXIT_CACHE; i++)
		assert_non_null(cli_status_help[i]);
}

static void every_error_has_a_status(void **state)
{
	(void)state;
	assert_int_equal(exit_status_of(ERR_NONE), EXIT_DONE);
	assert_int_equal(exit_status_of(ERR_USAGE), EXIT_USAGE);
	assert_int_equal(exit_status_of(ERR_NONESUCH), EXIT_NOTHING);
	assert_int_equal(exit_status_of(ERR_NET), EXIT_ALL_FAILED);
	assert_int_equal(exit_status_of(ERR_NEWER), EXIT_CACHE);
	assert_int_equal(exit_status_of(ERR_FULL), EXIT_CACHE);
}

/* ---- the command line ---- */

static void without_a_command_the_reader_is_wanted(void **state)
{
	(void)state;
	assert_int_equal(lede(""), -1);
	assert_string_equal(cli_out, "");
	assert_string_equal(cli_err, "");
}

static void help_and_version_are_printed(void **state)
{
	(void)state;
	assert_int_equal(lede("--version"), EXIT_DONE);
	assert_string_equal(cli_out, "lede 9.9\n");
	assert_int_equal(lede("--help"), EXIT_DONE);
	for (size_t i = 0; i < cli_count; i++)
		assert_non_null(strstr(cli_out, cli_table[i].help));
	assert_int_equal(lede("add --help"), EXIT_DONE);
	assert_non_null(strstr(cli_out, "usage: lede add URL...\n"));
	assert_non_null(strstr(cli_out, "--feed N"));
	assert_null(strstr(cli_out, "--force"));
}

static void an_unknown_command_names_the_nearest(void **state)
{
	(void)state;
	assert_int_equal(lede("tpo"), EXIT_USAGE);
	assert_string_equal(cli_err, "lede: no command “tpo”; did you mean top?\n");
	assert_int_equal(lede("blancmange"), EXIT_USAGE);
	assert_string_equal(cli_err, "lede: no command “blancmange”; lede --help lists them\n");
	assert_int_equal(lede("help"), EXIT_USAGE);
	assert_string_equal(cli_err, "lede: no command “help”; lede --help lists them\n");
	assert_int_equal(lede("''"), EXIT_USAGE);
	assert_string_equal(cli_err, "lede: no command “”; lede --help lists them\n");
}

static void an_unknown_option_names_the_nearest(void **state)
{
	(void)state;
	assert_int_equal(lede("latest --jsno"), EXIT_USAGE);
	assert_string_equal(cli_err, "lede: latest takes no option --jsno; did you mean --json?\n");
	assert_int_equal(lede("remove --json x"), EXIT_USAGE);
	assert_int_equal(lede("--verbose"), EXIT_USAGE);
	assert_int_equal(lede("top --force"), EXIT_USAGE);
	assert_string_equal(cli_out, "");
}

static void options_stand_anywhere_behind_the_command(void **state)
{
	(void)state;
	assert_int_equal(lede("show --json 1"), EXIT_DONE);
	assert_int_equal(lede("show 1 --json"), EXIT_DONE);
	assert_int_equal(lede("latest -n2"), EXIT_DONE);
	assert_int_equal(lede("latest -n 2 --json --now=1744618440"), EXIT_DONE);
	assert_int_equal(lede("show -- -1"), EXIT_USAGE);
	assert_true(says("“-1” is no ID"));
}

static void wrong_values_are_told(void **state)
{
	static const char *const wrong[] = {
		"top -n",      "top -n x",    "top -n -1", "latest --now",   "--now x top", "show",
		"show 1 2",    "show one",    "why 0",	   "feeds x",	     "mark read",   "mark",
		"mark raed 1", "mark read x", "add",	   "add x --feed 0",
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(lede(wrong[i]), EXIT_USAGE);
		assert_string_equal(cli_out, "");
		assert_true(strlen(cli_err) > 10);
	}
}

static void errors_of_the_configuration_stop_nothing(void **state)
{
	(void)state;
	write_file("config", "colour = red\nrows = dense\n");
	write_file("feeds", "exec:ls\nhttps://a.example/feed\n");
	assert_int_equal(lede("feeds"), EXIT_DONE);
	assert_true(says("config line 1: unknown option “colour”; did you mean theme?\n"));
	assert_true(says("feeds line 1: exec: feeds are left out"));
	assert_string_equal(cli_out, "ok           0 https://a.example/feed\n");
}

static void a_configuration_that_was_named_must_be_there(void **state)
{
	(void)state;
	assert_int_equal(lede("top --config /tmp/lede-is-not-there"), EXIT_USAGE);
	assert_true(says("/tmp/lede-is-not-there"));
	assert_int_equal(lede("top --config /tmp"), EXIT_USAGE);
	assert_string_equal(cli_out, "");
}

static void without_a_cache_the_lists_say_so(void **state)
{
	(void)state;
	write_file("feeds", "https://a.example/feed\n");
	assert_int_equal(lede("latest"), EXIT_DONE);
	assert_string_equal(cli_err, "lede: nothing is cached yet: lede refresh fetches\n");
	assert_int_equal(lede("top"), EXIT_DONE);
	assert_string_equal(cli_err, "lede: nothing is cached yet: lede refresh fetches\n");
	assert_int_equal(lede("latest --db /tmp/lede-is-not-there/nor-this/db"), EXIT_DONE);
	assert_int_equal(access("/tmp/lede-is-not-there", F_OK), -1);
	assert_int_equal(lede("latest --json"), EXIT_DONE);
	assert_string_equal(cli_err, "");
}

static void where_no_cache_can_be_is_told(void **state)
{
	static const char *const commands[] = { "top", "latest", "feeds", "mark read 1", "show 1" };
	char line[256], locked[128];

	(void)state;
	write_file("feeds", "https://a.example/feed\n");
	write_file("file", "");
	snprintf(locked, sizeof locked, "%s/locked", cli_folder);
	assert_int_equal(mkdir(locked, 0500), 0);
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		snprintf(line, sizeof line, "%s --db %s/file/db", commands[i], cli_folder);
		assert_int_equal(lede(line), EXIT_CACHE);
		assert_true(says("file/db"));
		if (geteuid() == 0)           /* who may write everywhere */
			continue;
		snprintf(line, sizeof line, "%s --db %s/new/db", commands[i], locked);
		assert_int_equal(lede(line), EXIT_CACHE);
		assert_true(says("its folder cannot be made"));
	}
	rmdir(locked);
}

static void output_that_cannot_be_written_is_told(void **state)
{
	(void)state;
	cli_full_device = "/dev/full";
	assert_int_equal(lede("top"), EXIT_NOTHING);
	assert_true(says("cannot write the output"));
	assert_int_equal(lede("latest --json"), EXIT_NOTHING);
	assert_int_equal(lede("--version"), EXIT_NOTHING);
}

/* ---- the sample edition ---- */

static void who_reads_along_may_leave(void **state)
{
	int ends[2];
	size_t n;
	struct cli c = { .err = open_memstream(&cli_err, &n) };

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	c.out = fdopen(ends[1], "w");
	fputs("  1 A story\n", c.out);
	assert_int_equal(cli_finish(&c, EXIT_DONE), EXIT_DONE);
	fputs("  2 Another\n", c.out);
	fflush(c.out);
	assert_int_equal(cli_finish(&c, EXIT_NOTHING), EXIT_NOTHING);
	fclose(c.out);
	fclose(c.err);
	assert_string_equal(cli_err, "");
}

static void without_feeds_the_sample_answers(void **state)
{
	json_t *top = lede_json("top", EXIT_DONE);

	(void)state;
	has_keys(top, "made sample stories");
	assert_true(json_is_true(json_object_get(top, "sample")));
	assert_string_equal(string_of(top, "made"), "2025-04-14T08:14:00Z");
	assert_true(json_array_size(json_object_get(top, "stories")) > 20);
	assert_true(json_array_size(json_object_get(lede_json("latest", EXIT_DONE), "entries")) >=
		    60);
	assert_int_equal(lede("show 1"), EXIT_DONE);
	assert_int_equal(lede("why 1"), EXIT_DONE);
	assert_int_equal(
		json_array_size(json_object_get(lede_json("starred", EXIT_DONE), "entries")), 0);
}

static void every_story_has_every_key(void **state)
{
	json_t *stories = json_object_get(lede_json("top", EXIT_DONE), "stories");

	(void)state;
	for (size_t i = 0; i < json_array_size(stories); i++) {
		json_t *s = json_array_get(stories, i);

		has_keys(s, STORY_KEYS);
		assert_int_equal(number_of(s, "rank"), i + 1);
		assert_int_equal(json_array_size(json_object_get(s, "members")),
				 number_of(s, "entries"));
		assert_int_equal(
			json_integer_value(json_array_get(json_object_get(s, "members"), 0)),
			number_of(s, "id"));
	}
}

/* In hundredths, so that no fraction is lost. */
static long hundredths(json_t *points)
{
	double p = json_number_value(points);

	return (long)(p * 100 + (p < 0 ? -.5 : .5));
}

static void the_printed_reasons_add_up_to_the_printed_score(void **state)
{
	json_t *stories = json_object_get(lede_json("top", EXIT_DONE), "stories");

	(void)state;
	for (size_t i = 0; i < json_array_size(stories); i++) {
		json_t *s = json_array_get(stories, i), *why = json_object_get(s, "why");
		long sum = 0;

		for (size_t k = 0; k < json_array_size(why); k++) {
			has_keys(json_array_get(why, k), "signal points text");
			sum += hundredths(json_object_get(json_array_get(why, k), "points"));
		}
		assert_int_equal(sum, hundredths(json_object_get(s, "score")));
	}
}

static void n_limits_a_list(void **state)
{
	(void)state;
	assert_int_equal(
		json_array_size(json_object_get(lede_json("top -n 3", EXIT_DONE), "stories")), 3);
	assert_int_equal(
		json_array_size(json_object_get(lede_json("top -n 0", EXIT_DONE), "stories")), 0);
	assert_int_equal(
		json_array_size(json_object_get(lede_json("latest -n 7", EXIT_DONE), "entries")),
		7);
	assert_int_equal(
		json_array_size(json_object_get(lede_json("latest -n 0", EXIT_DONE), "entries")),
		0);
}

static void the_same_clock_gives_the_same_output(void **state)
{
	char *first;

	(void)state;
	assert_int_equal(lede("top --json"), EXIT_DONE);
	first = strdup(cli_out);
	assert_int_equal(lede("top --json"), EXIT_DONE);
	assert_string_equal(cli_out, first);
	free(first);
}

/* ---- a cache ---- */

static void top_ranks_what_is_cached(void **state)
{
	json_t *top, *first;

	(void)state;
	fill_cache();
	top = lede_json("top", EXIT_DONE);
	assert_true(json_is_false(json_object_get(top, "sample")));
	assert_int_equal(json_array_size(json_object_get(top, "stories")), 4);
	first = json_array_get(json_object_get(top, "stories"), 0);
	assert_string_equal(string_of(first, "title"),
			    "Ministry to tighten rules on personal data");
	assert_string_equal(string_of(first, "feed"), "https://b.example/feed");
	assert_string_equal(string_of(first, "link"), "https://b.example/1");
	assert_string_equal(string_of(first, "published"), "2025-04-14T07:14:00Z");
	assert_int_equal(number_of(first, "sources"), 2);
	assert_int_equal(number_of(first, "unread"), 2);
	assert_true(json_is_null(json_object_get(first, "was")));
}

static void plain_lists_have_one_line_a_row(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("top"), EXIT_DONE);
	assert_string_equal(cli_out, "  1 Ministry to tighten rules on personal data +1 · 1h\n"
				     "  2 Swimmers ask for rivers free of waste water · 3h\n"
				     "  3 Evil [31m title · 4h\n"
				     "  4 (no title) · 8d\n");
	assert_int_equal(lede("latest -n 2"), EXIT_DONE);
	assert_string_equal(cli_out, "      5 Ministry to tighten rules on personal data · 1h\n"
				     "      1 Ministry to tighten rules on personal data · 2h\n");
	assert_int_equal(lede("latest"), EXIT_DONE);
	assert_non_null(strstr(cli_out, "      4 (no title) · 8d\n"));
}

static void entries_have_every_key(void **state)
{
	json_t *entries, *e;

	(void)state;
	fill_cache();
	entries = json_object_get(lede_json("latest", EXIT_DONE), "entries");
	assert_int_equal(json_array_size(entries), 5);
	for (size_t i = 0; i < 5; i++)
		has_keys(json_array_get(entries, i), ENTRY_KEYS);
	e = json_array_get(entries, 4);
	assert_int_equal(number_of(e, "id"), 4);
	assert_true(json_is_null(json_object_get(e, "title")));
	assert_true(json_is_null(json_object_get(e, "updated")));
	assert_true(json_is_null(json_object_get(e, "filler")));
	assert_true(json_is_false(json_object_get(e, "read")));
	assert_string_equal(string_of(e, "author"), "Li Wen");
}

static void what_is_held_back_is_listed_with_its_reason(void **state)
{
	const char *title = "Accident cover: how much a day? Which plan is worth it?";
	json_t *entries, *e;

	(void)state;                  /* without feeds the sample edition answers */
	assert_int_equal(lede("filler"), EXIT_DONE);
	assert_non_null(strstr(cli_out, "worth it? · advert: insurance words · City News · "));
	assert_non_null(strstr(cli_out, " · how-to filler · "));
	assert_null(strstr(cli_out, "Ministry to tighten"));
	entries = json_object_get(lede_json("filler", EXIT_DONE), "entries");
	assert_int_equal(json_array_size(entries), 12);
	for (size_t i = 0; i < 12; i++) {
		e = json_array_get(entries, i);
		has_keys(e, ENTRY_KEYS);
		assert_true(json_is_string(json_object_get(e, "filler")));
		if (strcmp(string_of(e, "title"), title) == 0)
			assert_string_equal(string_of(e, "filler"), "advert: insurance words");
	}
	assert_int_equal(lede("filler --all"), EXIT_USAGE);
}

static void without_filler_the_list_is_empty(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("filler"), EXIT_DONE);
	assert_string_equal(cli_out, "");
	assert_int_equal(
		json_array_size(json_object_get(lede_json("filler", EXIT_DONE), "entries")), 0);
}

static void nothing_a_terminal_obeys_goes_out(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("latest"), EXIT_DONE);
	assert_null(strchr(cli_out, '\x1b'));
	assert_null(strstr(cli_out, "\xe2\x80\xae"));
	assert_int_equal(lede("latest --json"), EXIT_DONE);
	assert_null(strchr(cli_out, '\x1b'));
	assert_null(strstr(cli_out, "\xe2\x80\xae"));
	assert_non_null(strstr(cli_out, "Evil \\u001b[31m \\u202e title"));
}

static void an_entry_is_shown_as_text(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("show 1"), EXIT_DONE);
	assert_non_null(strstr(cli_out,
			       "Ministry to tighten rules on personal data\n"
			       "Li Wen · Mon 14 Apr 06:14 · 10 s\nhttps://a.example/1\n\n"));
	assert_non_null(strstr(cli_out, "\n\n監管\n"));
	assert_non_null(
		strstr(cli_out, "\nLINKS\n[1] open comment  https://rules.example/draft\n"));
}

static void an_entry_is_shown_to_programs_as_it_is(void **state)
{
	json_t *e, *link;

	(void)state;
	fill_cache();
	e = lede_json("show 1", EXIT_DONE);
	has_keys(e, ENTRY_KEYS " from text html links");
	assert_string_equal(string_of(e, "from"), "feed");
	assert_non_null(strstr(string_of(e, "text"), "監(jiān)管"));
	assert_non_null(strstr(string_of(e, "html"), "<p>監(jiān)管</p>"));
	link = json_array_get(json_object_get(e, "links"), 0);
	has_keys(link, "n text url");
	assert_string_equal(string_of(link, "url"), "https://rules.example/draft");
	e = lede_json("show 3", EXIT_DONE);
	assert_true(json_is_null(json_object_get(e, "text")));
	assert_true(json_is_null(json_object_get(e, "html")));
	assert_int_equal(json_array_size(json_object_get(e, "links")), 0);
}

static void glosses_are_shown_when_set_so(void **state)
{
	(void)state;
	write_file("config", "glosses = show\n");
	fill_cache();
	assert_int_equal(lede("show 1"), EXIT_DONE);
	assert_non_null(strstr(cli_out, "監(jiān)管"));
}

/* Without OpenCC the text comes as it is, and why is said. */
static void people_get_the_script_they_wish_and_programs_what_came(void **state)
{
	(void)state;
	write_file("config", "convert = s\n");
	fill_cache();
	assert_int_equal(lede("show 1"), EXIT_DONE);
	if (cli_err[0])
		assert_non_null(strstr(cli_err, "OpenCC"));
	else
		assert_non_null(strstr(cli_out, "监管"));
	assert_non_null(strstr(string_of(lede_json("show 1", EXIT_DONE), "html"), "監"));
}

static void an_id_that_is_none_is_told(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("show 99"), EXIT_NOTHING);
	assert_string_equal(cli_err, "lede: no entry 99\n");
	assert_int_equal(lede("why 99"), EXIT_NOTHING);
	assert_string_equal(cli_out, "");
}

static void why_explains_any_entry_of_a_story(void **state)
{
	json_t *why;

	(void)state;
	fill_cache();
	why = lede_json("why 5", EXIT_DONE);
	has_keys(why, "id story score why");
	assert_int_equal(number_of(why, "id"), 5);
	assert_int_equal(number_of(why, "story"), 1);
	assert_true(json_array_size(json_object_get(why, "why")) >= 2);
	assert_int_equal(lede("why 1"), EXIT_DONE);
	assert_non_null(
		strstr(cli_out, "number 1 of Mon 14 Apr 08:14 · Ministry to tighten rules"));
	assert_non_null(strstr(cli_out, "2 sources · size of the story\n"));
	assert_non_null(strstr(cli_out, "  score\n"));
}

/* As the reader does. */
static void make_edition(void)
{
	struct folding *f = folding_new();
	struct store *s;
	char path[128];
	int64_t id;

	snprintf(path, sizeof path, "%s/db", cli_folder);
	assert_int_equal(store_open(path, STORE_WRITE, &s, NULL), ERR_NONE);
	assert_int_equal(edition_make_and_store(f, s, NULL, CLI_NOW, 0, &id, NULL), ERR_NONE);
	store_close(s);
	folding_free(f);
}

static void why_says_what_keeps_a_story_out(void **state)
{
	json_t *why;

	(void)state;
	fill_cache();
	make_edition();
	assert_int_equal(lede("mark read 2"), EXIT_DONE);
	assert_int_equal(lede("why 2"), EXIT_DONE);        /* it still stands there */
	make_edition();
	assert_int_equal(lede("why 2"), EXIT_NOTHING);
	assert_string_equal(cli_err, "lede: story 2 is not ranked: it is read\n");
	assert_string_equal(cli_out, "");
	why = lede_json("why 2", EXIT_NOTHING);
	has_keys(why, "id story score why");
	assert_true(json_is_null(json_object_get(why, "score")));
	assert_int_equal(lede("why 2 --now 1744964040"), EXIT_NOTHING);      /* four days later */
	assert_string_equal(cli_err, "lede: story 2 is not ranked: it came Mon 14 Apr 08:14, "
				     "over three days before the edition\n");
}

static void a_tag_weighs_for_its_feeds(void **state)
{
	(void)state;
	fill_cache();
	write_file("config", "[tag news]\nweight = 40\n");
	assert_int_equal(lede("why 2"), EXIT_DONE);
	assert_non_null(strstr(cli_out, "   +40  your weight for the feed"));
	write_file("config", "[tag sport]\nweight = 40\n");
	assert_int_equal(lede("why 2"), EXIT_DONE);
	assert_null(strstr(cli_out, "your weight"));
}

static void feeds_are_listed_with_their_health(void **state)
{
	json_t *feeds, *f;

	(void)state;
	fill_cache();
	feeds = json_object_get(lede_json("feeds", EXIT_DONE), "feeds");
	assert_int_equal(json_array_size(feeds), 2);
	f = json_array_get(feeds, 0);
	has_keys(f, "url title tags state unread entries last_success last_new next_try failures "
		    "error error_at address moved per_day asked unchanged bytes cut");
	assert_string_equal(string_of(f, "title"), "Paper Daily");
	assert_string_equal(json_string_value(json_array_get(json_object_get(f, "tags"), 0)),
			    "news");
	assert_string_equal(string_of(f, "state"), "ok");
	assert_int_equal(number_of(f, "unread"), 4);
	assert_int_equal(number_of(f, "entries"), 4);
	assert_true(json_is_null(json_object_get(f, "last_success")));
	assert_int_equal(lede("feeds"), EXIT_DONE);
	assert_string_equal(cli_out, "ok           4 Paper Daily · https://a.example/feed\n"
				     "ok           1 https://b.example/feed\n");
}

static void feeds_work_before_anything_was_fetched(void **state)
{
	json_t *feeds;

	(void)state;
	assert_int_equal(json_array_size(json_object_get(lede_json("feeds", EXIT_DONE), "feeds")),
			 0);
	assert_int_equal(lede("feeds"), EXIT_DONE);
	assert_true(says("no feeds yet"));
	write_file("feeds", "https://a.example/feed\n");
	feeds = json_object_get(lede_json("feeds", EXIT_DONE), "feeds");
	assert_int_equal(json_array_size(feeds), 1);
	assert_true(json_is_null(json_object_get(json_array_get(feeds, 0), "title")));
	assert_int_equal(json_array_size(json_object_get(lede_json("top", EXIT_DONE), "stories")),
			 0);
	assert_int_equal(lede("top"), EXIT_DONE);
	assert_true(says("nothing is cached yet"));
}

static void what_is_marked_stays_marked(void **state)
{
	json_t *starred;

	(void)state;
	fill_cache();
	assert_int_equal(lede("mark star 1 2"), EXIT_DONE);
	starred = json_object_get(lede_json("starred", EXIT_DONE), "entries");
	assert_int_equal(json_array_size(starred), 2);
	assert_true(json_is_true(json_object_get(json_array_get(starred, 0), "starred")));
	assert_int_equal(lede("mark unstar 1"), EXIT_DONE);
	assert_int_equal(
		json_array_size(json_object_get(lede_json("starred", EXIT_DONE), "entries")), 1);
	assert_int_equal(lede("mark read 2 3"), EXIT_DONE);
	assert_true(json_is_true(json_object_get(lede_json("show 3", EXIT_DONE), "read")));
	assert_int_equal(lede("mark unread 3"), EXIT_DONE);
	assert_true(json_is_false(json_object_get(lede_json("show 3", EXIT_DONE), "read")));
}

static void marking_names_what_it_does_not_find(void **state)
{
	(void)state;
	assert_int_equal(lede("mark read 1"), EXIT_NOTHING);
	assert_true(says("db"));
	fill_cache();
	assert_int_equal(lede("mark star 77 2"), EXIT_NOTHING);
	assert_string_equal(cli_err, "lede: no entry 77; nothing was marked\n");
	assert_int_equal(lede("mark star 2 77"), EXIT_NOTHING);
	assert_true(json_is_false(json_object_get(lede_json("show 2", EXIT_DONE), "starred")));
	assert_int_equal(lede("mark star 77"), EXIT_NOTHING);
	assert_string_equal(cli_err, "lede: no entry 77\n");
	assert_int_equal(lede("mark raed 2"), EXIT_USAGE);
	assert_true(says("did you mean read?"));
}

static void a_cache_that_is_none_is_told(void **state)
{
	(void)state;
	write_file("feeds", "https://a.example/feed\n");
	write_file(
		"db",
		"this is no database, though it is long enough to look like one at first sight\n");
	assert_int_equal(lede("top"), EXIT_CACHE);
	assert_int_equal(lede("latest --json"), EXIT_CACHE);
	assert_int_equal(lede("mark read 1"), EXIT_CACHE);
	assert_true(says("db"));
	file_holds(
		"db",
		"this is no database, though it is long enough to look like one at first sight\n");
}

static void removing_hides_what_was_unsubscribed(void **state)
{
	(void)state;
	fill_cache();
	assert_int_equal(lede("remove https://b.example/feed"), EXIT_DONE);
	assert_string_equal(cli_out, "unsubscribed: https://b.example/feed\n");
	file_holds("feeds", "https://a.example/feed news \"~Paper Daily\"\n");
	assert_int_equal(
		json_array_size(json_object_get(lede_json("latest", EXIT_DONE), "entries")), 4);
	assert_int_equal(lede("remove https://b.example/feed"), EXIT_NOTHING);
	assert_string_equal(cli_err, "lede: not subscribed: https://b.example/feed\n");
}

static void a_feed_is_removed_by_what_add_would_make_of_it(void **state)
{
	(void)state;
	write_file("feeds", "https://a.example/feed\nhttp://www.b.example/feed/\n"
			    "http://c.example/1\nhttps://c.example/1\n# end\n");
	assert_int_equal(lede("remove a.example/feed"), EXIT_DONE);
	assert_string_equal(cli_out, "unsubscribed: https://a.example/feed\n");
	assert_int_equal(lede("remove b.example/feed"), EXIT_DONE);
	assert_string_equal(cli_out, "unsubscribed: http://www.b.example/feed/\n");
	assert_int_equal(lede("remove www.c.example/1"), EXIT_NOTHING);
	assert_true(says("more than one feed is like www.c.example/1"));
	assert_int_equal(lede("remove c.example/1"), EXIT_DONE);      /* https, as add would say */
	assert_int_equal(lede("remove example/1"), EXIT_NOTHING);
	assert_string_equal(cli_err, "lede: not subscribed: example/1\n");
	file_holds("feeds", "http://c.example/1\n# end\n");
}

/* ---- what was learned ---- */

static double weight_of(json_t *list, const char *key, const char *name)
{
	size_t i;
	json_t *one;

	json_array_foreach(list, i, one) {
		const char *is = string_of(one, key);

		if (is && strcmp(is, name) == 0)
			return json_number_value(json_object_get(one, "weight"));
	}
	return 0;
}

static void what_was_learned_is_listed(void **state)
{
	json_t *all, *words, *feeds;

	(void)state;
	fill_cache();
	assert_int_equal(lede("profile"), 0);
	assert_string_equal(cli_out, "");
	assert_true(says("nothing was learned yet"));
	assert_int_equal(lede("mark star 2"), 0);
	all = lede_json("profile --json", 0);
	has_keys(all, "words feeds");
	words = json_object_get(all, "words");
	feeds = json_object_get(all, "feeds");
	has_keys(json_array_get(words, 0), "word weight");
	has_keys(json_array_get(feeds, 0), "feed title weight");
	assert_true(weight_of(words, "word", "rivers") == 1);
	assert_true(weight_of(feeds, "feed", "https://a.example/feed") == 1);
	assert_int_equal(json_array_size(feeds), 1);
	assert_int_equal(lede("profile"), 0);
	assert_non_null(strstr(cli_out, "   +1.00  feed  https://a.example/feed\n"));
	assert_non_null(strstr(cli_out, "   +1.00  word  rivers\n"));
}

static void a_word_a_feed_and_all_are_unlearned(void **state)
{
	json_t *all;

	(void)state;
	fill_cache();
	lede("mark star 2");
	lede("mark star 5");
	assert_int_equal(lede("profile --forget rivers"), 0);
	assert_true(says("forgotten: rivers"));
	all = lede_json("profile --json", 0);
	assert_true(weight_of(json_object_get(all, "words"), "word", "rivers") == 0);
	assert_true(weight_of(json_object_get(all, "words"), "word", "swimmers") == 1);
	all = lede_json("profile --forget a.example/feed --json", 0);
	assert_int_equal(json_array_size(json_object_get(all, "feeds")), 1);
	assert_true(weight_of(json_object_get(all, "words"), "word", "swimmers") == 0);
	assert_true(weight_of(json_object_get(all, "words"), "word", "personal") == 1);
	assert_int_equal(lede("profile --forget swimmers"), 1);
	assert_true(says("nothing was learned of “swimmers”"));
	assert_int_equal(lede("profile --forget all"), 0);
	assert_int_equal(lede("profile"), 0);
	assert_string_equal(cli_out, "");
}

static void taking_a_star_away_leaves_nothing_learned(void **state)
{
	(void)state;
	fill_cache();
	lede("mark star 2");
	lede("--now 1747210440 mark unstar 2");
	assert_int_equal(lede("profile"), 0);
	assert_string_equal(cli_out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_says_what_it_does),
		cmocka_unit_test(every_flag_has_an_option),
		cmocka_unit_test(every_error_has_a_status),
		CLI_TEST(without_a_command_the_reader_is_wanted),
		CLI_TEST(help_and_version_are_printed),
		CLI_TEST(an_unknown_command_names_the_nearest),
		CLI_TEST(an_unknown_option_names_the_nearest),
		CLI_TEST(options_stand_anywhere_behind_the_command),
		CLI_TEST(wrong_values_are_told),
		CLI_TEST(errors_of_the_configuration_stop_nothing),
		CLI_TEST(a_configuration_that_was_named_must_be_there),
		CLI_TEST(without_a_cache_the_lists_say_so),
		CLI_TEST(where_no_cache_can_be_is_told),
		CLI_TEST(output_that_cannot_be_written_is_told),
		CLI_TEST(who_reads_along_may_leave),
		CLI_TEST(without_feeds_the_sample_answers),
		CLI_TEST(every_story_has_every_key),
		CLI_TEST(the_printed_reasons_add_up_to_the_printed_score),
		CLI_TEST(n_limits_a_list),
		CLI_TEST(the_same_clock_gives_the_same_output),
		CLI_TEST(top_ranks_what_is_cached),
		CLI_TEST(plain_lists_have_one_line_a_row),
		CLI_TEST(entries_have_every_key),
		CLI_TEST(what_is_held_back_is_listed_with_its_reason),
		CLI_TEST(without_filler_the_list_is_empty),
		CLI_TEST(nothing_a_terminal_obeys_goes_out),
		CLI_TEST(an_entry_is_shown_as_text),
		CLI_TEST(an_entry_is_shown_to_programs_as_it_is),
		CLI_TEST(glosses_are_shown_when_set_so),
		CLI_TEST(people_get_the_script_they_wish_and_programs_what_came),
		CLI_TEST(an_id_that_is_none_is_told),
		CLI_TEST(why_explains_any_entry_of_a_story),
		CLI_TEST(why_says_what_keeps_a_story_out),
		CLI_TEST(a_tag_weighs_for_its_feeds),
		CLI_TEST(feeds_are_listed_with_their_health),
		CLI_TEST(feeds_work_before_anything_was_fetched),
		CLI_TEST(what_is_marked_stays_marked),
		CLI_TEST(marking_names_what_it_does_not_find),
		CLI_TEST(a_cache_that_is_none_is_told),
		CLI_TEST(removing_hides_what_was_unsubscribed),
		CLI_TEST(a_feed_is_removed_by_what_add_would_make_of_it),
		CLI_TEST(what_was_learned_is_listed),
		CLI_TEST(a_word_a_feed_and_all_are_unlearned),
		CLI_TEST(taking_a_star_away_leaves_nothing_learned),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
