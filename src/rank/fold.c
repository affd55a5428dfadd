#include "lede/rank/fold.h"

#include <stdlib.h>

#include "counts.h"
#include "fixed.h"
#include "fold_search.h"
#include "lede/base/mem.h"
#include "rules.h"

enum { LOGS = 4096 };
/* Entries held at once: three days of 20,000 a day, 40 MB. When more come the oldest are forgotten,
 * some at a time: whatever servers send, memory is bounded. */
enum { MEMBERS_MAX = 60000, MEMBERS_FORGOTTEN = MEMBERS_MAX / 8 };
/* Times beyond are cut to it, so that differences cannot overflow. */
static const int64_t time_max = INT64_C(1) << 40;

struct folder {
	struct counts counts;
	struct fold_index index;
	struct fold_search search;
	uint32_t run;                 /* how often folder_evict was called */
	int32_t log2[LOGS];           /* of 1, 2, 3, ... */
};

struct folder *folder_new(void)
{
	struct folder *f = mem_new(sizeof *f);

	counts_init(&f->counts);
	index_init(&f->index);
	for (uint32_t i = 0; i < LOGS; i++)
		f->log2[i] = fixed_log2(i + 1);
	return f;
}

void folder_free(struct folder *f)
{
	if (!f)
		return;
	counts_free(&f->counts);
	index_free(&f->index);
	search_free(&f->search);
	free(f);
}

bool folder_load_counts(struct folder *f, struct str blob)
{
	return counts_load(&f->counts, blob);
}

enum err folder_save_counts(const struct folder *f, struct buf *out)
{
	return counts_save(&f->counts, out);
}

enum err folder_take_additions(struct folder *f, struct buf *out)
{
	return counts_take(&f->counts, out);
}

static void make_room(struct folder *f)
{
	if (index_members(&f->index) >= MEMBERS_MAX)
		index_remove_oldest(&f->index, MEMBERS_FORGOTTEN);
}

static struct moment moment_of(const struct fold_entry *e)
{
	int64_t time = e->time < -time_max ? -time_max : e->time > time_max ? time_max : e->time;

	return (struct moment){ time, e->id };
}

bool folder_restore(struct folder *f, const struct fold_entry *e, int64_t story, struct str terms)
{
	struct entry_terms t;

	if (!entry_terms_decode(terms, &t))
		return false;
	struct member m = member_of(&t);

	m.feed = e->feed;
	m.link = e->link;
	m.run = f->run - 1;
	make_room(f);
	index_give(&f->index, m, moment_of(e), story);
	return true;
}

/* --- weights --- */

/* log2(df + 1): most words are rare, and a table look-up is all they cost. */
static int32_t log2_of_df(const struct folder *f, uint32_t df)
{
	return df < LOGS ? f->log2[df] : fixed_log2((uint64_t)df + 1);
}

/* Marks the heaviest; of equals the first. */
static void mark_searched(const uint64_t *raw, uint16_t *weight, size_t n, size_t max)
{
	for (size_t i = 0; i < n && n <= max; i++)
		weight[i] |= WEIGHT_SEARCHED;
	for (size_t k = 0; k < max && n > max; k++) {
		size_t best = SIZE_MAX;

		for (size_t i = 0; i < n; i++)
			if (!(weight[i] & WEIGHT_SEARCHED) &&
			    (best == SIZE_MAX || raw[i] > raw[best]))
				best = i;
		weight[best] |= WEIGHT_SEARCHED;
	}
}

/* Whether a bigram has hiragana in it (U+3041 to U+309F): endings and particles, mostly. */
static bool has_hiragana(struct str word)
{
	for (size_t i = 0; i + 2 < word.n; i += 3) {
		unsigned char second = (unsigned char)word.p[i + 1];

		if ((unsigned char)word.p[i] == 0xE3 &&
		    (second == 0x81 || (second == 0x82 && (unsigned char)word.p[i + 2] < 0xA0)))
			return true;
	}
	return false;
}

