/* tongue - a test that speaks another language.
 *
 * Needs no locale of that language to be installed: the C library finds a locale by the name of its
 * folder, so one is made that has the name and what C.UTF-8 has.
 */
#ifndef LEDE_TESTS_TONGUE_H
#define LEDE_TESTS_TONGUE_H

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lede/base/language.h"

/* Whether the sentences of `locale` ("zh_TW.UTF-8") hold from now on. Not where there is neither
 * that locale nor C.UTF-8 to lend one, or where lede was built without catalogues. */
static inline bool tongue_speak(const char *locale)
{
	static const char *const lenders[] = { "/usr/lib/locale/C.utf8", "/usr/lib/locale/C.UTF-8" };
	const char *builddir = getenv("builddir");
	char folder[512], link[600];

	snprintf(folder, sizeof folder, "%s/tests/locale-XXXXXX", builddir ? builddir : ".");
	if (!mkdtemp(folder))
		return false;
	snprintf(link, sizeof link, "%s/%s", folder, locale);
	for (size_t i = 0; i < sizeof lenders / sizeof *lenders; i++)
		if (access(lenders[i], R_OK) == 0 && symlink(lenders[i], link) == 0)
			break;
	setenv("LOCPATH", folder, 1);
	setenv("LC_ALL", locale, 1);
	unsetenv("LANGUAGE");
	bool speaks = language_open(getenv("LEDE_LOCALEDIR"));
	unlink(link);
	rmdir(folder);
	return speaks;
}

#endif
