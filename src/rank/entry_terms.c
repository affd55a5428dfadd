#include "entry_terms.h"

#include <string.h>

#include "bytes.h"
#include "lede/rank/fold.h"

enum { WITHOUT_NAMES = 1, VERSION = 2, FLAG_CJK = 1, FLAG_MIXED = 2, FLAG_KANA = 4 };

void entry_terms_of(const struct tokens *t, const uint16_t *weight, struct entry_terms *out)
{
	out->cjk = t->cjk;
	out->kana = t->kana;
	out->mixed = t->mixed;
	out->text = buf_view(&t->folded);
	out->exact = t->exact;
	out->n = t->ntoken;
	for (size_t i = 0; i < t->ntoken; i++) {
		const struct token *token = &t->token[i];
		struct str word = { t->folded.p + token->from, token->n };

		out->term[i] = (struct entry_term){ word, token->hash, weight[i] };
	}
	out->nnumber = t->nnumber;
	memcpy(out->number, t->number, t->nnumber * sizeof *t->number);
	out->nname = t->nname;
	memcpy(out->name, t->name, t->nname * sizeof *t->name);
}

static enum err encode_tokens(const struct tokens *t, const uint16_t *weight, struct buf *out)
{
	enum err rc = add_varint(out, t->ntoken);

	for (size_t i = 0, last = 0; i < t->ntoken && rc == ERR_NONE; last = t->token[i++].from) {
		uint64_t value = (uint64_t)(weight[i] & ~WEIGHT_SEARCHED) << 1 |
				 (weight[i] & WEIGHT_SEARCHED ? 1 : 0);

		rc = add_varint(out, t->token[i].from - last);
		if (rc == ERR_NONE)
			rc = add_varint(out, t->token[i].n);
		if (rc == ERR_NONE)
			rc = add_varint(out, value);
	}
	return rc;
}

static enum err encode_numbers(const struct tokens *t, struct buf *out)
{
	enum err rc = add_varint(out, t->nnumber);

	for (size_t i = 0; i < t->nnumber && rc == ERR_NONE; i++)
		rc = add_fixed(out, t->number[i], 4);
	return rc;
}

static enum err encode_names(const struct tokens *t, struct buf *out)
{
	enum err rc = add_varint(out, t->nname);

	for (size_t i = 0; i < t->nname && rc == ERR_NONE; i++)
		rc = add_fixed(out, (uint64_t)t->name[i].start << 32 | t->name[i].token, 8);
	return rc;
}

enum err entry_terms_encode(const struct tokens *t, const uint16_t *weight, struct buf *out)
{
	int flags = (t->cjk ? FLAG_CJK : 0) | (t->mixed ? FLAG_MIXED : 0) |
		    (t->kana ? FLAG_KANA : 0);
	enum err rc = add_fixed(out, VERSION, 1);

	if (rc == ERR_NONE)
		rc = add_fixed(out, (uint64_t)flags, 1);

	if (rc == ERR_NONE)
		rc = add_fixed(out, t->exact, 8);
	if (rc == ERR_NONE)
		rc = add_varint(out, t->folded.n);
	if (rc == ERR_NONE)
		rc = buf_add(out, buf_view(&t->folded));
	if (rc == ERR_NONE)
		rc = encode_tokens(t, weight, out);
	if (rc == ERR_NONE)
		rc = encode_numbers(t, out);
	return rc == ERR_NONE ? encode_names(t, out) : rc;
}

static struct entry_term decode_token(struct reader *r, struct str text, uint64_t *from)
{
	uint64_t step = read_varint(r), n = read_varint(r), value = read_varint(r);

	r->bad |= step > text.n - *from || value >> 1 > WEIGHT_ONE;
	if (r->bad)
		return (struct entry_term){ .word = STR("") };
	*from += step;
	r->bad |= n == 0 || n > text.n - *from;
	return (struct entry_term){ .word = str_sub(text, *from, *from + n),
		.weight = (uint16_t)(value >> 1 | (value & 1 ? WEIGHT_SEARCHED : 0)) };
}

/* Version 1 knew days, which were odd, and numbers. */
static uint32_t number_of_version_1(uint32_t number)
{
	return number & 1 ? number >> 1 << 2 | NUMBER_DAY : number & ~(uint32_t)NUMBER_KIND;
}

static void decode_numbers(struct reader *r, uint64_t version, struct entry_terms *out)
{
	uint64_t n = read_varint(r);

	r->bad |= n > NUMBERS_MAX;
	for (out->nnumber = 0; out->nnumber < n && !r->bad; out->nnumber++) {
		uint32_t number = (uint32_t)read_fixed(r, 4);

		out->number[out->nnumber] =
			version == WITHOUT_NAMES ? number_of_version_1(number) : number;
	}
}

