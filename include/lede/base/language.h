/* language - the sentences of the screen in the reader's language.
 *
 * A sentence is written in English where it is said, as _("..."), and looked up in the catalogue of
 * the locale; one that stands in a table is marked there with N_("...") and looked up when it is
 * shown. Until language_open was called, and in a build without catalogues, every sentence is
 * English: the commands without a screen never call it, so what they print is the same everywhere.
 * Must not know: the sentences, the screen.
 */
#ifndef LEDE_BASE_LANGUAGE_H
#define LEDE_BASE_LANGUAGE_H

#include <stdbool.h>

#define N_(sentence) sentence

#ifdef ENABLE_NLS
#include <libintl.h>

#define _(sentence) language_of(sentence)
#define many_(one, many, n) ngettext(one, many, (unsigned long)(n))
/* For what is the same in English and not elsewhere: literals, the first saying where it stands. */
#define in_(where, sentence) language_in(where "\004" sentence, sentence)

static inline const char *language_of(const char *sentence) __attribute__((format_arg(1)));
static inline const char *language_in(const char *key, const char *sentence)
	__attribute__((format_arg(2)));

/* What a catalogue has for the empty sentence is its own head. */
static inline const char *language_of(const char *sentence)
{
	return sentence[0] ? gettext(sentence) : sentence;
}

static inline const char *language_in(const char *key, const char *sentence)
{
	const char *found = gettext(key);

	return found == key ? sentence : found;
}
#else
#define _(sentence) (sentence)
#define many_(one, many, n) ((n) == 1 ? (one) : (many))
#define in_(where, sentence) (sentence)
#endif

/* Takes the language that the environment names (LC_ALL, LC_MESSAGES, LANG; LANGUAGE where the
 * locale is not C) for the rest of the process. Only where the locale writes UTF-8: no other could
 * show the catalogues. `folder` holds LANGUAGE/LC_MESSAGES/lede.mo; NULL is where it was installed.
 * To be called once, before there are other threads. Returns whether sentences are looked up. */
bool language_open(const char *folder);

#endif
