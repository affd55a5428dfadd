/* Deciding and decoding are two steps. `decide` sees the first window of bytes and names an
 * encoding; pure ASCII with no declaration leaves the matter open, and the window moves on to the
 * first byte that is no ASCII. Decoding is UTF-8 with repair, or iconv with a recovery that gives
 * up one unit at a time. */
#include "lede/text/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/mem.h"
#include "lede/text/encoding_guess.h"
#include "lede/text/encoding_names.h"
#include "lede/text/html.h"
#include "lede/text/html_token.h"
#include "lede/text/utf8.h"

#define WINDOW 4096             /* bytes that may wait for the decision */
#define GUESS_WINDOW (32 << 10) /* and where only a guess is left */
#define REPLACEMENT "\357\277\275"

struct decoder {
	char charset[ENCODING_LABEL_MAX];  /* from outside, as written */
	char own_name[ENCODING_LABEL_MAX]; /* of an encoding that is in no table */
	struct coding coding;              /* name NULL: not decided */
	bool is_utf8, undeclared;
	iconv_t converter; /* (iconv_t)-1 when there is none */
	size_t window;     /* bytes to wait for */
	struct buf held;   /* the window, later the beginning of a character */
};

static const struct coding utf8 = { "UTF-8", 1 };
static const struct coding utf16le = { "UTF-16LE", 2 }, utf16be = { "UTF-16BE", 2 };
static const struct coding utf32le = { "UTF-32LE", 4 }, utf32be = { "UTF-32BE", 4 };

/* ---- declarations ---- */

struct str charset_of_content_type(struct str content_type)
{
	struct str rest = content_type, part;

	while (str_next(&rest, ';', &part)) {
		size_t sign;

		part = str_trim(part);
		sign = str_find(part, '=');
		if (sign == SIZE_MAX ||
		    !str_eq_nocase(str_trim(str_sub(part, 0, sign)), STR("charset")))
			continue;
		part = str_trim(str_sub(part, sign + 1, part.n));
		if (part.n > 1 && (part.p[0] == '"' || part.p[0] == '\'')) {
			size_t end = str_find(str_sub(part, 1, part.n), part.p[0]);

			part = str_sub(part, 1, end == SIZE_MAX ? part.n : end + 1);
		}
		return str_trim(part);
	}
	return (struct str){ 0 };
}

/* encoding="..." of the XML declaration, which may stand behind junk. */
static struct str xml_declared(struct str window)
{
	struct html_token t = { 0 };
	size_t from = str_find_str(window, STR("<?xml")), end;
	struct str value = { 0 };

	if (from == SIZE_MAX)
		return value;
	t.attributes = str_sub(window, from + 5, window.n);
	end = str_find(t.attributes, '>');
	t.attributes = str_sub(t.attributes, 0, end);
	html_attribute_of(&t, "encoding", &value);
	return value;
}

static struct str meta_charset(const struct html_token *t)
{
	struct str value = { 0 };

	if (html_attribute_of(t, "charset", &value) || !html_attribute_of(t, "content", &value))
		return value;
	return charset_of_content_type(value);
}

/* Pages only: a feed may quote a meta element. */
static struct str meta_declared(struct str window)
{
	struct html_reader r = html_reader_of(window);
	struct html_token t;

	if (!html_is_page(window))
		return (struct str){ 0 };
	while (html_next(&r, &t)) {
		struct str found;

		if (t.kind != HTML_START || !str_eq_nocase(t.name, STR("meta")))
			continue;
		found = meta_charset(&t);
		if (found.n > 0)
			return found;
	}
	return (struct str){ 0 };
}

/* ---- evidence ---- */

static bool starts_with(struct str s, const char *bytes, size_t n)
{
	return s.n >= n && memcmp(s.p, bytes, n) == 0;
}

