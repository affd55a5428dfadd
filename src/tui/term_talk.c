/* term_talk - what a terminal does beside showing cells: titles, the clipboard, the mouse, pasted
 * text, answers. What is on is put back with the screen.
 */
#include <stdlib.h>
#include <string.h>

#include "lede/text/utf8.h"
#include "term_inside.h"

/* A terminal that has not answered for so long will not. */
enum { ANSWERS_MS = 5000 };

static bool saves_title(void)
{
	const char *smcup = term_capability("smcup");

	return smcup && strstr(smcup, "\033[22;");
}

void talk_open(struct terminal *t)
{
	struct talking *k = &t->talk;

	k->world = (struct talk_world){ getenv("TERM"), getenv("TERM_PROGRAM"),
		                        getenv("TERM_PROGRAM_VERSION"), getenv("VTE_VERSION"),
		                        getenv("KONSOLE_VERSION"), getenv("TMUX") };
	k->like_xterm = talk_like_xterm(&k->world);
	k->mouse_known = k->like_xterm && term_capability("kmous");
	k->copy_known = term_capability("Ms");
	k->saves_title = saves_title();
	if (k->like_xterm) {
		k->title_begin = "\033]0;";
		k->title_end = "\a";
	} else if (term_capability("tsl") && term_capability("fsl") &&
	           !strchr(term_capability("tsl"), '%')) {
		k->title_begin = term_capability("tsl");
		k->title_end = term_capability("fsl");
	}
	k->title = buf_limited(TALK_TITLE_MAX);
	k->asked = -1;
	k->news = (struct term_news){ .background = -1 };
	k->paste = true;          /* from the first moment on: what is pasted is no command */
	k->wish.paste = true;
}

void talk_close(struct terminal *t)
{
	buf_free(&t->talk.title);
}

/* ---- on and off ---- */

static void say_paste(const struct talking *k, bool on, struct buf *out)
{
	const char *known = term_capability(on ? "BE" : "BD");

	if (known)
		buf_add_cstr(out, known);
	else if (k->like_xterm)
		buf_add_cstr(out, on ? "\033[?2004h" : "\033[?2004l");
}

void talk_take(struct terminal *t, struct buf *out)
{
	struct talking *k = &t->talk;

	if (k->paste)
		say_paste(k, true, out);
	if (k->mouse)
		talk_mouse(out, true);
	buf_clear(&k->title);
}

void talk_way_back(const struct terminal *t, struct buf *out)
{
	const struct talking *k = &t->talk;

	if (k->mouse)
		talk_mouse(out, false);
	if (k->paste)
		say_paste(k, false, out);
	if (k->title.n > 0 && !k->saves_title)
		buf_add_cstr(out, k->like_xterm ? "\033[23;0t" : "");
}

static void set_title(struct terminal *t, struct str title)
{
	struct talking *k = &t->talk;

	if (!k->title_begin || (k->title.n == 0 && !k->wish.title))
		return;
	title.n = utf8_cut(k->wish.title ? title : STR("lede"), TALK_TITLE_MAX);
	if (str_eq(buf_view(&k->title), title))
		return;
	if (k->title.n == 0 && !k->saves_title && k->like_xterm)
		buf_add_cstr(&t->frame, "\033[22;0t");
	buf_clear(&k->title);
	buf_add(&k->title, title);
	talk_title(&t->frame, k->title_begin, k->title_end, title);
	term_note_way_back(t);
}

void term_manners(struct terminal *t, const struct view_manners *m, struct str title)
{
	struct talking *k = &t->talk;
	bool mouse = m->mouse && k->mouse_known;

	k->wish = *m;
	if (mouse != k->mouse)
		talk_mouse(&t->frame, mouse);
	if (m->paste != k->paste)
		say_paste(k, m->paste, &t->frame);
	if (mouse != k->mouse || m->paste != k->paste) {
		k->mouse = mouse;
		k->paste = m->paste;
		term_note_way_back(t);
	}
	input_wants(t->input, k->mouse, k->paste, k->asked >= 0);
	paint_links(t->paint, m->links && (m->links_surely ? k->like_xterm : talk_has_links(&k->world)));
	set_title(t, title);
}

bool term_copy(struct terminal *t, struct str text)
{
	struct talking *k = &t->talk;
	struct buf out = buf_limited(2 * TALK_COPY_MAX);
	bool said = (k->copy_known || k->like_xterm) && talk_copy(&out, text);

	term_send(out.p, out.n);
	buf_free(&out);
	return said && talk_surely_copies(&k->world, k->copy_known);
}

struct mouse term_mouse(const struct terminal *t)
{
	return input_mouse(t->input);
}

struct str term_paste(const struct terminal *t)
{
	return input_paste(t->input);
}

/* ---- questions and answers ---- */

void term_ask(struct terminal *t, bool ambiguous, int64_t ms)
{
	struct talking *k = &t->talk;
	struct buf out = buf_limited(1 << 10);

	if (!k->like_xterm)
		return;
	k->asked = ms;
	input_wants(t->input, k->mouse, k->paste, true);
	talk_questions(&out, ambiguous && t->utf8, t->h);
	if (ambiguous && t->utf8)
		paint_lost(t->paint, t->h - 1, 0, 2, &out);
	term_send(out.p, out.n);
	buf_free(&out);
}

bool talk_said(struct terminal *t, struct said said, int64_t ms)
{
	struct talking *k = &t->talk;
	bool first = k->news.ms == 0;

	if (k->asked < 0)
		return false;
	if (first)
		k->news.ms = ms > k->asked ? (int)(ms - k->asked) : 1;
	if (said.kind == SAID_BACKGROUND)
		k->news.background = said.a;
	else if (said.kind == SAID_CURSOR && said.a == t->h - 1 && (said.b == 1 || said.b == 2))
		k->news.ambiguous = said.b;
	else if (said.kind == SAID_MODE && said.a == 2026)
		k->synchronizes = said.b == 1 || said.b == 2;
	if (said.kind == SAID_ATTRIBUTES || ms - k->asked > ANSWERS_MS)
		k->asked = -1;
	input_wants(t->input, k->mouse, k->paste, k->asked >= 0);
	return said.kind == SAID_BACKGROUND || said.kind == SAID_CURSOR || first;
}

struct term_news term_news(const struct terminal *t)
{
	return t->talk.news;
}
