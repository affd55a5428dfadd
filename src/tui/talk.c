#include "lede/tui/talk.h"

#include <stdlib.h>
#include <string.h>

#include "lede/text/utf8.h"

/* ---- who is known ---- */

static bool begins(const char *name, const char *const *front)
{
	for (; name && *front; front++)
		if (strncmp(name, *front, strlen(*front)) == 0)
			return true;
	return false;
}

/* Terminals that read sequences as ECMA-48 and xterm have them, whether they know one or not. The
 * Linux console, VT100s and GNU screen are none: they show some of them. */
static const char *const like_xterm[] = { "xterm", "tmux", "rxvt", "foot", "alacritty", "kitty",
	"wezterm", "st-", "contour", "vte", "konsole", "gnome", "iterm", "mintty", "ghostty", NULL };

/* Those that have links and a clipboard. */
static const char *const modern_terms[] = { "foot", "alacritty", "xterm-kitty", "wezterm", "contour",
	"xterm-ghostty", "ghostty", NULL };
static const char *const modern_programs[] = { "iTerm.app", "WezTerm", "vscode", "ghostty", "contour",
	NULL };

bool talk_like_xterm(const struct talk_world *w)
{
	return begins(w->term, like_xterm);
}

/* "3.4" and later, "next-3.5"; from 3.4 on tmux hands links on. */
static bool tmux_has_links(const char *version)
{
	const char *p = version ? version + strcspn(version, "0123456789") : "";
	char *end;
	long major = strtol(p, &end, 10), minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;

	return major > 3 || (major == 3 && minor >= 4);
}

bool talk_has_links(const struct talk_world *w)
{
	if (w->tmux)
		return w->program && strcmp(w->program, "tmux") == 0 &&
		       tmux_has_links(w->program_version);
	if (!begins(w->term, like_xterm))
		return false;
	return begins(w->term, modern_terms) || begins(w->program, modern_programs) ||
	       (w->vte && atol(w->vte) >= 5000) || w->konsole;
}

bool talk_surely_copies(const struct talk_world *w, bool in_terminfo)
{
	static const char *const keepers[] = { "tmux", "screen", NULL };

	if (w->tmux || begins(w->term, keepers))
		return false;
	return in_terminfo || begins(w->term, modern_terms) || begins(w->program, modern_programs);
}

/* ---- what is said ---- */

/* U+0080 to U+009F are controls in 8 bits; a character is left out whole. */
static bool is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == UTF8_REPLACEMENT;
}

void talk_title(struct buf *out, const char *begin, const char *end, struct str title)
{
	size_t n, from = out->n + strlen(begin);

	buf_add_cstr(out, begin);
	for (size_t at = 0; at < title.n && out->n - from < TALK_TITLE_MAX; at += n)
		if (!is_control(utf8_at(title, at, &n)))
			buf_add(out, str_sub(title, at, at + n));
	buf_add_cstr(out, end);
}

static void add_base64(struct buf *out, struct str text)
{
	static const char digit[] =
	        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < text.n; i += 3) {
		unsigned n = 0;
		size_t left = text.n - i;

		for (size_t k = 0; k < 3; k++)
			n = n << 8 | (k < left ? (unsigned char)text.p[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			buf_add_char(out, k <= left ? digit[n >> (18 - 6 * k) & 63] : '=');
	}
}

bool talk_copy(struct buf *out, struct str text)
{
	if (text.n > TALK_COPY_MAX)
		return false;
	buf_add_cstr(out, "\033]52;c;");
	add_base64(out, text);
	buf_add_char(out, '\a');
	return true;
}

static bool is_web(struct str url)
{
	return str_starts(url, "http://") || str_starts(url, "https://");
}

bool talk_link(struct buf *out, struct str url)
{
	size_t before = out->n;

	if (url.n > 0 && (!is_web(url) || url.n > TALK_URL_MAX))
		return false;
	buf_add_cstr(out, "\033]8;;");
	for (size_t i = 0; i < url.n; i++) {
		unsigned char c = (unsigned char)url.p[i];

		if (c > 0x20 && c < 0x7F)
			buf_add_char(out, (char)c);
		else
			buf_addf(out, "%%%02X", c);
	}
	if (out->n - before > TALK_URL_MAX + 5) {
		buf_cut(out, before);
		return false;
	}
	buf_add_cstr(out, "\033\\");
	return true;
}

/* Presses and what is dragged, in the coding that has no limit and looks like no text. */
void talk_mouse(struct buf *out, bool on)
{
	buf_add_cstr(out, on ? "\033[?1000h\033[?1002h\033[?1006h" : "\033[?1006l\033[?1002l\033[?1000l");
}

/* Attributes come last: every terminal answers that, so whatever did not come before does not come. */
void talk_questions(struct buf *out, bool ambiguous, int h)
{
	if (ambiguous)
		buf_addf(out, "\033[%d;1H…\033[6n", h);
	buf_add_cstr(out, "\033]11;?\033\\" "\033[?2026$p" "\033[c");
}
