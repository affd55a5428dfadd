/* The text of one element, and what it means. */
#include <string.h>

#include "lede/text/html.h"
#include "lede/text/utf8.h"
#include "values.h"
#include "xml_inside.h"

#define ADDRESS_MAX (64 << 10)
#define KEPT (256 << 10) /* a buffer that grew beyond this is given back */

/* ---- which form ---- */

static bool is_html_type(struct str type)
{
	return str_eq_nocase(type, STR("html")) || str_eq_nocase(type, STR("text/html")) ||
	       str_eq_nocase(type, STR("text/x-html"));
}

static bool is_xml_type(struct str type)
{
	return str_eq_nocase(type, STR("xhtml")) ||
	       str_eq_nocase(type, STR("application/xhtml+xml")) || str_ends(type, "+xml") ||
	       str_ends(type, "/xml");
}

static bool is_text_type(struct str type)
{
	return type.n == 0 || str_eq_nocase(type, STR("text")) ||
	       str_starts_nocase(type, "text/") || str_find(type, '/') == SIZE_MAX;
}

/* RFC 4287, 3.1.1 and 4.1.3.3. */
static enum form form_of_atom10(struct str type)
{
	if (is_html_type(type))
		return FORM_TEXT;
	if (is_xml_type(type))
		return FORM_MARKUP;
	return is_text_type(type) ? FORM_LITERAL : FORM_BASE64;
}

/* Atom 0.3, 3.1: `mode` says how the content is wrapped, `type` what it is. */
static void form_of_atom03(struct capture *k, struct str type, struct str mode)
{
	k->decoded = is_html_type(type) || is_xml_type(type) ? FORM_TEXT : FORM_LITERAL;
	if (str_eq_nocase(mode, STR("base64")))
		k->form = FORM_BASE64;
	else if (str_eq_nocase(mode, STR("escaped")))
		k->form = k->decoded;
	else
		k->form = FORM_MARKUP;
}

static void choose_form(struct xml_feed *x, const struct name_row *row, struct attributes a)
{
	struct capture *k = &x->capture;
	struct str type = str_trim(attribute_get(a, "type")),
		   mode = str_trim(attribute_get(a, "mode"));

	k->form = row->kind == KIND_XHTML ? FORM_MARKUP : FORM_TEXT;
	k->decoded = FORM_TEXT;
	if (row->kind != KIND_CONSTRUCT)
		return;
	if (mode.n > 0 || (x->c->meta.format == FEED_ATOM03 && !str_is(type, "html") &&
			   !str_is(type, "xhtml") && !str_is(type, "text"))) {
		form_of_atom03(k, type, mode);
		return;
	}
	k->form = form_of_atom10(type);
	if (k->form == FORM_BASE64 && row->field != FIELD_CONTENT)
		k->form = FORM_LITERAL;
}

/* ---- collecting ---- */

void capture_start(struct xml_feed *x, const struct name_row *row, struct attributes a)
{
	struct capture *k = &x->capture;

	k->row = row;
	k->depth = x->depth;
	k->rank = xml_rank(x, row);
	k->full = false;
	k->text.max = x->c->limits.content;
	buf_clear(&k->text);
	k->fallback.max = ADDRESS_MAX;
	buf_clear(&k->fallback);
	k->not_permalink = str_eq_nocase(str_trim(attribute_get(a, "ispermalink")), STR("false"));
	choose_form(x, row, a);
	if (row->kind == KIND_CATEGORY) {
		struct str label = attribute_get(a, "label"), term = attribute_get(a, "term");

		buf_add(&k->fallback, str_trim(label).n > 0 ? label : term);
	}
}

static void add_cut(struct xml_feed *x, struct str s)
{
	struct capture *k = &x->capture;

	if (k->full || buf_add(&k->text, s) == ERR_NONE)
		return;
	buf_add(&k->text, str_sub(s, 0, utf8_cut(s, k->text.max - k->text.n)));
	k->full = true;
	x->c->meta.cut = true;
}

static void add_escaped(struct xml_feed *x, struct str s)
{
	struct capture *k = &x->capture;

	if (!k->full && value_escape(s, &k->text) != ERR_NONE) {
		k->full = true;
		x->c->meta.cut = true;
	}
}

void capture_text(struct xml_feed *x, struct str s)
{
	if (x->capture.form == FORM_MARKUP)
		add_escaped(x, s);
	else
		add_cut(x, s);
}

