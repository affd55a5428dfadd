/* The loop between a terminal that is made up and a world that answers at once or never. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fake_term.h"
#include "lede/base/mem.h"
#include "lede/tui/loop.h"
#include "lede/tui/signals.h"

enum { NOW = 1744618440 };

struct world {
	struct loop_world world;
	struct terminal term;
	struct config *config;
	struct app *app;
	bool answers;
	int asks, tells, refreshes, stops;
	const char *const *typed; /* what is typed after each frame; NULL ends */
};

static struct answer *empty_answer(const struct ask *ask)
{
	struct answer *a = answer_new(ask);

	a->list = ask->list;
	a->counts.feeds = 1;
	return a;
}

static void ask(void *self, struct ask *a)
{
	struct world *w = self;

	w->asks++;
	if (w->answers)
		mailbox_give(w->world.mailbox, &empty_answer(a)->m);
	free(a);
}

static void tell(void *self, struct job *j)
{
	((struct world *)self)->tells++;
	job_free(j);
}

static void refresh(void *self, const int64_t *feeds, size_t n, bool due)
{
	(void)feeds;
	(void)n;
	((struct world *)self)->refreshes += !due;
}

static void stop_refresh(void *self)
{
	((struct world *)self)->stops++;
}

static enum err open_url(void *self, struct str url, struct error *e)
{
	(void)self;
	(void)url;
	return error_set(e, ERR_NONESUCH, "no browser");
}

static void type_next(struct terminal *t, int n)
{
	struct world *w = t->self;

	(void)n;
	if (w->typed && *w->typed)
		fake_term_type(t, *w->typed++);
}

static int open_world(void **state)
{
	static struct world w;
	struct app_setup setup = { .now = NOW, .feeds = 1, .ambiguous = 1, .w = 80, .h = 24 };
	struct error e;

	memset(&w, 0, sizeof w);
	fake_term_open(&w.term, 80, 24);
	w.term.self = &w;
	w.term.shown = type_next;
	w.answers = true;
	setup.config = w.config = config_new();
	w.app = app_new(&setup);
	w.world = (struct loop_world){ .mailbox = mailbox_new(0),
		                       .ask = ask,
		                       .tell = tell,
		                       .refresh = refresh,
		                       .stop_refresh = stop_refresh,
		                       .open_url = open_url,
		                       .self = &w,
		                       .clock = clock_fixed(NOW) };
	assert_int_equal(signals_open(&e), ERR_NONE);
	*state = &w;
	return 0;
}

static int close_world(void **state)
{
	struct world *w = *state;

	signals_close();
	app_free(w->app);
	config_free(w->config);
	mailbox_free(w->world.mailbox);
	fake_term_close(&w->term);
	return 0;
}

/* Runs until it ends; `typed` goes on from frame to frame. */
static int run(struct world *w, const char *const *typed)
{
	w->typed = typed;
	return loop_run(w->app, &w->term, &w->world);
}

#define TYPED(...) (const char *const[]){ __VA_ARGS__, NULL }

static void the_first_frame_has_the_first_answer(void **state)
{
	struct world *w = *state;

	assert_int_equal(run(w, TYPED("Q")), 0);
	assert_true(w->asks >= 1);
	assert_non_null(strstr(w->term.frame[0], "Top"));
	assert_non_null(strstr(w->term.frame[0], "Fetching the first entries"));
}

static void without_an_answer_there_is_a_frame_all_the_same(void **state)
{
	struct world *w = *state;

	w->answers = false;
	assert_int_equal(run(w, TYPED("Q")), 0);
	assert_int_equal(w->term.frames, 1);
	assert_non_null(strstr(w->term.frame[0], "Top"));
}

static void keys_that_are_there_are_answered_by_one_frame(void **state)
{
	struct world *w = *state;

	assert_int_equal(run(w, TYPED("]]]", "Q")), 0);
	assert_int_equal(w->term.frames, 2);
	assert_non_null(strstr(w->term.frame[1], "Nothing starred"));
}

