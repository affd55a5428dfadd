/* Which feeds' titles and texts come in another script, and that what is stored does not change. */
#include "../../../src/app/scripts.h"

#include <stdlib.h>
#include <string.h>

#include "rig.h"

#define A "https://a.example/feed"
#define B "https://b.example/feed"

static struct script_wishes *wishes(const char *text, const struct subscriptions *subs)
{
	struct config *c = config_new();
	struct script_wishes *w;

	config_read(c, "config", str_of(text), NULL, NULL);
	w = script_wishes_new(c, subs);
	config_free(c);
	return w;
}

static void a_feed_wins_over_its_tag_and_a_tag_over_all(void **state)
{
	struct str tag = STR("hk");
	struct subscription feed[3] = {
		{ .url = STR(A), .tags = &tag, .ntags = 1 },
		{ .url = STR(B) },
		{ .url = STR("https://c.example/"), .tags = &tag, .ntags = 1 }
	};
	const struct subscriptions subs = { .feed = feed, .n = 3 };
	struct script_wishes *w =
	        wishes("convert = t\n[tag hk]\nconvert = s\n[feed " A "]\nconvert = no\n", &subs);

	(void)state;
	assert_int_equal(script_wish(w, STR(A)), CONVERT_NO);
	assert_int_equal(script_wish(w, STR(B)), CONVERT_T);
	assert_int_equal(script_wish(w, STR("https://c.example/")), CONVERT_S);
	assert_int_equal(script_wish(w, STR("https://unknown.example/")), CONVERT_T);
	script_wishes_free(w);
	w = script_wishes_new(NULL, NULL);
	assert_int_equal(script_wish(w, STR(A)), CONVERT_NO);
	script_wishes_free(w);
}

/* ---- through the threads ---- */

#define HAN RSS("<item><title>信息監管或將強化</title><guid>1</guid><pubDate>" MORNING "</pubDate>" \
		"<description>&lt;p&gt;電信網絡&lt;/p&gt;</description></item>")

static int opened(void **state)
{
	static struct rig r;

	rig_open(&r);
	rig_subscribe(&r, A);
	fake_answer(r.fake, (struct fake_answer){ .url = A, .status = 200, .body = HAN });
	*state = &r;
	return 0;
}

static int closed(void **state)
{
	rig_close(*state);
	return 0;
}

static bool has_opencc(void)
{
	struct converter *c = converter_new();
	struct error e;
	bool has = converter_open(c, CONVERT_S, &e) == ERR_NONE;

	converter_free(c);
	return has;
}

static void start(struct rig *r, const char *convert)
{
	assert_int_equal(config_set(r->config, OPT_CONVERT, str_of(convert), NULL), ERR_NONE);
	rig_start(r);
	rig_refresh(r, false);
}

static struct answer *article(struct rig *r)
{
	struct ask *ask = ask_new(ASK_ARTICLE, 1);

	ask->entry = rig_entry(r, "信息監管或將強化");    /* stored as it came */
	return rig_ask(r, ask);
}

static void titles_and_text_come_in_the_script_that_is_wished(void **state)
{
	struct rig *r = *state;
	struct buf text = buf_limited(1000);
	struct ask *list = ask_new(ASK_LIST, 1);
	struct answer *a;

	if (!has_opencc())
		skip();
	start(r, "s");
	a = article(r);
	assert_text(a->article.entry.title, "信息监管或将强化");
	assert_int_equal(a->article.script, CONVERT_S);
	rich_plain(a->article.doc, &text);
	assert_string_equal(buf_cstr(&text), "电信网络\n");
	list->list = (struct list_query){ .list = LIST_LATEST, .limit = 10 };
	assert_text(rig_ask(r, list)->entry_row[0].title, "信息监管或将强化");
	buf_free(&text);
}

static void without_a_wish_all_is_as_it_came(void **state)
{
	struct rig *r = *state;
	struct answer *a;

	start(r, "no");
	a = article(r);
	assert_text(a->article.entry.title, "信息監管或將強化");
	assert_int_equal(a->article.script, CONVERT_NO);
}

static void text_in_the_script_already_is_not_said_to_be_converted(void **state)
{
	struct rig *r = *state;

	if (!has_opencc())
		skip();
	start(r, "t");
	assert_int_equal(article(r)->article.script, CONVERT_NO);
}

static void a_missing_opencc_is_told_once(void **state)
{
	struct rig *r = *state;

	if (has_opencc())
		skip();
	start(r, "s");
	assert_text(article(r)->article.entry.title, "信息監管或將強化");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_feed_wins_over_its_tag_and_a_tag_over_all),
		cmocka_unit_test_setup_teardown(titles_and_text_come_in_the_script_that_is_wished,
		                                opened, closed),
		cmocka_unit_test_setup_teardown(without_a_wish_all_is_as_it_came, opened, closed),
		cmocka_unit_test_setup_teardown(
		        text_in_the_script_already_is_not_said_to_be_converted, opened, closed),
		cmocka_unit_test_setup_teardown(a_missing_opencc_is_told_once, opened, closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
