#include "import.h"

#include <string.h>

/* sfeedrc (MIGRATION.md, section 4). For sfeed it is shell, and is sourced; for lede it is text in
 * which two things are looked for: sfeedpath=WORD, and `feed "name" "url" ...` as simple commands
 * inside feeds() { }. A command that a shell would have to compute is left. */

enum { WORDS = 8 };

/* One simple command, or as much of it as is understood. */
struct command {
	int line;
	struct str text;              /* from its first byte to its last */
	struct str word[WORDS]; int n;
	bool computed;                /* an expansion, a redirection, a pipe: only a shell knows */
};

struct shell { struct import *im; struct str text; size_t at; int line; };

static char at(const struct shell *s, size_t i)
{
	return i < s->text.n ? s->text.p[i] : '\0';
}

static bool ends_command(char c)
{
	return c == '\n' || c == ';' || c == '\r';
}

/* Blanks, joined lines and comments. */
static void skip_blanks(struct shell *s)
{
	for (;;) {
		char c = at(s, s->at);

		if (c == '\\' && at(s, s->at + 1) == '\n') {
			s->line++;
			s->at += 2;
		} else if (c == ' ' || c == '\t') {
			s->at++;
		} else if (c == '#') {
			while (s->at < s->text.n && at(s, s->at) != '\n')
				s->at++;
		} else {
			return;
		}
	}
}

/* $HOME is known; any other expansion is the shell's. */
static void dollar(struct shell *s, struct command *c, struct buf *word)
{
	static const char *const homes[] = { "$HOME", "${HOME}" };
	struct str rest = str_sub(s->text, s->at, s->text.n);

	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(homes[i]);

		if (str_starts(rest, homes[i]) && !ascii_is_alnum(at(s, s->at + n)) &&
		    at(s, s->at + n) != '_') {
			buf_add_cstr(word, s->im->home);
			s->at += n;
			return;
		}
	}
	c->computed = true;
	s->at++;
}

static void single_quoted(struct shell *s, struct buf *word)
{
	for (s->at++; s->at < s->text.n && at(s, s->at) != '\''; s->at++) {
		s->line += at(s, s->at) == '\n';
		buf_add_char(word, at(s, s->at));
	}
	s->at++;
}

static void double_quoted(struct shell *s, struct command *c, struct buf *word)
{
	for (s->at++; s->at < s->text.n && at(s, s->at) != '"';) {
		char x = at(s, s->at), next = at(s, s->at + 1);

		s->line += x == '\n';
		if (x == '\\' && next == '\n') {
			s->line++;
			s->at += 2;
		} else if (x == '\\' && next && strchr("\"\\$`", next)) {
			buf_add_char(word, next);
			s->at += 2;
		} else if (x == '$') {
			dollar(s, c, word);
		} else {
			c->computed = c->computed || x == '`';
			buf_add_char(word, x);
			s->at++;
		}
	}
	s->at++;
}

/* One word; false at the end of the command. */
static bool next_word(struct shell *s, struct command *c, struct buf *word)
{
	buf_clear(word);
	skip_blanks(s);
	if (s->at >= s->text.n || ends_command(at(s, s->at)))
		return false;
	if (at(s, s->at) == '~' && at(s, s->at + 1) == '/') {
		buf_add_cstr(word, s->im->home);
		s->at++;
	}
	while (s->at < s->text.n) {
		char x = at(s, s->at);

		if (ends_command(x) || x == ' ' || x == '\t')
			break;
		if (x == '\'') {
			single_quoted(s, word);
		} else if (x == '"') {
			double_quoted(s, c, word);
		} else if (x == '$') {
			dollar(s, c, word);
		} else if (x == '\\' && at(s, s->at + 1) == '\n') {
			s->line++;
			s->at += 2;
		} else if (x == '\\' && s->at + 1 < s->text.n) {
			buf_add_char(word, at(s, s->at + 1));
			s->at += 2;
		} else {
			c->computed = c->computed || strchr("`|&<>()*?", x);
			buf_add_char(word, x);
			s->at++;
		}
	}
	return true;
}

/* The next command with words in it; false at the end of the text. A NUL is the end of it. */
static bool next_command(struct shell *s, struct command *c)
{
	struct buf word = buf_limited(64 << 10);
	size_t from;

	do {
		while (s->at < s->text.n && (ends_command(at(s, s->at)) || at(s, s->at) == '\0')) {
			s->line += at(s, s->at) == '\n';
			s->at++;
		}
		skip_blanks(s);
	} while (s->at < s->text.n && ends_command(at(s, s->at)));
	*c = (struct command){ .line = s->line };
	from = s->at;
	while (next_word(s, c, &word)) {
		if (c->n < WORDS)
			c->word[c->n] = import_kept(s->im, buf_view(&word));
		c->n++;
		if (c->n == 1 && (str_is(c->word[0], "{") || str_is(c->word[0], "}")))
			break;        /* a command may follow on the line */
	}
	c->text = str_trim(str_sub(s->text, from, s->at));
	buf_free(&word);
	return c->n > 0;
}

/* ---- commands ---- */

static bool is_word(struct str word, const char *const *list)
{
	for (size_t i = 0; list[i]; i++)
		if (str_is(word, list[i]))
			return true;
	return false;
}

/* "Name" may stand in a path: sfeed turns / into _. */
static struct str file_of(struct import *im, struct str folder, struct str name)
{
	struct buf path = buf_limited(1 << 16);
	struct str kept;

