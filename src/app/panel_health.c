/* panel_health - how a feed is: its state and what can be done about it, then the numbers. */
#include <string.h>

#include "lede/app/retold.h"
#include "lede/app/subscriptions.h"
#include "lede/base/language.h"
#include "lede/text/display.h"
#include "lede/text/url.h"
#include "page.h"

enum { NAMES = 16 };                  /* cells of a number's name */

static int64_t now_of(const struct page *p)
{
	return p->app->list[IN_FEEDS].time;
}

/* ---- what it is ---- */

/* "rss2.0" as people write it. */
static const char *format_name(struct page *p, struct str format)
{
	static const struct { const char *prefix, *name; bool version;
	} names[] = {
		{ "rss", "RSS ", true },
		{ "atom", "Atom", false },
		{ "json", "JSON Feed", false },
		{ "cdf", "CDF", false },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_starts(format, names[i].prefix))
			return frame_fmt(p->frame, "%s%s", names[i].name,
			                 names[i].version ? format.p + strlen(names[i].prefix) : "")
			        .p;
	return format.p;
}

static const char *address(struct page *p, struct str url)
{
	struct buf b = buf_limited(16 << 10);

	url_display(url, &b);
	return frame_str(p->frame, &b).p;
}

static const char *lead_date(struct page *p, int64_t t)
{
	struct buf b = buf_limited(128);

	words_lead_date(&b, t, now_of(p));
	return frame_str(p->frame, &b).p;
}

/* The day of a long date: without its time. */
static const char *day(struct page *p, int64_t t)
{
	struct buf b = buf_limited(128);
	struct str s;
	size_t cut;

	words_long_date(&b, t, now_of(p));
	s = frame_str(p->frame, &b);
	cut = s.n > 6 && s.p[s.n - 6] == ' ' && s.p[s.n - 3] == ':' ? s.n - 6 : s.n;
	return arena_copy(p->frame, s.p, cut);
}

/* " · tags: sea, trade"; empty without any. */
static const char *tags(struct page *p, struct str url)
{
	const struct subscriptions *subs = p->app->subs;
	const struct subscription *s = subs ? subscriptions_find(subs, url) : NULL;
	struct buf b = buf_limited(4 << 10);

	for (size_t i = 0; s && i < s->ntags; i++) {
		buf_add_cstr(&b, i == 0 ? _(" · tags: ") : ", ");
		(void)display_line(s->tags[i], &b);
	}
	return frame_str(p->frame, &b).p;
}

static void heading(struct page *p, const struct feed_row *f)
{
	const char *url = address(p, f->url), *tagged = tags(p, f->url);

	page_paragraph(p, ROLE_TITLE, f->title.n ? f->title : f->url);
	if (f->state == FEED_GONE)
		page_say(p, ROLE_META, _("%s · no requests since %s"), url, lead_date(p, f->checked));
	else if (f->format.n)
		page_say(p, ROLE_META, "%s · %s%s", url, format_name(p, f->format), tagged);
	else
		page_say(p, ROLE_META, "%s%s", url, tagged);
	page_blank(p);
}

/* ---- its state, and what a key does about it ---- */

static void say_error(struct page *p, const struct feed_row *f)
{
	struct buf cause = buf_limited(4 << 10);

	retold(&cause, f->error);
	page_say(p, ROLE_WARN,
	         many_("%s: %s, %d time in a row", "%s: %s, %d times in a row", f->failures),
	         _(feed_state_name(f->state)), buf_cstr(&cause), f->failures);
	buf_free(&cause);
}

static void say_gone(struct page *p, const struct feed_row *f)
{
	page_say(p, ROLE_WARN, "%s", _("gone: the server says for good"));
	page_say(p, ROLE_META,
	         many_("D unsubscribes; its %lld entry stays readable until then",
	               "D unsubscribes; its %lld entries stay readable until then", f->entries),
	         (long long)f->entries);
}

static void state(struct page *p, const struct feed_row *f)
{
	if (f->paused != 0) {
		page_say(p, ROLE_WARN, _("paused by you on %s; nothing is asked until p"),
		         day(p, f->paused));
		page_say(p, ROLE_META, "%s", _("p resumes · r asks once"));
	} else if (f->state == FEED_GONE) {
		say_gone(p, f);
	} else if (f->state != FEED_OK && f->error.n > 0 && f->failures > 0) {
		say_error(p, f);
	} else if (f->moved.n > 0) {
		page_say(p, ROLE_WARN, _("moved for good to %s"), address(p, f->moved));
		page_say(p, ROLE_META, "%s", _("M takes the new address · u undoes it"));
	} else if (f->checked == 0) {
		page_say(p, ROLE_META, "%s", _("not fetched yet · r fetches it"));
	} else {
		return;
	}
	page_blank(p);
}

/* ---- numbers ---- */

static void fact(struct page *p, const char *name, struct str value)
{
	page_named(p, name, NAMES, ROLE_META, value);
}

static void date_fact(struct page *p, const char *name, int64_t t)
{
	struct buf b = buf_limited(128);

	if (t <= 0)
		return;
	words_long_date(&b, t, now_of(p));
	fact(p, name, frame_str(p->frame, &b));
}

/* Entries a day off the last ten, as the list has it; and how often asking it brought something. */
static void brings(struct page *p, const struct feed_row *f)
{
	struct str pace = feed_a_day(p->app, f);
	long long share = f->asked > 0 ? (long long)(100 * (f->asked - f->same) / f->asked) : 0;

	if (pace.n > 0 && f->asked > 0)
		fact(p, _("brings"), frame_fmt(p->frame, _("%.*s entries a day; %lld%% of refreshes"),
		                               (int)pace.n, pace.p, share));
}

static void numbers(struct page *p, const struct feed_row *f)
{
	date_fact(p, _("last success"), f->ok);
	date_fact(p, _("last new entry"), f->last);
	if (f->paused == 0 && f->state != FEED_GONE && f->next > now_of(p))
		date_fact(p, _("next try"), f->next);
	fact(p, _("entries"),
	     frame_fmt(p->frame, _("%lld, %lld unread"), (long long)f->entries, (long long)f->unread));
	brings(p, f);
	if (f->asked > 0 && f->bytes > 0)
		fact(p, _("costs"),
		     frame_fmt(p->frame, _("%lld kB a refresh; %lld%% unchanged"),
		               (long long)(f->bytes + 1023) / 1024,
		               (long long)(100 * f->same / f->asked)));
	if (f->cut)
		fact(p, _("cut"), str_of(_("a limit was reached; what came before it is here")));
}

void page_health(struct page *p)
{
	const struct feed_row *f = rows_feed(p->app, p->app->list[IN_FEEDS].cursor);

	if (!f)
		return;
	heading(p, f);
	state(p, f);
	numbers(p, f);
	page_blank(p);
	page_say(p, ROLE_META, "%s",
	         f->paused ? _("Enter entries · r try now · p resume · D unsubscribe")
	                   : _("Enter entries · r try now · p pause · D unsubscribe"));
}
