/* prompt_search - the prompt `/`: what is searched for in the cache, or in the article. */
#include "lede/base/language.h"
#include "state.h"

/* ---- the cache ---- */

static const struct { const char *text, *help; } operators[] = {
	{ "title:", N_("a word of the headline") },
	{ "feed:", N_("a word of the feed’s name or address") },
	{ "is:unread", N_("not read") },
	{ "is:read", N_("read") },
	{ "is:starred", N_("starred") },
	{ "is:filler", N_("held back") },
	{ "after:", N_("from that day on: 2025-04-01, today, 7d") },
	{ "before:", N_("up to the day before") },
};

static void offer(struct prompt_choices *out, struct str text, const char *help)
{
	prompt_offer(out, (struct str){ arena_copy(out->arena, text.p, text.n), text.n },
	             str_of(help));
}

/* Names with blanks are quoted. */
static void offer_feeds(struct app *a, struct str begun, struct prompt_choices *out)
{
	struct buf b = buf_limited(4 << 10);

	for (int64_t i = 0; i < rows_count(a, IN_FEEDS); i++) {
		struct str title = rows_feed(a, i)->title;
		bool quoted = str_find(title, ' ') != SIZE_MAX;

		if (title.n == 0 || str_find(title, '"') != SIZE_MAX ||
		    !str_eq_nocase(begun, str_sub(title, 0, begun.n)))
			continue;
		buf_clear(&b);
		buf_addf(&b, quoted ? "feed:\"%.*s\"" : "feed:%.*s", (int)title.n, title.p);
		offer(out, buf_view(&b), "");
	}
	buf_free(&b);
}

static void candidates(struct app *a, struct str before, struct prompt_choices *out)
{
	const struct str feed = STR("feed:");
	struct str word;

	out->from = before.n;
	while (out->from > 0 && before.p[out->from - 1] != ' ')
		out->from--;
	if (out->from < before.n && before.p[out->from] == '-')
		out->from++;
	word = str_sub(before, out->from, before.n);
	if (str_starts_nocase(word, feed.p)) {
		offer_feeds(a, str_sub(word, feed.n, word.n), out);
		return;
	}
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (str_eq_nocase(word, str_sub(str_of(operators[i].text), 0, word.n)))
			offer(out, str_of(operators[i].text), _(operators[i].help));
}

static void accept_search(struct app *a, struct str text)
{
	/* What cannot be understood stands there again, to be mended. */
	if (str_trim(text).n > 0 && !search_begin(a, text))
		prompt_open(a, PROMPT_SEARCH, text);
}

static void put_line(struct view_line *line, struct arena *frame, struct str text)
{
	struct view_part *part = arena_alloc(frame, sizeof *part);

	*part = (struct view_part){ text, ROLE_META, false };
	*line = (struct view_line){ .part = part, .nparts = 1, .indent = 1 };
}

/* "recent:  data rules    春茶"; empty when there are none. */
static struct str recent(struct app *a)
{
	struct buf b = buf_limited(64 << 10);
	const char *line;

	for (int i = 0; i < 8 && (line = prompt_recent(a, PROMPT_SEARCH, i)); i++) {
		if (i == 0)
			buf_addf(&b, "%s  %s", _("recent:"), line);
		else
			buf_addf(&b, "    %s", line);
	}
	return frame_str(a->frame, &b);
}

static struct str operators_line(struct app *a)
{
	bool ascii = a->glyphs == GLYPHS_ASCII;

	return frame_fmt(a->frame, _("words, %sa phrase%s, title: feed: is:unread is:starred after: before:"),
	                 ascii ? "\"" : "“", ascii ? "\"" : "”");
}

static void show_search(struct app *a, struct view_prompt *out)
{
	struct view_line *line = arena_alloc(a->frame, 2 * sizeof *line);
	struct str last = recent(a);

	put_line(&line[0], a->frame, operators_line(a));
	put_line(&line[1], a->frame, last);
	out->above = line;
	out->nabove = last.n > 0 ? 2 : 1;
}

const struct prompt_kind prompt_search = {
	.history = "searches",
	.sign = "/",
	.hint = N_("Enter search · Esc"),
	.accept = accept_search,
	.candidates = candidates,
	.show = show_search,
};

/* ---- the article ---- */

static void accept_find(struct app *a, struct str text)
{
	if (str_trim(text).n > 0)
		find_begin(a, text);
}

const struct prompt_kind prompt_find = {
	.history = "finds",
	.sign = "/",
	.hint = N_("Enter find · Esc"),
	.accept = accept_find,
};

/* What found nothing is there to be mended. */
static struct str words_to_mend(const struct app *a)
{
	return a->at == IN_SEARCH && a->search.total == 0 ? str_of(a->search.words) : STR("");
}

void run_search(struct app *a, const struct call *call)
{
	(void)call;
	if (help_search(a))
		return;
	if (app_context(a) == ON_ARTICLE)
		prompt_open(a, PROMPT_FIND, STR(""));
	else
		prompt_open(a, PROMPT_SEARCH, words_to_mend(a));
}

/* `:search words`, from wherever one is. */
void say_search(struct app *a, struct str words)
{
	if (words.n == 0)
		prompt_open(a, PROMPT_SEARCH, STR(""));
	else
		search_begin(a, words);
}
