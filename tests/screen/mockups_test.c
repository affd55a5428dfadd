/* The mock-ups of the design, drawn from views made by hand: state in, cells out. The expected screens are
 * tests/screen/expected/NAME.txt, right blanks left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/file.h"
#include "lede/tui/draw.h"

#define S(text) { text, sizeof(text) - 1 }      /* in initialisers */
#define N(array) ((int)(sizeof(array) / sizeof *(array)))

/* ---- comparing ---- */

static void expected_text(const char *name, struct buf *out)
{
	const char *srcdir = getenv("srcdir");
	char path[512];
	struct error e;

	snprintf(path, sizeof path, "%s/tests/screen/expected/%s.txt", srcdir ? srcdir : ".", name);
	assert_int_equal(file_read(path, out, &e), ERR_NONE);
}

/* Rows `from` to `to` and columns from `x` on. A mock-up of part of a screen begins at its own first row. */
static void assert_part(const struct screen *s, const char *name, int from, int to, int x)
{
	struct buf want = buf_limited(1 << 20), got = buf_limited(1 << 20);
	struct screen *part = screen_new(s->w - x, s->h);

	for (int y = 0; y < s->h; y++)
		memcpy(&part->cell[y * part->w], &s->cell[y * s->w + x], (size_t)part->w * sizeof *s->cell);
	expected_text(name, &want);
	for (int y = from; y < to; y++) {
		screen_row(part, y, &got);
		buf_add_char(&got, '\n');
	}
	assert_string_equal(buf_cstr(&got), buf_cstr(&want));
	screen_free(part);
	buf_free(&want);
	buf_free(&got);
}

static void assert_drawn(const struct view *v, const char *name)
{
	struct screen *s = screen_new(v->g.w, v->g.h);
	struct buf want = buf_limited(1 << 20);
	int rows = 0;

	expected_text(name, &want);
	for (size_t i = 0; i < want.n; i++)
		rows += want.p[i] == '\n';
	draw_view(v, s);
	assert_part(s, name, 0, rows, 0);
	screen_free(s);
	buf_free(&want);
}

/* ---- what the mock-ups show ---- */

static const struct str sections_en[] = { S("Top"), S("Latest"), S("Feeds"), S("Starred"), S("Filler") };
static const struct str sections_zh[] = { S("頭條"), S("最新"), S("訂閱"), S("星標"), S("雜項") };
static const struct view_part right_en[] = {
	{ S("7 new"), ROLE_ACCENT, false }, { S("press ."), ROLE_ACCENT, false },
	{ S("212 unread"), ROLE_META, false }, { S("08:14"), ROLE_META, false },
};
static const struct view_part right_zh[] = {
	{ S("新到 7"), ROLE_ACCENT, false }, { S("按 . 更新"), ROLE_ACCENT, false },
	{ S("未讀 212"), ROLE_META, false }, { S("08:14"), ROLE_META, false },
};

#define STORY(r, w, m, t, src, n, a) \
	{ .kind = ROW_STORY, .rank = r, .was = (w) == 0 ? 0 : (r) + (w) - 100, .is_new = (w) == 0, .mark = m, \
	  .read = (m) == MARK_NONE, .title = S(t), .source = S(src), .more = n, .age = S(a) }
#define UP(n) (100 + (n))
#define DOWN(n) (100 - (n))
#define SAME 100
#define NEW 0

