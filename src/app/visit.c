#include "visit.h"

#include <stdio.h>
#include <string.h>

#include "lede/app/words.h"
#include "lede/text/display.h"
#include "lede/text/utf8.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define SHORTEST (15 * MINUTE)
#define LONGEST_AUTO (12 * HOUR)
#define GIVE_UP_FAILURES 30       /* after so many in a row once a week */
#define LOST_FAILURES 10          /* 404: after so many, over two weeks, once a week */

static int64_t clamp(int64_t x, int64_t lo, int64_t hi)
{
	return x < lo ? lo : x > hi ? hi : x;
}

/* ---- when next ---- */

int64_t visit_interval(const struct feed_row *row, int64_t now)
{
	if (row->recent < 2 || row->recent_since >= now)
		return SHORTEST;
	return clamp((now - row->recent_since) / row->recent / 2, SHORTEST, LONGEST_AUTO);
}

int64_t visit_back_off(int64_t id, int64_t interval, int failures, int64_t now)
{
	int64_t seed[2] = { id, now }, wait = interval;
	struct str bytes = { (const char *)seed, sizeof seed };
	int64_t chance = (int64_t)(hash64(bytes) % 201) - 100;                 /* in 1/1000 */

	if (failures >= GIVE_UP_FAILURES)
		return 7 * DAY;
	for (int i = 1; i < failures && wait < DAY; i++)
		wait *= 2;
	wait += wait * chance / 1000;
	return clamp(wait, SHORTEST, DAY);
}

/* RSS skipHours and skipDays (GMT): the first hour from `t` on that is none of them; at most a day
 * later. */
static int64_t not_skipped(int64_t t, uint32_t hours, uint8_t days)
{
	int64_t at = t;

	for (int i = 0; i < 24; i++) {
		struct civil c = date_civil(at);

		if (!(hours >> c.hour & 1) && !(days >> c.weekday & 1))
			return at;
		at += HOUR - at % HOUR;
	}
	return at;
}

/* What a document says of when to ask lives as long as its validators: a 304 brings none. 24 bits
 * of minutes, 24 of hours, 7 of days. */
#define TTL_MOST 0xffffff

static int64_t pack_lifetime(const struct feed_answer *got)
{
	int64_t ttl = clamp(got->ttl, 0, TTL_MOST);

	return ttl | (int64_t)(got->skip_hours & 0xffffff) << 24 |
	       (int64_t)(got->skip_days & 0x7f) << 48;
}

/* The pace that is set for it, else its own. */
static int64_t interval_of(const struct feed_task *t, int64_t now)
{
	return t->interval > 0 ? t->interval : visit_interval(&t->row, now);
}

/* Automatic requests wait for the longest of what the server, the document and the feed's pace ask
 * for, at most a day. */
static int64_t next_when_well(const struct feed_task *t, int64_t now)
{
	int64_t lifetime = t->got.status == 304 ? t->known.lifetime : pack_lifetime(&t->got);
	int64_t ttl = (lifetime & TTL_MOST) * MINUTE, wait = interval_of(t, now), most = DAY;

	if (wait > most)
		most = wait;          /* a person wants it so */
	if (t->got.max_age > wait)
		wait = t->got.max_age;
	if (ttl > wait)
		wait = ttl;
	wait = clamp(wait, MINUTE, most);
	return clamp(not_skipped(now + wait, (uint32_t)(lifetime >> 24) & 0xffffff,
				 (uint8_t)(lifetime >> 48) & 0x7f), now, now + most);
}

/* ---- sentences ---- */

/* "11:45" within a day, else with the date. */
static void add_time(struct buf *b, int64_t t, int64_t now)
{
	if (t - now < DAY)
		words_clock(b, t);
	else
		words_long_date(b, t, now);
}

/* What servers and libraries say comes from outside: display form before it goes anywhere. */
static void set_text(char *to, size_t size, struct str text)
{
	struct buf b = buf_limited(8 << 10);
	size_t n;

	display_line(text, &b);
	n = utf8_cut(buf_view(&b), size - 1);
	memcpy(to, buf_cstr(&b), n);
	to[n] = '\0';
	buf_free(&b);
}