static void nothing_is_drawn_when_nothing_changed(void **state)
{
	struct world *w = *state;
	struct event timer = { .kind = EVENT_TIMER, .now = NOW };

	assert_int_equal(run(w, TYPED("Q")), 0);
	app_update(w->app, &timer);
	assert_int_equal(w->term.frames, 1);
}

static void refreshes_are_asked_of_the_world_and_stopped(void **state)
{
	struct world *w = *state;

	assert_int_equal(run(w, TYPED("R", "\003", "Q")), 0);
	assert_true(w->refreshes >= 1);
	assert_true(w->stops >= 1);
}

static void quitting_saves_before_it_ends(void **state)
{
	struct world *w = *state;

	run(w, TYPED("Q"));
	assert_true(w->tells >= 1);
}

static void a_terminal_that_stopped_is_drawn_anew(void **state)
{
	struct world *w = *state;

	run(w, TYPED("\032", "Q"));
	assert_int_equal(w->term.suspended, 1);
	assert_int_equal(w->term.redrawn, 1);
	assert_int_equal(w->term.frames, 2);
}

static void redrawing_sends_everything(void **state)
{
	struct world *w = *state;

	run(w, TYPED("\f", "j", "Q"));
	assert_int_equal(w->term.redrawn, 1);
}

/* ---- signals ---- */

static void grow(struct terminal *t, int n)
{
	if (n == 1) {
		t->w = 120;
		t->h = 36;
		raise(SIGWINCH);
		raise(SIGWINCH);
	} else {
		fake_term_type(t, "Q");
	}
}

static void a_resize_is_drawn_in_the_new_size(void **state)
{
	struct world *w = *state;

	w->term.shown = grow;
	assert_int_equal(run(w, NULL), 0);
	assert_int_equal(w->term.frame_w[0], 80);
	assert_int_equal(w->term.frame_w[1], 120);
	assert_int_equal(w->term.frames, 2);
}

static void terminate(struct terminal *t, int n)
{
	(void)t;
	if (n == 1)
		raise(SIGTERM);
}

static void a_signal_ends_it_and_is_told(void **state)
{
	struct world *w = *state;

	w->term.shown = terminate;
	assert_int_equal(run(w, NULL), SIGTERM);
}

static void hang_up(struct terminal *t, int n)
{
	if (n == 1) {
		close(t->keys);
		t->keys = -1;
	}
}

static void a_terminal_that_is_gone_ends_it(void **state)
{
	struct world *w = *state;

	w->term.shown = hang_up;
	assert_int_equal(run(w, NULL), SIGHUP);
}

static void back_from_being_stopped(struct terminal *t, int n)
{
	if (n == 1)
		raise(SIGCONT);
	else
		fake_term_type(t, "Q");
}

static void who_was_stopped_by_another_is_drawn_anew(void **state)
{
	struct world *w = *state;

	w->term.shown = back_from_being_stopped;
	assert_int_equal(run(w, NULL), 0);
	assert_int_equal(w->term.redrawn, 1);
}

int main(void)
{
#define in_world(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
	const struct CMUnitTest tests[] = {
		in_world(the_first_frame_has_the_first_answer),
		in_world(without_an_answer_there_is_a_frame_all_the_same),
		in_world(keys_that_are_there_are_answered_by_one_frame),
		in_world(nothing_is_drawn_when_nothing_changed),
		in_world(refreshes_are_asked_of_the_world_and_stopped),
		in_world(quitting_saves_before_it_ends),
		in_world(a_terminal_that_stopped_is_drawn_anew),
		in_world(redrawing_sends_everything),
		in_world(a_resize_is_drawn_in_the_new_size),
		in_world(a_signal_ends_it_and_is_told),
		in_world(a_terminal_that_is_gone_ends_it),
		in_world(who_was_stopped_by_another_is_drawn_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