static const struct view_row stories_en[] = {
	STORY(1, UP(3), MARK_UNREAD, "Ministry to tighten rules on personal data", "Paper Daily", 4, "2h"),
	STORY(2, SAME, MARK_UNREAD, "New glass switches between sun and heat", "Science Wire", 1, "5h"),
	STORY(3, NEW, MARK_UNREAD, "Bridge reopens after two years of work", "City News", 0, "40m"),
	STORY(4, DOWN(2), MARK_UNREAD, "Amphibious aircraft ready for its first flight", "Aviation Post", 2, "7h"),
	STORY(5, UP(1), MARK_MORE, "Cluster catalyst makes hydrogen cheaper", "Science Wire", 2, "9h"),
	STORY(6, NEW, MARK_UNREAD, "Swimmers ask for rivers free of waste water", "Green Letter", 0, "1h"),
	STORY(7, SAME, MARK_NONE, "Millions of crabs cross the coast road again", "Island Radio", 1, "11h"),
	STORY(8, UP(12), MARK_UNREAD, "Vaccine against one illness also guards against another", "The Clinic", 0, "6h"),
	STORY(9, DOWN(3), MARK_UNREAD, "Term-time jobs: school must pay back its share", "Paper Daily", 0, "12h"),
	STORY(10, SAME, MARK_NONE, "Tower of capsules comes down after fifty years", "Form & City", 1, "1d"),
	STORY(11, NEW, MARK_UNREAD, "春の新茶、去年より一週間早く店頭に", "朝の便り", 0, "3h"),
	STORY(12, UP(2), MARK_UNREAD, "Working at home: who pays for the extra hours?", "Work Review", 0, "8h"),
	STORY(13, DOWN(1), MARK_UNREAD, "Seed banks: 15 new stations this spring", "Field Notes", 0, "13h"),
	STORY(14, NEW, MARK_UNREAD, "Museum opens its store rooms on Sundays", "City News", 0, "50m"),
	STORY(15, SAME, MARK_UNREAD, "Why old maps show islands that never were", "The Slow Monthly", 0, "2d"),
	STORY(16, DOWN(4), MARK_NONE, "Tea dearer for the third spring in a row", "Market Sheet", 1, "15h"),
	STORY(17, NEW, MARK_UNREAD, "Night train to the coast returns in June", "Rail Gazette", 0, "2h"),
	STORY(18, UP(1), MARK_UNREAD, "A week inside the last repair shop for radios", "Form & City", 0, "1d"),
	STORY(19, SAME, MARK_NONE, "Old quarter: pipes renewed, rents unchanged", "City News", 2, "16h"),
	STORY(20, DOWN(2), MARK_UNREAD, "Shadow puppets find a young public", "朝の便り", 0, "9h"),
	STORY(21, NEW, MARK_UNREAD, "Air cleaner in the first quarter, figures say", "Paper Daily", 1, "4h"),
};
static const struct view_row stories_zh[] = {
	STORY(1, UP(3), MARK_UNREAD, "APP 收集個人資料，規則將收緊", "紙上日報", 4, "2時"),
	STORY(2, SAME, MARK_UNREAD, "新型玻璃可在遮陽與保暖之間切換", "科學快訊", 1, "5時"),
	STORY(3, NEW, MARK_UNREAD, "封閉兩年的跨江大橋今晨恢復通車", "城市新聞", 0, "40分"),
	STORY(4, DOWN(2), MARK_UNREAD, "水陸兩棲飛機 AG-7 滑行完畢，只待首飛", "航空郵報", 2, "7時"),
	STORY(5, UP(1), MARK_MORE, "團簇催化劑讓製氫便宜三成，兩個團隊各自證實", "科學快訊", 2, "9時"),
	STORY(6, NEW, MARK_UNREAD, "污水入河 泳客盼增設乾淨的「河濱浴場」", "綠信", 0, "1時"),
	STORY(7, SAME, MARK_NONE, "數百萬螃蟹過馬路，海岸公路再度封閉", "海島電台", 1, "11時"),
	STORY(8, UP(12), MARK_UNREAD, "一種疫苗或可連帶防住另一種感染", "健康週刊", 0, "6時"),
	STORY(9, DOWN(3), MARK_UNREAD, "學期打工：學校須退還抽成", "紙上日報", 0, "12時"),
	STORY(10, SAME, MARK_NONE, "落成五十年，膠囊大樓拆除", "建築與城", 1, "1日"),
};

enum { ROWS_MAX = 64 };

/* A frame of the ranked list: rows copied so that a test can set a cursor. */
struct frame { struct view v; struct view_row row[ROWS_MAX]; };

static void frame_rows(struct frame *f, int w, int h, const struct view_row *rows, int n, int cursor)
{
	struct geometry_wish wish = { .text_width = 72, .scroll_offset = 3 };

	memset(f, 0, sizeof *f);
	geometry_of(w, h, &wish, &f->v.g);
	f->v.ambiguous = 1;
	memcpy(f->row, rows, (size_t)n * sizeof *rows);
	if (cursor >= 0)
		f->row[cursor].cursor = true;
	f->v.list = (struct view_list){ .row = f->row, .nrows = n, .focus = true, .movement = true,
					.new_word = STR("new") };
	f->v.header = (struct view_header){ .section = sections_en, .nsections = N(sections_en),
					    .right = right_en, .nright = N(right_en) };
	f->v.status.hint = STR("? help");
	f->v.list_shown = true;
}

static void frame_stories(struct frame *f, int w, int h, int n, int cursor)
{
	frame_rows(f, w, h, stories_en, n, cursor);
	for (int i = 0; i < n; i++) {
		f->row[i].starred = f->row[i].rank == 8;
		if (f->row[i].rank == 5)
			f->row[i].fresh = STR("1 new");
	}
}

static void frame_stories_zh(struct frame *f, int w, int h, int n)
{
	frame_rows(f, w, h, stories_zh, n, 0);
	f->row[7].starred = true;
	f->row[4].fresh = STR("新1");
	f->v.header.section = sections_zh;
	f->v.header.right = right_zh;
	f->v.header.nright = 3;       /* the mock-up leaves the time out, though it would fit */
	f->v.list.new_word = STR("新");
	f->v.status.hint = STR("? 說明");
}

#define T(text) { S(text), ROLE_TEXT, false }
#define LINE(text) { .part = (const struct view_part[]){ T(text) }, .nparts = 1 }
#define BLANK { .nparts = 0 }
#define AGED(text, age) { .part = (const struct view_part[]){ T(text) }, .nparts = 1, .right = { S(age), ROLE_META, false } }

