#include "lede/text/encoding_names.h"

#include <iconv.h>
#include <string.h>

/* What names mean: in lower case, '_' as '-', without "x-" and "cs"; parted by blanks. A name that
 * is not here is asked of iconv as it stands. */
static const struct {
	const char *name;
	int unit;
	const char *labels;
} known[] = {
	{ "UTF-8", 1, "utf-8 utf8 unicode-1-1-utf-8" },
	{ "UTF-16", 2, "utf-16 utf16 unicode ucs-2 iso-10646-ucs-2" },
	{ "UTF-16LE", 2, "utf-16le utf16le" },
	{ "UTF-16BE", 2, "utf-16be utf16be" },
	{ "UTF-32", 4, "utf-32 utf32 ucs-4 iso-10646-ucs-4" },
	{ "UTF-32LE", 4, "utf-32le utf32le" },
	{ "UTF-32BE", 4, "utf-32be utf32be" },
	{ "WINDOWS-1252", 1,
	  "us-ascii ascii ansi-x3.4-1968 iso-8859-1 iso8859-1 iso88591 isolatin1 "
	  "latin1 latin-1 l1 cp1252 windows-1252 ansi" },
	{ "WINDOWS-1254", 1, "iso-8859-9 iso8859-9 latin5 l5" },
	{ "CP874", 1, "iso-8859-11 iso8859-11 tis-620 windows-874" },
	{ "ISO-8859-8", 1, "iso-8859-8-i" },
	{ "GB18030", 1,
	  "gb2312 gb-2312 gb-2312-80 gb2312-80 gb18030 gb-18030 gb18030-2000 gbk cp936 "
	  "ms936 windows-936 euc-cn chinese" },
	{ "BIG5-HKSCS", 1, "big5 big-5 cn-big5 x-big5 cp950 big5-hkscs" },
	{ "CP932", 1, "shift-jis shiftjis sjis ms-kanji windows-31j windows31j cp932 ms932" },
	{ "EUC-JP-MS", 1, "euc-jp eucjp eucpkdfmtjapanese" },
	{ "ISO-2022-JP-3", 1, "iso-2022-jp iso2022jp" },
	{ "CP949", 1,
	  "ks-c-5601-1987 ks-c-5601-1989 ksc5601 ksc-5601 euc-kr euckr korean cp949 ms949 "
	  "uhc windows-949" },
	{ "MACINTOSH", 1, "macintosh mac mac-roman" },
	{ "KOI8-R", 1, "koi8" },
};

static bool is_label_char(char c)
{
	return ascii_is_alnum(c) || c == '-' || c == '.' || c == ':' || c == '+';
}

/* False for what can be no name; "//" above all, with which iconv takes orders. */
static bool tidy_label(struct str s, char out[ENCODING_LABEL_MAX])
{
	size_t n = 0;

	s = str_trim(s);
	if (s.n == 0 || s.n >= ENCODING_LABEL_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i] == '_' || s.p[i] == ' ' ? '-' : ascii_lower(s.p[i]);

		if (!is_label_char(c))
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return true;
}

static bool has_word(const char *words, struct str word)
{
	struct str rest = str_of(words), one;

	while (str_next(&rest, ' ', &one))
		if (str_eq(one, word))
			return true;
	return false;
}

static bool in_table(const char *label, struct coding *out)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (!has_word(known[i].labels, str_of(label)))
			continue;
		*out = (struct coding){ known[i].name, known[i].unit };
		return true;
	}
	return false;
}

static bool iconv_knows(const char *name)
{
	iconv_t cd = iconv_open("UTF-8", name);

	if (cd == (iconv_t)-1)
		return false;
	iconv_close(cd);
	return true;
}

bool encoding_named(struct str s, char own[ENCODING_LABEL_MAX], struct coding *out)
{
	char label[ENCODING_LABEL_MAX];
	const char *bare = label;

	if (!tidy_label(s, label))
		return false;
	if (in_table(label, out))
		return true;
	if (strncmp(bare, "x-", 2) == 0 || (strncmp(bare, "cs", 2) == 0 && bare[2] != '\0'))
		bare += 2;
	if (bare != label && in_table(bare, out))
		return true;
	if (!iconv_knows(bare))
		return false;
	memmove(own, bare, strlen(bare) + 1);
	*out = (struct coding){ own, 1 };
	return true;
}
