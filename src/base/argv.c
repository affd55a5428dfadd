#include "lede/base/file.h"

#include <stdlib.h>

#include "lede/base/mem.h"

/* Reads one word of a command line as a shell would; `out` needs at most the line's length. */
struct words { struct str line; size_t at; char *out; };

static bool quoted(struct words *w, char quote)
{
	while (w->at < w->line.n) {
		char c = w->line.p[w->at++];

		if (c == quote)
			return true;
		if (quote == '"' && c == '\\' && w->at < w->line.n) {
			char next = w->line.p[w->at];

			if (next == '"' || next == '\\' || next == '$' || next == '`') {
				c = next;
				w->at++;
			}
		}
		*w->out++ = c;
	}
	return false;
}

static bool word(struct words *w)
{
	while (w->at < w->line.n && !ascii_is_space(w->line.p[w->at])) {
		char c = w->line.p[w->at++];

		if (c == '\'' || c == '"') {
			if (!quoted(w, c))
				return false;
			continue;
		}
		if (c == '\\' && w->at < w->line.n)
			c = w->line.p[w->at++];
		*w->out++ = c;
	}
	*w->out++ = '\0';
	return true;
}

enum err argv_split(struct str line, char ***argv, int *argc, struct error *e)
{
	/* A word takes its bytes and a NUL: at most n + 1 bytes, at most (n + 1) / 2 words. */
	size_t slots = line.n / 2 + 2;
	struct words w = { line, 0, NULL };
	char **list;
	int n = 0;

	if (str_find(line, '\0') != SIZE_MAX)
		return error_set(e, ERR_SYNTAX, "a NUL is in the command: %.*s", (int)line.n,
				 line.p);
	list = mem_new(slots * sizeof *list + line.n + 2);
	w.out = (char *)(list + slots);
	for (;;) {
		while (w.at < line.n && ascii_is_space(line.p[w.at]))
			w.at++;
		if (w.at >= line.n)
			break;
		list[n++] = w.out;
		if (!word(&w)) {
			free(list);
			return error_set(e, ERR_SYNTAX, "a quote is not closed in: %.*s",
					 (int)line.n, line.p);
		}
	}
	list[n] = NULL;
	*argv = list;
	*argc = n;
	return ERR_NONE;
}
