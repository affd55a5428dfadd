/* press_keys [SEED] - keys, answers, notices, sizes and time in random order: twenty lives of the
 * reader's state; without a seed a few lives, which is what `make check` runs. The same seed is the
 * same run. Every frame is checked; the sanitizers see the rest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lede/app/key.h"
#include "lede/base/mem.h"
#include "reading.h"

enum {
	LIVES = 20,
	SAMPLE_LIVES = 3,
	STEPS = 1500,
	SAMPLE_STEPS = 400,
	PRESSED_MAX = 128,
	LATE_MAX = 24
};

/* ---- chance: xorshift64* ---- */

static uint64_t chance;

static uint64_t next_random(void)
{
	chance ^= chance >> 12;
	chance ^= chance << 25;
	chance ^= chance >> 27;
	return chance * UINT64_C(2685821657736338717);
}

static int below(int n)
{
	return (int)(next_random() >> 33) % n;
}

/* ---- keys ---- */

struct pressed {
	uint32_t key[PRESSED_MAX];
	int n;
};

static void bound_keys(struct pressed *k)
{
	k->n = 0;
	for (size_t i = 0; i < command_count; i++) {
		struct str rest = str_of(command_table[i].keys), name;

		while (str_next(&rest, ' ', &name) && k->n < PRESSED_MAX)
			k->key[k->n++] = key_of_name(name);
	}
}

/* Mostly those that do something; counts, small and absurd; now and then anything. */
static uint32_t some_key(const struct pressed *k)
{
	int kind = below(100);

	if (kind < 12)
		return (uint32_t)('0' + below(10));
	if (kind < 15)
		return 1 + (uint32_t)below(0x10FFFF);
	if (kind < 17)
		return LEDE_KEY_UP + (uint32_t)below(24);
	return k->key[below(k->n)];
}

/* ---- what else happens ---- */

static const char *const sentences[] = {
	"Harbour Times: 503 Service Unavailable; next try 11:45",
	"",
	"磁碟已滿：標記會保留到有空間為止",
	("a sentence that is much longer than any status line of a small terminal can be, and goes "
	 "on and on, until it is cut"),
	"e\xCC\x81\xCC\x82 家族 ★ ﷺ",
	"cannot read “\033[31mred\x9B” \xE5\xAE\t\r\n.theme",
};

static const char *some_words(void)
{
	return sentences[below(sizeof sentences / sizeof *sentences)];
}

static void some_sentence(struct error *e)
{
	e->code = ERR_IO;
	snprintf(e->text, sizeof e->text, "%s", some_words());
}

static void send_notice(struct reading *r)
{
	static const enum notice_kind kinds[] = { NOTICE_MARKED, NOTICE_EDITION, NOTICE_PROGRESS,
		                                  NOTICE_REFRESHED, NOTICE_ERROR };
	struct notice *n = notice_new(kinds[below(5)]);

	n->n = below(3) - 1;
	n->total = below(200);
	n->done = below(n->total + 1);
	n->failed = below(n->done + 1);
	n->fresh = below(2) * below(100000);
	n->new_stories = below(50);
	n->stopped = below(4) == 0;
	n->no_network = below(4) == 0;
	n->hosts = below(100);
	if (n->kind == NOTICE_ERROR || below(4) == 0)
		some_sentence(&n->error);
	reading_send(r, (struct event){ .kind = EVENT_NOTICE, .notice = n });
}

/* Any of those that wait; some are failures, some are answers to what nobody asked. */
static void deliver(struct reading *r)
{
	size_t i;

	if (r->nlate == 0)
		return;
	i = (size_t)below((int)r->nlate);
	if (r->late[i]->kind == WORK_ANSWER) {
		struct answer *a = (struct answer *)r->late[i];
		int twist = below(24);

		if (twist == 0)
			some_sentence(&a->error);
		else if (twist == 1)
			a->ticket += (uint32_t)below(3) - 1;
		else if (twist == 2)
			a->n = a->n > 0 ? a->n - 1 : 0;
	}
	reading_deliver(r, i);
}

static void pass_time(struct reading *r)
{
	static const int64_t spans[] = { 1, 30, 60, 1000, 3000, 60000, 3600000, 86400000 };
	int64_t ms = spans[below(8)];

	r->ticks += ms;
	r->now += ms / 1000;
	reading_send(r, (struct event){ .kind = EVENT_TIMER });
}

static void some_size(struct reading *r)
{
	static const int sizes[][2] = { { 80, 24 }, { 120, 36 }, { 200, 50 }, { 20, 5 },
		                        { 1, 1 },   { 19, 4 },   { 60, 40 },  { 400, 120 } };
	int i = below(12);

	if (i < 8)
		reading_resize(r, sizes[i][0], sizes[i][1]);
	else
		reading_resize(r, 20 + below(181), 5 + below(56));
}

static void step(struct reading *r, const struct pressed *keys)
{
	int kind = below(100);

	if (kind < 62)
		reading_key(r, some_key(keys));
	else if (kind < 84 || r->nlate > LATE_MAX)
		deliver(r);
	else if (kind < 91)
		pass_time(r);
	else if (kind < 94)
		send_notice(r);
	else if (kind < 97)
		some_size(r);
	else if (kind < 98)
		reading_send(r, (struct event){ .kind = EVENT_RESUME });
	else
		app_say(r->app, below(2), r->ticks, "%s", some_words());
	if (below(3) == 0)
		reading_draw(r);
}

static void live(uint64_t seed, int steps)
{
	static const enum glyph_set sets[] = { GLYPHS_UNICODE, GLYPHS_CONSOLE, GLYPHS_ASCII };
	struct reading_setup setup = { .w = 20 + (int)(seed * 37 % 181),
		                       .h = 5 + (int)(seed * 17 % 56),
		                       .sample = seed % 2,
		                       .glyphs = sets[seed % 3],
		                       .ambiguous = seed % 6 == 5 ? 2 : 1,
		                       .late = true };
	struct reading r;
	struct pressed keys;
	char name[48];

	chance = seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
	snprintf(name, sizeof name, "life %llu", (unsigned long long)seed);
	bound_keys(&keys);
	reading_open(&r, &setup);
	r.doing = name;
	for (int i = 0; i < steps; i++)
		step(&r, &keys);
	while (r.nlate > 0)
		deliver(&r);
	reading_draw(&r);
	reading_close(&r);
}

int main(int argc, char **argv)
{
	int64_t seed = 0;
	int lives = argc > 1 ? LIVES : SAMPLE_LIVES, steps = argc > 1 ? STEPS : SAMPLE_STEPS;

	if (argc > 1 && !str_to_int(str_of(argv[1]), 0, INT32_MAX, &seed)) {
		fprintf(stderr, "press_keys: a seed is a number\n");
		return 2;
	}
	for (int i = 0; i < lives; i++)
		live((uint64_t)seed * LIVES + (uint64_t)i, steps);
	return 0;
}
