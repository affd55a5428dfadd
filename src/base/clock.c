#include "lede/base/clock.h"

#include <time.h>

static int64_t system_now(const struct clock *c)
{
	(void)c;
	return time(NULL);
}

static int64_t system_ticks(const struct clock *c)
{
	struct timespec t;

	(void)c;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static int64_t fixed_now(const struct clock *c)
{
	return c->fixed;
}

struct clock clock_system(void)
{
	return (struct clock){ .now = system_now, .ticks = system_ticks };
}

struct clock clock_fixed(int64_t now)
{
	return (struct clock){ .now = fixed_now, .ticks = system_ticks, .fixed = now };
}

int64_t clock_now(const struct clock *c)
{
	return c->now(c);
}

int64_t clock_ticks(const struct clock *c)
{
	return c->ticks(c);
}
