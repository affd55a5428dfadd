#include "measure.h"

#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- clocks and counters ---- */

static double seconds_of(clockid_t clock)
{
	struct timespec t;

	return clock_gettime(clock, &t) == 0 ? (double)t.tv_sec + (double)t.tv_nsec / 1e9 : 0;
}

double cpu_now(void)
{
	return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

double wall_now(void)
{
	return seconds_of(CLOCK_MONOTONIC);
}

double cpu_of(pid_t pid)
{
	clockid_t clock;

	return clock_getcpuclockid(pid, &clock) == 0 ? seconds_of(clock) : 0;
}

/* The number behind `name` in a file of /proc that has one a line; -1 when it is not there. */
static long proc_number(const char *path, const char *name)
{
	FILE *f = fopen(path, "r");
	char line[256];
	long n = -1;

	while (f && fgets(line, sizeof line, f))
		if (strncmp(line, name, strlen(name)) == 0)
			n = strtol(line + strlen(name), NULL, 10);
	if (f)
		fclose(f);
	return n;
}

/* Not ru_maxrss: that lives on through exec and tells the parent's size too. */
double peak_rss_mb(pid_t pid)
{
	char path[64];
	long kb;

	snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
	kb = proc_number(path, "VmHWM:");
	return kb < 0 ? 0 : (double)kb / 1024;
}

long reads_made(void)
{
	return proc_number("/proc/self/io", "syscr: ");
}

/* ---- children ---- */

static void wait_for(pid_t pid, double began, struct cost *out)
{
	struct rusage used;
	int status;

	*out = (struct cost){ .good = false };
	if (pid < 0 || wait4(pid, &status, 0, &used) != pid)
		return;
	out->wall = wall_now() - began;
	out->good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	out->cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
		   (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
	out->rss_mb = (double)used.ru_maxrss / 1024;
	out->written_mb = (double)used.ru_oublock * 512 / 1e6;
}

void cost_of_work(work_fn *work, void *self, struct cost *out)
{
	double *value = mmap(NULL, VALUES * sizeof *value, PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	double began = wall_now();
	pid_t pid;

	*out = (struct cost){ .good = false };
	if (value == MAP_FAILED)
		return;
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		_exit(work(self, value) ? 0 : 1);
	wait_for(pid, began, out);
	memcpy(out->value, value, sizeof out->value);
	munmap(value, VALUES * sizeof *value);
}

static void become(const char *const argv[])
{
	int null = open("/dev/null", O_RDWR);

	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
	}
	execv(argv[0], (char *const *)(uintptr_t)argv);
	fprintf(stderr, "cannot run %s\n", argv[0]);
	_exit(127);
}

void cost_of_program(const char *const argv[], struct cost *out)
{
	double began = wall_now();
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		become(argv);
	wait_for(pid, began, out);
}

/* ---- rows ---- */

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

double quantile(double *v, size_t n, double share)
{
	if (n == 0)
		return NAN;
	qsort(v, n, sizeof *v, ascending);
	return v[(size_t)(share * (double)(n - 1) + 0.5)];
}

/* Three digits that matter. */
static void put_number(double x, const char *before, const char *after, int width)
{
	char text[32];

	if (isnan(x) || isinf(x))
		snprintf(text, sizeof text, "-");
	else
		snprintf(text, sizeof text, "%s%.*f%s", before,
			 fabs(x) >= 100  ? 0
			 : fabs(x) >= 10 ? 1
			 : fabs(x) >= 1  ? 2
					 : 3,
			 x, after);
	printf(" %*s", width, text);
}

static bool is_met(double lede, double ratio, enum goal kind, double goal)
{
	switch (kind) {
	case GOAL_MOST: return lede <= goal;
	case GOAL_LEAST: return lede >= goal;
	case GOAL_RATIO_MOST: return ratio <= goal;
	case GOAL_RATIO_LEAST: return ratio >= goal;
	case GOAL_NONE: break;
	}
	return true;
}

void row(const char *name, double lede, double anchor, enum goal kind, double goal)
{
	double ratio = anchor > 0 ? lede / anchor : NAN;
	bool is_ratio = kind == GOAL_RATIO_MOST || kind == GOAL_RATIO_LEAST;
	double judged = is_ratio ? ratio : lede;
	const char *met = kind == GOAL_NONE || isnan(judged) ? "-"
			  : is_met(lede, ratio, kind, goal)  ? "met"
							     : "not-met";

	printf("%-34s", name);
	put_number(lede, "", "", 9);
	put_number(anchor, "", "", 9);
	put_number(ratio, "", "", 7);
	put_number(kind == GOAL_NONE ? NAN : goal,
		   kind == GOAL_LEAST || kind == GOAL_RATIO_LEAST ? ">=" : "<=",
		   is_ratio ? "x" : "", 9);
	printf(" %s\n", met);
	fflush(stdout);
}

void remark(const char *fmt, ...)
{
	va_list args;

	fputs("# ", stdout);
	va_start(args, fmt);
	vprintf(fmt, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
}

bool fine(enum err rc, const struct error *e)
{
	if (rc != ERR_NONE)
		fprintf(stderr, "lede_bench: %s\n", e->text);
	return rc == ERR_NONE;
}
