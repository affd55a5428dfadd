/* The reasons of words.h: why a story stands where it stands. */
#include "lede/app/words.h"

#include "lede/base/language.h"
#include "lede/rank/fold.h"
#include "lede/text/display.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* A name from outside, or what stands for one that is not known. */
static void add_name(struct buf *out, struct str name, const char *unknown)
{
	struct buf shown = buf_limited(1024);

	if (display_line(name, &shown) != ERR_NONE || shown.n == 0)
		buf_add_cstr(out, unknown);
	else
		buf_add(out, buf_view(&shown));
	buf_free(&shown);
}

static void fresh_words(struct buf *out, const struct term *t)
{
	if (t->n < MINUTE)
		buf_add_cstr(out, _("now"));
	else if (t->n < HOUR)
		buf_addf(out, _("%d min"), (int)(t->n / MINUTE));
	else if (t->n < DAY)
		buf_addf(out, _("%d h"), (int)(t->n / HOUR));
	else
		buf_addf(out, _("%lld d"), (long long)(t->n / DAY));
}

static void old_words(struct buf *out, const struct term *t)
{
	struct buf age = buf_limited(64);

	fresh_words(&age, t);
	if (t->n < MINUTE)
		buf_add(out, buf_view(&age));
	else
		buf_addf(out, _("%s old"), buf_cstr(&age));
	buf_free(&age);
}

static void read_words(struct buf *out, struct str feed_name, bool seldom)
{
	struct buf name = buf_limited(1024);

	add_name(&name, feed_name, _("this feed"));
	buf_addf(out, seldom ? _("you seldom read %s") : _("you read %s"), buf_cstr(&name));
	buf_free(&name);
}

/* "data, rules": the first `most` of the term's words. */
static void kept_words(struct buf *out, const struct term *t, int most)
{
	struct str rest = t->words, word;

	for (int i = 0; i < most && rest.n > 0 && str_next(&rest, '\x1f', &word); i++) {
		if (i > 0)
			buf_add_cstr(out, in_("between words", ", "));
		add_name(out, word, "?");
	}
}

static void add_sources(struct buf *out, const struct term *t)
{
	struct buf n = buf_limited(32);

	words_count(&n, t->n);
	buf_addf(out, many_("%s source", "%s sources", t->n), buf_cstr(&n));
	buf_free(&n);
}

void words_term_label(struct buf *out, const struct term *t, struct str feed_name)
{
	bool less = t->points < 0;

	switch (t->signal) {
	case SIGNAL_FRESH:
		old_words(out, t);
		break;
	case SIGNAL_SIZE:
		add_sources(out, t);
		break;
	case SIGNAL_FEED:
		read_words(out, feed_name, less);
		break;
	case SIGNAL_WORDS:
		buf_add_cstr(out, less ? _("like what you pass over") : _("like what you keep"));
		break;
	case SIGNAL_PROMINENCE:
		buf_add_cstr(out, _("its feed draws votes"));
		break;
	case SIGNAL_ORDER:
		buf_addf(out, _("rank %lld in a hot list"), (long long)t->n);
		break;
	case SIGNAL_WEIGHT:
		buf_add_cstr(out, _("your weight for the feed"));
		break;
	case SIGNAL_VARIETY:
		buf_add_cstr(out, _("many from this feed"));
		break;
	case SIGNAL_NOTICE:
		buf_add_cstr(out, _("reads like a notice"));
		break;
	case SIGNAL_COUNT:
		break;
	}
}

static void short_term(struct buf *out, const struct term *t, struct str feed_name)
{
	switch (t->signal) {
	case SIGNAL_FRESH: fresh_words(out, t); break;
	case SIGNAL_SIZE: add_sources(out, t); break;
	case SIGNAL_FEED: add_name(out, feed_name, _("this feed")); break;
	case SIGNAL_WORDS: kept_words(out, t, 1); break;
	case SIGNAL_PROMINENCE: buf_add_cstr(out, _("votes")); break;
	case SIGNAL_ORDER: buf_addf(out, _("rank %lld"), (long long)t->n); break;
	case SIGNAL_WEIGHT: buf_add_cstr(out, _("your weight")); break;
	case SIGNAL_VARIETY: buf_add_cstr(out, _("variety")); break;
	case SIGNAL_NOTICE: buf_add_cstr(out, _("notice")); break;
	case SIGNAL_COUNT: break;
	}
}

void words_term(struct buf *out, const struct term *t, struct str feed_name, bool shorter)
{
	struct buf kept = buf_limited(4 << 10);

	if (shorter) {
		short_term(out, t, feed_name);
		return;
	}
	if (t->signal != SIGNAL_WORDS || t->words.n == 0) {
		words_term_label(out, t, feed_name);
		return;
	}
	kept_words(&kept, t, 4);
	buf_addf(out, t->points < 0 ? _("like what you pass over: %s") : _("like what you keep: %s"),
	         buf_cstr(&kept));
	buf_free(&kept);
}

void words_term_detail(struct buf *out, const struct term *t, struct str feed_name)
{
	switch (t->signal) {
	case SIGNAL_FRESH: buf_add_cstr(out, _("72 h count down to 0")); break;
	case SIGNAL_SIZE: buf_add_cstr(out, _("size of the story")); break;
	case SIGNAL_FEED:
		if (t->m > 0)
			buf_addf(out, _("opened %lld of its last %lld"), (long long)t->n,
				 (long long)t->m);
		else
			buf_add_cstr(out, _("what you opened and starred"));
		break;
	case SIGNAL_WORDS: kept_words(out, t, 4); break;
	case SIGNAL_PROMINENCE:
	case SIGNAL_ORDER:
	case SIGNAL_WEIGHT:
		add_name(out, feed_name, _("this feed"));
		break;
	case SIGNAL_VARIETY: buf_add_cstr(out, _("others of it stand just above")); break;
	case SIGNAL_NOTICE: buf_add_cstr(out, _("advert, weather or filler")); break;
	case SIGNAL_COUNT: break;
	}
}

void words_why(struct buf *out, const struct terms *t, int max, bool shorter,
	       struct str (*feed_name)(void *self, int64_t feed), void *self)
{
	int whole[TERMS_MAX], score;

	terms_whole_points(t, whole, &score);
	for (int i = 0; i < t->n && i < max; i++) {
		const struct term *term = &t->term[i];
		struct str name = { "", 0 };

		if (feed_name && term->feed)
			name = feed_name(self, term->feed);
		if (i > 0)
			buf_add_cstr(out, _(", "));
		words_term(out, term, name, shorter);
		buf_addf(out, " %+d", whole[i]);
	}
}

void words_why_not(struct buf *out, const struct why_not *w)
{
	struct buf date = buf_limited(128);

	if (w->story > w->upto) {
		buf_add_cstr(out, _("it came after the edition was made"));
	} else if (w->filler) {
		buf_add_cstr(out, _("it is held back as filler"));
	} else if (w->came < w->made - FOLD_WINDOW) {
		words_long_date(&date, w->came, w->made);
		buf_addf(out, _("it came %s, over three days before the edition"), buf_cstr(&date));
	} else if (!w->unread) {
		buf_add_cstr(out, _("it is read"));
	} else if (w->full) {
		buf_add_cstr(out, _("999 stories of the edition rank higher"));
	} else {
		/* Marked unread since, or its feed was subscribed to again. */
		buf_add_cstr(out, _("it was read when the edition was made"));
	}
	buf_free(&date);
}
