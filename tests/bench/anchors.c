/* anchors - what the work costs without lede: bare libxml2, curl and SQLite. */
#include <libxml/parser.h>
#include <math.h>
#include <curl/curl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "held.h"
#include "lede/text/date.h"
#include "rows.h"

#define CHUNK (64 << 10)
#define CONNECTIONS 64

struct anchor {
	const struct bench *b;
	int feeds;
	bool conditional;
};

/* ---- libxml2 ---- */

static void no_start(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
		     int nns, const xmlChar **ns, int nattributes, int ndefaulted,
		     const xmlChar **attributes)
{
	(void)self, (void)name, (void)prefix, (void)uri, (void)nns, (void)ns, (void)nattributes,
		(void)ndefaulted, (void)attributes;
}

static void no_end(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)self, (void)name, (void)prefix, (void)uri;
}

static void no_text(void *self, const xmlChar *text, int n)
{
	(void)self, (void)text, (void)n;
}

bool anchor_sax(struct str text)
{
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
			      .startElementNs = no_start,
			      .endElementNs = no_end,
			      .characters = no_text,
			      .cdataBlock = no_text };
	xmlParserCtxt *p = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
	int rc = 0;

	for (size_t at = 0; at < text.n && rc == 0; at += CHUNK)
		rc = xmlParseChunk(p, text.p + at, text.n - at < CHUNK ? (int)(text.n - at) : CHUNK,
				   0);
	if (rc == 0)
		rc = xmlParseChunk(p, NULL, 0, 1);
	xmlFreeParserCtxt(p);
	return rc == 0;
}

/* value[0]: MB, value[1]: CPU seconds. */
static bool sax_work(void *self, double value[VALUES])
{
	struct anchor *a = self;
	struct document *d;
	size_t n = documents_read(a->b, a->feeds, &d);
	double began;
	bool good = n > 0;

	xmlInitParser();
	anchor_sax(d[0].text); /* so that nobody pays for the first time */
	began = cpu_now();
	for (size_t i = 0; i < n && good; i++) {
		good = anchor_sax(d[i].text);
		value[0] += (double)d[i].text.n / 1e6;
	}
	value[1] = cpu_now() - began;
	return good;
}

/* ---- curl ---- */

static size_t no_body(char *p, size_t size, size_t n, void *self)
{
	(void)p, (void)self;
	return size * n;
}

static CURL *transfer_of(const struct anchor *a, int feed, struct curl_slist **headers)
{
	CURL *easy = curl_easy_init();
	char text[96], etag[32];

	snprintf(text, sizeof text, "http://127.0.0.1:%d/%d", a->b->web.port, feed);
	curl_easy_setopt(easy, CURLOPT_URL, text);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, no_body);
	*headers = NULL;
	if (a->conditional) {
		web_etag(etag, sizeof etag, feed, 1);
		snprintf(text, sizeof text, "If-None-Match: %s", etag);
		*headers = curl_slist_append(NULL, text);
		curl_easy_setopt(easy, CURLOPT_HTTPHEADER, *headers);
	}
	return easy;
}

static int run_transfers(CURLM *multi)
{
	int running = 1, left, good = 0;
	const CURLMsg *m;

	while (running) {
		curl_multi_perform(multi, &running);
		while ((m = curl_multi_info_read(multi, &left)))
			good += m->msg == CURLMSG_DONE && m->data.result == CURLE_OK;
		if (running)
			curl_multi_poll(multi, NULL, 0, 1000, NULL);
	}
	return good;
}

static bool fetch_work(void *self, double value[VALUES])
{
	struct anchor *a = self;
	CURL **easy = calloc((size_t)a->feeds, sizeof *easy);
	struct curl_slist **headers = calloc((size_t)a->feeds, sizeof *headers);
	CURLM *multi;

	(void)value;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	multi = curl_multi_init();
	curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)CONNECTIONS);
	for (int i = 0; i < a->feeds; i++) {
		easy[i] = transfer_of(a, i, &headers[i]);
		curl_multi_add_handle(multi, easy[i]);
	}
	return run_transfers(multi) == a->feeds;
}

/* ---- SQLite ---- */

static const char tables[] =
	"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
	"CREATE TABLE meta(id INTEGER PRIMARY KEY, feed INTEGER, time INTEGER, flags INTEGER,"
	" guid TEXT, title TEXT, link TEXT);"
	"CREATE TABLE body(id INTEGER PRIMARY KEY, bytes BLOB);"
	"CREATE INDEX meta_time ON meta(time); CREATE INDEX meta_feed ON meta(feed, time); BEGIN;";

