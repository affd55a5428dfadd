/* lede top and lede why: what is ranked, and the sum behind a rank. */
#include "cli_inside.h"

#include "lede/app/edition_make.h"
#include "lede/app/words.h"

/* ---- top ---- */

static enum err members_key(struct jout *j, struct cache *k, int64_t story, struct error *e)
{
	struct arena *a = arena_new();
	struct entry_row *row;
	size_t n = 0;
	enum err rc = store_story_members(k->store, story, a, &row, &n, e);

	jout_key(j, "members");
	jout_begin(j, '[');
	for (size_t i = 0; i < n; i++)
		jout_number(j, row[i].id);
	jout_end(j, ']');
	arena_free(a);
	return rc;
}

static void lead_keys(struct jout *j, struct cache *k, const struct edition_row *r,
		      const struct entry_row *lead)
{
	jout_key_number(j, "id", r->story);
	jout_key_number(j, "entry", r->entry);
	jout_key_text(j, "title", r->title);
	jout_key_text(j, "source", r->source);
	jout_key_text(j, "feed", cache_feed_url(k, r->feed));
	jout_key_text(j, "link", lead->link);
	jout_key_time(j, "published", lead->published);
}

static enum err story_object(struct jout *j, struct cache *k, const struct edition_row *r,
			     struct error *e)
{
	struct arena *a = arena_new();
	struct entry_row lead;
	struct terms why = { .n = 0 };
	enum err rc = store_entry(k->store, r->entry, a, &lead, e);

	if (rc == ERR_NONE) {
		terms_decode(r->why, &why);
		jout_begin(j, '{');
		jout_key_number(j, "rank", r->rank);
		jout_key(j, "was");
		r->was > 0 ? jout_number(j, r->was) : jout_null(j);
		lead_keys(j, k, r, &lead);
		jout_key_number(j, "sources", r->sources);
		jout_key_number(j, "entries", r->entries);
		jout_key_number(j, "unread", r->unread);
		jout_key_bool(j, "starred", r->flags & ENTRY_STARRED);
		jout_key(j, "score");
		jout_hundredths(j, r->score);
		why_key(j, &why, cache_feed_title, k);
		rc = members_key(j, k, r->story, e);
		jout_end(j, '}');
	}
	arena_free(a);
	return rc;
}

static enum err top_json(struct cli *c, struct cache *k, const struct made_edition *made, size_t n,
			 struct error *e)
{
	struct jout j = cli_json(c);
	enum err rc = ERR_NONE;

	jout_begin(&j, '{');
	jout_key_time(&j, "made", made->head.made);
	jout_key_bool(&j, "sample", k->sample);
	jout_key(&j, "stories");
	jout_begin(&j, '[');
	for (size_t i = 0; i < n && rc == ERR_NONE && cli_writable(c); i++)
		rc = story_object(&j, k, &made->rows[i], e);
	jout_end(&j, ']');
	jout_end(&j, '}');
	jout_line(&j);
	return rc;
}

static void top_plain(struct cli *c, const struct cache *k, const struct made_edition *made,
		      size_t n)
{
	for (size_t i = 0; i < n && cli_writable(c); i++) {
		const struct edition_row *r = &made->rows[i];

		struct str title = cache_shown_title(k, r->feed, r->title, k->arena);

		cli_put_row(c, &(struct cli_row){ r->rank, 3, title, r->source, r->sources - 1,
						  r->time });
	}
	cache_say_empty(c, k);
	if (k->nfeeds > 0 && made->n == 0)
		cli_say(c, "no story of the last three days is unread: lede refresh fetches");
}

/* What ranking needs in memory. */
static struct folding *folding_of(const struct cache *k)
{
	struct folding *f = folding_new();

	folding_give_tags(f, feed_tags_new(&k->subs));
	return f;
}

static enum err print_top(struct cli *c, struct cache *k, const struct cli_args *a, struct error *e)
{
	struct folding *f = folding_of(k);
	struct made_edition made;
	enum err rc = edition_make(f, k->store, c->config, clock_now(&c->clock), 0, k->arena, &made,
				   e);
	size_t n;

	if (rc == ERR_NONE) {
		n = a->number >= 0 && (uint64_t)a->number < made.n ? (size_t)a->number : made.n;
		if (a->json)
			rc = top_json(c, k, &made, n, e);
		else
			top_plain(c, k, &made, n);
	}
	folding_free(f);
	return rc;
}

int cmd_top(struct cli *c, const struct cli_args *a)
{
	struct cache k;
	struct error e;
	int status = cache_open(c, CACHE_OR_SAMPLE, &k);

	if (status == EXIT_DONE && print_top(c, &k, a, &e) != ERR_NONE)
		status = cli_fail(c, &e);
	cache_close(&k);
	return status;
}

/* ---- why ---- */

/* A story's row, and when the edition was made that it stands in. */
struct found { struct edition_row row; int64_t made; };

static enum err find_stored(struct cache *k, int64_t story, struct found *out, struct error *e)
{
	struct edition last;
	enum err rc = store_edition_last(k->store, &last, e);

	if (rc == ERR_NONE)
		rc = store_edition_row(k->store, last.id, story, k->arena, &out->row, e);
	out->made = last.made;
	return rc;
}

