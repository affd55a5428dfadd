#include "lede/text/encoding_guess.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet.h>

#include "lede/text/utf8.h"

/* What the detector says and what is meant by it: the encoding that has all of the other and more,
 * or, of those that hardly anybody ever wrote, what short texts in their place turn out to be.
 * `windows` is what it is when there are bytes from 80 to 9F, which ISO 8859 does not use. */
static const struct { const char *said, *meant, *windows; } opinions[] = {
	{ "ISO-8859-1", "WINDOWS-1252", NULL },
	{ "ISO-8859-2", "ISO-8859-2", "WINDOWS-1250" },
	{ "ISO-8859-3", "WINDOWS-1254", NULL },
	{ "ISO-8859-4", "ISO-8859-4", "WINDOWS-1257" },
	{ "ISO-8859-5", "ISO-8859-5", "WINDOWS-1251" },
	{ "ISO-8859-6", "ISO-8859-6", "WINDOWS-1256" },
	{ "ISO-8859-7", "ISO-8859-7", "WINDOWS-1253" },
	{ "ISO-8859-8", "WINDOWS-1255", NULL },
	{ "ISO-8859-9", "WINDOWS-1254", NULL },
	{ "ISO-8859-11", "CP874", NULL },
	{ "ISO-8859-13", "ISO-8859-13", "WINDOWS-1257" },
	{ "ISO-8859-15", "ISO-8859-15", "WINDOWS-1252" },
	{ "ISO-8859-16", "ISO-8859-16", "WINDOWS-1250" },
	{ "WINDOWS-1250", "WINDOWS-1250", NULL },
	{ "WINDOWS-1251", "WINDOWS-1251", NULL },
	{ "WINDOWS-1252", "WINDOWS-1252", NULL },
	{ "WINDOWS-1253", "WINDOWS-1253", NULL },
	{ "WINDOWS-1255", "WINDOWS-1255", NULL },
	{ "WINDOWS-1256", "WINDOWS-1256", NULL },
	{ "WINDOWS-1257", "WINDOWS-1257", NULL },
	{ "WINDOWS-1258", "WINDOWS-1258", NULL },
	{ "TIS-620", "CP874", NULL },
	{ "KOI8-R", "KOI8-U", NULL },
	{ "IBM866", "IBM866", NULL },
	{ "MAC-CYRILLIC", "MAC-CYRILLIC", NULL },
	{ "GB18030", "GB18030", NULL },
	{ "BIG5", "BIG5-HKSCS", NULL },
	{ "EUC-TW", "EUC-TW", NULL },
	{ "EUC-JP", "EUC-JP-MS", NULL },
	{ "SHIFT_JIS", "CP932", NULL },
	{ "ISO-2022-JP", "ISO-2022-JP-3", NULL },
	{ "ISO-2022-KR", "ISO-2022-KR", NULL },
	{ "ISO-2022-CN", "ISO-2022-CN", NULL },
	{ "EUC-KR", "CP949", NULL },
	{ "UHC", "CP949", NULL },
};

static bool has_c1(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] & 0xE0) == 0x80)
			return true;
	return false;
}

/* Whether all that is not ASCII comes in pairs as EUC writes Chinese and Japanese: a few characters
 * are enough, where the detector sees nothing but Western letters. Those stand alone between
 * others. */
static bool is_paired(struct str s, size_t *kana)
{
	size_t pairs = 0;

	*kana = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char lead = (unsigned char)s.p[i];

		if (lead < 0x80)
			continue;
		if (lead <= 0xA0 || ++i == s.n || (unsigned char)s.p[i] <= 0xA0)
			return lead > 0xA0 && i == s.n && pairs > 1;
		pairs++;
		*kana += lead == 0xA4 || lead == 0xA5; /* rows 4 and 5: hiragana, katakana */
	}
	return pairs > 1;
}

static bool is_latin(const char *name)
{
	return name == NULL || strncmp(name, "ISO-8859-1", 10) == 0 ||
	       strcmp(name, "ISO-8859-2") == 0 || strcmp(name, "ISO-8859-4") == 0 ||
	       strcmp(name, "WINDOWS-1250") == 0 || strcmp(name, "WINDOWS-1252") == 0 ||
	       strcmp(name, "WINDOWS-1254") == 0 || strcmp(name, "WINDOWS-1257") == 0 ||
	       strcmp(name, "WINDOWS-1258") == 0;
}

/* NULL for what is not in the table. */
static const char *meant_by(const char *said, struct str window)
{
	for (size_t i = 0; i < sizeof opinions / sizeof *opinions; i++)
		if (strcmp(opinions[i].said, said) == 0)
			return opinions[i].windows != NULL && has_c1(window) ? opinions[i].windows :
									       opinions[i].meant;
	return NULL;
}

struct utf8_signs utf8_signs_of(struct str s, bool last)
{
	struct utf8_signs q = { 0 };
	size_t n;

	if (!last)
		s.n -= utf8_tail(s);
	for (size_t i = 0; i < s.n; i += n) {
		n = 1;
		if ((unsigned char)s.p[i] < 0x80)
			continue;
		if (utf8_at(s, i, &n) != UTF8_REPLACEMENT ||
		    str_starts(str_sub(s, i, s.n), "\357\277\275"))
			q.good++;
		else if (n > 1)
			q.cut++;
		else
			q.wrong++;
	}
	return q;
}

/* In text of GBK, the worst, one sequence in five is right by chance. */
bool utf8_is_possible(struct str window, struct utf8_signs q)
{
	if (q.good == 0 && q.cut == 0)
		return q.wrong == 0 && str_find_str(window, STR("\033$")) == SIZE_MAX;
	return q.wrong <= 8 || q.wrong <= 2 * q.good;
}

bool encoding_fails(struct str window, const char *name)
{
	iconv_t cd = iconv_open("UTF-8", name);
	char *in = (char *)(uintptr_t)window.p, out[512];
	size_t left = window.n, rc = 0;

	if (cd == (iconv_t)-1)
		return true;
	do {
		char *to = out;
		size_t room = sizeof out;

		rc = iconv(cd, &in, &left, &to, &room);
	} while (rc == (size_t)-1 && errno == E2BIG);
	iconv_close(cd);
	return rc == (size_t)-1 && errno == EILSEQ;
}

struct coding encoding_guess(struct str window)
{
	uchardet_t detector = uchardet_new();
	const char *name = NULL;
	size_t kana;

	if (uchardet_handle_data(detector, window.p, window.n) == 0) {
		uchardet_data_end(detector);
		name = meant_by(uchardet_get_charset(detector), window);
	}
	uchardet_delete(detector);
	if (is_latin(name) && is_paired(window, &kana))
		name = kana > 0 ? "EUC-JP-MS" : "GB18030";
	if (name == NULL || encoding_fails(window, name))
		name = "WINDOWS-1252";
	return (struct coding){ name, 1 };
}
