/* Whom TLS trusts, against `openssl s_server` and certificates made for the day; without that
 * program there is nothing to test with, and the tests are skipped. */
#include "lede/net/fetch.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "client.h"

extern char **environ;

/* One TLS server with a certificate for "localhost" that nobody has signed. */
struct tls { char folder[64], key[80], certificate[80], port[8]; pid_t server; };
static struct tls tls;

static const struct server_route no_routes[] = { { 0 } };

static pid_t spawn(const char *const argv[])
{
	posix_spawn_file_actions_t quiet;
	pid_t pid;
	int failed;

	posix_spawn_file_actions_init(&quiet);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(&quiet, fd, "/dev/null", O_RDWR, 0);
	failed = posix_spawnp(&pid, argv[0], &quiet, NULL, (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&quiet);
	return failed ? -1 : pid;
}

static bool run(const char *const argv[])
{
	pid_t pid = spawn(argv);
	int status = 1;

	return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static int bound_socket(struct sockaddr_in *at)
{
	socklen_t size = sizeof *at;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	*at = (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	assert_int_equal(bind(fd, (struct sockaddr *)at, size), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)at, &size), 0);
	return fd;
}

/* A port that was free a moment ago. */
static struct sockaddr_in free_port(void)
{
	struct sockaddr_in at;

	close(bound_socket(&at));
	snprintf(tls.port, sizeof tls.port, "%d", ntohs(at.sin_port));
	return at;
}

static bool wait_until_it_listens(const struct sockaddr_in *at)
{
	bool listens = false;

	for (int i = 0; i < 200 && !listens; i++) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);

		listens = connect(fd, (const struct sockaddr *)at, sizeof *at) == 0;
		close(fd);
		if (!listens)
			nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	}
	return listens;
}

static int start_tls(void **state)
{
	struct sockaddr_in at = free_port();
	const char *make[] = { "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
		"ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
		"-addext", "subjectAltName=DNS:localhost", "-keyout", tls.key, "-out",
		tls.certificate, NULL };
	const char *serve[] = { "openssl", "s_server", "-accept", tls.port, "-key", tls.key,
		"-cert", tls.certificate, "-www", "-quiet", NULL };

	(void)state;
	snprintf(tls.folder, sizeof tls.folder, "/tmp/lede-tls.XXXXXX");
	assert_non_null(mkdtemp(tls.folder));
	snprintf(tls.key, sizeof tls.key, "%s/key", tls.folder);
	snprintf(tls.certificate, sizeof tls.certificate, "%s/certificate", tls.folder);
	tls.server = run(make) ? spawn(serve) : -1;
	if (tls.server > 0 && !wait_until_it_listens(&at))
		return -1;
	if (tls.server <= 0)
		print_message("openssl is missing: TLS is not tested\n");
	return 0;
}

static int stop_tls(void **state)
{
	(void)state;
	if (tls.server > 0) {
		kill(tls.server, SIGTERM);
		waitpid(tls.server, NULL, 0);
	}
	unlink(tls.key);
	unlink(tls.certificate);
	rmdir(tls.folder);
	return 0;
}

/* Fetches the server's page with the named file of certificates (empty: the system's only). */
static struct got *fetch(struct client *c, const char *host, const char *ca_file, bool verify)
{
	struct fetch_options o = { .version = "0", .ca_file = str_of(ca_file),
		.clock = clock_system() };
	struct fetch_request r = { .verify_tls = verify, .may_be_private = true, .timeout = 8 };
	struct error e;
	char url[64];

	c->fetcher->close(c->fetcher);
	assert_int_equal(fetch_open(&o, &c->fetcher, &e), ERR_NONE);
	snprintf(url, sizeof url, "https://%s:%s/", host, tls.port);
	r.url = str_of(url);
	return client_fetch(c, &r);
}

static struct client *client_or_skip(void)
{
	if (tls.server <= 0)
		skip();
	return client_new(no_routes);
}

static void a_certificate_nobody_signed_is_not_trusted(void **state)
{
	struct client *c = client_or_skip();
	struct got *g = fetch(c, "localhost", "", true);

	(void)state;
	assert_int_equal(g->result.outcome, FETCH_FAILED);
	assert_int_equal(g->result.error.code, ERR_NET);
	assert_string_equal(g->result.error.text, "certificate not trusted");
	assert_int_equal(g->begins, 0);
	client_free(c);
}

static void a_file_of_the_users_adds_a_certificate(void **state)
{
	struct client *c = client_or_skip();
	struct got *g = fetch(c, "localhost", tls.certificate, true);

	(void)state;
	assert_int_equal(g->result.outcome, FETCH_DONE);
	assert_int_equal(g->result.status, 200);
	client_free(c);
}

static void a_certificate_for_another_name_is_not_trusted(void **state)
{
	struct client *c = client_or_skip();
	struct got *g = fetch(c, "127.0.0.1", tls.certificate, true);

	(void)state;
	assert_string_equal(g->result.error.text, "certificate not trusted");
	client_free(c);
}

static void a_person_may_do_without_trust_for_one_feed(void **state)
{
	struct client *c = client_or_skip();

	(void)state;
	assert_int_equal(fetch(c, "127.0.0.1", "", false)->result.status, 200);
	client_free(c);
}

/* A connection made without looking must not serve a request that wants it looked at. */
static void trust_is_not_inherited_through_a_connection(void **state)
{
	struct client *c = client_or_skip();
	struct fetch_request r = { .may_be_private = true, .timeout = 8 };
	char url[64];

	(void)state;
	snprintf(url, sizeof url, "https://localhost:%s/", tls.port);
	r.url = str_of(url);
	assert_int_equal(client_fetch(c, &r)->result.status, 200);
	r.verify_tls = true;
	assert_string_equal(client_fetch(c, &r)->result.error.text, "certificate not trusted");
	client_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_certificate_nobody_signed_is_not_trusted),
		cmocka_unit_test(a_file_of_the_users_adds_a_certificate),
		cmocka_unit_test(a_certificate_for_another_name_is_not_trusted),
		cmocka_unit_test(a_person_may_do_without_trust_for_one_feed),
		cmocka_unit_test(trust_is_not_inherited_through_a_connection),
	};

	return cmocka_run_group_tests(tests, start_tls, stop_tls);
}