static const struct view_line ministry[] = {
	LINE("Ministry to tighten rules on personal data"),
	LINE("Paper Daily · Li Wen · Mon 14 Apr 06:13 · 3 min · full text"), BLANK,
	LINE("The ministry will draft standards for how apps collect and use"),
	LINE("personal data, its head of network security said on Monday. Cars"),
	LINE("that are always online and systems that learn from what people"),
	LINE("type are to be covered as well."), BLANK,
	LINE("“A leak is often the first step of a fraud,” she told reporters."),
	LINE("Callers who know a name, a street and an order number are"),
	LINE("believed; lists with all three are sold by the thousand [1]."), BLANK, LINE("What was checked"), BLANK,
	LINE("Last year inspectors looked at 3.1 million apps. They named 2,204"),
	LINE("that took more than they needed and had 731 removed from the"),
	LINE("stores. Some 400 companies finished a check of their own."), BLANK,
	LINE("• Shops, kits and handset makers are to answer for what passes"), LINE("  through their hands."),
	LINE("• A draft of the rules is open for comment until June [2]."), BLANK,
	LINE("ALSO IN THIS STORY  z unfolds"),
	AGED("● City News       Rules on personal data to be tightened", "1h"),
	AGED("● Law & Trade     App makers face stricter checks, officia…", "2h"),
	AGED("● Science Wire    Data security standards for cars and AI…", "3h"),
	AGED("  朝の便り        個人情報の保護を強化へ、基準案づくり始ま…", "3h"), BLANK, LINE("LINKS"),
	LINE("[1]  sold by the thousand  paperdaily.example/fraud"), LINE("[2]  open for comment  rules.example/draft"),
};
static const struct str long_en[] = { S("2 h old +20"), S("5 sources +16"), S("you read Paper Daily +9") };
static const struct str short_en[] = { S("2 h old +20"), S("5 sources +16"), S("Paper Daily +9") };

static void ministry_status(struct frame *f)
{
	static const struct view_part facts[] = { { S("1/48"), ROLE_META, false }, { S("5 sources"), ROLE_META, false } };

	f->v.status.fact = facts;
	f->v.status.nfacts = 2;
	f->v.status.why = STR("why: ");
	f->v.status.long_term = long_en;
	f->v.status.short_term = short_en;
	f->v.status.nterms = 3;
}

static void bridge_status(struct frame *f)
{
	static const struct view_part facts[] = { { S("3/48"), ROLE_META, false }, { S("1 source"), ROLE_META, false } };
	static const struct str terms[] = { S("40 min old +21"), S("bridge +6") };

	f->v.status.fact = facts;
	f->v.status.nfacts = 2;
	f->v.status.why = STR("why: ");
	f->v.status.long_term = f->v.status.short_term = terms;
	f->v.status.nterms = 2;
}

/* ---- the front page ---- */

static void front_page_in_columns(void **state)
{
	struct frame f;

	(void)state;
	frame_stories(&f, 120, 36, 16, 0);
	f.v.pane = (struct view_pane){ .line = ministry, .nlines = N(ministry), .bar_line = -1 };
	f.v.pane_shown = true;
	ministry_status(&f);
	assert_drawn(&f.v, "front-en");
}

static void focus_in_the_article_moves_the_bar_there(void **state)
{
	struct frame f;

	(void)state;
	frame_stories(&f, 120, 36, 16, 0);
	f.v.list.focus = false;
	f.v.pane = (struct view_pane){ .line = ministry, .nlines = N(ministry), .bar_line = -1, .focus = true };
	f.v.pane_shown = true;
	assert_drawn(&f.v, "front-article-focus");
}

static void chinese_columns_line_up(void **state)
{
	struct frame f;

	(void)state;
	frame_stories_zh(&f, 80, 12, 10);
	static const struct view_part facts[] = { { S("1/48"), ROLE_META, false }, { S("5 個來源"), ROLE_META, false } };
	static const struct str terms[] = { S("2 小時前 +20，5 個來源 +16") };
	f.v.status.fact = facts;
	f.v.status.nfacts = 2;
	f.v.status.why = STR("理由：");
	f.v.status.long_term = f.v.status.short_term = terms;
	f.v.status.nterms = 1;
	assert_drawn(&f.v, "list-zh");
}

static void wide_screens_leave_the_rest_as_margin(void **state)
{
	const struct view_line text[] = {
		LINE("Ministry to tighten rules on personal data"),
		LINE("Paper Daily · Li Wen · Mon 14 Apr 06:13 · 3 min · full text"), BLANK,
		LINE("The ministry will draft standards for how apps collect and use personal"),
		LINE("data, its head of network security said on Monday. Cars that are always"),
		LINE("online and systems that learn from what people type are to be covered as"), LINE("well."), BLANK,
		LINE("“A leak is often the first step of a fraud,” she told reporters. Callers"),
		LINE("who know a name, a street and an order number are believed; lists with"),
		LINE("all three are sold by the thousand [1]."), BLANK, LINE("What was checked"), BLANK,
		LINE("Last year inspectors looked at 3.1 million apps. They named 2,204 that"),
		LINE("took more than they needed and had 731 removed from the stores. Some 400"),
	};
	struct frame f;

	(void)state;
	frame_stories(&f, 200, 50, 16, 0);
	f.v.pane = (struct view_pane){ .line = text, .nlines = N(text), .bar_line = -1 };
	f.v.pane_shown = true;
	assert_drawn(&f.v, "front-wide");
}

/* ---- smaller screens ---- */

static void one_pane_shows_dense_rows(void **state)
{
	struct frame f;

	(void)state;
	frame_stories(&f, 80, 24, 21, 2);
	bridge_status(&f);
	assert_drawn(&f.v, "list-80x24");
}

