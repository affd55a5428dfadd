#include "import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lede/base/file.h"
#include "lede/base/hash.h"
#include "lede/store/foreign.h"
#include "lede/text/display.h"
#include "lede/text/url.h"
#include "lede/text/utf8.h"

enum { FILE_MAX = 64 << 20, LINE_MAX_BYTES = 64 << 10, LEFT_MAX = 10000, WHAT_MAX = 120 };

static const char *const kind_names[] = {
	[IMPORT_UNKNOWN] = "unknown",
	[IMPORT_OPML] = "OPML",
	[IMPORT_NEWSBOAT_URLS] = "newsboat urls",
	[IMPORT_NEWSBOAT_CONFIG] = "newsboat config",
	[IMPORT_NEWSBOAT_CACHE] = "newsboat cache",
	[IMPORT_NEWSRAFT_FEEDS] = "newsraft feeds",
	[IMPORT_NEWSRAFT_CONFIG] = "newsraft config",
	[IMPORT_NEWSRAFT_CACHE] = "newsraft cache",
	[IMPORT_SFEEDRC] = "sfeedrc",
	[IMPORT_SNOWNEWS_URLS] = "snownews urls",
};

const char *import_kind_name(enum import_kind k)
{
	return kind_names[k];
}

struct import *import_new(const char *home)
{
	struct import *im = mem_new(sizeof *im);

	im->arena = arena_new();
	im->home = home ? home : "";
	im->by_url = map_new();
	im->stars = buf_limited(256);
	return im;
}

void import_free(struct import *im)
{
	if (!im)
		return;
	arena_free(im->arena);
	map_free(im->by_url);
	buf_free(&im->stars);
	free(im->file);
	free(im->feed);
	free(im->left);
	free(im->setting);
	free(im);
}

/* ---- gathering ---- */

struct str import_kept(struct import *im, struct str s)
{
	struct buf repaired = buf_limited(3 * LINE_MAX_BYTES);
	struct str kept;

	s = str_sub(s, 0, LINE_MAX_BYTES);
	if (utf8_is_valid(s))
		return (struct str){ arena_copy(im->arena, s.p ? s.p : "", s.n), s.n };
	utf8_repair(s, &repaired);
	kept = (struct str){ arena_copy(im->arena, buf_cstr(&repaired), repaired.n), repaired.n };
	buf_free(&repaired);
	return kept;
}

void import_leave(struct import *im, int line, struct str what, const char *why, ...)
{
	struct buf sentence = buf_limited(1024);
	va_list args;

	if (im->nleft == LEFT_MAX)
		return;
	va_start(args, why);
	buf_addv(&sentence, why, args);
	va_end(args);
	im->left = mem_grow(im->left, &im->left_cap, im->nleft + 1, sizeof *im->left);
	im->left[im->nleft++] = (struct import_left){
		.file = im->now_reading, .line = line,
		.what = import_kept(im, str_sub(what, 0, utf8_cut(what, WHAT_MAX))),
		.why = arena_copy(im->arena, buf_cstr(&sentence), sentence.n),
	};
	buf_free(&sentence);
}

/* Why no feed is taken from an address; NULL when one is. */
static const char *refusal(struct str url)
{
	if (str_starts(url, "|") || str_starts(url, "exec:") || str_starts(url, "$("))
		return "a command: lede runs no programs";
	if (str_starts_nocase(url, "file:"))
		return "a local file: lede add takes it";
	if (!str_starts_nocase(url, "http://") && !str_starts_nocase(url, "https://"))
		return "no address of the web";
	return url_flaw(url);
}

struct import_feed *import_feed(struct import *im, int line, struct str url)
{
	const char *why;
	uint64_t i;

	url = import_kept(im, str_trim(url));
	why = refusal(url);
	if (why) {
		import_leave(im, line, url, "%s", why);
		return NULL;
	}
	if (map_get(im->by_url, hash64(url), &i) && str_eq(im->feed[i].as.url, url))
		return &im->feed[i];
	map_put(im->by_url, hash64(url), im->nfeeds);
	im->feed = mem_grow(im->feed, &im->feeds_cap, im->nfeeds + 1, sizeof *im->feed);
	im->feed[im->nfeeds] = (struct import_feed){
		.as = { .url = url, .title = STR(""), .line = line }, .site = STR(""),
		.entries = STR(""),
	};
	return &im->feed[im->nfeeds++];
}

/* In display form: a tag is shown, and it has to fit into a line of the feeds file. */
void import_tag(struct import *im, struct import_feed *f, struct str tag)
{
	struct buf shown = buf_limited(LINE_MAX_BYTES);
	struct str *more;

	display_line(str_trim(tag), &shown);
	tag = import_kept(im, buf_view(&shown));
	buf_free(&shown);
	for (size_t i = 0; i < f->as.ntags; i++)
		if (str_eq(f->as.tags[i], tag))
			return;
	if (tag.n == 0)
		return;
	more = arena_alloc(im->arena, (f->as.ntags + 1) * sizeof *more);
	if (f->as.ntags > 0)
		memcpy(more, f->as.tags, f->as.ntags * sizeof *more);
	more[f->as.ntags++] = tag;
	f->as.tags = more;
}

