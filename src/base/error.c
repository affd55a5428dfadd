#include "lede/base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts a sentence that snprintf filled to the brim at a character boundary. */
static void cut_whole(char *text, size_t size)
{
	size_t n = strlen(text), i = n;

	if (n < size - 1)
		return;
	while (i > 0 && n - i < 4 && ((unsigned char)text[i - 1] & 0xC0) == 0x80)
		i--;
	if (i == 0)
		return;
	unsigned char lead = (unsigned char)text[i - 1];
	size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (n - i + 1 < need)
		text[i - 1] = '\0';
}

enum err error_set(struct error *e, enum err code, const char *fmt, ...)
{
	va_list args;

	if (!e)
		return code;
	va_start(args, fmt);
	vsnprintf(e->text, sizeof e->text, fmt, args);
	va_end(args);
	cut_whole(e->text, sizeof e->text);
	e->code = code;
	return code;
}

void error_context(struct error *e, const char *fmt, ...)
{
	char old[sizeof e->text], context[sizeof e->text];
	va_list args;

	if (!e)
		return;
	memcpy(old, e->text, sizeof old);
	va_start(args, fmt);
	vsnprintf(context, sizeof context, fmt, args);
	va_end(args);
	if (snprintf(e->text, sizeof e->text, "%s: %s", context, old) >= (int)sizeof e->text)
		cut_whole(e->text, sizeof e->text);
}

enum err error_errno(struct error *e, enum err code, int errnum, const char *fmt, ...)
{
	char what[sizeof e->text];
	const char *why = strerror(errnum);
	size_t n = strlen(why), room = n < sizeof what / 2 ? sizeof what - n - 2 : sizeof what / 2;
	va_list args;

	if (errnum == ENOSPC || errnum == EDQUOT)
		code = ERR_FULL;
	if (!e)
		return code;
	/* A long path gives way, not the reason behind it. */
	va_start(args, fmt);
	vsnprintf(what, room, fmt, args);
	va_end(args);
	cut_whole(what, room);
	return error_set(e, code, "%s: %s", what, why);
}
