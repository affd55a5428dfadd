/* gen_docs - the manual pages and the completions out of the program's own tables.
 *
 *	gen_docs page FRAME     the frame with its @MARKERS@ replaced by tables in mdoc
 *	gen_docs bash|zsh|fish  the completion of that shell
 *
 * Run by `make docs`; tests/check-docs.sh compares what is checked in with what this prints now.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/app/cli.h"
#include "lede/app/colon.h"
#include "lede/app/command.h"

/* ---- mdoc ---- */

/* Text in which nothing means anything to troff; `start`: at the start of a line. */
static void put_troff(const char *s, bool start)
{
	if (start && (*s == '.' || *s == '\''))
		fputs("\\&", stdout);
	for (; *s; s++) {
		switch (*s) {
		case '\\': fputs("\\e", stdout); break;
		case '^': fputs("\\(ha", stdout); break;
		case '~': fputs("\\(ti", stdout); break;
		case '`': fputs("\\(ga", stdout); break;
		case '\'': fputs("\\(aq", stdout); break;
		case '"': fputs("\\(dq", stdout); break;
		case '-': fputs("\\-", stdout); break;
		default: putchar(*s); break;
		}
	}
}

/* Sentences, each on a line of its own, as mdoc wants them. */
static void put_sentences(const char *s)
{
	bool start = true;

	while (*s) {
		const char *end = strstr(s, ". ");
		size_t n = end ? (size_t)(end - s) + 1 : strlen(s);
		char *one = strndup(s, n);

		put_troff(one, start);
		putchar('\n');
		free(one);
		s += n;
		s += strspn(s, " ");
	}
}

/* A word as the argument of a macro: never taken for a delimiter or another macro. */
static void put_argument(const char *word, size_t n)
{
	char *one = strndup(word, n);

	fputs("\\&", stdout);
	put_troff(one, false);
	free(one);
}

/* "--json" is Fl -json, "-n N" is Fl n Ar N. */
static void put_flag(const struct cli_option *o)
{
	printf("Fl %s", o->name[1] == '-' ? "\\-" : "");
	put_troff(o->name + (o->name[1] == '-' ? 2 : 1), false);
	if (o->value)
		printf(" Ar %s", o->value);
}

static void put_operands(const char *operands)
{
	size_t n = strlen(operands);
	bool more = n > 3 && strcmp(operands + n - 3, "...") == 0;

	if (n == 0)
		return;
	fputs(".Ar ", stdout);
	put_argument(operands, more ? n - 3 : n);
	puts(more ? " ..." : "");
}

static void put_commands(void)
{
	for (size_t i = 0; i < cli_count; i++) {
		const struct cli_command *m = &cli_table[i];

		printf(".It Xo\n.Cm %s\n", m->name);
		for (size_t k = 0; k < cli_option_count; k++) {
			if (!(cli_options[k].flag & m->flags))
				continue;
			fputs(".Op ", stdout);
			put_flag(&cli_options[k]);
			putchar('\n');
		}
		put_operands(m->operands);
		puts(".Xc");
		put_sentences(m->about);
	}
}

/* Those of every command, or those of some. */
static void put_flags(bool global)
{
	for (size_t i = 0; i < cli_option_count; i++) {
		const struct cli_option *o = &cli_options[i];

		if ((o->flag == 0) != global)
			continue;
		fputs(".It ", stdout);
		put_flag(o);
		putchar('\n');
		put_sentences(o->help);
	}
}

static void put_statuses(void)
{
	for (int i = 0; i <= EXIT_CACHE; i++) {
		printf(".It %d\n", i);
		put_sentences(cli_status_help[i]);
	}
}

/* ---- keys ---- */

static const struct { unsigned where; const char *name; } contexts[] = {
	{ ON_LIST, "lists" }, { ON_ENTRIES, "a feed's entries" }, { ON_FEEDS, "Feeds" },
	{ ON_ARTICLE, "an article" }, { ON_PANEL, "panels" },
};

static void put_keys_of(const struct command *m)
{
	struct str rest = str_of(m->keys), key;
	bool first = true;

	fputs(".It ", stdout);
	while (str_next(&rest, ' ', &key)) {
		fputs(first ? "Ic " : " , Ic ", stdout);
		put_argument(key.p, key.n);
		first = false;
	}
	printf("\n.Pq Cm %s\n", m->name);
}

static void put_contexts(unsigned where)
{
	bool first = true;

	if (where == ON_ALL)
		return;
	fputs("Works in ", stdout);
	for (size_t i = 0; i < sizeof contexts / sizeof *contexts; i++) {
		if (!(where & contexts[i].where))
			continue;
		fputs(first ? "" : ", ", stdout);
		put_troff(contexts[i].name, false);
		first = false;
	}
	puts(".");
}