static void an_article_alone_is_centred(void **state)
{
	const struct view_line text[] = {
		LINE("Bridge reopens after two years of work"),
		LINE("City News · Mon 14 Apr 07:34 · 2 min · feed text"), LINE("x fetches the full text"), BLANK,
		LINE("The old road bridge over the north channel carried its first buses at"),
		LINE("five this morning, twenty-three months after cracks were found in two of"), LINE("its piers."), BLANK,
		LINE("Footpaths on both sides are a metre wider than before. Lorries of more"),
		LINE("than twelve tons must still take the ring road, at least until the load"),
		LINE("tests of next spring [1]."), BLANK,
		LINE("│ “We counted on three winters and needed two,” the chief engineer said."), BLANK,
		LINE("Ferry line 4, put on for the time of the works, runs until the end of"),
		LINE("the month; the city has not decided whether it will stay [2]."), BLANK, LINE("LINKS"),
		LINE("[1]  load tests of next spring  citynews.example/load-tests"),
		LINE("[2]  has not decided  citynews.example/ferry-4"),
	};
	static const struct view_part facts[] = { { S("3/48"), ROLE_META, false }, { S("all"), ROLE_META, false } };
	struct frame f;

	(void)state;
	frame_stories(&f, 80, 24, 21, 2);
	bridge_status(&f);
	f.v.status.fact = facts;
	f.v.status.hint = STR("h list · ? help");
	f.v.list_shown = false;
	f.v.pane_shown = true;
	f.v.pane = (struct view_pane){ .line = text, .nlines = N(text), .bar_line = -1, .focus = true };
	assert_drawn(&f.v, "article-80x24");
}

static void tall_and_narrow_screens_are_stacked(void **state)
{
	const struct view_line text[] = {
		LINE("Ministry to tighten rules on personal data"),
		LINE("Paper Daily · Li Wen · Mon 14 Apr 06:13 · 3 min · full text"), BLANK,
		LINE("The ministry will draft standards for how apps collect and use personal"),
		LINE("data, its head of network security said on Monday. Cars that are always"),
		LINE("online and systems that learn from what people type are to be covered as"), LINE("well."), BLANK,
		LINE("“A leak is often the first step of a fraud,” she told reporters. Callers"),
		LINE("who know a name, a street and an order number are believed; lists with"),
		LINE("all three are sold by the thousand [1]."), BLANK, LINE("What was checked"), BLANK,
		LINE("Last year inspectors looked at 3.1 million apps. They named 2,204 that"),
		LINE("took more than they needed and had 731 removed from the stores. Some 400"),
		LINE("companies finished a check of their own."), BLANK,
		LINE("• Shops, kits and handset makers are to answer for what passes through"), LINE("  their hands."),
		LINE("• A draft of the rules is open for comment until June [2]."),
	};
	struct frame f;

	(void)state;
	frame_stories(&f, 80, 40, 14, 0);
	ministry_status(&f);
	f.v.pane_shown = true;
	f.v.pane = (struct view_pane){ .line = text, .nlines = N(text), .bar_line = -1 };
	assert_drawn(&f.v, "stacked-80x40");
}

static void ascii_marks_say_the_same(void **state)
{
	struct frame f;

	(void)state;
	frame_stories(&f, 60, 12, 10, 2);
	f.v.glyphs = GLYPHS_ASCII;
	bridge_status(&f);
	assert_drawn(&f.v, "list-ascii");
}

static void a_narrow_list_drops_source_and_sections(void **state)
{
	struct frame f;

	(void)state;
	frame_stories(&f, 40, 12, 10, 2);
	bridge_status(&f);
	assert_drawn(&f.v, "list-40x12");
}

static void a_narrow_article_wraps_its_facts(void **state)
{
	const struct view_line text[] = {
		LINE("Bridge reopens after two years of"), LINE("work"), LINE("City News · Mon 14 Apr 07:34 · 2 min"),
		LINE("feed text · x fetches the full text"), BLANK, LINE("The old road bridge over the north"),
		LINE("channel carried its first buses at"), LINE("five this morning, twenty-three"),
		LINE("months after cracks were found in"), LINE("two of its piers."),
	};
	static const struct view_part facts[] = { { S("3/48"), ROLE_META, false }, { S("45%"), ROLE_META, false } };
	struct frame f;

	(void)state;
	frame_stories(&f, 40, 12, 10, 2);
	bridge_status(&f);
	f.v.status.fact = facts;
	f.v.status.hint = STR("h list · ? help");
	f.v.list_shown = false;
	f.v.pane_shown = true;
	f.v.pane = (struct view_pane){ .line = text, .nlines = N(text), .bar_line = -1, .focus = true };
	assert_drawn(&f.v, "article-40x12");
}

static void twenty_by_five_is_a_bare_list(void **state)
{
	static const struct view_part facts[] = { { S("1/48"), ROLE_META, false } };
	struct frame f;

	(void)state;
	frame_stories(&f, 20, 5, 4, 0);
	f.v.status = (struct view_status){ .fact = facts, .nfacts = 1, .hint = STR("7 new") };
	assert_drawn(&f.v, "list-20x5");
}

static void less_than_that_says_so(void **state)
{
	struct frame f;

	(void)state;
	frame_stories(&f, 18, 4, 4, 0);
	assert_drawn(&f.v, "too-small");
}

/* ---- sections ---- */

#define ENTRY(l, m, t, src) \
	{ .kind = ROW_TIMED, .lead = S(l), .mark = m, .read = (m) == MARK_NONE, .title = S(t), .source = S(src) }
#define HEAD(text) { .kind = ROW_HEADING, .title = S(text) }

