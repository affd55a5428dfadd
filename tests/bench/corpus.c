#include "corpus.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "lede/base/mem.h"

#define WORDS 60000               /* what fifty thousand titles have (Heaps) */
#define CHARACTERS 2400
#define WORD_BYTES 16
#define DRAWS (1 << 18)
#define FLAT 20.0 /* ranks up to here come about equally often */
#define BODY_MEDIAN 2500.0
#define BODY_MOST 60000
#define SPACING 31 /* seconds between two entries of all feeds */

enum format { RSS, ATOM, RDF };

/* ---- chance ---- */

/* splitmix64 (Steele, Lea, Flood 2014): any two streams of numbers are as good as independent. */
struct chance {
	uint64_t state;
};

static uint64_t draw(struct chance *c)
{
	uint64_t z = c->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static int below(struct chance *c, int n)
{
	return (int)(draw(c) % (uint64_t)n);
}

/* 0 up to 1, neither included. */
static double fraction(struct chance *c)
{
	return ((double)(draw(c) >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(struct chance *c)
{
	return sqrt(-2.0 * log(fraction(c))) * cos(6.283185307179586 * fraction(c));
}

static struct chance chance_of(const struct corpus *c, int feed, int entry)
{
	struct chance one = { c->seed * 1000003 + (uint64_t)feed };

	one.state = draw(&one) + (uint64_t)entry;
	return (struct chance){ draw(&one) };
}

/* ---- words ---- */

/* Made once: words and characters are drawn a hundred million times. */
struct vocabulary {
	char word[WORDS][WORD_BYTES];
	uint16_t word_rank[DRAWS], character_rank[DRAWS];
};

static void make_word(char word[WORD_BYTES], int rank)
{
	static const char *const start[] = { "b", "br", "c", "d",  "f", "g", "gr", "h", "k",  "l",
					     "m", "n",  "p", "pr", "r", "s", "st", "t", "tr", "v" };
	static const char *const middle[] = { "a", "e", "i", "o", "u", "ea", "ou", "ai" };
	static const char *const end[] = { "", "n", "r", "l", "s", "nd", "t", "m", "ck", "rt" };
	struct chance c = { (uint64_t)rank };
	int syllables = rank < 60 ? 1 : 2 + below(&c, 2), n = 0;

	for (int i = 0; i < syllables; i++)
		n += snprintf(word + n, WORD_BYTES - (size_t)n, "%s%s", start[below(&c, 20)],
			      middle[below(&c, 8)]);
	snprintf(word + n, WORD_BYTES - (size_t)n, "%s", end[below(&c, 10)]);
}

/* Ranks as texts have them: how often a word comes falls with its rank (Zipf 1935), less steeply
 * for the first few (Mandelbrot 1953). */
static void make_ranks(uint16_t rank[DRAWS], int n)
{
	for (int i = 0; i < DRAWS; i++)
		rank[i] = (uint16_t)(FLAT * pow((n + FLAT) / FLAT, (i + 0.5) / DRAWS) - FLAT);
}

struct vocabulary *vocabulary_new(void)
{
	struct vocabulary *v = mem_new(sizeof *v);

	for (int i = 0; i < WORDS; i++)
		make_word(v->word[i], i);
	make_ranks(v->word_rank, WORDS);
	make_ranks(v->character_rank, CHARACTERS);
	return v;
}

void vocabulary_free(struct vocabulary *v)
{
	free(v);
}

static void add_character(struct buf *out, int rank)
{
	unsigned u = 0x4E00 + (unsigned)(rank * 7 % 20000);
	char utf8[] = { (char)(0xE0 | u >> 12), (char)(0x80 | (u >> 6 & 0x3F)),
			(char)(0x80 | (u & 0x3F)) };

	buf_add(out, (struct str){ utf8, sizeof utf8 });
}

static void add_words(struct buf *out, const struct vocabulary *v, struct chance *c, int n)
{
	for (int i = 0; i < n; i++) {
		if (i > 0)
			buf_add_char(out, ' ');
		buf_add_cstr(out, v->word[v->word_rank[below(c, DRAWS)]]);
	}
}

/* Chinese words are two characters that mostly stand together. */
static void add_characters(struct buf *out, const struct vocabulary *v, struct chance *c, int n)
{
	for (int i = 0; i < n; i++) {
		int first = v->character_rank[below(c, DRAWS)];

		add_character(out, first);
		add_character(out, (first * 31 + below(c, 24)) % CHARACTERS);
	}
}

const char *vocabulary_word(const struct vocabulary *v, int rank)
{
	return v->word[rank];
}

void vocabulary_characters(int rank, struct buf *out)
{
	add_character(out, rank);
	add_character(out, rank * 31 % CHARACTERS);
}

static bool is_chinese(int feed)
{
	return feed % 4 == 1;
}

static void add_clause(struct buf *out, const struct vocabulary *v, struct chance *c, bool chinese,
		       int n)
{
	if (chinese)
		add_characters(out, v, c, n);
	else
		add_words(out, v, c, n);
}

/* ---- entries ---- */

/* Whose text an entry has: its own, or that of another feed in the same language. */
struct origin {
	int feed, entry;
	bool copy;
};

static struct origin origin_of(const struct corpus *c, int feed, int entry)
{
	struct chance dice = chance_of(c, feed, entry);
	int other = (feed + 4 * (1 + below(&dice, 24))) % (c->feeds - c->feeds % 4 + 4);

	if (below(&dice, 100) >= 15 || other >= c->feeds || other == feed || entry < 0)
		return (struct origin){ feed, entry, false };
	return (struct origin){ other, entry, true };
}

static void add_title(const struct corpus *c, const struct origin *o, int feed, struct buf *out)
{
	struct chance dice = chance_of(c, o->feed, o->entry * 4 + 1),
		      own = chance_of(c, feed, o->entry * 4 + 2);

	add_clause(out, c->words, &dice, is_chinese(feed), 6 + below(&dice, 6));
	if (!o->copy)
		return;
	buf_add_char(out, ' ');
	add_clause(out, c->words, &own, is_chinese(feed), 1 + below(&own, 2));
}

void corpus_title(const struct corpus *c, int feed, int entry, struct buf *out)
{
	struct origin o = origin_of(c, feed, entry);

	add_title(c, &o, feed, out);
}

static void add_paragraph(struct buf *out, const struct vocabulary *v, struct chance *c,
			  bool chinese, int feed)
{
	int sentences = 2 + below(c, 4);

	buf_add_cstr(out, "<p>");
	for (int i = 0; i < sentences; i++) {
		add_clause(out, v, c, chinese, 8 + below(c, 14));
		buf_add_cstr(out, chinese ? "\u3002" : ". ");
	}
	if (below(c, 3) == 0) {
		buf_addf(out, "<a href=\"https://source%d.example/%d?a=1&amp;b=2\">", feed,
			 below(c, 100000));
		add_clause(out, v, c, chinese, 2);
		buf_add_cstr(out, "</a>");
	}
	if (below(c, 9) == 0)
		buf_addf(out, "<img src=\"/picture/%d.jpg\" alt=\"\" width=\"640\"/>",
			 below(c, 100000));
	buf_add_cstr(out, "</p>\n");
}

/* HTML; a copy differs in one paragraph at its end. */
static void add_body(const struct corpus *c, const struct origin *o, int feed, struct buf *out)
{
	struct chance dice = chance_of(c, o->feed, o->entry * 4 + 3),
		      own = chance_of(c, feed, o->entry * 4 + 2);
	double size = (c->body > 0 ? c->body : BODY_MEDIAN) * exp(normal(&dice));
	size_t end = out->n + (size_t)(size < BODY_MOST ? size : BODY_MOST);

	do
		add_paragraph(out, c->words, &dice, is_chinese(feed), o->feed);
	while (out->n < end);
	if (o->copy)
		add_paragraph(out, c->words, &own, is_chinese(feed), feed);
}

static void add_escaped(struct buf *out, struct str html)
{
	for (size_t i = 0; i < html.n; i++) {
		switch (html.p[i]) {
		case '<': buf_add(out, STR("&lt;")); break;
		case '>': buf_add(out, STR("&gt;")); break;
		case '&': buf_add(out, STR("&amp;")); break;
		default: buf_add_char(out, html.p[i]);
		}
	}
}

static int64_t time_of(const struct corpus *c, int feed, int entry)
{
	return CORPUS_NOW - 600 - SPACING * ((int64_t)(entry + CORPUS_NEW) * c->feeds + feed);
}

/* "Thu, 01 Jan 2026 12:00:00 GMT" and "2026-01-01T12:00:00Z", whatever the locale. */
static void add_date(struct buf *out, int64_t when, bool rfc822)
{
	static const char days[] = "SunMonTueWedThuFriSat",
			  months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t t = (time_t)when;
	struct tm d;

	gmtime_r(&t, &d);
	if (rfc822)
		buf_addf(out, "%.3s, %02d %.3s %d %02d:%02d:%02d GMT", days + 3 * d.tm_wday,
			 d.tm_mday, months + 3 * d.tm_mon, d.tm_year + 1900, d.tm_hour, d.tm_min,
			 d.tm_sec);
	else
		buf_addf(out, "%d-%02d-%02dT%02d:%02d:%02dZ", d.tm_year + 1900, d.tm_mon + 1,
			 d.tm_mday, d.tm_hour, d.tm_min, d.tm_sec);
}

/* ---- documents ---- */

static enum format format_of(int feed)
{
	return feed % 10 < 6 ? RSS : feed % 10 < 9 ? ATOM : RDF;
}

static void add_rss_entry(struct buf *out, int feed, int number, struct str title, struct str body,
			  int64_t when)
{
	buf_add_cstr(out, "<item><title>");
	buf_add(out, title);
	buf_addf(out, "</title>\n<link>https://source%d.example/%d</link>", feed, number);
	buf_addf(out, "<guid isPermaLink=\"false\">source%d-%d</guid>\n<pubDate>", feed, number);
	add_date(out, when, true);
	buf_add_cstr(out, "</pubDate>\n<description>");
	if (feed % 2) {
		add_escaped(out, body);
	} else {
		buf_add_cstr(out, "<![CDATA[");
		buf_add(out, body);
		buf_add_cstr(out, "]]>");
	}
	buf_add_cstr(out, "</description></item>\n");
}

static void add_atom_entry(struct buf *out, int feed, int number, struct str title, struct str body,
			   int64_t when)
{
	buf_add_cstr(out, "<entry><title>");
	buf_add(out, title);
	buf_addf(out, "</title>\n<link href=\"https://source%d.example/%d\"/>", feed, number);
	buf_addf(out, "<id>tag:source%d.example,2026:%d</id>\n<updated>", feed, number);
	add_date(out, when, false);
	buf_addf(out, "</updated>\n<author><name>Author %d</name></author><content type=\"html\">",
		 feed);
	add_escaped(out, body);
	buf_add_cstr(out, "</content></entry>\n");
}

static void add_rdf_entry(struct buf *out, int feed, int number, struct str title, struct str body,
			  int64_t when)
{
	buf_addf(out, "<item rdf:about=\"https://source%d.example/%d\"><title>", feed, number);
	buf_add(out, title);
	buf_addf(out, "</title>\n<link>https://source%d.example/%d</link><dc:date>", feed, number);
	add_date(out, when, false);
	buf_add_cstr(out, "</dc:date>\n<description><![CDATA[");
	buf_add(out, body);
	buf_add_cstr(out, "]]></description></item>\n");
}

static const struct {
	const char *type, *head, *tail;
	void (*entry)(struct buf *out, int feed, int number, struct str title, struct str body,
		      int64_t when);
} formats[] = {
	[RSS] = { "application/rss+xml; charset=utf-8", "<rss version=\"2.0\"><channel>",
		  "</channel></rss>\n", add_rss_entry },
	[ATOM] = { "application/atom+xml", "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
		   "</feed>\n", add_atom_entry },
	[RDF] = { "application/rdf+xml",
		  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
		  "xmlns=\"http://purl.org/rss/1.0/\" "
		  "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>",
		  "</rdf:RDF>\n", add_rdf_entry },
};

static void add_head(struct buf *out, enum format f, int feed)
{
	buf_add_cstr(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	buf_add_cstr(out, formats[f].head);
	buf_addf(out, "<title>Source %d</title>\n", feed);
	if (f == ATOM)
		buf_addf(out, "<link href=\"https://source%d.example/\"/>\n", feed);
	else
		buf_addf(out, "<link>https://source%d.example/</link>%s\n", feed,
			 f == RDF ? "</channel>" : "");
}

bool corpus_changes(int feed)
{
	return feed % 10 == 3;
}

const char *corpus_type(int feed)
{
	return formats[format_of(feed)].type;
}

int64_t corpus_entry(const struct corpus *c, int feed, int entry, struct buf *title,
		     struct buf *body)
{
	struct origin o = origin_of(c, feed, entry);

	add_title(c, &o, feed, title);
	add_body(c, &o, feed, body);
	return time_of(c, feed, entry);
}

void corpus_feed(const struct corpus *c, int feed, int revision, struct buf *out)
{
	struct buf title = buf_limited(1 << 16), body = buf_limited(1 << 20);
	enum format f = format_of(feed);

	add_head(out, f, feed);
	for (int i = revision == 2 && corpus_changes(feed) ? -CORPUS_NEW : 0; i < c->entries; i++) {
		int64_t when;

		buf_clear(&title);
		buf_clear(&body);
		when = corpus_entry(c, feed, i, &title, &body);
		formats[f].entry(out, feed, i + CORPUS_NEW, buf_view(&title), buf_view(&body), when);
	}
	buf_add_cstr(out, formats[f].tail);
	buf_free(&title);
	buf_free(&body);
}
