/* clock - time as an input.
 *
 * Whoever needs the time is handed one of these; tests and --now hand over one that stands still.
 * Must not know: dates (text/date).
 */
#ifndef LEDE_BASE_CLOCK_H
#define LEDE_BASE_CLOCK_H

#include <stdint.h>

/* `now`: seconds since 1970 UTC. `ticks`: milliseconds that only ever grow, for timers. Safe from
 * any thread. */
struct clock {
	int64_t (*now)(const struct clock *c);
	int64_t (*ticks)(const struct clock *c);
	int64_t fixed;                /* what clock_fixed's now returns */
};
struct clock clock_system(void);
struct clock clock_fixed(int64_t now);   /* now stands still, ticks are real */
int64_t clock_now(const struct clock *c);
int64_t clock_ticks(const struct clock *c);

#endif