static void latest_has_days_and_a_line_where_one_stopped(void **state)
{
	static const struct view_row rows[] = {
		HEAD("TODAY"),
		ENTRY("07:34", MARK_UNREAD, "Bridge reopens after two years of work", "City News"),
		ENTRY("07:24", MARK_UNREAD, "Museum opens its store rooms on Sundays", "City News"),
		ENTRY("07:10", MARK_UNREAD, "Swimmers ask for rivers free of waste water", "Green Letter"),
		ENTRY("07:02", MARK_UNREAD, "Rules on personal data to be tightened", "City News"),
		ENTRY("06:13", MARK_UNREAD, "Ministry to tighten rules on personal data", "Paper Daily"),
		ENTRY("06:11", MARK_UNREAD, "App makers face stricter checks, official says", "Law & Trade"),
		ENTRY("05:09", MARK_UNREAD, "春の新茶、去年より一週間早く店頭に", "朝の便り"),
		ENTRY("05:02", MARK_UNREAD, "Data security standards for cars and AI planned", "Science Wire"),
		ENTRY("04:12", MARK_UNREAD, "Air cleaner in the first quarter, figures say", "Paper Daily"),
		ENTRY("03:02", MARK_UNREAD, "New glass switches between sun and heat", "Science Wire"),
		ENTRY("02:14", MARK_UNREAD, "Vaccine against one illness also guards against another", "The Clinic"),
		ENTRY("01:10", MARK_UNREAD, "Amphibious aircraft ready for its first flight", "Aviation Post"),
		HEAD("YESTERDAY"), { .kind = ROW_HERE, .title = S("you were here until Sun 23:40") },
		ENTRY("23:12", MARK_NONE, "Cluster catalyst makes hydrogen cheaper", "Science Wire"),
		ENTRY("22:40", MARK_UNREAD, "Shadow puppets find a young public", "朝の便り"),
		ENTRY("22:10", MARK_UNREAD, "地震観測網、海底に新たに四十か所", "海と空"),
		ENTRY("21:05", MARK_NONE, "Millions of crabs cross the coast road again", "Island Radio"),
		ENTRY("20:10", MARK_UNREAD, "Term-time jobs: school must pay back its share", "Paper Daily"),
		ENTRY("19:10", MARK_UNREAD, "Seed banks: 15 new stations this spring", "Field Notes"),
	};
	static const struct view_part facts[] = {
		{ S("1/612"), ROLE_META, false }, { S("Mon 14 Apr 07:34"), ROLE_META, false },
		{ S("story 3 in Top"), ROLE_META, false },
	};
	struct frame f;

	(void)state;
	frame_rows(&f, 80, 24, rows, N(rows), 1);
	f.row[11].starred = true;
	f.v.header.current = 1;
	f.v.header.right = right_en + 2;
	f.v.header.nright = 2;
	f.v.status.fact = facts;
	f.v.status.nfacts = 3;
	assert_drawn(&f.v, "latest");
}

static void a_feeds_entries_say_where_else_they_stand(void **state)
{
	static const struct view_row rows[] = {
		ENTRY("07:34", MARK_UNREAD, "Bridge reopens after two years of work", ""),
		ENTRY("07:24", MARK_UNREAD, "Museum opens its store rooms on Sundays", ""),
		{ .kind = ROW_TIMED, .lead = S("07:02"), .mark = MARK_UNREAD, .title = S("Rules on personal data to be tightened"),
		  .right = S("story 1 in Top") },
		{ .kind = ROW_TIMED, .lead = S("06:40"), .mark = MARK_UNREAD, .title = S("Rain until Wednesday, then clearer"),
		  .right = S("filler") },
		ENTRY("Sun", MARK_UNREAD, "Ferry line 4: what the captains say", ""),
		ENTRY("Sun", MARK_NONE, "Old quarter: pipes renewed, rents unchanged", ""),
		ENTRY("Sun", MARK_UNREAD, "Lost dog takes the tram home, twice", ""),
		ENTRY("Sat", MARK_NONE, "Night market moves to the old customs yard", ""),
		ENTRY("Sat", MARK_UNREAD, "Who owns the wall by the river?", ""),
		ENTRY("Fri", MARK_NONE, "Swimming lessons for the over-sixties", ""),
	};
	static const struct view_part right[] = { { S("City News"), ROLE_META, false }, { S("9 unread"), ROLE_META, false } };
	static const struct view_part facts[] = {
		{ S("1/184"), ROLE_META, false }, { S("Feeds > City News"), ROLE_META, false },
		{ S("22 entries a day"), ROLE_META, false },
	};
	struct frame f;

	(void)state;
	frame_rows(&f, 80, 12, rows, N(rows), 0);
	f.v.header = (struct view_header){ .section = sections_en, .nsections = 5, .current = 2, .right = right, .nright = 2 };
	f.v.status.fact = facts;
	f.v.status.nfacts = 3;
	f.v.status.hint = STR("h feeds · ? help");
	assert_drawn(&f.v, "feed-entries");
}