static bool is_address(struct str name)
{
	return str_eq_nocase(name, STR("href")) || str_eq_nocase(name, STR("src")) ||
	       str_eq_nocase(name, STR("cite")) || str_eq_nocase(name, STR("poster"));
}

static void add_attribute(struct xml_feed *x, struct str name, struct str value)
{
	struct str whole = is_address(name) ? xml_whole_url(x, value) : value;

	value = whole.p != NULL ? whole : value;
	add_cut(x, STR(" "));
	add_cut(x, name);
	add_cut(x, STR("=\""));
	add_escaped(x, value);
	add_cut(x, STR("\""));
}

/* Where text is wanted tags still part words: they are written, and taken out again as HTML. */
void capture_start_tag(struct xml_feed *x, struct str local, struct attributes a)
{
	if (x->capture.form == FORM_LITERAL || x->capture.form == FORM_BASE64)
		return;
	add_cut(x, STR("<"));
	add_cut(x, local);
	for (int i = 0; i < a.n; i++)
		if (!str_is(attribute_prefix(a, i), "xml"))
			add_attribute(x, attribute_name(a, i), attribute_value(a, i));
	add_cut(x, STR(">"));
}

static bool is_void(struct str local)
{
	static const char *const names[] = { "br",  "img",  "hr",    "input", "wbr",    "area",
					     "col", "base", "embed", "param", "source", "track" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(local, str_of(names[i])))
			return true;
	return false;
}

void capture_end_tag(struct xml_feed *x, struct str local)
{
	if (x->capture.form == FORM_LITERAL || x->capture.form == FORM_BASE64 || is_void(local))
		return;
	add_cut(x, STR("</"));
	add_cut(x, local);
	add_cut(x, STR(">"));
}

/* ---- values ---- */

static void set_text(struct xml_feed *x, const struct name_row *row, struct buf *out)
{
	struct str s = buf_view(out);

	if (s.n > x->c->limits.title && row->field != FIELD_SUMMARY &&
	    row->field != FIELD_CONTENT) {
		s = str_sub(s, 0, utf8_cut(s, x->c->limits.title));
		x->c->meta.cut = true;
	}
	draft_text(xml_draft(x), row->field, x->capture.rank, s);
}

static void to_text(struct str s, enum form form, struct buf *out)
{
	if (form == FORM_LITERAL)
		value_plain(s, out);
	else
		value_text(s, out);
}

static void to_html(struct xml_feed *x, struct str s, enum form form, struct buf *out)
{
	if (form == FORM_LITERAL)
		value_plain_as_html(s, false, out);
	else if (form == FORM_MARKUP)
		buf_add(out, str_trim(s));
	else
		value_html(s, xml_base(x), out);
}

static bool is_html_field(enum field f)
{
	return f == FIELD_SUMMARY || f == FIELD_CONTENT;
}

static void set_construct(struct xml_feed *x, const struct name_row *row, struct str s)
{
	struct buf decoded = buf_limited(s.n), clean = buf_limited(3 * s.n + 16);
	enum form form = x->capture.form;

	if (form == FORM_BASE64) {
		bool good = value_base64(s, &decoded) &&
			    utf8_repair(buf_view(&decoded), &clean) == ERR_NONE;

		form = good ? x->capture.decoded : FORM_LITERAL;
		s = good ? buf_view(&clean) : s;
	}
	if (is_html_field(row->field))
		to_html(x, s, form, &x->scratch);
	else
		to_text(s, form, &x->scratch);
	set_text(x, row, &x->scratch);
	buf_free(&decoded);
	buf_free(&clean);
}

static void set_guid(struct xml_feed *x, const struct name_row *row, struct str s)
{
	s = str_trim(s);
	draft_text(xml_draft(x), row->field, x->capture.rank,
		   str_sub(s, 0, utf8_cut(s, x->c->limits.title)));
	if (!x->capture.not_permalink && value_is_address(s))
		xml_set_url(x, FIELD_LINK, 30, s);
}

static void set_date(struct xml_feed *x, const struct name_row *row, struct str s)
{
	int64_t date;

	if (date_parse(str_trim(s), &date))
		draft_date(xml_draft(x), row->field, x->capture.rank, date);
}

static void set_category(struct xml_feed *x, const struct name_row *row, struct str s)
{
	struct str label = buf_view(&x->capture.fallback);
	bool written = str_trim(s).n > 0 && !(row->ns == NS_MEDIA && label.n > 0);

	value_category(written ? s : label, &x->scratch);
	draft_category(xml_draft(x), str_sub(buf_view(&x->scratch), 0,
					     utf8_cut(buf_view(&x->scratch), x->c->limits.title)));
}