/* What was set later wins, as it does there. */
void import_set_for(struct import *im, int line, struct str said, const char *option,
		    struct str value, unsigned scope, struct str of)
{
	int id = option_named(str_of(option));
	struct config_setting *s = NULL;
	struct error e;

	if (id < 0 || !(option_table[id].scope & scope)) {
		import_leave(im, line, said, "lede has no such setting");
		return;
	}
	if (option_check((enum option_id)id, value, &e) != ERR_NONE) {
		import_leave(im, line, said, "%s", e.text);
		return;
	}
	for (size_t i = 0; i < im->nsettings && !s; i++)
		if ((int)im->setting[i].id == id && im->setting[i].scope == scope &&
		    str_eq(im->setting[i].of, of))
			s = &im->setting[i];
	if (!s) {
		im->setting = mem_grow(im->setting, &im->settings_cap, im->nsettings + 1,
				       sizeof *im->setting);
		s = &im->setting[im->nsettings++];
	}
	*s = (struct config_setting){ (enum option_id)id, scope, import_kept(im, of),
				      import_kept(im, value) };
}

void import_set(struct import *im, int line, struct str said, const char *option, struct str value)
{
	import_set_for(im, line, said, option, value, SCOPE_GLOBAL, STR(""));
}

/* ---- what kind of file it is ---- */

struct look { int keys[2], lines, addresses, bars, newsraft; };

static bool looks_like_address(struct str word)
{
	static const char *const schemes[] = { "http://", "https://", "exec:", "filter:", "query:",
		"file:", "gopher:", "gophers:", "ftp:", "\"http" };

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (str_starts_nocase(word, schemes[i]))
			return true;
	return false;
}

static void look_at_line(struct look *l, struct str line)
{
	struct str word = str_trim(line), rest;
	size_t end = 0;

	if (word.n == 0 || word.p[0] == '#')
		return;
	l->lines++;
	while (end < word.n && !ascii_is_space(word.p[end]))
		end++;
	rest = str_sub(word, end, word.n);
	word = str_sub(word, 0, end);
	if (word.p[0] == '@' || str_starts(word, "$("))
		l->newsraft++;
	if (looks_like_address(word)) {
		l->addresses++;
		l->bars += str_find(word, '|') != SIZE_MAX;
		l->newsraft += str_starts(str_trim(rest), "<") ||
			       str_find_str(rest, STR("\" <")) != SIZE_MAX;
	}
	l->keys[0] += import_newsboat_key(word);
	l->keys[1] += import_newsraft_key(word);
}

static enum import_kind kind_of_lines(struct str text, const char *path)
{
	struct look l = { .lines = 0 };
	struct str line;

	while (str_next_line(&text, &line) && l.lines < 1000)
		look_at_line(&l, line);
	if (l.newsraft > 0)
		return IMPORT_NEWSRAFT_FEEDS;
	if (l.bars > 0 && l.bars * 2 >= l.addresses)
		return IMPORT_SNOWNEWS_URLS;
	if (l.addresses > 0)
		return strstr(path, "newsraft/feeds") ? IMPORT_NEWSRAFT_FEEDS
						      : IMPORT_NEWSBOAT_URLS;
	if (l.keys[0] == 0 && l.keys[1] == 0)
		return IMPORT_UNKNOWN;
	return l.keys[1] > l.keys[0] ? IMPORT_NEWSRAFT_CONFIG : IMPORT_NEWSBOAT_CONFIG;
}

static enum import_kind kind_of(struct str bytes, const char *path)
{
	struct str head = str_sub(bytes, 0, 4096);

	if (str_find_nocase(head, STR("<opml")) != SIZE_MAX)
		return IMPORT_OPML;
	if (str_find_nocase(head, STR("<?xml")) != SIZE_MAX ||
	    str_find_nocase(head, STR("<html")) != SIZE_MAX ||
	    str_find_nocase(head, STR("<rss")) != SIZE_MAX)
		return IMPORT_UNKNOWN;
	if (import_is_sfeedrc(bytes))
		return IMPORT_SFEEDRC;
	return kind_of_lines(bytes, path);
}

/* ---- reading ---- */

static struct import_file *add_file(struct import *im, const char *path)
{
	im->file = mem_grow(im->file, &im->files_cap, im->nfiles + 1, sizeof *im->file);
	im->file[im->nfiles] = (struct import_file){
		.path = arena_copy(im->arena, path, strlen(path)) };
	return &im->file[im->nfiles++];
}

