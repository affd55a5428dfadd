#include "sax.h"

#include <stdlib.h>
#include <string.h>

/* ---- the parser ---- */

void sax_init(void)
{
	xmlInitParser();
}

/* Nothing is declared: what libxml2 does not know itself does not exist. */
static xmlEntityPtr no_entity(void *self, const xmlChar *name)
{
	(void)self, (void)name;
	return NULL;
}

static void ignore(void *self, xmlErrorPtr error)
{
	(void)self, (void)error;
}

xmlParserCtxtPtr sax_new(xmlSAXHandler *sax, void *self)
{
	xmlParserCtxtPtr parser;

	sax->initialized = XML_SAX2_MAGIC;
	sax->getEntity = no_entity;
	sax->serror = ignore;
	parser = xmlCreatePushParserCtxt(sax, self, NULL, 0, NULL);
	if (parser == NULL)
		abort();
	xmlCtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_COMPACT);
	return parser;
}

/* ---- attributes ---- */

static struct str xml_str(const xmlChar *s)
{
	return str_of((const char *)s);
}

struct str attribute_name(struct attributes a, int i)
{
	return xml_str(a.at[5 * i]);
}

struct str attribute_prefix(struct attributes a, int i)
{
	return xml_str(a.at[5 * i + 1]);
}

/* Where it does not replace entities itself libxml2 (before 2.14) hands "&amp;" over as "&#38;". */
static struct str without_double_escape(struct str s, struct arena *arena)
{
	const struct str written = STR("&#38;");
	char *copy;
	size_t n = 0;

	if (str_find(s, '&') == SIZE_MAX || str_find_str(s, written) == SIZE_MAX)
		return s;
	copy = arena_copy(arena, s.p, s.n);
	for (size_t i = 0; i < s.n; i++) {
		copy[n++] = s.p[i];
		if (s.p[i] == '&' && str_starts(str_sub(s, i, s.n), written.p))
			i += written.n - 1;
	}
	return (struct str){ copy, n };
}

struct str attribute_value(struct attributes a, int i)
{
	const char *from = (const char *)a.at[5 * i + 3], *to = (const char *)a.at[5 * i + 4];

	return without_double_escape((struct str){ from, (size_t)(to - from) }, a.arena);
}

/* `name` in any case; `local` is in lower case. */
static bool is_named(const char *name, const char *local)
{
	while (*name != '\0' && ascii_lower(*name) == *local)
		name++, local++;
	return *name == '\0' && *local == '\0';
}

struct str attribute_get_ns(struct attributes a, const char *prefix, const char *local)
{
	for (int i = 0; i < a.n; i++) {
		const char *here = (const char *)a.at[5 * i + 1];

		if (is_named((const char *)a.at[5 * i], local) &&
		    strcmp(here != NULL ? here : "", prefix) == 0)
			return attribute_value(a, i);
	}
	return (struct str){ 0 };
}

struct str attribute_get(struct attributes a, const char *local)
{
	return attribute_get_ns(a, "", local);
}
