/* main - builds what the program needs, passes it down, takes it apart in reverse. */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "lede/app/cli.h"
#include "lede/base/mem.h"
#include "lede/feed/feed.h"
#include "reader.h"

/* A standard descriptor that is closed would be the number of the next file opened, and the cache
 * would get the output. What stands in for one answers every read or write with an error or
 * nothing. */
static void fill_missing_descriptors(void)
{
	static const int ways[] = { O_RDONLY, O_RDONLY, O_WRONLY };

	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", ways[fd]) != fd)
			_exit(EXIT_CACHE);
}

int main(int argc, char **argv)
{
	struct cli cli = { .out = stdout, .err = stderr, .version = PACKAGE_VERSION,
			   .home_page = PACKAGE_URL[0] ? PACKAGE_URL : NULL };
	int status;

	fill_missing_descriptors();
	mem_keep_little();
	signal(SIGPIPE, SIG_IGN);     /* who reads along may leave: cli_finish */
	tzset();
	feed_init();
	status = cli_main(&cli, argc, argv);
	if (status < 0)
		status = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) ? reader_main(&cli) :
									 cli_front_page(&cli);
	cli_done(&cli);
	return status;
}