/* Why the story is not in an edition that would be made now; ERR_NONESUCH. */
static enum err say_absent(struct cache *k, int64_t story, const struct made_edition *made,
			   struct error *e)
{
	struct buf why = buf_limited(1024);
	struct story_row row;
	enum err rc = store_story(k->store, story, &row, e);

	if (rc == ERR_NONE) {
		const struct why_not facts = {
			.story = story, .came = row.last, .unread = row.unread > 0,
			.made = made->head.made, .upto = made->head.upto,
			.full = made->n >= EDITION_ROWS_MAX,
			.filler = row.filler > 0 && row.filler >= row.unread,
		};

		words_why_not(&why, &facts);
		rc = error_set(e, ERR_NONESUCH, "story %lld is not ranked: %s", (long long)story,
			       buf_cstr(&why));
	}
	buf_free(&why);
	return rc;
}

static enum err find_ranked_now(struct cli *c, struct cache *k, int64_t story, struct found *out,
				struct error *e)
{
	struct folding *f = folding_of(k);
	struct made_edition made = { .n = 0 };
	enum err rc = edition_make(f, k->store, c->config, clock_now(&c->clock), 0, k->arena, &made,
				   e);

	folding_free(f);
	if (rc != ERR_NONE)
		return rc;
	out->made = made.head.made;
	for (size_t i = 0; i < made.n; i++) {
		if (made.rows[i].story == story) {
			out->row = made.rows[i];
			return ERR_NONE;
		}
	}
	return say_absent(k, story, &made, e);
}

/* The sample is never explained by the edition that was made up for its movement. */
static enum err find_row(struct cli *c, struct cache *k, int64_t story, struct found *out,
			 struct error *e)
{
	enum err rc = k->sample ? ERR_NONESUCH : find_stored(k, story, out, e);

	return rc == ERR_NONESUCH ? find_ranked_now(c, k, story, out, e) : rc;
}

/* Without a row: of a story that is not ranked. */
static void why_json(struct cli *c, struct cache *k, int64_t id, int64_t story,
		     const struct edition_row *r, const struct terms *t)
{
	struct jout j = cli_json(c);

	jout_begin(&j, '{');
	jout_key_number(&j, "id", id);
	jout_key_number(&j, "story", story);
	jout_key(&j, "score");
	r ? jout_hundredths(&j, r->score) : jout_null(&j);
	why_key(&j, t, cache_feed_title, k);
	jout_end(&j, '}');
	jout_line(&j);
}

static void put_term(struct cli *c, struct cache *k, const struct term *t, int points)
{
	struct buf words = buf_limited(2048), detail = buf_limited(2048);
	struct str feed = cache_feed_title(k, t->feed);

	words_term(&words, t, feed, false);
	words_term_detail(&detail, t, feed);
	if (t->signal != SIGNAL_WORDS && detail.n > 0)
		buf_addf(&words, " · %s", buf_cstr(&detail));
	fprintf(c->out, "%+6d  ", points);
	cli_put(c, buf_view(&words));
	putc('\n', c->out);
	buf_free(&words);
	buf_free(&detail);
}

static void why_plain(struct cli *c, struct cache *k, const struct found *found,
		      const struct terms *t)
{
	int whole[TERMS_MAX], score;
	struct buf head = buf_limited(1 << 18);

	buf_addf(&head, "number %d of ", found->row.rank);
	words_long_date(&head, found->made, clock_now(&c->clock));
	buf_add_cstr(&head, " · ");
	buf_add(&head, found->row.title);
	cli_put(c, buf_view(&head));
	buf_free(&head);
	putc('\n', c->out);
	terms_whole_points(t, whole, &score);
	for (int i = 0; i < t->n; i++)
		put_term(c, k, &t->term[i], whole[i]);
	fprintf(c->out, "%6d  score\n", score);
}

static enum err print_why(struct cli *c, struct cache *k, int64_t id, bool json, struct error *e)
{
	struct entry_row entry;
	struct found found;
	struct terms terms = { .n = 0 };
	enum err rc = store_entry(k->store, id, k->arena, &entry, e);

	if (rc == ERR_NONESUCH)
		return error_set(e, rc, "no entry %lld", (long long)id);
	if (rc != ERR_NONE)
		return rc;
	rc = find_row(c, k, entry.story, &found, e);
	if (rc == ERR_NONESUCH && json)
		why_json(c, k, id, entry.story, NULL, &terms);
	if (rc != ERR_NONE)
		return rc;
	terms_decode(found.row.why, &terms);
	if (json)
		why_json(c, k, id, entry.story, &found.row, &terms);
	else
		why_plain(c, k, &found, &terms);
	return ERR_NONE;
}

int cmd_why(struct cli *c, const struct cli_args *a)
{
	struct cache k;
	struct error e;
	int64_t id;
	int status;

	if (!cli_id(c, a->operand[0], &id))
		return EXIT_USAGE;
	status = cache_open(c, CACHE_OR_SAMPLE, &k);
	if (status == EXIT_DONE && print_why(c, &k, id, a->json, &e) != ERR_NONE)
		status = cli_fail(c, &e);
	cache_close(&k);
	return status;
}