/* Returns the length of the mark. UTF-32 first: its mark begins with that of UTF-16. */
static size_t byte_order_mark(struct str s, struct coding *out)
{
	static const struct {
		const char *bytes;
		size_t n;
		const struct coding *coding;
	} marks[] = {
		{ "\357\273\277", 3, &utf8 },    { "\377\376\0\0", 4, &utf32le },
		{ "\0\0\376\377", 4, &utf32be }, { "\377\376", 2, &utf16le },
		{ "\376\377", 2, &utf16be },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (!starts_with(s, marks[i].bytes, marks[i].n))
			continue;
		*out = *marks[i].coding;
		return marks[i].n;
	}
	return 0;
}

/* The first character of a feed or page is ASCII; its zero bytes say how wide a unit is and which
 * end comes first. */
static bool zero_pattern(struct str s, struct coding *out)
{
	bool zero[4];

	if (s.n < 4)
		return false;
	for (int i = 0; i < 4; i++)
		zero[i] = s.p[i] == '\0';
	if (zero[0] && zero[1] && zero[2] && !zero[3])
		*out = utf32be;
	else if (!zero[0] && zero[1] && zero[2] && zero[3])
		*out = utf32le;
	else if (zero[0] && !zero[1] && zero[2] && !zero[3])
		*out = utf16be;
	else if (!zero[0] && zero[1] && !zero[2] && zero[3])
		*out = utf16le;
	else
		return false;
	return true;
}

/* A declaration that the bytes contradict: wide units without zeros or zeros without wide units;
 * UTF-8 that cannot be; or a charset that fails where UTF-8 does not. */
static bool is_impossible(struct str window, bool last, struct coding c)
{
	struct coding wide;
	struct utf8_signs q;
	bool zeros = zero_pattern(window, &wide);

	if (c.unit > 1 || zeros)
		return c.unit == 1 || !zeros || wide.unit != c.unit;
	q = utf8_signs_of(window, last);
	if (strcmp(c.name, utf8.name) == 0)
		return !utf8_is_possible(window, q);
	return q.wrong + q.cut == 0 && q.good > 0 && encoding_fails(window, c.name);
}

/* ---- deciding ---- */

/* "UTF-16" without a mark: the zeros know which end comes first. */
static struct coding with_byte_order(struct coding c, struct str window)
{
	if (c.unit > 1)
		zero_pattern(window, &c);
	return c;
}

static bool declared(struct decoder *d, struct str name, struct str window, bool last,
		     struct coding *out)
{
	if (!encoding_named(name, d->own_name, out) || is_impossible(window, last, *out))
		return false;
	*out = with_byte_order(*out, window);
	return true;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == '\033')
			return false;
	return true;
}

enum verdict { DECIDED, PLAIN_ASCII, TOO_SHORT };

/* Nothing is declared. UTF-8 with a few damaged characters is UTF-8; what is none needs a longer
 * look. */
static enum verdict decide_undeclared(struct str window, bool last, struct coding *out)
{
	struct utf8_signs q;

	if (!last && is_ascii(window))
		return PLAIN_ASCII;
	q = utf8_signs_of(window, last);
	if (q.good >= 10 * (q.wrong + q.cut) && str_find(window, '\033') == SIZE_MAX) {
		*out = utf8;
		return DECIDED;
	}
	if (!last && window.n < GUESS_WINDOW)
		return TOO_SHORT;
	*out = encoding_guess(window);
	return DECIDED;
}

static enum verdict decide(struct decoder *d, struct str window, bool last, size_t *mark,
			   struct coding *out)
{
	*mark = 0;
	if (d->undeclared)
		return decide_undeclared(window, last, out);
	*mark = byte_order_mark(window, out);
	if (*mark > 0 || declared(d, str_of(d->charset), window, last, out) ||
	    declared(d, xml_declared(window), window, last, out) ||
	    declared(d, meta_declared(window), window, last, out) || zero_pattern(window, out))
		return DECIDED;
	d->undeclared = true;
	return decide_undeclared(window, last, out);
}