static void say(struct error *e, enum err code, struct str name, const char *cause, int64_t next,
		int64_t now)
{
	struct buf b = buf_limited(8 << 10);

	buf_add(&b, name);
	buf_addf(&b, ": %s", cause);
	if (next > now) {
		buf_add(&b, STR("; next try "));
		add_time(&b, next, now);
	}
	e->code = code;
	set_text(e->text, sizeof e->text, buf_view(&b));
	buf_free(&b);
}

/* ---- failures ---- */

/* Statuses that mean more than "it did not work"; of all others the fetcher tells. */
static const struct meaning { int status; enum feed_state state; const char *error; } meanings[] = {
	{ 204, FEED_FAILING, "answered without a document (204)" },
	{ 206, FEED_FAILING, "sent a part only (206)" },
	{ 226, FEED_FAILING, "sent a part only (226)" },
	{ 401, FEED_BLOCKED, "wants a password (401)" },
	{ 403, FEED_BLOCKED, "refused (403)" },
	{ 404, FEED_FAILING, "not found (404)" },
	{ 407, FEED_BLOCKED, "the proxy wants a password (407)" },
	{ 410, FEED_GONE, "gone: the server says for good" },
	{ 429, FEED_WAITING, "too many requests (429)" },
};

static const struct meaning *meaning_of(int status)
{
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (meanings[i].status == status)
			return &meanings[i];
	return NULL;
}

/* The one refusal besides a time to wait: asking again changes nothing, a person has to. The
 * feed's health keeps of an answer the sentence that find_cause makes of its status. */
static bool wants_password(const struct feed_row *row)
{
	return row->state == FEED_BLOCKED && (str_is(row->error, meaning_of(401)->error) ||
					      str_is(row->error, meaning_of(407)->error));
}

/* "asked to wait until 14:20" */
static void add_refusal(struct buf *b, const struct feed_row *row, int64_t now)
{
	if (row->state == FEED_GONE) {
		buf_add(b, STR("gone: the server says for good"));
		return;
	}
	if (row->state == FEED_WAITING) {
		buf_add(b, STR("asked to wait until "));
	} else {
		buf_add(b, row->error);
		buf_add(b, STR("; not asked again until "));
	}
	add_time(b, row->next, now);
}

bool visit_is_due(const struct feed_row *row, int64_t interval, int64_t now)
{
	return interval != SPAN_NEVER && row->next <= now && row->state != FEED_GONE &&
	       row->state != FEED_PAUSED;
}

bool visit_is_refused(const struct feed_row *row, struct str name, int64_t now, struct error *why)
{
	bool waits = row->next > now && (row->state == FEED_WAITING || wants_password(row));
	struct buf b = buf_limited(8 << 10);

	if (!waits && row->state != FEED_GONE && row->state != FEED_PAUSED)
		return false;
	buf_add(&b, name);
	buf_add(&b, STR(": "));
	if (row->state == FEED_PAUSED) {
		buf_add(&b, STR("paused"));
	} else {
		add_refusal(&b, row, now);
		buf_add(&b, STR("; `lede refresh --force URL` asks anyway"));
	}
	why->code = ERR_BUSY;
	set_text(why->text, sizeof why->text, buf_view(&b));
	buf_free(&b);
	return true;
}

bool visit_host_refuses(int64_t until, struct str name, int64_t now, struct error *why)
{
	struct buf b = buf_limited(8 << 10);

	buf_add(&b, name);
	buf_add(&b, STR(": its host asked to wait until "));
	add_time(&b, until, now);
	buf_add(&b, STR("; `lede refresh --force URL` asks anyway"));
	why->code = ERR_BUSY;
	set_text(why->text, sizeof why->text, buf_view(&b));
	buf_free(&b);
	return true;
}

static void find_cause(const struct feed_answer *got, struct verdict *v)
{
	const struct meaning *m = meaning_of(got->status);

	if (got->wall.n > 0)
		snprintf(v->cause, sizeof v->cause, "blocked by a %.*s", (int)got->wall.n,
			 got->wall.p);
	else if (got->parse != ERR_NONE || got->outcome == FETCH_LIMIT)
		set_text(v->cause, sizeof v->cause, str_of(got->error.text));
	else if (m)
		snprintf(v->cause, sizeof v->cause, "%s", m->error);
	else if (got->error.text[0])
		set_text(v->cause, sizeof v->cause, str_of(got->error.text));
	else if (got->status != 0)
		snprintf(v->cause, sizeof v->cause, "answered %d", got->status);
	else
		snprintf(v->cause, sizeof v->cause, "no answer");
}

