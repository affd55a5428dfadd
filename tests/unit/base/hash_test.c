#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lede/base/hash.h"

/* The key of the paper's appendix A. */
static const struct hash_key key = { { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 } };

static const char *counting(void)
{
	static char bytes[300];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)i;
	return bytes;
}

/* 15 bytes are the example of the paper, the other lengths up to 63 are from the authors' vectors
 * (little-endian there), 300 bytes - the length byte wraps around - from a reference of its own. */
static void siphash_is_that_of_its_authors(void **state)
{
	static const struct { size_t n; uint64_t hash; } want[] = {
		{ 0, 0x726fdb47dd0e0e31 }, { 1, 0x74f839c593dc67fd }, { 2, 0x0d6c8009d9a94f5a },
		{ 3, 0x85676696d7fb7e2d }, { 7, 0xab0200f58b01d137 }, { 8, 0x93f5f5799a932462 },
		{ 9, 0x9e0082df0ba9e4b0 }, { 15, 0xa129ca6149be45e5 }, { 16, 0x3f2acc7f57c29bdb },
		{ 23, 0xa80c038ccd5ccec8 }, { 31, 0x32d892fad841c342 }, { 63, 0x958a324ceb064572 },
		{ 300, 0x4b0b710db6117839 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		assert_true(siphash(&key, (struct str){ counting(), want[i].n }) == want[i].hash);
}

static void siphash_in_pieces_is_that_of_the_whole(void **state)
{
	struct str whole = { counting(), 40 };

	(void)state;
	for (size_t a = 0; a <= whole.n; a++)
		for (size_t b = a; b <= whole.n; b++) {
			struct siphash h;

			siphash_start(&h, &key);
			siphash_add(&h, str_sub(whole, 0, a));
			siphash_add(&h, str_sub(whole, a, b));
			siphash_add(&h, (struct str){ NULL, 0 });
			siphash_add(&h, str_sub(whole, b, whole.n));
			assert_true(siphash_end(&h) == siphash(&key, whole));
		}
}

static void another_key_gives_another_hash(void **state)
{
	struct hash_key other = key;

	(void)state;
	other.bytes[15] ^= 1;
	assert_true(siphash(&other, STR("a")) != siphash(&key, STR("a")));
}

/* The store keeps these: a change here loses what it knows. */
static void hashes_without_key_never_change(void **state)
{
	static const struct { struct str s; uint64_t h64; uint32_t h32; } want[] = {
		{ { "", 0 }, 0xefd01f60ba992926, 0x55493646 },
		{ { "a", 1 }, 0x82a2a958a9bece5b, 0x2b1c6703 },
		{ { "lede", 4 }, 0xd35c6fb08fef09bc, 0x5cb3660c },
		{ { "\0", 1 }, 0xb9034ad37056f5fb, 0xc955bf28 },
		{ { "\xff\xff\xff", 3 }, 0x3db8f5d791a77001, 0xac1f85d6 },
		{ { "https://example.org/feed", 24 }, 0x8445ab5689297ea1, 0x0d6cd5f7 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		assert_true(hash64(want[i].s) == want[i].h64);
		assert_int_equal(hash32(want[i].s), want[i].h32);
	}
	assert_true(hash64((struct str){ NULL, 0 }) == hash64(STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(siphash_is_that_of_its_authors),
		cmocka_unit_test(siphash_in_pieces_is_that_of_the_whole),
		cmocka_unit_test(another_key_gives_another_hash),
		cmocka_unit_test(hashes_without_key_never_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