	buf_add(&path, folder);
	buf_add_char(&path, '/');
	for (size_t i = 0; i < name.n; i++)
		buf_add_char(&path, name.p[i] == '/' || name.p[i] == '\0' ? '_' : name.p[i]);
	kept = import_kept(im, buf_view(&path));
	buf_free(&path);
	return kept;
}

static void take_feed(struct import *im, const struct command *c, struct str folder)
{
	struct import_feed *f = import_feed(im, c->line, c->word[2]);

	if (!f)
		return;
	if (f->as.title.n == 0)
		f->as.title = c->word[1];
	f->entries = file_of(im, folder, c->word[1]);
	if (c->n > 3 && str_starts_nocase(c->word[3], "http"))
		f->site = c->word[3];
	if (c->n > 4 && c->word[4].n > 0)
		import_set_for(im, c->line, c->text, "encoding", c->word[4], SCOPE_FEED,
			       f->as.url);
}

/* Inside feeds(). `depth`: of loops and conditions, where nothing is plain. */
static void take_command(struct import *im, const struct command *c, struct str folder, int *depth)
{
	static const char *const opens[] = { "if", "for", "while", "until", "case", NULL };
	static const char *const closes[] = { "fi", "done", "esac", NULL };
	static const char *const between[] = { "then", "else", "elif", "do", "{", NULL };
	bool inside = *depth > 0;

	*depth += is_word(c->word[0], opens);
	*depth -= is_word(c->word[0], closes) && *depth > 0;
	if (is_word(c->word[0], closes) || is_word(c->word[0], between))
		inside = is_word(c->word[0], between) && c->n > 1;
	else if (!inside && *depth == 0 && !c->computed && str_is(c->word[0], "feed") && c->n >= 3)
		return take_feed(im, c, folder);
	else
		inside = true;
	if (inside)
		import_leave(im, c->line, c->text, "computed by the shell, and lede starts none");
}

/* "feeds()", "feeds(){", "feeds ()": the name; empty for what begins no function. */
static struct str function_of(const struct command *c)
{
	struct str name = c->word[0];
	size_t end = str_find_str(name, STR("()"));

	if (end != SIZE_MAX)
		return str_sub(name, 0, end);
	return c->n > 1 && str_starts(c->word[1], "()") ? name : (struct str){ "", 0 };
}

/* Up to the } that ends it. */
static void walk_function(struct shell *s, bool feeds, struct str folder)
{
	struct command c;
	int depth = 0, braces = 0;

	while (next_command(s, &c)) {
		if (str_is(c.word[0], "}") && braces-- <= 1)
			return;
		if (str_is(c.word[0], "{") && braces++ == 0)
			continue;
		if (feeds)
			take_command(s->im, &c, folder, &depth);
	}
}

/* The word behind "sfeedpath=". */
static bool sfeedpath_of(const struct command *c, struct str *path)
{
	static const char name[] = "sfeedpath=";

	if (c->n != 1 || c->computed || !str_starts(c->word[0], name))
		return false;
	*path = str_sub(c->word[0], sizeof name - 1, c->word[0].n);
	return true;
}

static struct str default_path(struct import *im)
{
	struct buf path = buf_limited(1 << 16);
	struct str kept;

	buf_addf(&path, "%s/.sfeed/feeds", im->home);
	kept = import_kept(im, buf_view(&path));
	buf_free(&path);
	return kept;
}

/* The list of what was read lies beside the sfeedrc. */
static const char *read_list_of(struct import *im, const char *path)
{
	struct buf name = buf_limited(1 << 16);
	const char *slash = strrchr(path, '/');
	char *kept;

	buf_add(&name, str_sub(str_of(path), 0, slash ? (size_t)(slash - path) + 1 : 0));
	buf_add_cstr(&name, "urls");
	kept = arena_copy(im->arena, buf_cstr(&name), name.n);
	buf_free(&name);
	return kept;
}

/* The function's brace may stand on its first line: then it is open already. */
static void enter_function(struct shell *s, const struct command *c, struct str folder)
{
	struct str name = function_of(c);
	struct shell again = *s;
	size_t brace = str_find(c->text, '{');

	if (brace != SIZE_MAX) {          /* commands behind it on the line count too */
		again.at = (size_t)(c->text.p - s->text.p) + brace;
		again.line = c->line;
		*s = again;
	}
	if (!str_is(name, "feeds"))
		import_leave(s->im, c->line, name, "a function for sfeed: lede runs no programs");
	walk_function(s, str_is(name, "feeds"), folder);
}

void import_sfeedrc(struct import *im, struct str text, const char *path)
{
	struct shell s = { .im = im, .text = text, .line = 1 };
	struct str folder = default_path(im);
	struct command c;

	im->read_list = read_list_of(im, path);
	while (next_command(&s, &c)) {
		if (function_of(&c).n > 0)
			enter_function(&s, &c, folder);
		else if (!sfeedpath_of(&c, &folder) && !str_is(c.word[0], "}"))
			import_leave(im, c.line, c.text, "computed by the shell, and lede starts "
				     "none");
	}
}

bool import_is_sfeedrc(struct str text)
{
	struct str line;

	while (str_next_line(&text, &line)) {
		line = str_trim(line);
		if (!str_starts(line, "feeds"))
			continue;
		line = str_trim(str_sub(line, 5, line.n));
		if (str_starts(line, "()"))
			return true;
	}
	return false;
}
