/* Pictures and things that play: words in brackets that are links to them. */
#include "lede/text/rich_parser.h"

#include "lede/text/utf8.h"

/* Addresses of pictures that nobody is meant to see. */
static bool is_beacon(struct str src)
{
	static const char *const parts[] = {
		"feeds.feedburner.com/~",
		"feedburner.com/~r",
		"doubleclick.net",
		"pixel.wp.com",
		"stats.wordpress.com",
		"google-analytics.com",
		"scorecardresearch.com",
		"feedsportal.com",
		"pixel.quantserve.com",
		"/pixel.gif",
		"/pixel.png",
		"/blank.gif",
		"/spacer.gif",
		"/1x1.",
		"/transparent.gif",
		"ad.doubleclick",
		"/track/open",
		"list-manage.com/track",
		"facebook.com/tr?",
		"/counter.gif",
		"vg04.met.vgwort.de",
		"ssl-vg03.met.vgwort.de",
		"met.vgwort.de",
		"count.kataweb",
		"rss.nytimes.com/c/",
		"/beacon.",
		"/piwik.php",
		"/matomo.php",
	};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (str_find_nocase(src, str_of(parts[i])) != SIZE_MAX)
			return true;
	return false;
}

static bool is_tiny(const struct html_token *t)
{
	return element_number(t, "width", 2) <= 1 || element_number(t, "height", 2) <= 1 ||
	       element_style_has(t, "width:1px") || element_style_has(t, "width: 1px") ||
	       element_style_has(t, "height:1px") || element_style_has(t, "display:none");
}

static bool has_class(const struct html_token *t, const char *name)
{
	struct str value;

	return html_attribute_of(t, "class", &value) &&
	       str_find_str(value, str_of(name)) != SIZE_MAX;
}

/* Where the picture is: pages that load pictures late have something else in src. */
static bool picture_address(struct parser *p, const struct html_token *t, struct str *out)
{
	static const char *const names[] = { "src", "data-src", "data-original" };
	struct str rest;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (element_attribute(p, t, names[i], out) && out->n > 0 &&
		    !str_starts_nocase(*out, "data:"))
			return true;
	if (element_attribute(p, t, "srcset", &rest) && str_next(&rest, ' ', out) && out->n > 0)
		return true;
	return element_attribute(p, t, "src", out) && out->n > 0;
}

/* Brackets of its own, and what formulas of Wikipedia have around them, say nothing. */
static struct str without_wrapping(struct str s)
{
	static const struct str open = { "{\\displaystyle", 14 };

	if (str_starts(s, "[") && s.n > 2 && s.p[s.n - 1] == ']')
		return str_trim(str_sub(s, 1, s.n - 1));
	if (str_starts(s, open.p) && s.n > open.n + 1 && s.p[s.n - 1] == '}')
		return str_trim(str_sub(s, open.n, s.n - 1));
	return s;
}

/* What it shows, borrowed as an attribute is. */
static struct str picture_text(struct parser *p, const struct html_token *t)
{
	struct str text;

	if (element_attribute(p, t, "alt", &text) && text.n > 0)
		return without_wrapping(text);
	return element_attribute(p, t, "title", &text) ? text : (struct str){ 0 };
}

/* Some pages' alt is the caption's HTML. What is no tag of HTML stays: "List<String>". */
static void add_without_tags(struct buf *out, struct str text)
{
	struct html_reader r = html_reader_of(text);
	struct html_token t;

	for (size_t from = 0; html_next(&r, &t); from = r.at) {
		const struct element *e = t.kind == HTML_TEXT ? NULL : element_named(t.name);

		if (e == NULL)
			(void)buf_add(out, str_sub(text, from, r.at));
		else if (e->flags & (IS_BLOCK | IS_VOID))
			(void)buf_add_char(out, ' ');
	}
}

/* "[alt]", "[video: title]", at most 400 bytes of what a stranger wrote. */
static void add_bracketed(struct parser *p, const char *kind, struct str text)
{
	struct buf word = buf_limited(1024);

	(void)buf_addf(&word, "[%s%s", kind, *kind != '\0' && text.n > 0 ? ": " : "");
	add_without_tags(&word, str_sub(text, 0, utf8_cut(text, 400)));
	(void)buf_add_char(&word, ']');
	build_word(&p->b, buf_view(&word), RICH_IMAGE);
	buf_free(&word);
}

/* A smiley is the character it stands for. Every other picture is a link to itself, so that its
 * number opens it; in a link that one's number is enough. */
void media_image_start(struct parser *p, const struct html_token *t, struct open *o)
{
	bool is_smiley = has_class(t, "emoji") || has_class(t, "smiley");
	bool is_linked = p->b.link != 0;
	struct str text = picture_text(p, t), address;

	(void)o;
	if (is_tiny(t))
		return;
	if (is_smiley && text.n > 0) {
		build_text(&p->b, text);
		return;
	}
	if (!picture_address(p, t, &address) || is_beacon(address))
		return;
	if (!is_linked)
		build_link_start(&p->b, address);
	text = picture_text(p, t);
	add_bracketed(p, text.n > 0 ? "" : "image", text);
	if (!is_linked)
		build_link_end(&p->b);
}

/* Something that plays is a link to it. */
static void add_media(struct parser *p, const struct html_token *t, const char *kind)
{
	struct str value = { 0 };

	if (!element_attribute(p, t, "src", &value) || value.n == 0 || is_beacon(value))
		return;
	build_link_start(&p->b, value);
	value.n = 0;
	element_attribute(p, t, "title", &value);
	add_bracketed(p, kind, value);
	build_link_end(&p->b);
}

/* Without an address of its own the first source in it has one. */
void media_start(struct parser *p, const struct html_token *t, struct open *o)
{
	uint32_t before = (uint32_t)p->b.doc->text.n;

	add_media(p, t, str_eq_nocase(t->name, STR("audio")) ? "audio" : "video");
	o->has_source = p->b.doc->text.n > before;
	p->silent++;
}

void media_end(struct parser *p, const struct open *o)
{
	(void)o;
	p->silent--;
}

void media_source_start(struct parser *p, const struct html_token *t, struct open *o)
{
	(void)o;
	for (size_t i = p->depth; i > 0; i--) {
		struct open *media = &p->stack[i - 1];

		if (media->element == NULL || !(media->element->flags & IS_MEDIA))
			continue;
		if (!media->has_source)
			add_media(p, t, media->element->name);
		media->has_source = true;
		return;
	}
}

static bool plays(struct str src)
{
	static const char *const hosts[] = {
		"youtu", "vimeo", "dailymotion", "bilibili", "video", "player", "twitch", "ted.com",
	};

	for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
		if (str_find_nocase(src, str_of(hosts[i])) != SIZE_MAX)
			return true;
	return false;
}

void media_frame_start(struct parser *p, const struct html_token *t, struct open *o)
{
	struct str src;

	(void)o;
	build_block_end(&p->b);
	if (!is_tiny(t) && html_attribute_of(t, "src", &src))
		add_media(p, t, plays(src) ? "video" : "embedded page");
	build_block_end(&p->b);
}
