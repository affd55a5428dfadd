/* lede doctor: looks at everything lede stands on, and says what to do. */
#include "cli_inside.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

#include "lede/base/file.h"
#include "lede/net/certificates.h"
#include "lede/store/check.h"
#include "recover.h"

#define ROOM_MIN (64 << 20) /* bytes; below it a refresh may fill the disk */

struct doctor {
	struct cli *c;
	bool repair;
	int status;                      /* the worst so far */
	int told;                        /* lines about what is wrong with the file at hand */
};

/* ---- lines ---- */

enum verdict_of { WELL, NOTE, WRONG };

static void tell(struct doctor *d, enum verdict_of v, const char *what, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

static void tell(struct doctor *d, enum verdict_of v, const char *what, const char *fmt, ...)
{
	static const char *const words[] = { "ok", "note", "wrong" };
	struct buf text = buf_limited(1 << 16);
	va_list args;

	va_start(args, fmt);
	buf_addv(&text, fmt, args);
	va_end(args);
	fprintf(d->c->out, "%-6s%-14s", words[v], what);
	cli_put(d->c, buf_view(&text));
	putc('\n', d->c->out);
	buf_free(&text);
}

static void worse(struct doctor *d, int status)
{
	if (status > d->status)
		d->status = status;
}

/* ---- configuration and feeds ---- */

static void config_line(void *self, int line, const char *sentence)
{
	struct doctor *d = self;

	(void)line;
	d->told++;
	tell(d, WRONG, "configuration", "%s", sentence);
	worse(d, EXIT_USAGE);
}

static void look_at_config(struct doctor *d)
{
	struct config *again = config_new();
	struct buf text = buf_limited(1 << 20);
	struct error e;
	enum err rc = file_read(d->c->paths.config, &text, &e);

	d->told = 0;
	if (rc == ERR_NONE)
		config_read(again, d->c->paths.config, buf_view(&text), config_line, d);
	if (rc == ERR_NONESUCH)
		tell(d, WELL, "configuration", "none; every setting is as it comes (%s)",
		     d->c->paths.config);
	else if (rc != ERR_NONE)
		config_line(d, 0, e.text);
	else if (d->told == 0)
		tell(d, WELL, "configuration", "%s", d->c->paths.config);
	buf_free(&text);
	config_free(again);
}

static void feeds_line(void *self, int line, const char *why)
{
	struct doctor *d = self;

	d->told++;
	tell(d, WRONG, "feeds", "%s line %d: %s", d->c->paths.feeds, line, why);
	worse(d, EXIT_USAGE);
}

static void look_at_feeds(struct doctor *d)
{
	struct subscriptions subs = { 0 };
	struct error e;

	d->told = 0;
	if (subscriptions_load(d->c->paths.feeds, &subs, feeds_line, d, &e) != ERR_NONE) {
		tell(d, WRONG, "feeds", "%s", e.text);
		worse(d, EXIT_USAGE);
	} else if (subs.n == 0) {
		tell(d, NOTE, "feeds", "none yet: lede add URL adds one");
	} else if (d->told == 0) {
		tell(d, WELL, "feeds", "%s: %zu", d->c->paths.feeds, subs.n);
	}
	subscriptions_free(&subs);
}

/* ---- the cache ---- */

#ifdef __linux__
/* statfs(2): file systems of other machines, where processes cannot share memory. */
static const char *network_file_system(const char *path)
{
	static const struct { unsigned long type; const char *name; } known[] = {
		{ 0x6969, "NFS" }, { 0x517B, "SMB" }, { 0xFF534D42, "CIFS" },
		{ 0xFE534D42, "SMB2" }, { 0x01021997, "9P" }, { 0x5346414F, "AFS" },
		{ 0x00C36400, "Ceph" }, { 0x65735546, "FUSE" },
	};
	struct statfs fs;

	if (statfs(path, &fs) != 0)
		return NULL;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (((unsigned long)fs.f_type & 0xffffffff) == known[i].type)
			return known[i].name;
	return NULL;
}
#else
static const char *network_file_system(const char *path)
{
	(void)path;
	return NULL;
}
#endif

static void look_at_disk(struct doctor *d)
{
	const char *system = network_file_system(d->c->paths.db);
	struct statvfs fs;

	if (system)
		tell(d, NOTE, "disk", "%s is on %s: only one lede at a time, on one machine; --db or "
		     "XDG_DATA_HOME names a place on a local disk", d->c->paths.db, system);
	if (statvfs(d->c->paths.db, &fs) != 0)
		return;
	if ((uint64_t)fs.f_bavail * fs.f_frsize < ROOM_MIN)
		tell(d, NOTE, "disk", "less than 64 MB are free for %s; free some", d->c->paths.db);
	else if (!system)
		tell(d, WELL, "disk", "%llu MB are free",
		     (unsigned long long)((uint64_t)fs.f_bavail * fs.f_frsize >> 20));
}

static void tell_damage(struct doctor *d, const char *what)
{
	struct buf said = buf_limited(4096);

	tell(d, WRONG, "cache", "%s is damaged (%s)%s", d->c->paths.db, what,
	     d->repair ? "" : "; lede doctor --repair saves what can be read");
	if (!d->repair || !cli_recover(d->c, true, &said))
		worse(d, EXIT_CACHE);
	else
		tell(d, WELL, "cache", "%s", buf_cstr(&said));
	buf_free(&said);
}

static enum err put_right(struct doctor *d, struct error *e)
{
	struct store *s;
	enum err rc = store_open(d->c->paths.db, STORE_WRITE, &s, e);

	if (rc == ERR_NONE)
		rc = store_put_right(s, e);
	store_close(rc == ERR_NONE ? s : NULL);
	return rc;
}

static void tell_numbers(struct doctor *d, const struct store_health *h)
{
	struct error e;

	tell(d, WRONG, "cache", "%lld rows that belong to nothing, %lld wrong numbers%s",
	     (long long)h->orphans, (long long)h->miscounted,
	     d->repair ? "" : "; lede doctor --repair puts them right");
	if (!d->repair) {
		worse(d, EXIT_CACHE);
	} else if (put_right(d, &e) == ERR_NONE) {
		tell(d, WELL, "cache", "put right");
	} else {
		tell(d, WRONG, "cache", "%s", e.text);
		worse(d, EXIT_CACHE);
	}
}

static void tell_cache(struct doctor *d, struct store *s)
{
	struct store_health h;
	struct error e;

	if (store_check(s, &h, &e) != ERR_NONE) {
		tell(d, WRONG, "cache", "%s", e.text);
		worse(d, EXIT_CACHE);
	} else if (!h.sound) {
		tell_damage(d, h.first);
	} else if (h.orphans + h.miscounted > 0) {
		tell_numbers(d, &h);
	} else {
		tell(d, WELL, "cache", "%s: %lld entries of %lld feeds, %lld MB", d->c->paths.db,
		     (long long)h.entries, (long long)h.feeds, (long long)(h.bytes >> 20));
	}
}

static void look_at_cache(struct doctor *d)
{
	struct store *s = NULL;
	struct error e;
	enum err rc = store_open(d->c->paths.db, STORE_READ, &s, &e);

	if (rc == ERR_NONE) {
		tell_cache(d, s);
	} else if (rc == ERR_DAMAGED) {
		tell_damage(d, "it cannot be opened");
	} else if (rc == ERR_NONESUCH) {
		tell(d, WELL, "cache", "none yet; the first refresh makes %s", d->c->paths.db);
	} else {
		tell(d, WRONG, "cache", "%s", e.text);
		worse(d, EXIT_CACHE);
	}
	store_close(s);
}

static void look_at_search(struct doctor *d)
{
	struct buf path = buf_limited(1 << 16);
	struct str db = str_of(d->c->paths.db);
	struct stat st;

	if (db.n > 3 && str_eq(str_sub(db, db.n - 3, db.n), STR(".db")))
		db.n -= 3;
	buf_add(&path, db);
	buf_add_cstr(&path, "-search.db");
	if (stat(buf_cstr(&path), &st) == 0)
		tell(d, WELL, "search", "%s, %lld MB; it may be deleted, and is made again",
		     buf_cstr(&path), (long long)st.st_size >> 20);
	buf_free(&path);
}

/* ---- terminal and network ---- */

static const char *variable(struct doctor *d, const char *name)
{
	const char *value = d->c->getenv ? d->c->getenv(name) : getenv(name);

	return value ? value : "";
}

static void look_at_terminal(struct doctor *d)
{
	const char *term = variable(d, "TERM"), *set = nl_langinfo(CODESET);

	if (term[0] == '\0' || strcmp(term, "dumb") == 0)
		tell(d, NOTE, "terminal", "TERM is %s: the reader needs the name of a terminal",
		     term[0] ? term : "not set");
	else
		tell(d, WELL, "terminal", "%s", term);
	if (strcmp(set, "UTF-8") != 0)
		tell(d, NOTE, "locale", "characters are %s; a UTF-8 locale (LC_ALL=C.UTF-8) shows "
		     "every script", set);
	else
		tell(d, WELL, "locale", "UTF-8");
}

static void look_at_network(struct doctor *d)
{
	static const char *const proxies[] = { "http_proxy", "https_proxy", "all_proxy" };
	const char *set = config_text(d->c->config, OPT_PROXY, NULL);
	struct certificates k = { 0 };
	struct error e;

	if (certificates_find(&k, STR(""), &e) != ERR_NONE)
		tell(d, NOTE, "network", "%s", e.text);
	else
		tell(d, WELL, "network", "certificates: %s",
		     k.file ? k.file : k.folder ? k.folder : "libcurl's own");
	certificates_free(&k);
	if (set[0])
		tell(d, WELL, "proxy", "%s", set);
	for (size_t i = 0; i < sizeof proxies / sizeof *proxies && !set[0]; i++)
		if (variable(d, proxies[i])[0])
			tell(d, WELL, "proxy", "%s is set", proxies[i]);
}

int cmd_doctor(struct cli *c, const struct cli_args *a)
{
	struct doctor d = { .c = c, .repair = a->repair, .status = EXIT_DONE };

	look_at_config(&d);
	look_at_feeds(&d);
	look_at_cache(&d);
	look_at_disk(&d);
	look_at_search(&d);
	look_at_terminal(&d);
	look_at_network(&d);
	return d.status;
}
