/* Any bytes as a configuration, as a theme, and as lines of key = value: read twice they give the
 * same, and every complaint is a sentence of a line that is there. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lede/app/config.h"
#include "lede/base/ini.h"
#include "lede/tui/theme.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was given for a text: lines never go back, and nothing lies outside of it. */
struct given {
	struct str text;
	int lines, last;
	size_t n;
};

static int lines_of(struct str text)
{
	struct str line;
	int n = 0;

	while (str_next_line(&text, &line))
		n++;
	return n;
}

static void check_line(struct given *g, int line)
{
	if (line < 1 || line > g->lines || line < g->last)
		abort();
	g->last = line;
	g->n++;
}

static void check_inside(const struct given *g, struct str s)
{
	if (s.n > 0 && (s.p < g->text.p || s.p + s.n > g->text.p + g->text.n))
		abort();
}

static void pair(void *self, const struct ini_line *l)
{
	struct given *g = self;

	check_line(g, l->line);
	check_inside(g, l->section);
	check_inside(g, l->argument);
	check_inside(g, l->key);
	check_inside(g, l->value);
	if (l->key.n == 0)
		abort();
}

static void bad(void *self, int line, const char *why)
{
	check_line(self, line);
	if (why[0] == '\0')
		abort();
}

static size_t as_pairs(struct str text)
{
	struct given g = { .text = text, .lines = lines_of(text) };

	ini_read(text, &(struct ini_sink){ .pair = pair, .bad = bad, .self = &g });
	return g.n;
}

static void sentence(void *self, int line, const char *why)
{
	(void)self;
	if (line < 0 || why[0] == '\0')
		abort();
}

static void as_config(struct str text)
{
	struct config *c = config_new();
	const struct config_feed feed = { .url = STR("https://a.example/feed"),
		                          .tags = (const struct str[]){ STR("news"),
		                                                        STR("science") },
		                          .ntags = 2 };

	config_read(c, "config", text, sentence, NULL);
	for (int i = 0; i < OPTION_COUNT; i++) {
		if (!config_text(c, (enum option_id)i, NULL) ||
		    !config_text(c, (enum option_id)i, &feed))
			abort();
	}
	config_free(c);
}

/* A theme may inherit the shipped ones, and itself. */
static struct str find(void *self, const char *name)
{
	const struct str *text = self;

	return strcmp(name, "self") == 0 ? *text : theme_shipped(name);
}

static void as_theme(struct str text)
{
	struct theme t;
	struct error e = { .text = "" };
	const struct theme_source source = { .find = find, .bad = sentence, .self = &text };

	if (theme_read(text, &source, &t, &e) == ERR_NONE) {
		for (int d = 0; d < DEPTH_COUNT; d++)
			for (int r = 0; r < ROLE_COUNT; r++)
				if (t.style[d][r].fg.index < -1 || t.style[d][r].fg.index > 255)
					abort();
	} else if (e.text[0] == '\0') {
		abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };

	if (as_pairs(text) != as_pairs(text))
		abort();
	as_config(text);
	as_theme(text);
	return 0;
}