static const char insert_meta[] =
	"INSERT INTO meta(feed, time, flags, guid, title, link) VALUES(?, ?, 0, ?, ?, ?)";
static const char newest_40[] =
	"SELECT id, feed, time, flags, title, link FROM meta ORDER BY time DESC LIMIT 40";

static void bind_text(sqlite3_stmt *q, int i, struct str s)
{
	sqlite3_bind_text(q, i, s.p, (int)s.n, SQLITE_STATIC);
}

static bool insert_one(sqlite3_stmt *meta, sqlite3_stmt *body, const struct entry_new *n)
{
	bool good;

	sqlite3_bind_int64(meta, 1, n->feed);
	sqlite3_bind_int64(meta, 2, n->published == DATE_NONE ? n->updated : n->published);
	bind_text(meta, 3, n->guid);
	bind_text(meta, 4, n->title);
	bind_text(meta, 5, n->link);
	sqlite3_bind_blob(body, 1, n->html.p, (int)n->html.n, SQLITE_STATIC);
	good = sqlite3_step(meta) == SQLITE_DONE && sqlite3_step(body) == SQLITE_DONE;
	sqlite3_reset(meta);
	sqlite3_reset(body);
	return good;
}

/* CPU microseconds of reading the newest 40. */
static double newest(sqlite3 *db)
{
	sqlite3_stmt *q;
	double began, spent;
	int rows = 0;

	sqlite3_prepare_v2(db, newest_40, -1, &q, NULL);
	began = cpu_now();
	while (sqlite3_step(q) == SQLITE_ROW)
		rows += sqlite3_column_bytes(q, 4) > 0;
	spent = cpu_now() - began;
	sqlite3_finalize(q);
	return rows > 0 ? spent * 1e6 : NAN;
}

/* value: CPU seconds of the inserts; entries; microseconds of the newest 40. */
static bool insert_work(void *self, double value[VALUES])
{
	struct anchor *a = self;
	struct held *h = held_read(a->b, a->feeds);
	sqlite3 *db;
	sqlite3_stmt *meta, *body;
	char path[512];
	double began;
	bool good = true;

	snprintf(path, sizeof path, "%s/anchor-%d.db", a->b->folder, a->feeds);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, tables, NULL, NULL, NULL) != SQLITE_OK)
		return false;
	sqlite3_prepare_v2(db, insert_meta, -1, &meta, NULL);
	sqlite3_prepare_v2(db, "INSERT INTO body(bytes) VALUES(?)", -1, &body, NULL);
	began = cpu_now();
	for (size_t i = 0; i < h->n && good; i++)
		good = insert_one(meta, body, &h->entry[i]);
	good = good && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
	value[0] = cpu_now() - began;
	value[1] = (double)h->n;
	value[2] = newest(db);
	sqlite3_finalize(meta);
	sqlite3_finalize(body);
	sqlite3_close(db);
	remove(path);
	return good && h->n > 0;
}

/* ---- rows ---- */

static void anchor_row(int feeds, const char *what, double x)
{
	char name[64];

	snprintf(name, sizeof name, "anchor-%d-%s", feeds, what);
	row(name, NAN, x, GOAL_NONE, 0);
}

void rows_anchors(const struct bench *b, int feeds, struct anchors *out)
{
	struct anchor a = { .b = b, .feeds = feeds };
	struct cost sax, fetch, unchanged, insert;
	double part; /* all documents, as a multiple of those that were weighed */

	cost_of_work(sax_work, &a, &sax);
	cost_of_work(fetch_work, &a, &fetch);
	cost_of_work(fetch_work, &a, &fetch); /* the server had to read its files the first time */
	a.conditional = true;
	cost_of_work(fetch_work, &a, &unchanged);
	cost_of_work(insert_work, &a, &insert);
	if (!sax.good || !fetch.good || !unchanged.good || !insert.good)
		remark("an anchor failed: sax %d, fetch %d, unchanged %d, insert %d", sax.good,
		       fetch.good, unchanged.good, insert.good);
	part = entries_of(b, feeds) / insert.value[1];
	*out = (struct anchors){ .feeds = feeds,
				 .fetch = fetch.cpu,
				 .unchanged = unchanged.cpu,
				 .sax = sax.value[1] * part,
				 .insert = insert.value[0] * part,
				 .newest = insert.value[2] };
	anchor_row(feeds, "fetch-200-cpu-s", out->fetch);
	anchor_row(feeds, "fetch-304-cpu-s", out->unchanged);
	anchor_row(feeds, "sax-cpu-s", out->sax);
	anchor_row(feeds, "insert-cpu-s", out->insert);
	anchor_row(feeds, "newest-40-us", out->newest);
}