static enum feed_state state_of(const struct feed_answer *got)
{
	const struct meaning *m = meaning_of(got->status);

	if (got->wall.n > 0)
		return FEED_BLOCKED;
	if (m)
		return m->state;
	return got->status == 503 && got->retry_after > 0 ? FEED_WAITING : FEED_FAILING;
}

static int64_t next_after_failure(const struct feed_task *t, int64_t now)
{
	int failures = t->row.failures + 1;
	int64_t interval = t->got.status == 429 ? SHORTEST : interval_of(t, now);
	bool lost = t->got.status == 404 && failures > LOST_FAILURES && now - t->row.ok > 14 * DAY;

	if (t->by_file)
		return now;           /* nobody is bothered by asking a file again */
	if ((t->got.status == 429 || t->got.status == 503) && t->got.retry_after > 0)
		return now + t->got.retry_after;
	if (lost || t->got.status == 401 || t->got.status == 407)
		return now + 7 * DAY;         /* nothing changes by asking: a person has to */
	if (t->got.status == 410)
		return now + 365 * DAY;
	return now + visit_back_off(t->id, interval, failures, now);
}

static void judge_failure(const struct feed_task *t, int64_t now, struct verdict *v)
{
	v->result = "failed";
	v->visit.failed = true;
	v->visit.state = state_of(&t->got);
	v->visit.next = next_after_failure(t, now);
	v->visit.cut = t->got.cut || t->got.outcome == FETCH_LIMIT;
	v->host_waits = t->got.status == 429 || t->host_refuses;
	find_cause(&t->got, v);
	v->visit.error = str_of(v->cause);
	say(&v->sentence, t->got.error.code != ERR_NONE ? t->got.error.code : ERR_HTTP, t->name,
	    v->cause,
	    v->visit.state == FEED_GONE ? 0 : v->visit.next, now);
}

/* Another feed of the host was told that the host wants no more: this one was not asked, so nothing
 * is its failure. */
static void judge_host_waits(const struct feed_task *t, int64_t now, struct verdict *v)
{
	v->result = "skipped";
	v->visit.failed = true;
	v->visit.state = FEED_WAITING;
	v->visit.next = t->host_waits;
	snprintf(v->cause, sizeof v->cause, "its host asked to wait");
	v->visit.error = str_of(v->cause);
	say(&v->sentence, ERR_BUSY, t->name, v->cause, v->visit.next, now);
}

/* ---- success ---- */

static void judge_success(const struct feed_task *t, int64_t now, struct verdict *v)
{
	const struct feed_answer *got = &t->got;
	struct feed_visit *visit = &v->visit;
	bool same = got->status == 304 || (got->body_hash == t->known.body_hash && t->fresh == 0 &&
					   t->known.body_hash != 0);

	v->result = t->fresh > 0 ? "new" : "unchanged";
	visit->state = FEED_OK;
	visit->next = next_when_well(t, now);
	visit->unchanged = same;
	if (got->status == 304)
		return;
	/* What broke off is asked for whole again. */
	visit->complete = got->whole && !got->cut && !got->unfinished;
	visit->cut = got->cut;
	visit->body_hash = got->body_hash;
	visit->lifetime = pack_lifetime(got);
	visit->etag = got->etag;
	visit->modified = got->modified;
	visit->title = got->title;
	visit->site = got->site;
	visit->format = got->format;
}

void visit_judge(const struct feed_task *t, int64_t now, struct verdict *out)
{
	const struct feed_answer *got = &t->got;
	bool well = got->outcome == FETCH_DONE && got->parse == ERR_NONE &&
		(got->status == 304 || (feed_answer_is_document(got) && got->whole));

	*out = (struct verdict){ .visit = { .feed = t->id, .now = now, .bytes = got->bytes,
		.fresh = t->fresh } };
	if (got->address.n > 0)
		out->visit.address = got->address;
	if (got->moved.n > 0)
		out->visit.moved = got->moved;
	if (well)
		judge_success(t, now, out);
	else if (t->host_waits != 0)
		judge_host_waits(t, now, out);
	else
		judge_failure(t, now, out);
}
