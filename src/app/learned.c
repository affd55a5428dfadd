/* learned - what was learned, as a panel, and unlearning it: `:profile`, `:profile forget WORD`. */
#include <string.h>

#include "colon_inside.h"
#include "lede/base/language.h"
#include "lede/text/display.h"
#include "lede/text/width.h"
#include "page.h"

enum { KIND_CELLS = 7, WEIGHT_CELLS = 10 };

static void ask_profile(struct app *a)
{
	struct ask *ask = ask_new(ASK_PROFILE, ++a->ticket);

	ask->now = a->now;
	a->profile_ticket = ask->ticket;
	app_ask(a, ask);
}

void learned_free(struct app *a)
{
	answer_free(a->profile);
	a->profile = NULL;
}

void got_learned(struct app *a, struct answer *answer)
{
	if (answer->ticket != a->profile_ticket) {
		answer_free(answer);
		return;
	}
	learned_free(a);
	a->profile = answer;
	if (a->panel == PANEL_PROFILE)
		panel_go(a, a->panel_line);
}

void got_forgotten(struct app *a, const struct notice *n)
{
	a->acting = true;
	if (n->error.code != ERR_NONE)
		app_complain(a, "%s", n->error.text);
	else
		app_message_of(a, _("forgotten: %s"), str_of(n->error.text));
	a->acting = false;
	a->corrected = a->corrected || n->error.code == ERR_NONE;
	if (a->panel == PANEL_PROFILE)
		ask_profile(a);
}

/* ---- the panel: feeds, then words ---- */

static struct str feed_name(const struct answer *answer, int64_t feed)
{
	for (size_t i = 0; i < answer->n; i++)
		if (answer->feed_row[i].id == feed)
			return answer->feed_row[i].title.n > 0 ? answer->feed_row[i].title : answer->feed_row[i].url;
	return (struct str){ "", 0 };
}

static size_t learned_count(const struct answer *answer)
{
	return answer->learned.nfeeds + answer->learned.nwords;
}

/* The i-th line: its name, its weight. */
static struct str learned_at(const struct answer *answer, size_t i, double *weight)
{
	const struct learned_list *l = &answer->learned;
	bool is_feed = i < l->nfeeds;
	const struct learned *one = is_feed ? &l->feed[i] : &l->word[i - l->nfeeds];

	*weight = one->weight;
	return is_feed ? feed_name(answer, one->feed) : one->name;
}

static void learned_line(struct page *p, const struct answer *answer, size_t i)
{
	struct view_line *l = page_line(p);
	struct buf shown = buf_limited(16 << 10), cut = buf_limited(16 << 10);
	double weight;
	struct str name = learned_at(answer, i, &weight);
	const char *kind = i < answer->learned.nfeeds ? _("feed") : _("word");

	(void)display_line(name, &shown);
	text_shorten(shown.n > 0 ? buf_view(&shown) : str_of(_("(unsubscribed)")), p->width - KIND_CELLS - WEIGHT_CELLS,
		     glyph(p->app->glyphs, GLYPH_CUT), p->app->ambiguous, &cut);
	page_put(l, p->frame, page_field(p, str_of(kind), KIND_CELLS), ROLE_META);
	page_put(l, p->frame, frame_str(p->frame, &cut), ROLE_TEXT);
	l->right = (struct view_part){ frame_fmt(p->frame, "%+.2f", weight), ROLE_WHY, false };
	buf_free(&shown);
}

void page_learned(struct page *p)
{
	const struct answer *answer = p->app->profile;

	page_say(p, ROLE_TITLE, "%s", _("What was learned"));
	page_say(p, ROLE_META, "%s", _("from what you open, star and pass over · most first · q closes"));
	page_blank(p);
	p->choice = p->n;
	p->choices = answer ? (int)learned_count(answer) : 0;
	for (int i = 0; i < p->choices; i++)
		learned_line(p, answer, (size_t)i);
	if (answer && p->choices == 0)
		page_say(p, ROLE_TEXT, "%s", _("nothing yet"));
	page_blank(p);
	page_say(p, ROLE_META, "%s", _("Enter on a line forgets it, after one more Enter · :profile forget all"));
}

/* The line is put into the prompt: forgetting cannot be undone. */
void learned_take(struct app *a)
{
	int64_t i = a->panel_line - a->choice;
	struct buf line = buf_limited(EDIT_BYTES);
	double weight;

	if (!a->profile || i < 0 || i >= (int64_t)learned_count(a->profile))
		return;
	buf_add_cstr(&line, "profile forget ");
	buf_add(&line, learned_at(a->profile, (size_t)i, &weight));
	prompt_open(a, PROMPT_COMMAND, buf_view(&line));
	buf_free(&line);
}

/* ---- at `:` ---- */

static void forget(struct app *a, struct str what)
{
	struct job *job;

	if (what.n == 0) {
		app_message(a, "%s", _("profile forget takes a word, a feed’s name or address, or all"));
		return;
	}
	job = job_new(JOB_FORGET);
	job->text = mem_new(what.n + 1);
	memcpy(job->text, what.p, what.n);
	app_tell(a, job);
}

void colon_profile(struct app *a, struct str rest)
{
	if (str_is(rest, "forget") || str_starts(rest, "forget ")) {
		forget(a, str_trim(str_sub(rest, strlen("forget"), rest.n)));
	} else if (rest.n > 0) {
		app_complain(a, "%s", _("profile takes nothing, or forget and a word"));
	} else {
		app_open_panel(a, PANEL_PROFILE);
		ask_profile(a);
	}
}

/* Everything that was learned, when the panel was open before. */
void colon_profile_candidates(struct app *a, struct str rest, struct prompt_choices *out)
{
	struct str forget = STR("forget "), word;
	double weight;

	if (!str_starts(rest, forget.p)) {
		if (str_eq(rest, str_sub(forget, 0, rest.n)))
			prompt_offer(out, forget, str_of(_("unlearns a word or a feed")));
		return;
	}
	word = str_sub(rest, forget.n, rest.n);
	out->from += forget.n;
	for (size_t i = 0; a->profile && i < learned_count(a->profile); i++) {
		struct str name = learned_at(a->profile, i, &weight);

		if (name.n > 0 && str_eq(word, str_sub(name, 0, word.n)))
			prompt_offer(out, name, STR(""));
	}
}