static void read_as(struct import *im, struct import_file *f, struct str bytes)
{
	im->now_reading = f->path;
	switch (f->kind) {
	case IMPORT_OPML: import_opml(im, bytes, &f->error); break;
	case IMPORT_NEWSBOAT_URLS: import_newsboat_urls(im, bytes); break;
	case IMPORT_NEWSBOAT_CONFIG: import_newsboat_config(im, bytes); break;
	case IMPORT_NEWSRAFT_FEEDS: import_newsraft_feeds(im, bytes); break;
	case IMPORT_NEWSRAFT_CONFIG: import_newsraft_config(im, bytes); break;
	case IMPORT_SFEEDRC: import_sfeedrc(im, bytes, f->path); break;
	case IMPORT_SNOWNEWS_URLS: import_snownews_urls(im, bytes); break;
	case IMPORT_NEWSBOAT_CACHE: case IMPORT_NEWSRAFT_CACHE: break;
	case IMPORT_UNKNOWN:
		error_set(&f->error, ERR_SYNTAX, "%s is no file of a reader that lede knows; a feed"
			  " or a page is for lede add", f->path);
	}
}

/* Its entries are read when the feeds are known. */
static void look_into_database(struct import_file *f)
{
	struct foreign *db;

	if (foreign_open(f->path, &db, &f->error) != ERR_NONE)
		return;
	f->kind = foreign_kind(db) == FOREIGN_NEWSBOAT ? IMPORT_NEWSBOAT_CACHE
						       : IMPORT_NEWSRAFT_CACHE;
	foreign_close(db);
}

/* A database may be of any size: its first bytes say that it is one. */
static bool is_database(const char *path)
{
	char head[16] = "";
	struct stat st;
	FILE *file = stat(path, &st) == 0 && S_ISREG(st.st_mode) ? fopen(path, "rb") : NULL;
	size_t n = file ? fread(head, 1, sizeof head, file) : 0;

	if (file)
		fclose(file);
	return foreign_is_database((struct str){ head, n });
}

static void read_file(struct import *im, const char *path)
{
	struct import_file *f = add_file(im, path);
	struct buf bytes = buf_limited(FILE_MAX);

	if (is_database(path)) {
		look_into_database(f);
	} else if (file_read(path, &bytes, &f->error) == ERR_NONE) {
		f->kind = kind_of(buf_view(&bytes), path);
		read_as(im, f, buf_view(&bytes));
	}
	buf_free(&bytes);
}

static bool is_there(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

/* FOLDER/NAME, when it is there. */
static bool read_in(struct import *im, const char *folder, const char *name)
{
	struct buf path = buf_limited(1 << 16);
	bool there;

	buf_addf(&path, "%s/%s", folder, name);
	there = is_there(buf_cstr(&path));
	if (there)
		read_file(im, buf_cstr(&path));
	buf_free(&path);
	return there;
}

/* Lists before settings before caches: entries need their feeds. */
static const char *const names[] = { "urls", "feeds", "sfeedrc", "urls.opml", "config", "cache.db",
	"newsraft.sqlite3" };

static size_t read_folder(struct import *im, const char *folder)
{
	size_t n = 0;
	bool sfeed;
	struct buf rc = buf_limited(1 << 16);

	buf_addf(&rc, "%s/sfeedrc", folder);
	sfeed = is_there(buf_cstr(&rc));      /* whose `urls` and `feeds` are something else */
	buf_free(&rc);
	if (sfeed)
		return read_in(im, folder, "sfeedrc");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		n += read_in(im, folder, names[i]);
	return n;
}

void import_read(struct import *im, const char *path)
{
	struct stat st;

	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode)) {
		read_file(im, path);
	} else if (read_folder(im, path) == 0) {
		struct import_file *f = add_file(im, path);

		error_set(&f->error, ERR_NONESUCH, "in %s lies nothing of a reader that lede knows",
			  path);
	}
}

/* ---- usual places ---- */

static size_t read_below(struct import *im, const char *base, const char *below)
{
	struct buf path = buf_limited(1 << 16);
	size_t n = 0;

	if (base && base[0] == '/') {
		buf_addf(&path, "%s/%s", base, below);
		n = is_there(buf_cstr(&path)) ? read_folder(im, buf_cstr(&path)) : 0;
	}
	buf_free(&path);
	return n;
}

bool import_usual(struct import *im, const char *program, char *(*getenv_fn)(const char *))
{
	static const char *const known[] = { "newsboat", "newsraft", "sfeed", "snownews" };
	const char *config = getenv_fn("XDG_CONFIG_HOME"), *data = getenv_fn("XDG_DATA_HOME");
	char hidden[32], in_config[32], in_data[40];
	bool is_known = false;
	size_t n;

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		is_known = is_known || strcmp(program, known[i]) == 0;
	if (!is_known)
		return false;
	snprintf(hidden, sizeof hidden, ".%s", program);
	snprintf(in_config, sizeof in_config, ".config/%s", program);
	snprintf(in_data, sizeof in_data, ".local/share/%s", program);
	n = config ? read_below(im, config, program) : read_below(im, im->home, in_config);
	if (n > 0)
		n += data ? read_below(im, data, program) : read_below(im, im->home, in_data);
	else
		n = read_below(im, im->home, hidden);
	if (n == 0) {
		struct import_file *f = add_file(im, program);

		error_set(&f->error, ERR_NONESUCH, "found nothing of %s in its usual places; name "
			  "its file", program);
	}
	return true;
}
