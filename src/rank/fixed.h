/* fixed - logarithms and roots in whole numbers.
 *
 * libm may differ in the last bit from machine to machine, and a score that differs in one digit is
 * another edition; so folding and ranking calculate with 16 fractional bits and additions, products
 * and shifts only.
 */
#ifndef RANK_FIXED_H
#define RANK_FIXED_H

#include <stdint.h>

#define FIXED_ONE 65536

/* log2 and ln of x >= 1, 16 fractional bits, within 2 of the last. */
int32_t fixed_log2(uint64_t x);
int32_t fixed_ln(uint64_t x);
/* ln of a / b, both above 0 and finite. */
int32_t fixed_ln_ratio(double a, double b);
/* 2 to the minus x, x >= 0 with 16 fractional bits; the result too. */
uint32_t fixed_exp2_minus(uint64_t x);
/* The same with 30 fractional bits, for x < 1 (FIXED_ONE). */
uint32_t fixed_exp2_part(uint32_t x);
/* Largest r with r * r <= x. */
uint32_t fixed_root(uint64_t x);
/* a / b to the nearest, halves away from 0; b > 0. */
int64_t fixed_divide(int64_t a, int64_t b);

#endif