static void settle(struct decoder *d, struct coding c)
{
	d->is_utf8 = strcmp(c.name, utf8.name) == 0;
	if (!d->is_utf8)
		d->converter = iconv_open("UTF-8", c.name);
	if (!d->is_utf8 && d->converter == (iconv_t)-1) {
		c = utf8;
		d->is_utf8 = true;
	}
	d->coding = c;
}

/* ---- decoding ---- */

static enum err add_without_nul(struct buf *out, struct str s)
{
	enum err rc = ERR_NONE;
	size_t n;

	while (rc == ERR_NONE && (n = str_find(s, '\0')) != SIZE_MAX) {
		rc = buf_add(out, str_sub(s, 0, n));
		if (rc == ERR_NONE)
			rc = buf_add(out, STR(REPLACEMENT));
		s = str_sub(s, n + 1, s.n);
	}
	return rc == ERR_NONE ? buf_add(out, s) : rc;
}

static enum err add_repaired(struct buf *out, struct str s)
{
	struct buf good;
	enum err rc;

	if (utf8_is_valid(s))
		return add_without_nul(out, s);
	good = buf_limited(s.n * 3);
	rc = utf8_repair(s, &good);
	if (rc == ERR_NONE)
		rc = add_without_nul(out, buf_view(&good));
	buf_free(&good);
	return rc;
}

/* Only the first few bytes may belong to a character that began before: those are completed by
 * themselves. A byte that does not go on with it may begin the next one. */
static enum err push_utf8(struct decoder *d, struct str s, bool last, struct buf *out)
{
	size_t tail;
	enum err rc = ERR_NONE;

	while (d->held.n > 0 && s.n > 0 && rc == ERR_NONE) {
		buf_add_char(&d->held, s.p[0]);
		s = str_sub(s, 1, s.n);
		tail = utf8_tail(buf_view(&d->held));
		rc = add_repaired(out, str_sub(buf_view(&d->held), 0, d->held.n - tail));
		buf_drop(&d->held, d->held.n - tail);
	}
	tail = last ? 0 : utf8_tail(s);
	if (rc == ERR_NONE)
		rc = add_repaired(out, str_sub(s, 0, s.n - tail));
	if (rc == ERR_NONE && tail > 0)
		rc = buf_add(&d->held, str_sub(s, s.n - tail, s.n));
	if (rc == ERR_NONE && last) {
		rc = add_repaired(out, buf_view(&d->held));
		buf_clear(&d->held);
	}
	return rc;
}

/* Converts as far as it goes; what is left of *s then begins with a bad or an unfinished character.
 */
static enum err convert_some(struct decoder *d, struct str *s, int *why, struct buf *out)
{
	enum err rc;

	do {
		char chunk[8192], *to = chunk, *in = (char *)(uintptr_t)s->p;
		size_t room = sizeof chunk;

		*why = iconv(d->converter, &in, &s->n, &to, &room) == (size_t)-1 ? errno : 0;
		s->p = in;
		rc = add_without_nul(out, (struct str){ chunk, sizeof chunk - room });
	} while (rc == ERR_NONE && *why == E2BIG);
	return rc;
}

static enum err convert(struct decoder *d, struct str *s, bool last, struct buf *out)
{
	int why = 0;
	enum err rc = ERR_NONE;

	while (rc == ERR_NONE && s->n > 0) {
		rc = convert_some(d, s, &why, out);
		if (rc != ERR_NONE || s->n == 0 || (why == EINVAL && !last))
			break;
		rc = buf_add(out, STR(REPLACEMENT));
		*s = str_sub(*s, why == EINVAL ? s->n : (size_t)d->coding.unit, s->n);
	}
	return rc;
}

/* Some encodings keep a character back until they see what follows it. */
static enum err flush(struct decoder *d, struct buf *out)
{
	char chunk[64], *to = chunk;
	size_t room = sizeof chunk;

	iconv(d->converter, NULL, NULL, &to, &room);
	return add_without_nul(out, (struct str){ chunk, sizeof chunk - room });
}

