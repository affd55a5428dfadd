/* imports - entries that come from another reader's cache, with what was read and starred there.
 *
 * An import adds, it never takes away: what a person did in lede wins, also over a second import.
 * Must not know: other readers, their files.
 */
#ifndef LEDE_STORE_IMPORTS_H
#define LEDE_STORE_IMPORTS_H

#include "lede/store/entries.h"

struct entry_import {
	struct entry_new entry;       /* as from a feed */
	/* The guid may be one that the other reader made of the link or the title: the entry is
	 * then known by either, so that the feed does not bring it a second time. */
	bool guid_in_doubt;
	int64_t seen;                 /* when it was first seen there, at most now */
	bool read, starred;
	bool deleted;                 /* deleted by the person: it is not to come back */
};
enum import_result {
	IMPORT_NEW,
	IMPORT_MARKED,   /* known, and as nobody had marked it: read or starred as there */
	IMPORT_KNOWN,    /* known, nothing changed */
	IMPORT_BURIED    /* a deleted one is remembered now */
};

/* One run of imports, inside an open batch, in the order of their time: ids are given in that
 * order. What is older than folding looks back becomes a story of its own at once. */
struct import_run { struct store *s; int64_t now, folded; bool old; size_t n; };
enum err store_import_begin(struct store *s, int64_t now, struct import_run *run, struct error *e);
enum err store_import_entry(struct import_run *run, const struct entry_import *n,
                            enum import_result *result, struct error *e);
enum err store_import_end(struct import_run *run, struct error *e);

/* What a feed is called and where its site is, until it says so itself: kept only where nothing
 * is known. Empty: unknown. */
enum err store_feed_called(struct store *s, int64_t feed, struct str title, struct str site,
                           struct error *e);

#endif
