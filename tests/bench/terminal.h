/* terminal - a program in a pseudo-terminal: keys in, bytes out, both timed.
 */
#ifndef BENCH_TERMINAL_H
#define BENCH_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct terminal {
	int fd;
	pid_t pid;
	char *seen;
	size_t n, cap;
}; /* seen: of the last answer */

bool terminal_start(struct terminal *t, const char *const argv[], int w, int h);
/* Waits `patience` milliseconds for the first byte, then reads until nothing came for `silence`
 * milliseconds; seconds from `began` (wall_now) to the last byte, negative when none came. */
double terminal_answer(struct terminal *t, double began, int patience, int silence);
void terminal_key(struct terminal *t, const char *bytes);
/* Ends the program: with the keys, else with a signal. */
void terminal_end(struct terminal *t, const char *keys);

#endif