static void starred_entries_keep_their_star(void **state)
{
	static const struct view_row rows[] = {
		ENTRY("02:14", MARK_UNREAD, "Vaccine against one illness also guards against another", "The Clinic"),
		ENTRY("2 Apr", MARK_NONE, "鐘錶匠的一天", "慢月刊"),
		ENTRY("14 Mar", MARK_NONE, "The last typesetter closes his drawer", "Form & City"),
		ENTRY("9 Mar", MARK_NONE, "How to read a tide table", "Harbour Times"),
		ENTRY("2024", MARK_NONE, "Forty years of one village newspaper", "The Slow Monthly"),
	};
	static const struct view_part right[] = { { S("5 starred"), ROLE_META, false } };
	static const struct view_part facts[] = {
		{ S("1/5"), ROLE_META, false }, { S("starred today 08:02"), ROLE_META, false },
		{ S("kept for good"), ROLE_META, false },
	};
	struct frame f;

	(void)state;
	frame_rows(&f, 80, 8, rows, N(rows), 0);
	for (int i = 0; i < N(rows); i++)
		f.row[i].starred = true;
	f.v.header = (struct view_header){ .section = sections_en, .nsections = 5, .current = 3, .right = right, .nright = 1 };
	f.v.status.fact = facts;
	f.v.status.nfacts = 3;
	assert_drawn(&f.v, "starred");
}

#define HELD(l, m, t, why, src) \
	{ .kind = ROW_NOTED, .lead = S(l), .mark = m, .read = (m) == MARK_NONE, .title = S(t), .note = S(why), .source = S(src) }

static void what_is_held_back_says_why_on_a_second_line(void **state)
{
	static const struct view_row rows[] = {
		HELD("Sun", MARK_UNREAD, "Northern hills, 14 April: rain, highest 21°", "weather notice", "City News"),
		HELD("Sun", MARK_UNREAD, "Accident cover: how much a day? Which plan is worth it",
		     "advert: insurance words", "Portal City Page"),
		HELD("Sun", MARK_UNREAD, "What is a checksum? What is it good for?", "how-to filler", "Portal City Page"),
		HELD("Sat", MARK_UNREAD, "三個步驟看懂保單條款", "how-to filler", "入口城市頁"),
		HELD("Sat", MARK_UNREAD, "A mattress that knows you (paid content)", "marked as paid", "Form & City"),
		HELD("6 Apr", MARK_NONE, "Fog bank closes in on the lower valley", "weather bulletin", "Island Radio"),
	};
	static const struct view_part right[] = { { S("31 held back"), ROLE_META, false }, { S("08:14"), ROLE_META, false } };
	static const struct view_part facts[] = {
		{ S("1/31"), ROLE_META, false }, { S("held back: names a date, place and weather"), ROLE_META, false },
	};
	struct frame f;

	(void)state;
	frame_rows(&f, 80, 14, rows, N(rows), 0);
	f.v.header = (struct view_header){ .section = sections_en, .nsections = 5, .current = 4, .right = right, .nright = 2 };
	f.v.status.fact = facts;
	f.v.status.nfacts = 2;
	f.v.status.hint = STR("! not filler · ? help");
	assert_drawn(&f.v, "filler");
}

#define FEED(t, st, n, d, l) \
	{ .kind = ROW_FEED, .title = S(t), .state = S(st), .unread = S(n), .a_day = S(d), .last = S(l) }

static void feeds_stand_in_columns_beside_the_health_of_one(void **state)
{
	static const struct view_row rows[] = {
		{ .kind = ROW_HEADING, .title = S("FEED"), .state = S("STATE"), .unread = S("NEW"), .a_day = S("/DAY"),
		  .last = S("LAST") },
		FEED("Paper Daily", "", "21", "14", "2h"), FEED("Harbour Times", "failing", "12", "3", "1d"),
		FEED("City News", "", "9", "22", "40m"), FEED("Science Wire", "moved", "31", "8", "3h"),
		FEED("朝の便り", "", "17", "6", "3h"), FEED("Form & City", "", "4", ".7", "1d"),
		FEED("Island Radio", "waiting", "2", "4", "11h"), FEED("Old Lighthouse", "gone", "", "", "8 Jan"),
		FEED("The Slow Monthly", "", "1", ".03", "2d"), FEED("Market Sheet", "paused", "40", "30", "15h"),
		FEED("Portal City Page", "", "49", "90", "14h"), FEED("Exchange Corner", "blocked", "", "5", "3d"),
		FEED("Field Notes", "", "", "2", "13h"), FEED("Aviation Post", "", "5", "4", "7h"),
		FEED("Green Letter", "", "3", "2", "1h"), FEED("The Clinic", "quiet", "2", ".1", "6h"),
		FEED("Work Review", "", "1", "1", "8h"), FEED("Rail Gazette", "", "6", "3", "2h"),
		FEED("Law & Trade", "slow", "8", "5", "2h"), FEED("海と空", "", "1", ".6", "10h"),
	};
	const struct view_line health[] = {
		LINE("Harbour Times"), LINE("harbour.example/rss · RSS 2.0 · tags: sea, trade"), BLANK,
		LINE("failing: 503 Service Unavailable, 6 times in a row"), BLANK,
		LINE("last success    Sat 12 Apr 22:10"), LINE("last new entry  Sat 12 Apr 18:02"),
		LINE("next try        today 11:45 (4 h after failure 6)"),
		LINE("brings          3 entries a day; 18% of refreshes"), LINE("costs           41 kB a refresh; 72% unchanged"),
		LINE("full text       auto: 14 of 20 found"), LINE("interval        auto: 2 h (from 10 last entries)"),
		LINE("weight          +5 (your setting for this feed)"), BLANK, LINE("LAST ENTRIES"),
		AGED("● Sat 18:02       Dredging starts before the herring do", "1d"),
		AGED("● Sat 11:40       Pilots want a second tower at the west m…", "1d"),
		AGED("  Fri 19:15       Container lines cut one call in seven", "2d"), BLANK,
		LINE("Enter entries · r try now · p pause · D unsubscribe"),
	};
	static const struct view_part right[] = {
		{ S("20 feeds"), ROLE_META, false }, { S("3 failing"), ROLE_META, false },
		{ S("212 unread"), ROLE_META, false }, { S("08:14"), ROLE_META, false },
	};
	static const struct view_part facts[] = {
		{ S("2/20"), ROLE_META, false }, { S("503 Service Unavailable; next try 11:45"), ROLE_ERROR, false },
	};
	struct frame f;

	(void)state;
	frame_rows(&f, 120, 24, rows, N(rows), 2);
	f.v.header = (struct view_header){ .section = sections_en, .nsections = 5, .current = 2, .right = right, .nright = 4 };
	f.v.pane = (struct view_pane){ .line = health, .nlines = N(health), .bar_line = -1, .panel = true };
	f.v.pane_shown = true;
	f.v.status.fact = facts;
	f.v.status.nfacts = 2;
	assert_drawn(&f.v, "feeds");
}

