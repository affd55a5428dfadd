#include "lede/text/convert.h"
#include "config.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/text/unicode.h"
#include "lede/text/utf8.h"

static const struct {
	const char *name, *script, *dictionaries;
} conversions[CONVERT_COUNT] = {
	[CONVERT_NO] = { "no", "", NULL },
	[CONVERT_S] = { "s", "simplified", "t2s.json" },
	[CONVERT_T] = { "t", "traditional", "s2t.json" },
	[CONVERT_TW] = { "tw", "traditional", "s2twp.json" },
};

enum convert convert_named(const char *name)
{
	for (int i = 0; i < CONVERT_COUNT; i++)
		if (strcmp(conversions[i].name, name) == 0)
			return (enum convert)i;
	return CONVERT_NO;
}

const char *convert_script(enum convert to)
{
	return conversions[to].script;
}

/* ---- the library ---- */

/* What is called of opencc.h (1.0 and 1.1 have the same). */
struct opencc {
	void *library;
	void *(*open)(const char *config);
	int (*close)(void *cc);
	char *(*convert)(void *cc, const char *in, size_t n);
	void (*free_text)(char *text);
};

struct converter {
	struct opencc cc;
	bool looked;
	bool tried[CONVERT_COUNT];
	void *open[CONVERT_COUNT];        /* NULL: not there */
};

static bool find_functions(struct opencc *cc)
{
	const struct { const char *name; void *to; } functions[] = {
		{ "opencc_open", &cc->open }, { "opencc_close", &cc->close },
		{ "opencc_convert_utf8", &cc->convert },
		{ "opencc_convert_utf8_free", &cc->free_text },
	};

	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		void *f = dlsym(cc->library, functions[i].name);

		if (!f)
			return false;
		memcpy(functions[i].to, &f, sizeof f);  /* C has no cast from object to function */
	}
	return true;
}

static void look_for_library(struct opencc *cc)
{
	static const char *const names[] = {
		"libopencc.so.1.1", "libopencc.so.1.2", "libopencc.so.2", "libopencc.so",
		"libopencc.dylib",
	};

#ifndef USE_OPENCC
	return;
#endif
	for (size_t i = 0; i < sizeof names / sizeof *names && !cc->library; i++) {
		cc->library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
		if (cc->library && !find_functions(cc)) {
			dlclose(cc->library);
			cc->library = NULL;
		}
	}
}

struct converter *converter_new(void)
{
	return mem_new(sizeof(struct converter));
}

/* The library stays loaded: its C++ runtime does not like to be unloaded. */
void converter_free(struct converter *c)
{
	for (int i = 0; c && i < CONVERT_COUNT; i++)
		if (c->open[i])
			c->cc.close(c->open[i]);
	free(c);
}

/* opencc_open says (void *)-1 when it fails. */
static void open_dictionaries(struct converter *c, enum convert to)
{
	void *cc;

	c->tried[to] = true;
	if (!c->looked)
		look_for_library(&c->cc);
	c->looked = true;
	if (!c->cc.library)
		return;
	cc = c->cc.open(conversions[to].dictionaries);
	c->open[to] = cc == (void *)-1 ? NULL : cc;
}

enum err converter_open(struct converter *c, enum convert to, struct error *e)
{
	if (to == CONVERT_NO)
		return ERR_NONE;
	if (!c->tried[to])
		open_dictionaries(c, to);
	if (c->open[to])
		return ERR_NONE;
	if (!c->cc.library)
		return error_set(e, ERR_NONESUCH,
		                 "convert = %s needs OpenCC, which is not installed",
		                 conversions[to].name);
	return error_set(e, ERR_NONESUCH, "convert = %s: OpenCC lacks its dictionaries (%s)",
			 conversions[to].name, conversions[to].dictionaries);
}

/* ---- texts ---- */

static bool has_han(struct str s)
{
	size_t n;

	for (size_t i = 0; i < s.n; i += n)
		if (unicode_is_han(utf8_at(s, i, &n)))
			return true;
	return false;
}

bool converter_run(struct converter *c, enum convert to, struct str in, struct buf *out)
{
	char *text = NULL;
	bool changed = false;

	if (to != CONVERT_NO && has_han(in) &&
	    converter_open(c, to, &(struct error){ 0 }) == ERR_NONE)
		text = c->cc.convert(c->open[to], in.p, in.n);
	if (text) {
		changed = !str_eq(in, str_of(text));
		(void)buf_add(out, str_of(text));
		c->cc.free_text(text);
	} else {
		(void)buf_add(out, in);
	}
	return changed;
}
