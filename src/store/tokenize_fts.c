#include "search_inside.h"

#include "tokenize.h"

/* The tokenizer `lede` of FTS5 (https://www.sqlite.org/fts5.html, 7). It keeps nothing. */

struct fts_out {
	void *context;
	int (*take)(void *context, int flags, const char *word, int n, int from, int to);
};

static int give_to_fts(void *self, const struct token *t)
{
	const struct fts_out *out = self;

	if (t->tail)
		return SQLITE_OK;
	return out->take(out->context, t->colocated ? FTS5_TOKEN_COLOCATED : 0, t->word.p,
	                 (int)t->word.n, (int)t->from, (int)t->to);
}

/* What FTS5 is asked for is made of whole tokens (search_match.c), which come
 * out as they went in: a tail would be a second one. */
static int fts_tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int n,
                        int (*take)(void *, int, const char *, int, int, int))
{
	struct fts_out out = { context, take };
	bool query = (flags & FTS5_TOKENIZE_QUERY) != 0;

	(void)self;
	return tokenize((struct str){ text ? text : "", text ? (size_t)n : 0 },
	                query ? TOKENS_OF_QUERY : TOKENS_OF_DOCUMENT, give_to_fts, &out);
}

static int fts_create(void *context, const char **words, int n, Fts5Tokenizer **out)
{
	(void)words;
	if (n > 0)
		return SQLITE_ERROR;
	*out = context; /* anything but NULL */
	return SQLITE_OK;
}

static void fts_delete(Fts5Tokenizer *self)
{
	(void)self;
}

static fts5_api *api_of(sqlite3 *db)
{
	sqlite3_stmt *st = NULL;
	fts5_api *api = NULL;

	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &st, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(st);
	}
	sqlite3_finalize(st);
	return api;
}

int tokenizer_register(sqlite3 *db)
{
	static fts5_tokenizer lede = { fts_create, fts_delete, fts_tokenize };
	fts5_api *api = api_of(db);

	return api ? api->xCreateTokenizer(api, "lede", db, &lede, NULL) : SQLITE_ERROR;
}
