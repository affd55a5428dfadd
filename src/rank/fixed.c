#include "fixed.h"

#include <assert.h>
#include <math.h>

#define LN2 744261118             /* ln 2, 30 fractional bits */

int32_t fixed_log2(uint64_t x)
{
	assert(x > 0);
	int zeros = __builtin_clzll(x);
	int32_t log = (63 - zeros) << 16;
	uint64_t m = x << zeros >> 32;                  /* 1 <= m < 2 with 31 fractional bits */

	for (int32_t bit = 1 << 15; bit > 0; bit >>= 1) {
		m = m * m >> 31;
		if (m >> 32) {
			m >>= 1;
			log += bit;
		}
	}
	return log;
}

static int32_t natural(int64_t log2)
{
	return (int32_t)fixed_divide(log2 * LN2, INT64_C(1) << 30);
}

int32_t fixed_ln(uint64_t x)
{
	return natural(fixed_log2(x));
}

/* log2 of any positive number: frexp and ldexp are exact. */
static int64_t log2_of(double x)
{
	int exponent;
	uint64_t m = (uint64_t)ldexp(frexp(x, &exponent), 53);

	return fixed_log2(m) + ((int64_t)exponent - 53) * FIXED_ONE;
}

int32_t fixed_ln_ratio(double a, double b)
{
	assert(a > 0 && b > 0);
	return natural(log2_of(a) - log2_of(b));
}

/* 2^-(1/2), 2^-(1/4), ... with 30 fractional bits. */
static const uint32_t halvings[16] = {
	759250125,  902905651,  984625594,  1028218693, 1050733751, 1062175491,
	1067942999, 1070838486, 1072289173, 1073015252, 1073378477, 1073560135,
	1073650976, 1073696399, 1073719111, 1073730468,
};

static uint64_t minus_part(uint32_t x)
{
	uint64_t part = UINT64_C(1) << 30;

	for (int i = 0; i < 16; i++)
		if (x >> (15 - i) & 1)
			part = part * halvings[i] >> 30;
	return part;
}

uint32_t fixed_exp2_minus(uint64_t x)
{
	uint64_t whole = x >> 16;

	return whole > 30 ? 0 : (uint32_t)(minus_part(x & 0xFFFF) >> whole >> 14);
}

uint32_t fixed_exp2_part(uint32_t x)
{
	return x == 0 ? 1u << 30 : (uint32_t)(minus_part(FIXED_ONE - x) << 1);
}

uint32_t fixed_root(uint64_t x)
{
	uint64_t root = 0;

	for (uint64_t bit = UINT64_C(1) << 31; bit > 0; bit >>= 1)
		if ((root | bit) * (root | bit) <= x)
			root |= bit;
	return (uint32_t)root;
}

int64_t fixed_divide(int64_t a, int64_t b)
{
	return a >= 0 ? (a + b / 2) / b : -((-a + b / 2) / b);
}
