/* do_copy - addresses and titles to the terminal's clipboard. What is copied is what came; what is
 * said of it is in display form.
 */
#include "lede/base/language.h"
#include "lede/text/url.h"
#include "state.h"

/* The address comes with the article, which may not be there yet. */
static bool comes_later(struct app *a, void (*again)(struct app *, const struct call *))
{
	int64_t entry, story;

	if (link_here(a).n > 0 || !rows_subject(a, a->list[a->at].cursor, &entry, &story))
		return false;
	a->rest_at = -1;
	pane_follow(a);
	a->reading.copy_wanted = a->reading.asked ? again : NULL;
	return a->reading.asked;
}

static struct str title_here(struct app *a)
{
	int64_t pos = a->list[a->at].cursor;
	const struct feed_row *f = a->at == IN_FEEDS ? rows_feed(a, pos) : NULL;
	const struct item *it = a->at == IN_TOP ? rows_item(a, pos) : NULL;
	const struct entry_row *e = it ? rows_member(a, it) : rows_entry(a, a->at, pos);

	if (f)
		return f->title;
	if (it && !e && it->story >= 0)
		return a->top.row[it->story].title;
	return e ? e->title : (struct str){ "", 0 };
}

/* `copied` is in open_url; it is shown as an address is elsewhere. */
static void copy(struct app *a, struct str shown)
{
	struct effect *e;

	buf_clear(&a->copy_shown);
	buf_add(&a->copy_shown, shown);
	e = app_want(a, EFFECT_COPY);
	e->url = buf_view(&a->open_url);
	e->shown = buf_view(&a->copy_shown);
}

void copy_address(struct app *a, struct str url)
{
	struct buf shown = buf_limited(16 << 10);

	buf_clear(&a->open_url);
	buf_add(&a->open_url, url);
	url_display(url, &shown);
	copy(a, buf_view(&shown));
	buf_free(&shown);
}

void run_copy_link(struct app *a, const struct call *call)
{
	(void)call;
	if (comes_later(a, run_copy_link))
		return;
	if (link_here(a).n == 0)
		app_message(a, _("nothing here"));
	else
		copy_address(a, link_here(a));
}

void run_copy_title(struct app *a, const struct call *call)
{
	struct str link, title;

	(void)call;
	if (comes_later(a, run_copy_title))
		return;
	link = link_here(a);
	title = title_here(a);
	if (title.n == 0 && link.n == 0) {
		app_message(a, _("nothing here"));
		return;
	}
	buf_clear(&a->open_url);
	buf_add(&a->open_url, title);
	if (title.n > 0 && link.n > 0)
		buf_add_char(&a->open_url, '\n');
	buf_add(&a->open_url, link);
	copy(a, title.n > 0 ? title : link);
}