static void an_unfolded_story_shows_its_members(void **state)
{
#define MEMBER(m, src, t, a) \
	{ .kind = ROW_MEMBER, .mark = m, .read = (m) == MARK_NONE, .title = S(t), .source = S(src), .age = S(a) }
	static const struct view_row members[] = {
		MEMBER(MARK_UNREAD, "Paper Daily", "Ministry to tighten rules on personal data", "2h"),
		MEMBER(MARK_UNREAD, "City News", "Rules on personal data to be tightened", "1h"),
		MEMBER(MARK_UNREAD, "Law & Trade", "App makers face stricter checks, official says", "2h"),
		MEMBER(MARK_UNREAD, "Science Wire", "Data security standards for cars and AI planned", "3h"),
		MEMBER(MARK_NONE, "朝の便り", "個人情報の保護を強化へ、基準案づくり始まる", "3h"),
	};
	struct frame f;
	struct screen *s = screen_new(120, 36);

	(void)state;
	frame_stories(&f, 120, 36, 3, -1);
	memmove(&f.row[6], &f.row[1], 2 * sizeof *f.row);
	memcpy(&f.row[1], members, sizeof members);
	f.row[2].cursor = true;
	f.v.list.nrows = 8;
	draw_list(&f.v, s);
	assert_part(s, "unfold", 2, 14, 0);
	screen_free(s);
}

/* ---- Search ---- */

static const struct str sections_search[] = {
	S("Top"), S("Latest"), S("Feeds"), S("Starred"), S("Filler"), S("Search")
};

#define FOUND(l, t, src, text, marks, nmarks) \
	{ .kind = ROW_FOUND, .lead = S(l), .mark = MARK_UNREAD, .title = S(t), .source = S(src), .note = S(text), \
	  .in_note = marks, .nin_note = nmarks }

static int marked(const struct screen *s, int y)
{
	int n = 0;

	for (int x = 0; x < s->w; x++)
		n += s->cell[y * s->w + x].role == ROLE_MATCH;
	return n;
}

static void the_prompt_names_what_can_be_searched_for(void **state)
{
	static const struct view_part operators = {
		S("words, “a phrase”, title: feed: is:unread is:starred after: before:"), ROLE_META, false
	};
	static const struct view_part recent = {
		S("recent:  data rules    春茶    after:2025-04-01 ferry"), ROLE_META, false
	};
	static const struct view_line above[] = {
		{ .part = &operators, .nparts = 1, .indent = 1 }, { .part = &recent, .nparts = 1, .indent = 1 },
	};
	struct screen *s = screen_new(80, 24);
	struct frame f;

	(void)state;
	frame_stories(&f, 80, 24, 21, 2);
	f.v.prompt = (struct view_prompt){ .open = true, .sign = STR("/"), .text = STR("bridge is:unread"), .cursor = 18,
					   .hint = STR("Enter search · Esc"), .above = above, .nabove = 2, .bar = -1 };
	draw_view(&f.v, s);
	assert_int_equal(s->cursor_x, 18);
	screen_text(s, 18, 23, 1, STR("_"), ROLE_TEXT);        /* as the mock-up shows the cursor */
	assert_part(s, "search-prompt", 20, 24, 0);
	screen_free(s);
}