static void put_keys(void)
{
	for (int g = GROUP_MOVE; g <= GROUP_SCREEN; g++) {
		printf(".Ss %s\n.Bl -tag -width Ds\n", command_group_name((enum command_group)g));
		for (size_t i = 0; i < command_count; i++) {
			if (command_table[i].group != (enum command_group)g)
				continue;
			put_keys_of(&command_table[i]);
			put_sentences(command_table[i].about);
			put_contexts(command_table[i].where);
		}
		puts(".El");
	}
}

static void put_colon(void)
{
	for (size_t i = 0; i < colon_count; i++) {
		printf(".It Cm %s", colon_table[i].name);
		if (colon_table[i].takes) {
			fputs(" Ar ", stdout);
			put_argument(colon_table[i].takes, strlen(colon_table[i].takes));
		}
		putchar('\n');
		put_sentences(colon_table[i].about);
	}
}

/* ---- settings ---- */

static void put_choices(const char *choices)
{
	struct str rest = str_of(choices), word;
	bool first = true;

	fputs("One of", stdout);
	while (str_next(&rest, ' ', &word)) {
		printf("%s\n.Cm ", first ? "" : " ,");
		put_argument(word.p, word.n);
		first = false;
	}
}

static void put_allowed(const struct option *o)
{
	switch (o->type) {
	case OPTION_BOOL: fputs("One of\n.Cm yes ,\n.Cm no", stdout); break;
	case OPTION_NUMBER:
		printf("A number from %lld to %lld", (long long)o->min, (long long)o->max);
		break;
	case OPTION_CHOICE: put_choices(o->choices); break;
	case OPTION_TEXT: fputs("Text", stdout); break;
	case OPTION_ARGV: fputs("Words, quoted as in a shell", stdout); break;
	case OPTION_SPAN:
		fputs("One of\n.Cm auto ,\n.Cm never ,\nor a time", stdout);
		break;
	case OPTION_KEEP: fputs("Days, a number, both, or\n.Cm all ", stdout); break;
	}
	if (o->def[0] == '\0') {
		puts(o->type == OPTION_CHOICE ? " ;\nempty by default." : "; empty by default.");
		return;
	}
	printf("%s\n.Cm ", o->type == OPTION_CHOICE ? " ;" : ";");
	put_argument(o->def, strlen(o->def));
	puts("\nby default.");
}

static void put_scope(const struct option *o)
{
	if (o->scope == SCOPE_GLOBAL)
		return;
	puts(o->scope & SCOPE_GLOBAL ? "Can be set for a tag or a feed as well."
				     : "Can be set for a tag or a feed only.");
}

static void put_settings(void)
{
	for (int i = 0; i < OPTION_COUNT; i++) {
		printf(".It Cm %s\n", option_table[i].name);
		put_sentences(option_table[i].help);
		put_allowed(&option_table[i]);
		put_scope(&option_table[i]);
	}
}

/* ---- a page ---- */

static void put_global_flags(void)
{
	put_flags(true);
}

static void put_command_flags(void)
{
	put_flags(false);
}

static const struct { const char *marker; void (*put)(void); } markers[] = {
	{ "@COMMANDS@\n", put_commands }, { "@GLOBAL OPTIONS@\n", put_global_flags },
	{ "@COMMAND OPTIONS@\n", put_command_flags }, { "@STATUSES@\n", put_statuses },
	{ "@KEYS@\n", put_keys }, { "@COLON@\n", put_colon }, { "@SETTINGS@\n", put_settings },
};

static bool put_marker(const char *line)
{
	for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
		if (strcmp(line, markers[i].marker) == 0) {
			markers[i].put();
			return true;
		}
	}
	return false;
}

static int page(const char *frame)
{
	FILE *in = fopen(frame, "r");
	const char *base = strrchr(frame, '/');
	char *line = NULL;
	size_t size = 0;

	if (!in) {
		perror(frame);
		return 1;
	}
	printf(".\\\" Made from %s by make docs; edit that, or the tables of the program.\n",
	       base ? base + 1 : frame);
	while (getline(&line, &size, in) > 0)
		if (!put_marker(line))
			fputs(line, stdout);
	free(line);
	fclose(in);
	return 0;
}

/* ---- completions ---- */

static void put_option_words(unsigned flags, bool global)
{
	for (size_t i = 0; i < cli_option_count; i++)
		if (global ? cli_options[i].flag == 0 : (cli_options[i].flag & flags) != 0)
			printf(" %s", cli_options[i].name);
}

