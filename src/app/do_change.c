/* do_change - new editions, refreshes, and what concerns the screen as a whole. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/base/language.h"
#include "state.h"

void run_edition(struct app *a, const struct call *call)
{
	(void)call;
	if (a->panel != PANEL_NONE)
		app_close_panel(a);
	if (a->at != IN_TOP) {
		a->list[a->at].time = a->now;
		rows_load(a, a->at, true);
		app_touch(a);
		return;
	}
	if (a->edition_waits) {
		a->edition_replaces = true;
		ask_edition(a, EDITION_ROWS_MAX);
	} else {
		/* Another lede or a cron job may have brought something: the store knows. */
		a->edition_wanted = true;
		ask_counts(a);
	}
}

/* ---- refresh ---- */

static void start_refresh(struct app *a, int64_t *feeds, size_t n)
{
	struct effect *e;

	if (a->sample || a->feeds == 0) {
		free(feeds);
		app_message(a, _("no feeds yet · a adds the first"));
		return;
	}
	if (a->refresh.running && !a->refresh.quiet) {
		free(feeds);
		app_message(a, _("refreshing %d/%d already"), a->refresh.done, a->refresh.total);
		return;
	}
	if (a->feeds_told > 0 || a->refresh.running) {
		free(a->wish_refresh.feeds);
		a->wish_refresh = (struct refresh_wish){ true, feeds, n };
		if (a->refresh.running)
			app_want(a, EFFECT_STOP_REFRESH);
		return;
	}
	free(a->refresh_feeds);
	a->refresh_feeds = feeds;
	a->refresh = (struct refresh_state){ .running = true,
		                             .since = a->ticks,
		                             .total = feeds ? (int)n : a->feeds,
		                             .first = a->top.n == 0 };
	e = app_want(a, EFFECT_REFRESH);
	e->feeds = feeds;
	e->nfeeds = n;
	app_touch(a);
}

void app_refresh_due(struct app *a)
{
	if (a->sample || a->feeds == 0 || a->refresh.running || a->feeds_told > 0)
		return;
	free(a->refresh_feeds);
	a->refresh_feeds = NULL;
	a->refresh = (struct refresh_state){ .running = true, .quiet = true, .since = a->ticks,
		                             .first = a->top.n == 0 };
	app_want(a, EFFECT_REFRESH)->due = true;
}

void app_refresh_wished(struct app *a)
{
	struct refresh_wish wish = a->wish_refresh;

	a->wish_refresh = (struct refresh_wish){ .on = false };
	if (wish.on)
		start_refresh(a, wish.feeds, wish.n);
}

/* The feeds that tell the story under the cursor, as far as they are in memory: the article's
 * coverage, else its own feed. */
static size_t feeds_here(struct app *a, int64_t **out)
{
	const struct answer *art = a->reading.answer;
	const struct feed_row *f =
	        a->at == IN_FEEDS ? rows_feed(a, a->list[IN_FEEDS].cursor) : NULL;
	int64_t entry, story;
	size_t n = 0;

	*out = NULL;
	if (a->at == IN_FEEDS || a->at == IN_ENTRIES) {
		*out = mem_array(1, sizeof **out);
		(*out)[0] = a->at == IN_ENTRIES ? a->timed[IN_ENTRIES].feed : f ? f->id : 0;
		return (*out)[0] ? 1 : 0;
	}
	if (!rows_subject(a, a->list[a->at].cursor, &entry, &story))
		return 0;
	if (art && art->article.entry.story == story && art->article.nmembers > 0) {
		*out = mem_array(art->article.nmembers, sizeof **out);
		for (size_t i = 0; i < art->article.nmembers; i++)
			(*out)[n++] = art->article.member[i].feed;
		return n;
	}
	*out = mem_array(1, sizeof **out);
	(*out)[0] = a->at == IN_TOP ? rows_story(a, a->list[IN_TOP].cursor)->feed :
		rows_entry(a, a->at, a->list[a->at].cursor)->feed;
	return 1;
}

void run_refresh(struct app *a, const struct call *call)
{
	int64_t *feeds;
	size_t n = feeds_here(a, &feeds);

	(void)call;
	if (n == 0) {
		free(feeds);
		app_message(a, _("nothing here"));
		return;
	}
	start_refresh(a, feeds, n);
}

void run_refresh_all(struct app *a, const struct call *call)
{
	(void)call;
	start_refresh(a, NULL, 0);
}

/* ---- glosses ---- */

/* What is remembered, as a sum: that something is, what was chosen, and what the option said then. */
enum { CHOICE_LEFT = 1, CHOICE_ON = 2, CHOICE_OPTION_ON = 4 };

void remember_choice(struct app *a, const char *name, bool chosen, bool option)
{
	struct job *job = job_new(JOB_NUMBER);

	snprintf(job->name, sizeof job->name, "%s", name);
	job->value = CHOICE_LEFT | (chosen ? CHOICE_ON : 0) | (option ? CHOICE_OPTION_ON : 0);
	app_tell(a, job);
}

bool choice_left(int64_t left, bool option, bool *chosen)
{
	if (!(left & CHOICE_LEFT) || ((left & CHOICE_OPTION_ON) != 0) != option)
		return false;
	*chosen = left & CHOICE_ON;
	return true;
}

static bool option_hides(const struct app *a)
{
	return strcmp(config_text(a->config, OPT_GLOSSES, NULL), "show") != 0;
}

void glosses_as_left(struct app *a, int64_t left)
{
	(void)choice_left(left, option_hides(a), &a->hide_glosses);
}

void run_glosses(struct app *a, const struct call *call)
{
	(void)call;
	a->hide_glosses = !a->hide_glosses;
	remember_choice(a, "glosses", a->hide_glosses, option_hides(a));
	pane_renew(a);
	app_message(a, a->hide_glosses ? _("glosses hidden") : _("glosses shown"));
}

/* ---- the screen ---- */

void run_redraw(struct app *a, const struct call *call)
{
	(void)call;
	app_renew_ages(a);
	app_want(a, EFFECT_REDRAW);
}

void run_suspend(struct app *a, const struct call *call)
{
	(void)call;
	app_want(a, EFFECT_SUSPEND);
}

void run_quit(struct app *a, const struct call *call)
{
	struct job *job = job_new(JOB_NUMBER);

	(void)call;
	/* Where one stopped: what has come later stands above this line in Latest the next time. */
	memcpy(job->name, "here", sizeof "here");
	job->value = a->now;
	app_tell(a, job);
	a->quitting = true;
	if (a->refresh.running)
		app_want(a, EFFECT_STOP_REFRESH);
	app_want(a, EFFECT_QUIT);
}