static void what_was_found_is_marked_in_its_context(void **state)
{
	static const struct find_at reopens = { 0, 6 }, road = { 13, 19 }, since = { 14, 20 };
	static const struct view_row rows[] = {
		{ .kind = ROW_QUERY, .title = S("bridge is:unread"), .note = S("newest first") },
		FOUND("07:34", "Bridge reopens after two years of work", "City News",
		      "The old road bridge over the north channel carried its first buses at five", &road, 1),
		FOUND("Sun", "Ferry line 4: what the captains say", "City News",
		      "… since the bridge closed, twice as many bicycles are on the early boats", &since, 1),
		FOUND("7 Apr", "跨江大橋本月內恢復通車", "城市新聞",
		      "… 兩座橋墩出現裂縫 (bridge pier cracks) 之後，大橋封閉了 23 個月 …", NULL, 0),
		FOUND("12 Mar", "Load tests: how many lorries make a truth?", "The Slow Monthly",
		      "… a bridge is never asked what it can carry, only whether it will …", NULL, 0),
		FOUND("2024", "Winter closes the mountain road", "Rail Gazette", "… over the bridge only with chains …",
		      NULL, 0),
	};
	static const struct view_part right[] = { { S("9 found"), ROLE_META, false }, { S("08:14"), ROLE_META, false } };
	static const struct view_part facts[] = {
		{ S("1/9"), ROLE_META, false }, { S("n next match in the text, Esc leaves the search"), ROLE_META, false },
	};
	struct screen *s = screen_new(80, 14);
	struct frame f;

	(void)state;
	frame_rows(&f, 80, 14, rows, N(rows), 1);
	f.row[1].in_title = &reopens;
	f.row[1].nin_title = 1;
	f.v.header = (struct view_header){ .section = sections_search, .nsections = 6, .current = 5, .right = right, .nright = 2 };
	f.v.status.fact = facts;
	f.v.status.nfacts = 2;
	assert_drawn(&f.v, "search-results");
	draw_view(&f.v, s);
	assert_int_equal(marked(s, 3), 6);
	assert_int_equal(s->cell[3 * 80 + 11].role, ROLE_MATCH);
	assert_int_equal(marked(s, 4), 6);
	assert_int_equal(s->cell[4 * 80 + 24].role, ROLE_MATCH);
	assert_int_equal(s->cell[4 * 80 + 30].role, ROLE_META);
	assert_int_equal(marked(s, 6), 6);
	assert_int_equal(s->cell[6 * 80 + 11 + 12].role, ROLE_MATCH);
	screen_free(s);
}

static void what_is_cut_off_is_not_marked(void **state)
{
	static const struct find_at late[] = { { 0, 3 }, { 60, 90 } };
	static const struct view_row row =
		FOUND("07:34", "Bridge", "City News",
		      "The old road bridge over the north channel carried its first buses at five this morning, and more", late, 2);
	struct screen *s = screen_new(80, 14);
	struct frame f;

	(void)state;
	frame_rows(&f, 80, 14, &row, 1, 0);
	f.row[0].starred = true;
	f.row[0].in_title = late;
	f.row[0].nin_title = 1;
	draw_view(&f.v, s);
	assert_int_equal(s->cell[1 * 80 + 11].role, ROLE_STAR);
	assert_int_equal(s->cell[1 * 80 + 13].role, ROLE_MATCH);
	assert_int_equal(marked(s, 1), 3);
	assert_int_equal(s->cell[2 * 80 + 77].role, ROLE_META);        /* what says that it is cut */
	assert_int_equal(marked(s, 2), 3 + 6);
	screen_free(s);
}

static void nothing_found_says_what_would_be(void **state)
{
	const struct view_line lines[] = {
		LINE("/ brigde is:unread"), BLANK, LINE("Nothing found in 18,204 entries since March 2024."),
		LINE("Without is:unread there are none either; “bridge” would find 31."),
		LINE("/ asks again with these words · Enter takes “bridge”"),
	};
	static const struct view_part facts[] = { { S("0 found"), ROLE_META, false } };
	struct screen *s = screen_new(80, 8);
	struct frame f;

	(void)state;
	frame_rows(&f, 80, 8, stories_en, 0, -1);
	f.v.header.nsections = f.v.header.nright = 0;
	f.v.list_shown = false;
	f.v.pane_shown = true;
	f.v.pane = (struct view_pane){ .line = lines, .nlines = N(lines), .bar_line = -1, .panel = true };
	f.v.status.fact = facts;
	f.v.status.nfacts = 1;
	draw_view(&f.v, s);
	screen_fill(s, 0, 0, 80, ' ', ROLE_BACKGROUND);        /* the mock-up leaves the header out */
	assert_part(s, "search-none", 0, 8, 0);
	screen_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(front_page_in_columns),
		cmocka_unit_test(focus_in_the_article_moves_the_bar_there),
		cmocka_unit_test(chinese_columns_line_up),
		cmocka_unit_test(wide_screens_leave_the_rest_as_margin),
		cmocka_unit_test(one_pane_shows_dense_rows),
		cmocka_unit_test(an_article_alone_is_centred),
		cmocka_unit_test(tall_and_narrow_screens_are_stacked),
		cmocka_unit_test(ascii_marks_say_the_same),
		cmocka_unit_test(a_narrow_list_drops_source_and_sections),
		cmocka_unit_test(a_narrow_article_wraps_its_facts),
		cmocka_unit_test(twenty_by_five_is_a_bare_list),
		cmocka_unit_test(less_than_that_says_so),
		cmocka_unit_test(latest_has_days_and_a_line_where_one_stopped),
		cmocka_unit_test(a_feeds_entries_say_where_else_they_stand),
		cmocka_unit_test(starred_entries_keep_their_star),
		cmocka_unit_test(what_is_held_back_says_why_on_a_second_line),
		cmocka_unit_test(feeds_stand_in_columns_beside_the_health_of_one),
		cmocka_unit_test(an_unfolded_story_shows_its_members),
		cmocka_unit_test(the_prompt_names_what_can_be_searched_for),
		cmocka_unit_test(what_was_found_is_marked_in_its_context),
		cmocka_unit_test(what_is_cut_off_is_not_marked),
		cmocka_unit_test(nothing_found_says_what_would_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
