/* measure - what a piece of work or a program costs, and the rows that tell it.
 *
 * Work runs in a child of its own, so that it is weighed alone and leaves nothing behind. The
 * benchmark's own process is to stay small: a child's peak of memory is never below what its parent
 * held.
 */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "lede/base/error.h"

#define VALUES 8

/* cpu and wall in seconds; cpu is user and system of the child and what it waited for; written:
 * bytes, to block devices. */
struct cost {
	bool good; /* it ended by itself with status 0 */
	double cpu, wall, rss_mb, written_mb;
	double value[VALUES]; /* what the work itself found out */
};

/* Work: fills values of its own; false: it failed (it says why on stderr). */
typedef bool work_fn(void *self, double value[VALUES]);
void cost_of_work(work_fn *work, void *self, struct cost *out);
/* Runs a program with nothing to read and nobody to read it. argv[0] is a path. */
void cost_of_program(const char *const argv[], struct cost *out);

double cpu_now(void);  /* seconds of this process */
double wall_now(void); /* seconds, only differences mean something */
/* CPU seconds of a running process, all its threads, and its peak of resident memory; 0 when they
 * cannot be known. */
double cpu_of(pid_t pid);
double peak_rss_mb(pid_t pid);
/* Calls of read, pread and the like this process has made; -1 where they are not counted. */
long reads_made(void);

/* Sorts v; share .5 is the median, .99 nearly the largest. NAN when there is nothing. */
double quantile(double *v, size_t n, double share);

/* One row. A figure that is not there (NAN) is a dash. The goal bounds lede's figure or the ratio
 * to the anchor. */
enum goal { GOAL_NONE, GOAL_MOST, GOAL_LEAST, GOAL_RATIO_MOST, GOAL_RATIO_LEAST };
void row(const char *name, double lede, double anchor, enum goal kind, double goal);
/* A line beside the rows, with "# " in front. */
void remark(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Says a sentence on stderr when rc is an error; whether it is none. */
bool fine(enum err rc, const struct error *e);

#endif
