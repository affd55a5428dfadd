/* Any bytes as the feeds file: what is kept is an address, once, of a line that is there; what is
 * left out is said with a sentence, in the order of the lines. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lede/app/feed_tags.h"
#include "lede/app/subscriptions.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The file is in memory, and named by its descriptor. */
static int in_memory(const uint8_t *data, size_t size)
{
	int fd = memfd_create("feeds", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	return fd;
}

static void left_out(void *self, int line, const char *why)
{
	int *last = self;

	if (line < 1 || line < *last || why[0] == '\0')
		abort();
	*last = line;
}

static void check_tags(const struct feed_tags *tags, const struct subscription *f)
{
	struct config_feed known = feed_tags_of(tags, f->url);

	if (known.ntags != f->ntags)
		abort();
	for (size_t i = 0; i < f->ntags; i++)
		if (f->tags[i].n == 0 || !str_eq(known.tags[i], f->tags[i]))
			abort();
}

static void check(const struct subscriptions *s, int lines)
{
	struct feed_tags *tags = feed_tags_new(s);

	for (size_t i = 0; i < s->n; i++) {
		const struct subscription *f = &s->feed[i];

		if (f->url.n == 0 || f->line < 1 || f->line > lines ||
		    (i > 0 && f->line <= f[-1].line) || subscriptions_find(s, f->url) != f)
			abort();
		check_tags(tags, f);
	}
	feed_tags_free(tags);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = in_memory(data, size), last = 0, lines = 1;
	struct subscriptions s;
	struct error e;
	char path[40];

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n' || data[i] == '\r';
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (subscriptions_load(path, &s, left_out, &last, &e) != ERR_NONE)
		abort();
	check(&s, lines);
	subscriptions_free(&s);
	close(fd);
	return 0;
}
