#include "lede/app/retold.h"

#include "lede/base/language.h"

enum { PARTS_MAX = 4, DEPTH_MAX = 4 };

/* %s is whatever stands there, numbers too; what is longer or says more comes first. */
static const char *const forms[] = {
	/* states of a feed, scripts: the names that the store and text have for them */
	N_("moved"), N_("slow"), N_("failing"), N_("waiting"), N_("blocked"), N_("gone"), N_("paused"),
	N_("quiet"), N_("simplified"), N_("traditional"), N_("traditional (Taiwan)"),

	/* why a feed did not come: net/cause.c, app/visit.c */
	N_("no answer within %s s"), N_("too slow: not complete after %s s"),
	N_("no such host: the proxy %s"), N_("no such host: %s"), N_("no way to %s from here"),
	N_("%s accepts no connection"), N_("%s cannot be reached"), N_("the proxy %s refused"),
	N_("certificate not trusted"), N_("no secure connection: TLS could not be agreed on"),
	N_("the file of trusted certificates cannot be read"),
	N_("the connection was closed without an answer"), N_("the connection was lost"),
	N_("the body’s compression is damaged or unknown"), N_("the answer is no HTTP"),
	N_("the answer is no valid HTTP/2"), N_("the server refused"), N_("cut off after %s bytes"),
	N_("larger than %s MiB"), N_("larger than %s bytes"), N_("redirected more than %s times"),
	N_("leads to the private address %s: refused"), N_("the answer has no body (%s)"),
	N_("answered without a document (%s)"), N_("sent a part only (%s)"),
	N_("wants a password (401): see password-command"), N_("wants a password (401)"),
	N_("the proxy wants a password (407)"), N_("refused (403)"), N_("not found (404)"),
	N_("404 Not Found"), N_("gone: the server says for good (410)"),
	N_("gone: the server says for good"), N_("too many requests (429)"),
	N_("500 Internal Server Error"), N_("502 Bad Gateway"), N_("503 Service Unavailable"),
	N_("504 Gateway Timeout"), N_("blocked by a %s"), N_("answered %s"), N_("no answer"),
	N_("leads to a %s"), N_("bot check"), N_("login page"), N_("consent page"), N_("stopped"),
	N_("not a feed: a web page with %s feeds"), N_("not a feed: a web page"),
	N_("not a feed: the answer is empty"), N_("not a feed"),
	N_("cut off: the document ends in the middle"), N_("asked to wait until %s"),
	N_("its host asked to wait until %s"), N_("its host asked to wait"),
	N_("not an http or https address: %s"), N_("not an address of the web or of a file"),

	/* the cache and files */
	N_("this entry's text is damaged in the cache; r fetches it again"),
	N_("the disk is full: marks are kept until there is room"),
	N_("the cache cannot be written: %s"),
	N_("cannot read %s: %s"), N_("cannot write %s: %s"), N_("cannot open %s: %s"),
	N_("cannot open a browser: “%s” is not installed · :set browser="),

	/* the configuration */
	N_("%s line %s: unknown option “%s”; did you mean %s?"),
	N_("%s line %s: unknown option “%s”"),

	/* steps of undo: app/acts.c */
	N_("nothing to undo"), N_("nothing to redo"), N_("one source"), N_("one story already"),
	N_("that story is no longer there"), N_("marked %s read in %s"), N_("starred: %s"),
	N_("star removed: %s"), N_("marked read: %s"), N_("marked unread: %s"), N_("filler: %s"),
	N_("not filler: %s"), N_("more like this: %s"), N_("less like this: %s"), N_("split off: %s"),
	N_("joined: %s"), N_("unsubscribed: %s"), N_("paused: %s"), N_("resumed: %s"),
	N_("move taken: %s"), N_("no move offered"), N_("Top"), N_("starred"), N_("star removed"), N_("marked read"), N_("marked unread"),
	N_("filler"), N_("not filler"), N_("more like this"), N_("less like this"), N_("%s stories"),
	N_("%s entries"), N_("a feed"), N_("Latest"), N_("Starred"), N_("Filler"),

	/* what is held back and why: rank/notice_rules.c */
	N_("weather notice"), N_("weather bulletin"), N_("marked as paid"), N_("how-to filler"),
	N_("horoscope"), N_("drawn numbers"), N_("traffic notice"), N_("clickbait"),
	N_("advert: insurance words"), N_("advert: loan words"), N_("advert: prices of treatments"),
	N_("advert: a few places left"), N_("advert: an offer"),
	N_("advert: loan and insurance words"), N_("advert: things to buy"),
	N_("advert: a discount code"), N_("names a date, place and weather"),
	N_("a low-level alert of a weather office"), N_("forecasts ordinary weather"),
	N_("asks what insurance costs or is worth"), N_("asks which loan to take"),
	N_("explains a word or a thing"), N_("shows how something is done"),
	N_("says itself that it is paid for"), N_("asks what a treatment costs"),
	N_("says that there are only a few places"), N_("offers goods cheaper for a while"),
	N_("compares loans or insurance"), N_("recommends a number of things to buy"),
	N_("gives a discount code"), N_("tells fortunes"), N_("gives or guesses drawn numbers"),
	N_("says who may drive or where speed is taken"), N_("promises a feeling and tells nothing"),

	/* a name and what is the matter with it: only where a sentence begins, since titles have colons */
	N_("%s; next try %s"), N_("%s: %s"),
};
enum { FORMS = sizeof forms / sizeof *forms, NEXT_TRY = FORMS - 2 };