static struct str token_word(const struct tokens *t, size_t i)
{
	return (struct str){ t->folded.p + t->token[i].from, t->token[i].n };
}

/* (1 + ln tf) * ln((N + 1,000) / (df + 1)), scaled so that the vector's length is WEIGHT_ONE. */
static void weigh(const struct folder *f, const struct tokens *t, uint16_t *weight)
{
	uint32_t documents = counts_documents(&f->counts, t->cjk);
	int32_t all = fixed_log2((uint64_t)documents + WEIGHT_DOCUMENTS);
	uint64_t raw[TOKENS_MAX], squares = 0;

	for (size_t i = 0; i < t->ntoken; i++) {
		uint32_t df = folder_df(f, token_bucket(t->token[i].hash));
		int32_t rarity = all - log2_of_df(f, df < documents ? df : documents);

		raw[i] = (uint64_t)rarity;
		if (t->token[i].count > 1)
			raw[i] = raw[i] * (uint64_t)(FIXED_ONE + fixed_ln(t->token[i].count)) >> 16;
		if (t->kana && has_hiragana(token_word(t, i)))
			raw[i] = raw[i] * HIRAGANA_SHARE / 16;
		squares += raw[i] * raw[i];
	}
	uint64_t length = fixed_root(squares);

	for (size_t i = 0; i < t->ntoken; i++)
		weight[i] = (uint16_t)(length ? (raw[i] * WEIGHT_ONE + length / 2) / length : 0);
	mark_searched(raw, weight, t->ntoken, t->cjk ? SEARCH_TOKENS_CJK : SEARCH_TOKENS);
}

/* --- entries come and go --- */

/* The story it joins, or its own. */
static int64_t find_story(struct folder *f, const struct fold_entry *e, const struct member *m)
{
	const struct wanted w = { e->feed, moment_of(e), m };
	uint32_t slot = search_story(&f->search, &f->index, &f->counts, &w);

	return slot == UINT32_MAX ? e->id : f->index.story[slot].id;
}

static void add_member(struct folder *f, const struct fold_entry *e, const struct tokens *t,
		       const uint16_t *weight, int64_t *story)
{
	struct entry_terms terms;

	entry_terms_of(t, weight, &terms);
	struct member m = member_of(&terms);

	m.feed = e->feed;
	m.link = e->link;
	m.run = f->run;
	make_room(f);
	*story = find_story(f, e, &m);
	index_give(&f->index, m, moment_of(e), *story);
	counts_add_title(&f->counts, t);
}

enum err folder_add(struct folder *f, const struct fold_entry *e, int64_t *story, struct buf *terms)
{
	uint16_t weight[TOKENS_MAX] = { 0 };
	struct tokens t;
	size_t from = terms->n;

	tokens_of_title(e->title, (uint64_t)e->feed, f->counts.suffixes, &t);
	weigh(f, &t, weight);
	enum err rc = entry_terms_encode(&t, weight, terms);

	if (rc == ERR_NONE)
		add_member(f, e, &t, weight, story);
	else
		buf_cut(terms, from);
	tokens_free(&t);
	return rc;
}

void folder_evict(struct folder *f, int64_t before)
{
	for (uint32_t i = 0; i < f->index.nmember; i++) {
		const struct member *m = &f->index.member[i];

		if (m->hash && f->index.when[i].time < before && m->run != f->run)
			index_remove(&f->index, i);
	}
	f->run++;
}

void folder_pass(struct folder *f, int64_t time)
{
	index_remove_upto(&f->index, (struct moment){ time - FOLD_WINDOW - 1, INT64_MAX });
}

uint32_t folder_total(const struct folder *f)
{
	return f->counts.total;
}

uint32_t folder_df(const struct folder *f, uint32_t bucket)
{
	return f->counts.df[bucket & (TOKEN_BUCKETS - 1)];
}

size_t folder_bytes(const struct folder *f)
{
	return sizeof *f + counts_bytes(&f->counts) + index_bytes(&f->index) +
	       search_bytes(&f->search);
}
