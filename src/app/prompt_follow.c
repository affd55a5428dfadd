/* prompt_follow - a link of the article is opened by its number. */
#include <stdio.h>

#include "lede/base/language.h"
#include "lede/text/rich.h"
#include "lede/text/url.h"
#include "state.h"

/* Of the row the cursor is on; NULL: there is no text, or it has not come yet. */
static const struct rich *document(const struct app *a)
{
	const struct answer *answer = a->reading.answer;
	int64_t entry, story;

	if (!answer || a->reading.asked || !rows_subject(a, a->list[a->at].cursor, &entry, &story) ||
	    answer->article.entry.id != entry)
		return NULL;
	return answer->article.doc;
}

static int64_t links(const struct app *a)
{
	return document(a) ? (int64_t)rich_link_count(document(a)) : 0;
}

static int64_t number_of(struct str text)
{
	int64_t n;

	return str_to_int(text, 1, INT32_MAX, &n) ? n : 0;
}

/* The link of a number, NULL: there is none. */
static const struct rich_link *link_of(const struct app *a, int64_t n)
{
	return n >= 1 && n <= links(a) ? rich_link(document(a), (size_t)n) : NULL;
}

unsigned follow_chosen(const struct app *a)
{
	return a->prompt.id == PROMPT_FOLLOW ? (unsigned)number_of(prompt_text(a)) : 0;
}

/* ---- opening ---- */

static void open_link(struct app *a, int64_t n)
{
	const struct rich_link *link = link_of(a, n);

	if (!link) {
		app_complain(a, _("no link %lld: there are %lld"), (long long)n, (long long)links(a));
		return;
	}
	if (!url_is_web(link->url)) {
		app_complain(a, _("not a web address: %.*s"), (int)link->url.n, link->url.p);
		return;
	}
	buf_clear(&a->open_url);
	buf_add(&a->open_url, link->url);
	app_want(a, EFFECT_OPEN)->url = buf_view(&a->open_url);
}

static void accept(struct app *a, struct str text)
{
	if (text.n > 0)
		open_link(a, number_of(text));
}

/* Enter is not needed when no other link's number begins like this. */
static void changed(struct app *a, struct str text)
{
	int64_t n = number_of(text);

	if (link_of(a, n) && 10 * n > links(a))
		prompt_accept(a);
	app_touch(a);
}

static void copy_chosen(struct app *a)
{
	const struct rich_link *link = link_of(a, number_of(prompt_text(a)));

	if (!link)
		return;
	prompt_close(a);
	copy_address(a, link->url);
}

/* Digits alone are typed; y copies. */
static bool key(struct app *a, uint32_t key)
{
	if (key == 'y')
		copy_chosen(a);
	return key >= ' ' && key < 0x110000 && key != 127 && !(key >= '0' && key <= '9');
}

/* What the number means: the link's text and its address. */
static void show(struct app *a, struct view_prompt *out)
{
	int64_t n = number_of(prompt_text(a));
	const struct rich_link *link = link_of(a, n);
	struct buf b = buf_limited(16 << 10);

	if (link && link->text.n > 0)
		buf_addf(&b, "%.*s %s ", (int)link->text.n, link->text.p, glyph(a->glyphs, GLYPH_DOT));
	if (link)
		url_display(link->url, &b);
	else if (n > 0 && document(a))
		buf_addf(&b, _("no link %lld: there are %lld"), (long long)n, (long long)links(a));
	out->note = (struct view_part){ frame_str(a->frame, &b), link ? ROLE_META : ROLE_ERROR, false };
}

const struct prompt_kind prompt_follow = {
	.sign = N_("follow "),
	.hint = N_("Enter open · y copy · Esc"),
	.accept = accept,
	.changed = changed,
	.key = key,
	.show = show,
};

/* An article that is not here yet comes while the number is typed. */
void run_follow(struct app *a, const struct call *call)
{
	char count[16] = "";

	a->rest_at = -1;
	pane_follow(a);
	if (!a->reading.asked && links(a) == 0) {
		app_message(a, "%s", _("no links"));
		return;
	}
	if (call->count > 0 && document(a)) {
		open_link(a, call->count);
		return;
	}
	if (call->count > 0)
		snprintf(count, sizeof count, "%d", call->count);
	prompt_open(a, PROMPT_FOLLOW, str_of(count));
}