static void decode_names(struct reader *r, uint64_t version, struct entry_terms *out)
{
	uint64_t n = version == WITHOUT_NAMES ? 0 : read_varint(r);

	r->bad |= n > NAMES_MAX;
	for (out->nname = 0; out->nname < n && !r->bad; out->nname++) {
		uint64_t both = read_fixed(r, 8);

		out->name[out->nname] = (struct name){ (uint32_t)both, (uint32_t)(both >> 32) };
	}
}

bool entry_terms_decode(struct str blob, struct entry_terms *out)
{
	struct reader r = { .rest = blob };
	uint64_t from = 0;

	uint64_t version = read_fixed(&r, 1);

	r.bad = version != VERSION && version != WITHOUT_NAMES;
	uint64_t flags = read_fixed(&r, 1);

	out->cjk = flags & FLAG_CJK;
	out->kana = flags & FLAG_KANA;
	out->mixed = flags & FLAG_MIXED;
	out->exact = read_fixed(&r, 8);
	struct str text = read_bytes(&r, read_varint(&r));
	uint64_t n = read_varint(&r);

	out->text = text;
	r.bad |= n > TOKENS_MAX;
	for (out->n = 0; out->n < n && !r.bad; out->n++) {
		out->term[out->n] = decode_token(&r, text, &from);
		out->term[out->n].hash = token_hash(out->term[out->n].word);
	}
	decode_numbers(&r, version, out);
	decode_names(&r, version, out);
	return !r.bad && r.rest.n == 0;
}

enum err fold_terms_of_title(struct str title, uint64_t source, struct suffixes *suffixes,
			     struct buf *terms)
{
	const uint16_t weight[TOKENS_MAX] = { 0 };
	size_t from = terms->n;
	struct tokens t;

	tokens_of_title(title, source, suffixes, &t);
	enum err rc = entry_terms_encode(&t, weight, terms);

	if (rc != ERR_NONE)
		buf_cut(terms, from);
	tokens_free(&t);
	return rc;
}

/* The text stays, since tokens of CJK overlap in it; a token that is not listed is not one. */
static bool copy_tokens(struct reader *r, struct str text, uint32_t bucket, struct buf *out,
			uint64_t *kept)
{
	uint64_t n = read_varint(r), from = 0, last = 0;

	for (uint64_t i = 0; i < n && !r->bad; i++) {
		uint64_t step = read_varint(r), length = read_varint(r), value = read_varint(r);

		from += step;
		r->bad |= from > text.n || length > text.n - from;
		if (r->bad || token_bucket(token_hash(str_sub(text, from, from + length))) == bucket)
			continue;
		r->bad |= add_varint(out, from - last) != ERR_NONE ||
			  add_varint(out, length) != ERR_NONE || add_varint(out, value) != ERR_NONE;
		last = from;
		++*kept;
	}
	return !r->bad;
}

bool fold_terms_without(struct str terms, uint32_t bucket, struct buf *out, bool *had)
{
	struct entry_terms all;
	struct buf tokens = buf_limited(1 << 16);
	struct reader r = { .rest = terms };
	uint64_t kept = 0;
	bool good = entry_terms_decode(terms, &all);

	*had = false;
	read_fixed(&r, 2);
	read_fixed(&r, 8);
	struct str text = read_bytes(&r, read_varint(&r));
	size_t head = terms.n - r.rest.n;

	good = good && copy_tokens(&r, text, bucket, &tokens, &kept);
	if (good) {
		*had = kept < all.n;
		good = buf_add(out, str_sub(terms, 0, head)) == ERR_NONE &&
		       add_varint(out, kept) == ERR_NONE &&
		       buf_add(out, buf_view(&tokens)) == ERR_NONE &&
		       buf_add(out, r.rest) == ERR_NONE;
	}
	buf_free(&tokens);
	return good;
}

size_t fold_terms_buckets(struct str terms, uint32_t *bucket, size_t max)
{
	struct entry_terms e;
	size_t n = 0;

	if (!entry_terms_decode(terms, &e))
		return 0;
	for (; n < e.n && n < max; n++)
		bucket[n] = token_bucket(e.term[n].hash);
	return n;
}

struct str fold_terms_word(struct str terms, size_t i)
{
	struct entry_terms e;

	return entry_terms_decode(terms, &e) && i < e.n ? e.term[i].word : STR("");
}