/* ---- finding the form ---- */

/* The bytes of a form up to its next %s, or all. */
static struct str literal_of(struct str form)
{
	size_t at = str_find_str(form, STR("%s"));

	return str_sub(form, 0, at == SIZE_MAX ? form.n : at);
}

/* What stands at each %s. The last one takes all that is left before the form's end. */
static bool form_fits(struct str form, struct str s, struct str part[PARTS_MAX])
{
	struct str literal = literal_of(form);
	int n = 0;

	if (s.n < literal.n || !str_eq(str_sub(s, 0, literal.n), literal))
		return false;
	s = str_sub(s, literal.n, s.n);
	for (form = str_sub(form, literal.n, form.n); form.n > 0 && n < PARTS_MAX; n++) {
		size_t at = s.n;

		form = str_sub(form, 2, form.n);
		literal = literal_of(form);
		if (form.n > 0)
			at = literal.n < form.n  ? str_find_str(s, literal)
			     : str_ends(s, form.p) ? s.n - form.n
						   : SIZE_MAX;
		if (at == SIZE_MAX || at == 0)
			return false;
		part[n] = str_sub(s, 0, at);
		s = str_sub(s, at + literal.n, s.n);
		form = str_sub(form, literal.n, form.n);
	}
	return s.n == 0 && form.n == 0;
}

/* ---- retelling ---- */

/* `begins`: the sentence does, or is the first thing in one. */
static void retell(struct buf *out, struct str sentence, int depth, bool begins);

/* "%s" or "%2$s" at the start of `form`; its length, 0 for anything else. */
static size_t place_of(struct str form, int *next, int *which)
{
	if (str_starts(form, "%s")) {
		*which = (*next)++;
		return 2;
	}
	if (form.n < 4 || form.p[0] != '%' || form.p[2] != '$' || form.p[3] != 's')
		return 0;
	*which = form.p[1] - '1';
	return *which >= 0 && *which < PARTS_MAX ? 4 : 0;
}

static void fill(struct buf *out, int f, const struct str part[PARTS_MAX], int depth)
{
	struct str form = str_of(_(forms[f]));
	int next = 0, which = 0;

	for (size_t i = 0; i < form.n;) {
		size_t n = place_of(str_sub(form, i, form.n), &next, &which);

		if (n == 0)
			buf_add_char(out, form.p[i++]);
		else if (which < PARTS_MAX)
			retell(out, part[which], depth + 1, f == NEXT_TRY);
		i += n;
	}
}

static void retell(struct buf *out, struct str sentence, int depth, bool begins)
{
	struct str part[PARTS_MAX] = { { "", 0 } };
	int n = depth >= DEPTH_MAX ? 0 : begins ? FORMS : NEXT_TRY;

	for (int f = 0; f < n; f++)
		if (form_fits(str_of(forms[f]), sentence, part)) {
			fill(out, f, part, depth);
			return;
		}
	buf_add(out, sentence);
}

void retold(struct buf *out, struct str sentence)
{
	retell(out, sentence, 0, true);
}
