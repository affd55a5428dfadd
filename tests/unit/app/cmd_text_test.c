/* lede text: arguments in, lines out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/app/cli.h"

struct said { char *out, *err; int status; };

static char *no_variable(const char *name)
{
	static char home[] = "/nonexistent";

	return strcmp(name, "HOME") == 0 ? home : NULL;
}

/* `words`: the command line behind "lede text", parted by blanks. */
static struct said lede_text(const char *words, const char *input)
{
	char line[256], lede[] = "lede", text[] = "text", *argv[16] = { lede, text };
	struct said said;
	size_t nout, nerr;
	int argc = 2;
	struct cli c = {
		.out = open_memstream(&said.out, &nout), .err = open_memstream(&said.err, &nerr),
		.in = tmpfile(), .version = "0", .getenv = no_variable,
	};

	fputs(input, c.in);
	rewind(c.in);
	snprintf(line, sizeof line, "%s", words);
	for (char *w = strtok(line, " "); w; w = strtok(NULL, " "))
		argv[argc++] = w;
	said.status = cli_main(&c, argc, argv);
	cli_done(&c);
	fclose(c.in);
	fclose(c.out);
	fclose(c.err);
	return said;
}

static void forget(struct said s)
{
	free(s.out);
	free(s.err);
}

static void prints(const char *words, const char *input, const char *wanted)
{
	struct said s = lede_text(words, input);

	assert_string_equal(s.err, "");
	assert_string_equal(s.out, wanted);
	assert_int_equal(s.status, EXIT_DONE);
	forget(s);
}

static void complains(const char *words, const char *sentence, int status)
{
	struct said s = lede_text(words, "text");

	assert_string_equal(s.out, "");
	assert_string_equal(s.err, sentence);
	assert_int_equal(s.status, status);
	forget(s);
}

static void plain_text_keeps_its_lines_and_its_empty_lines(void **state)
{
	(void)state;
	prints("", "\none\ntwo\n\n\nthree \n \n", "\none\ntwo\n\n\nthree\n\n");
	prints("", "\n", "\n");
	prints("", "", "");
}

static void a_line_without_anything_to_be_seen_is_an_empty_line(void **state)
{
	(void)state;
	prints("", "a\n\342\200\213\nb\n\343\200\200\n", "a\n\nb\n\n");
}

static void long_lines_are_filled_to_the_width(void **state)
{
	(void)state;
	prints("--width 8", "one two three\n", "one two\nthree\n");
	prints("--width=2", "abcd 中文\n", "ab\ncd\n中\n文\n");
	prints("", "u\302\255v\n", "uv\n");
}

static void json_tells_the_cells_of_each_line(void **state)
{
	(void)state;
	prints("--json --width 4", "中文字\n\n",
	       "{\"lines\": [{\"text\": \"中文\", \"cells\": 4}, {\"text\": \"字\", \"cells\": 2}, "
	       "{\"text\": \"\", \"cells\": 0}]}\n");
	prints("--json", "", "{\"lines\": []}\n");
}

static void ambiguous_characters_take_what_is_asked_for(void **state)
{
	(void)state;
	prints("--title --json", "a…", "{\"text\": \"a…\", \"cells\": 2}\n");
	prints("--title --json --ambiguous 2", "a…", "{\"text\": \"a…\", \"cells\": 3}\n");
}

static void html_is_laid_out_as_an_article(void **state)
{
	(void)state;
	prints("--html --width 20", "<h1>A</h1><ul><li>b<li>c</ul><p>d<br>e",
	       "A\n\n• b\n• c\n\nd\ne\n");
	prints("--html", "<html><meta charset=gb2312><p>\326\320\316\304", "中文\n");
}

static void quotes_hold_to_chinese_lines_unless_the_plain_rules_are_asked_for(void **state)
{
	(void)state;
	prints("--width 7", "他说他“你好”了\n", "他说他\n“你好”\n了\n");
	prints("--width 7 --plain-uax14", "他说他“你好”了\n", "他说\n他“你\n好”了\n");
}

static void every_line_is_a_title_or_the_whole_is_one(void **state)
{
	(void)state;
	prints("--title", " a\tb\033[31m\r\n\n\303(\n", "a b[31m\n\n\357\277\275(\n");
	prints("--title --whole", "a\nb\n\nc", "a b c\n");
	prints("--whole --json", "", "{\"text\": \"\", \"cells\": 0}\n");
	prints("--title --json", "", "");
}

static void numbers_out_of_reason_are_refused(void **state)
{
	(void)state;
	complains("--width 1", "lede: --width takes a number from 2 to 10000, not “1”\n",
	          EXIT_USAGE);
	complains("--ambiguous 3", "lede: --ambiguous takes a number from 1 to 2, not “3”\n",
		  EXIT_USAGE);
	complains("a b", "lede: usage: lede text [FILE]\n", EXIT_USAGE);
}

static void a_title_is_not_html(void **state)
{
	(void)state;
	complains("--title --html", "lede: a title is text: --html says nothing of it\n",
		  EXIT_USAGE);
	complains("--whole --html --json", "lede: a title is text: --html says nothing of it\n",
		  EXIT_USAGE);
}

static void a_file_that_cannot_be_read_is_said(void **state)
{
	(void)state;
	complains("/nonexistent/file",
		  "lede: cannot open /nonexistent/file: No such file or directory\n", EXIT_NOTHING);
	complains("/", "lede: cannot read /: Is a directory\n", EXIT_NOTHING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_keeps_its_lines_and_its_empty_lines),
		cmocka_unit_test(a_line_without_anything_to_be_seen_is_an_empty_line),
		cmocka_unit_test(long_lines_are_filled_to_the_width),
		cmocka_unit_test(json_tells_the_cells_of_each_line),
		cmocka_unit_test(ambiguous_characters_take_what_is_asked_for),
		cmocka_unit_test(html_is_laid_out_as_an_article),
		cmocka_unit_test(quotes_hold_to_chinese_lines_unless_the_plain_rules_are_asked_for),
		cmocka_unit_test(every_line_is_a_title_or_the_whole_is_one),
		cmocka_unit_test(numbers_out_of_reason_are_refused),
		cmocka_unit_test(a_title_is_not_html),
		cmocka_unit_test(a_file_that_cannot_be_read_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