static enum err push_other(struct decoder *d, struct str s, bool last, struct buf *out)
{
	struct buf joined = { 0 };
	enum err rc = ERR_NONE;

	if (d->held.n > 0) {
		joined = buf_limited(d->held.n + s.n);
		buf_add(&joined, buf_view(&d->held));
		buf_add(&joined, s);
		buf_clear(&d->held);
		s = buf_view(&joined);
	}
	rc = convert(d, &s, last, out);
	if (rc == ERR_NONE && s.n > 0)
		rc = buf_add(&d->held, s);
	if (rc == ERR_NONE && last)
		rc = flush(d, out);
	buf_free(&joined);
	return rc;
}

static enum err decode(struct decoder *d, struct str s, bool last, struct buf *out)
{
	return d->is_utf8 ? push_utf8(d, s, last, out) : push_other(d, s, last, out);
}

/* ---- the window ---- */

static size_t ascii_run(struct str s)
{
	size_t n = 0;

	while (n < s.n && (unsigned char)s.p[n] < 0x80 && s.p[n] != '\033')
		n++;
	return n;
}

/* With nothing held and nothing declared, ASCII needs no decision. */
static enum err pass_ascii(struct decoder *d, struct str *s, struct buf *out)
{
	size_t n = d->undeclared && d->held.n == 0 ? ascii_run(*s) : 0;
	enum err rc = add_without_nul(out, str_sub(*s, 0, n));

	*s = str_sub(*s, n, s->n);
	return rc;
}

static enum err decode_window(struct decoder *d, struct coding c, size_t mark, bool last,
			      struct buf *out)
{
	struct buf window = d->held;
	enum err rc;

	d->held = buf_limited(window.max);
	settle(d, c);
	rc = decode(d, str_sub(buf_view(&window), mark, window.n), last, out);
	buf_free(&window);
	return rc;
}

/* Fills the window from *s and decides when it is full. */
static enum err push_undecided(struct decoder *d, struct str *s, bool last, struct buf *out)
{
	struct coding c;
	size_t take, mark;
	bool ended;
	enum err rc = pass_ascii(d, s, out);

	take = s->n < d->window - d->held.n ? s->n : d->window - d->held.n;
	ended = last && take == s->n;
	buf_add(&d->held, str_sub(*s, 0, take));
	*s = str_sub(*s, take, s->n);
	if (rc != ERR_NONE || (d->held.n < d->window && !ended))
		return rc;
	switch (decide(d, buf_view(&d->held), ended, &mark, &c)) {
	case DECIDED: return decode_window(d, c, mark, ended, out);
	case TOO_SHORT: d->window = GUESS_WINDOW; break;
	case PLAIN_ASCII:
		rc = add_without_nul(out, buf_view(&d->held));
		buf_clear(&d->held);
		break;
	}
	return rc;
}

struct decoder *decoder_new(struct str charset)
{
	struct decoder *d = mem_new(sizeof *d);

	charset = str_trim(charset);
	if (charset.n < sizeof d->charset)
		memcpy(d->charset, charset.p != NULL ? charset.p : "", charset.n);
	d->converter = (iconv_t)-1;
	d->window = WINDOW;
	d->held = buf_limited(GUESS_WINDOW);
	return d;
}

void decoder_free(struct decoder *d)
{
	if (d == NULL)
		return;
	if (d->converter != (iconv_t)-1)
		iconv_close(d->converter);
	buf_free(&d->held);
	free(d);
}

enum err decoder_push(struct decoder *d, struct str bytes, bool last, struct buf *out)
{
	enum err rc = ERR_NONE;

	while (d->coding.name == NULL && rc == ERR_NONE && (bytes.n > 0 || last))
		rc = push_undecided(d, &bytes, last, out);
	if (rc == ERR_NONE && d->coding.name != NULL)
		rc = decode(d, bytes, last, out);
	return rc;
}

const char *decoder_name(const struct decoder *d)
{
	return d->coding.name != NULL ? d->coding.name : "";
}
