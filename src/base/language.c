#include "lede/base/language.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#ifdef ENABLE_NLS
/* C libraries differ in whether LANGUAGE counts in the locale C.UTF-8; here it does not. */
static bool is_plain(const char *locale)
{
	return !locale || strcmp(locale, "C") == 0 || strncmp(locale, "C.", 2) == 0 ||
	       strcmp(locale, "POSIX") == 0;
}

/* Where Chinese is written in the traditional script without a catalogue of its own. */
static void lend_catalogue(const char *locale)
{
	static const char *const like[][2] = { { "zh_HK", "zh_TW" }, { "zh_MO", "zh_TW" },
		                               { "zh_SG", "zh_CN" } };

	for (size_t i = 0; i < sizeof like / sizeof *like; i++)
		if (strncmp(locale, like[i][0], 5) == 0)
			setenv("LANGUAGE", like[i][1], 0);
}
#endif

bool language_open(const char *folder)
{
	setlocale(LC_CTYPE, "");
#ifdef ENABLE_NLS
	const char *locale = setlocale(LC_MESSAGES, "");

	if (is_plain(locale) || strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
		setlocale(LC_MESSAGES, "C");
		return false;
	}
	lend_catalogue(locale);
	return bindtextdomain("lede", folder ? folder : LOCALEDIR) &&
	       bind_textdomain_codeset("lede", "UTF-8") && textdomain("lede");
#else
	(void)folder;
	return false;
#endif
}