/* sy:updatePeriod, in minutes. */
static int minutes_of(struct str period)
{
	static const struct { const char *name; int minutes; } periods[] = {
		{ "hourly", 60 },       { "daily", 24 * 60 },        { "weekly", 7 * 24 * 60 },
		{ "monthly", 30 * 24 * 60 }, { "yearly", 365 * 24 * 60 },
	};

	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
		if (str_eq_nocase(period, str_of(periods[i].name)))
			return periods[i].minutes;
	return 0;
}

static void set_schedule(struct xml_feed *x)
{
	if (x->ttl == 0 && x->period > 0)
		x->c->meta.ttl = x->period / (x->frequency > 0 ? x->frequency : 1);
	else
		x->c->meta.ttl = x->ttl;
}

static int day_of(struct str s)
{
	static const char *const days[] = { "sun", "mon", "tue", "wed", "thu", "fri", "sat" };

	for (int i = 0; i < 7; i++)
		if (str_starts_nocase(s, days[i]))
			return i;
	return -1;
}

/* RSS 0.91 counted skipHours from 1 to 24. */
static void set_number(struct xml_feed *x, enum kind kind, struct str s)
{
	int64_t n;
	struct feed_meta *m = &x->c->meta;
	bool good = str_to_int(s, 0, 1 << 24, &n);

	if (kind == KIND_TTL && good)
		x->ttl = (int)n;
	else if (kind == KIND_HOUR && good && n <= 24)
		m->skip_hours |= (uint32_t)1 << (n % 24);
	else if (kind == KIND_DAY && day_of(s) >= 0)
		m->skip_days |= (uint8_t)(1 << day_of(s));
	else if (kind == KIND_PERIOD)
		x->period = minutes_of(s);
	else if (kind == KIND_FREQUENCY && good)
		x->frequency = (int)n;
	set_schedule(x);
}

static void set_value(struct xml_feed *x, const struct name_row *row, struct str s)
{
	switch (row->kind) {
	case KIND_TEXT:
		to_text(s, x->capture.form, &x->scratch);
		set_text(x, row, &x->scratch);
		break;
	case KIND_AUTHOR:
	case KIND_PERSON:
		value_text(value_person(s), &x->scratch);
		set_text(x, row, &x->scratch);
		break;
	case KIND_LANGUAGE:
		value_plain(s, &x->scratch);
		set_text(x, row, &x->scratch);
		break;
	case KIND_HTML:
	case KIND_XHTML:
		to_html(x, s, x->capture.form, &x->scratch);
		set_text(x, row, &x->scratch);
		break;
	case KIND_ID: draft_text(xml_draft(x), row->field, x->capture.rank, str_trim(s)); break;
	case KIND_CONSTRUCT: set_construct(x, row, s); break;
	case KIND_URL:
	case KIND_LINK: xml_set_url(x, row->field, x->capture.rank, s); break;
	case KIND_GUID: set_guid(x, row, s); break;
	case KIND_DATE: set_date(x, row, s); break;
	case KIND_CATEGORY: set_category(x, row, s); break;
	default: set_number(x, row->kind, str_trim(s)); break;
	}
}

/* XML 1.0, 2.11, where libxml2 has not seen the text. */
static void normalise_line_ends(struct buf *b)
{
	size_t to = str_find(buf_view(b), '\r');
	bool after_return = false;

	if (to == SIZE_MAX)
		return;
	for (size_t i = to; i < b->n; i++) {
		char c = b->p[i];

		if (c != '\n' || !after_return)
			b->p[to++] = c == '\r' ? '\n' : c;
		after_return = c == '\r';
	}
	buf_cut(b, to);
}

static void give_back(struct buf *b)
{
	if (b->cap > KEPT)
		buf_free(b);
}

void capture_done(struct xml_feed *x)
{
	const struct name_row *row = x->capture.row;
	struct buf clean = buf_limited(3 * x->capture.text.n);
	struct str s;

	normalise_line_ends(&x->capture.text);
	s = buf_view(&x->capture.text);
	x->capture.row = NULL;
	if (value_has_controls(s) && value_without_controls(s, &clean) == ERR_NONE)
		s = buf_view(&clean);
	buf_clear(&x->scratch);
	x->scratch.max = 2 * x->c->limits.content + 1024;
	set_value(x, row, s);
	buf_free(&clean);
	give_back(&x->capture.text);
	give_back(&x->scratch);
}
