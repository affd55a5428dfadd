#include "cli_fixture.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "lede/app/edition_make.h"
#include "lede/base/file.h"
#include "lede/text/date.h"

char *cli_out, *cli_err, cli_folder[64];
const char *cli_input, *cli_full_device;
int cli_asked;

static json_t *parsed;
static const struct fake_answer *network;
static size_t nanswers;

/* ---- a folder of its own ---- */

int cli_set_up(void **state)
{
	(void)state;
	setenv("TZ", "UTC0", 1);
	tzset();
	cli_input = cli_full_device = NULL;
	cli_asked = 0;
	network_has(NULL, 0);
	snprintf(cli_folder, sizeof cli_folder, "/tmp/lede-cli.XXXXXX");
	return mkdtemp(cli_folder) ? 0 : -1;
}

static void empty_folder(void)
{
	DIR *d = opendir(cli_folder);
	struct dirent *entry;
	char path[512];

	while (d && (entry = readdir(d))) {
		snprintf(path, sizeof path, "%s/%s", cli_folder, entry->d_name);
		unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(cli_folder);
}

int cli_tear_down(void **state)
{
	(void)state;
	empty_folder();
	free(cli_out);
	free(cli_err);
	cli_out = cli_err = NULL;
	json_decref(parsed);
	parsed = NULL;
	return 0;
}

static char *in_folder(const char *name)
{
	static char path[256];

	snprintf(path, sizeof path, "%s/%s", cli_folder, name);
	return path;
}

void write_file(const char *name, const char *text)
{
	struct error e;

	assert_int_equal(file_replace(in_folder(name), str_of(text), 0644, &e), ERR_NONE);
}

void file_holds(const char *name, const char *text)
{
	struct buf b = buf_limited(1 << 20);

	file_read(in_folder(name), &b, NULL);
	assert_string_equal(buf_cstr(&b), text);
	buf_free(&b);
}

/* ---- the network ---- */

void network_has(const struct fake_answer *answers, size_t n)
{
	network = answers;
	nanswers = n;
}

static const struct fake_answer *answer_for(struct str url)
{
	for (size_t i = 0; i < nanswers; i++)
		if (str_is(url, network[i].url))
			return &network[i];
	return NULL;
}

/* What the network's own eyes find wrong in an address. */
static void end_refused(const struct fetch_request *r)
{
	struct fetch_result end = { .outcome = FETCH_FAILED, .address = r->url, .max_age = -1 };

	error_set(&end.error, ERR_USAGE, "not an http or https address");
	r->sink.end(r->sink.self, &end);
}

static void end_failed(const struct fetch_request *r, int status)
{
	struct fetch_result end = { .outcome = status ? FETCH_DONE : FETCH_FAILED, .status = status,
				    .address = r->url, .max_age = -1 };

	if (status)
		error_set(&end.error, ERR_HTTP, "status %d", status);
	else
		error_set(&end.error, ERR_NET, "accepts no connection");
	r->sink.end(r->sink.self, &end);
}

/* Body in pieces of seven bytes, as slow networks do. */
static void answer(const struct fetch_request *r, const struct fake_answer *a)
{
	struct fetch_answer begin = { .status = 200,
				      .content_type = str_of(a->content_type),
				      .address = r->url,
				      .declared_length = -1 };
	struct fetch_result end = {
		.outcome = FETCH_DONE, .status = 200, .address = r->url, .max_age = -1
	};
	struct str rest = str_of(a->body);
	bool go_on = r->sink.begin(r->sink.self, &begin);

	while (go_on && rest.n > 0) {
		go_on = r->sink.data(r->sink.self, str_sub(rest, 0, 7));
		rest = str_sub(rest, 7, rest.n);
	}
	end.outcome = go_on ? FETCH_DONE : FETCH_STOPPED;
	r->sink.end(r->sink.self, &end);
}

static void fake_start(struct fetcher *f, const struct fetch_request *r, uint64_t *id)
{
	const struct fake_answer *a = answer_for(r->url);

	(void)f;
	*id = (uint64_t)++cli_asked;
	if (a && a->status == 200)
		answer(r, a);
	else if (str_starts(r->url, "http://[nobody]"))
		end_refused(r);
	else
		end_failed(r, a ? a->status : 0);
}

static void fake_cancel(struct fetcher *f, uint64_t id)
{
	(void)f;
	(void)id;
}

static void fake_nothing(struct fetcher *f)
{
	(void)f;
}

static enum err fake_open(const struct fetch_options *o, struct fetcher **out, struct error *e)
{
	static struct fetcher fake = { fake_start, fake_cancel, fake_nothing, fake_nothing };

	(void)e;
	assert_string_equal(o->version, "9.9");
	assert_string_equal(o->home_page, "https://lede.example/");
	*out = &fake;
	return ERR_NONE;
}

/* ---- running ---- */

static char *no_environment(const char *name)
{
	(void)name;
	return NULL;
}

int lede(const char *line)
{
	struct buf whole = buf_limited(1 << 16);
	size_t nout, nerr;
	struct cli c = { .version = "9.9", .home_page = "https://lede.example/",
			 .getenv = no_environment, .open_fetcher = fake_open };
	char **argv;
	int argc, status;

	free(cli_out);
	free(cli_err);
	cli_out = cli_err = NULL;
	c.out = cli_full_device ? fopen(cli_full_device, "w") : open_memstream(&cli_out, &nout);
	c.err = open_memstream(&cli_err, &nerr);
	c.in = tmpfile();
	assert_non_null(c.in);
	fputs(cli_input ? cli_input : "", c.in);
	rewind(c.in);
	buf_addf(&whole, "lede --config %s/config --feeds %s/feeds --db %s/db --now %d %s",
		 cli_folder, cli_folder, cli_folder, CLI_NOW, line);
	assert_int_equal(argv_split(buf_view(&whole), &argv, &argc, NULL), ERR_NONE);
	if (access(in_folder("config"), F_OK) != 0)
		write_file("config", "");
	status = cli_main(&c, argc, argv);
	cli_done(&c);
	fclose(c.out);
	fclose(c.err);
	fclose(c.in);
	free(argv);
	buf_free(&whole);
	return status;
}

bool says(const char *sentence)
{
	if (strstr(cli_err, sentence))
		return true;
	print_message("it said: %s", cli_err);
	return false;
}

/* ---- JSON ---- */

json_t *lede_json_lines(const char *line, int status)
{
	char with[512];
	struct str rest, one;

	snprintf(with, sizeof with, "%s --json", line);
	assert_int_equal(lede(with), status);
	json_decref(parsed);
	parsed = json_array();
	rest = str_of(cli_out);
	while (str_next_line(&rest, &one)) {
		json_t *value = json_loadb(one.p, one.n, 0, NULL);

		assert_non_null(value);
		json_array_append_new(parsed, value);
	}
	return parsed;
}

json_t *lede_json(const char *line, int status)
{
	json_t *lines = lede_json_lines(line, status);

	assert_int_equal(json_array_size(lines), 1);
	return json_array_get(lines, 0);
}

void has_keys(json_t *object, const char *keys)
{
	struct buf found = buf_limited(4096);
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
		buf_addf(&found, "%s%s", found.n > 0 ? " " : "", key);
	assert_string_equal(buf_cstr(&found), keys);
	buf_free(&found);
}

const char *string_of(json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

json_int_t number_of(json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

/* ---- a cache ---- */

enum { HOUR = 3600 };

static void put(struct store *s, int64_t feed, const char *title, const char *link,
		const char *html, int64_t hours)
{
	struct entry_new n = { .feed = feed,
			       .guid = str_of(link),
			       .title = str_of(title),
			       .link = str_of(link),
			       .author = STR("Li Wen"),
			       .html = str_of(html),
			       .enclosure = STR(""),
			       .language = STR(""),
			       .published = CLI_NOW - hours * HOUR,
			       .updated = DATE_NONE,
			       .points = -1 };
	enum put_result result;
	int64_t id;

	assert_int_equal(store_put_entry(s, &n, CLI_NOW, &result, &id, NULL), ERR_NONE);
	assert_int_equal(result, PUT_NEW);
}

/* Entries 1 to 4 of feed a.example (the first one a story that b.example tells too: 5), folded. */
void fill_cache(void)
{
	static const struct str urls[] = { { "https://a.example/feed", 22 },
					   { "https://b.example/feed", 22 } };
	struct folding *f = folding_new();
	struct store *s;
	int64_t id[2], stories;

	write_file("feeds",
		   "https://a.example/feed news \"~Paper Daily\"\nhttps://b.example/feed\n");
	assert_int_equal(store_open(in_folder("db"), STORE_WRITE, &s, NULL), ERR_NONE);
	assert_int_equal(store_feeds_sync(s, urls, 2, CLI_NOW, id, NULL), ERR_NONE);
	assert_int_equal(store_begin(s, false, NULL), ERR_NONE);
	put(s, id[0], "Ministry to tighten rules on personal data", "https://a.example/1",
	    "<p>Standards for <a href=\"https://rules.example/draft\">open "
	    "comment</a>.</p><p>監(jiān)管</p>",
	    2);
	put(s, id[0], "Swimmers ask for rivers free of waste water", "https://a.example/2",
	    "<p>Text</p>", 3);
	put(s, id[0], "Evil \x1b[31m \xe2\x80\xae title", "https://a.example/3", "", 4);
	put(s, id[0], "", "https://a.example/4", "<p>No title</p>", 200);
	put(s, id[1], "Ministry to tighten rules on personal data", "https://b.example/1",
	    "<p>Copy</p>", 1);
	assert_int_equal(store_commit(s, NULL), ERR_NONE);
	assert_int_equal(folding_run(f, s, CLI_NOW, &stories, NULL), ERR_NONE);
	folding_free(f);
	store_close(s);
}