static void bash(void)
{
	fputs("# bash completion of lede; made by make docs.\n_lede()\n{\n"
	      "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
	      "\tlocal command= i words=\"", stdout);
	put_option_words(0, true);
	puts("\"\n\n\tcase $before in\n\t--config|--feeds|--db)\n"
	     "\t\tCOMPREPLY=($(compgen -f -- \"$word\"))\n\t\treturn ;;\n\tesac\n"
	     "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n\t\tcase ${COMP_WORDS[i]} in\n"
	     "\t\t--config|--feeds|--db|--now) ((i++)) ;;\n\t\t-*) ;;\n"
	     "\t\t*) command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone\n\tcase $command in");
	fputs("\t'') words=\"$words", stdout);
	for (size_t i = 0; i < cli_count; i++)
		printf(" %s", cli_table[i].name);
	puts("\" ;;");
	for (size_t i = 0; i < cli_count; i++) {
		bool marks = strcmp(cli_table[i].name, "mark") == 0;

		printf("\t%s) words=\"$words", cli_table[i].name);
		put_option_words(cli_table[i].flags, false);
		printf("%s\" ;;\n", marks ? " read unread star unstar" : "");
	}
	puts("\tesac\n\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n"
	     "complete -F _lede lede");
}

/* In single quotes of zsh and fish; brackets and colons mean something to _arguments. */
static void put_quoted(const char *s)
{
	for (; *s; s++) {
		if (*s == '\'')
			fputs("'\\''", stdout);
		else if (*s == '[' || *s == ']' || *s == ':')
			printf("\\%c", *s);
		else
			putchar(*s);
	}
}

static void zsh_options(unsigned flags, bool global, const char *indent)
{
	for (size_t i = 0; i < cli_option_count; i++) {
		const struct cli_option *o = &cli_options[i];

		if (global ? o->flag != 0 : !(o->flag & flags))
			continue;
		printf("%s'%s[", indent, o->name);
		put_quoted(o->help);
		putchar(']');
		if (o->value)
			printf(":%s:%s", o->value, strcmp(o->value, "FILE") == 0 ? "_files" : "");
		puts("' \\");
	}
}

static void zsh(void)
{
	puts("#compdef lede\n# zsh completion of lede; made by make docs.\n"
	     "local -a commands\nlocal curcontext=$curcontext state line\n\ncommands=(");
	for (size_t i = 0; i < cli_count; i++) {
		printf("\t'%s:", cli_table[i].name);
		put_quoted(cli_table[i].help);
		puts("'");
	}
	puts(")\n_arguments -C \\");
	zsh_options(0, true, "\t");
	puts("\t'1:command:->command' \\\n\t'*::argument:->argument' && return\n\n"
	     "case $state in\ncommand) _describe command commands ;;\n"
	     "argument)\n\tcase $words[1] in");
	for (size_t i = 0; i < cli_count; i++) {
		bool marks = strcmp(cli_table[i].name, "mark") == 0;

		printf("\t%s)\n\t\t_arguments \\\n", cli_table[i].name);
		zsh_options(cli_table[i].flags, false, "\t\t\t");
		zsh_options(0, true, "\t\t\t");
		puts(marks ? "\t\t\t'1:what:(read unread star unstar)' ;;" :
			     "\t\t\t'*:: :_default' ;;");
	}
	puts("\tesac ;;\nesac");
}

static void fish_option(const struct cli_option *o, const char *condition)
{
	printf("complete -c lede %s %s '%s'%s -d '", condition, o->name[1] == '-' ? "-l" : "-s",
	       o->name + (o->name[1] == '-' ? 2 : 1),
	       !o->value ? "" : strcmp(o->value, "FILE") == 0 ? " -r -F" : " -x");
	for (const char *s = o->help; *s; s++)
		*s == '\'' ? (void)fputs("\\'", stdout) : (void)putchar(*s);
	puts("'");
}

static void fish(void)
{
	char condition[128];

	puts("# fish completion of lede; made by make docs.\ncomplete -c lede -f");
	for (size_t i = 0; i < cli_count; i++)
		printf("complete -c lede -n __fish_use_subcommand -a %s -d '%s'\n",
		       cli_table[i].name, cli_table[i].help);
	puts("complete -c lede -n '__fish_seen_subcommand_from mark' -a 'read unread star unstar'");
	for (size_t i = 0; i < cli_option_count; i++) {
		if (cli_options[i].flag == 0)
			fish_option(&cli_options[i], "");
		for (size_t k = 0; k < cli_count; k++) {
			if (!(cli_options[i].flag & cli_table[k].flags))
				continue;
			snprintf(condition, sizeof condition, "-n '__fish_seen_subcommand_from %s'",
				 cli_table[k].name);
			fish_option(&cli_options[i], condition);
		}
	}
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "page") == 0)
		return page(argv[2]);
	if (argc == 2 && strcmp(argv[1], "bash") == 0)
		bash();
	else if (argc == 2 && strcmp(argv[1], "zsh") == 0)
		zsh();
	else if (argc == 2 && strcmp(argv[1], "fish") == 0)
		fish();
	else
		return fputs("usage: gen_docs page FRAME | bash | zsh | fish\n", stderr), 2;
	return 0;
}
