#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "lede/base/mem.h"

static bool is_zeroed(const void *p, size_t n)
{
	const unsigned char *bytes = p;

	for (size_t i = 0; i < n; i++)
		if (bytes[i])
			return false;
	return true;
}

static void new_memory_is_zeroed(void **state)
{
	void *one = mem_new(1000), *many = mem_array(100, 10);

	(void)state;
	assert_true(is_zeroed(one, 1000));
	assert_true(is_zeroed(many, 1000));
	free(one);
	free(many);
}

static void nothing_can_be_asked_for_and_freed(void **state)
{
	void *p[] = { mem_new(0), mem_array(0, 8), mem_array(8, 0), mem_resize(NULL, 0, 8),
		      mem_dup(NULL, 0) };

	(void)state;
	for (size_t i = 0; i < sizeof p / sizeof *p; i++) {
		assert_non_null(p[i]);
		free(p[i]);
	}
}

static void copies_are_their_own(void **state)
{
	char original[] = "lede";
	char *whole = mem_strdup(original), *part = mem_dup(original, 2);

	(void)state;
	original[0] = 'x';
	assert_string_equal(whole, "lede");
	assert_memory_equal(part, "le", 2);
	free(whole);
	free(part);
}

static void resizing_keeps_what_was_there(void **state)
{
	int *p = mem_array(2, sizeof *p);

	(void)state;
	p[0] = 1;
	p[1] = 2;
	p = mem_resize(p, 5000, sizeof *p);
	assert_int_equal(p[0], 1);
	assert_int_equal(p[1], 2);
	p = mem_resize(p, 1, sizeof *p);
	assert_int_equal(p[0], 1);
	free(p);
}

static void an_array_grows_by_doubling_at_least(void **state)
{
	int *p = NULL;
	size_t cap = 0, before, moves = 0;

	(void)state;
	for (size_t n = 0; n < 10000; n++) {
		before = cap;
		p = mem_grow(p, &cap, n + 1, sizeof *p);
		if (cap != before) {
			assert_true(cap >= 2 * before);
			moves++;
		}
		p[n] = (int)n;
	}
	assert_in_range(moves, 1, 14);
	for (int n = 0; n < 10000; n++)
		assert_int_equal(p[n], n);
	free(p);
}

static void an_array_that_is_large_enough_stays(void **state)
{
	size_t cap = 0;
	char *p = mem_grow(NULL, &cap, 1, 1), *same;

	(void)state;
	assert_true(cap >= 1);
	same = mem_grow(p, &cap, cap, 1);
	assert_ptr_equal(same, p);
	p = mem_grow(p, &cap, 1000, 1);
	assert_true(cap >= 1000);
	free(p);
}

/* ---- running out, in a process of its own ---- */

static void say_so(void)
{
	if (write(STDOUT_FILENO, "restored", 8) != 8)
		_exit(2);
}

static void ask_for_the_impossible(void)
{
	mem_array(SIZE_MAX / 4, 8);
}

static void resize_to_the_impossible(void)
{
	mem_resize(NULL, SIZE_MAX / 4, 8);
}

static void grow_to_the_impossible(void)
{
	size_t cap = SIZE_MAX / 2 + 1;

	mem_grow(mem_new(1), &cap, SIZE_MAX, 1);
}

static void use_up_what_there_is(void)
{
	const struct rlimit little = { 64 << 20, 64 << 20 };

	setrlimit(RLIMIT_AS, &little);
	for (;;) {
		char *volatile p = mem_new(1 << 20);

		p[0] = 1;
	}
}

static void fill_an_arena(void)
{
	const struct rlimit little = { 64 << 20, 64 << 20 };
	struct arena *a = arena_new();

	setrlimit(RLIMIT_AS, &little);
	for (;;)
		arena_alloc(a, 1000);
}

/* What a child wrote before it ended; its status in *status. */
static void ended(void (*run)(void), void (*hook)(void), char *said, size_t size, int *status)
{
	const struct rlimit no_core = { 0, 0 };
	ssize_t n;
	int out[2];
	pid_t child;

	assert_int_equal(pipe(out), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		signal(SIGABRT, SIG_DFL);     /* cmocka catches it */
		setrlimit(RLIMIT_CORE, &no_core);
		dup2(out[1], STDOUT_FILENO);
		mem_on_exhaustion(hook);
		run();
		_exit(1);
	}
	close(out[1]);
	n = read(out[0], said, size - 1);
	said[n > 0 ? n : 0] = '\0';
	close(out[0]);
	assert_int_equal(waitpid(child, status, 0), child);
}

static void assert_aborts(void (*run)(void), void (*hook)(void), const char *words)
{
	char said[64];
	int status;

	ended(run, hook, said, sizeof said, &status);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	assert_string_equal(said, words);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Sanitizers need terabytes of addresses and end the process themselves when malloc fails. */
static void skip_under_sanitizers(void)
{
	if (SANITIZED) {
		print_message("a sanitizer answers for malloc: skipped\n");
		skip();
	}
}

static void running_out_calls_the_hook_and_aborts(void **state)
{
	(void)state;
	skip_under_sanitizers();
	assert_aborts(use_up_what_there_is, say_so, "restored");
	assert_aborts(fill_an_arena, say_so, "restored");
}

static void running_out_without_a_hook_aborts(void **state)
{
	(void)state;
	skip_under_sanitizers();
	assert_aborts(use_up_what_there_is, NULL, "");
}

static void a_product_past_the_end_of_memory_is_running_out(void **state)
{
	(void)state;
	assert_aborts(resize_to_the_impossible, say_so, "restored");
	assert_aborts(grow_to_the_impossible, say_so, "restored");
	skip_under_sanitizers();
	assert_aborts(ask_for_the_impossible, say_so, "restored");
}

/* ---- arena ---- */

static void an_arena_aligns_for_any_type_and_zeroes(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (size_t size = 0; size < 3000; size += 7) {
		unsigned char *p = arena_alloc(a, size);

		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		assert_true(is_zeroed(p, size));
		memset(p, 0xAA, size);
	}
	arena_free(a);
	arena_free(NULL);
}

static void values_of_an_arena_do_not_overlap(void **state)
{
	struct arena *a = arena_new();
	unsigned char *p[500];

	(void)state;
	for (int i = 0; i < 500; i++) {
		p[i] = arena_alloc(a, (size_t)(i * 37 % 4000));
		memset(p[i], i & 0xFF, (size_t)(i * 37 % 4000));
	}
	for (int i = 0; i < 500; i++)
		for (int b = 0; b < i * 37 % 4000; b++)
			assert_int_equal(p[i][b], i & 0xFF);
	arena_free(a);
}

static void an_empty_value_has_an_address_of_its_own(void **state)
{
	struct arena *a = arena_new();
	void *one = arena_alloc(a, 0), *two = arena_alloc(a, 0);

	(void)state;
	assert_non_null(one);
	assert_ptr_not_equal(one, two);
	arena_free(a);
}

static void a_copy_in_an_arena_ends_in_a_nul(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_string_equal(arena_copy(a, "ledexx", 4), "lede");
	assert_string_equal(arena_copy(a, NULL, 0), "");
	assert_memory_equal(arena_copy(a, "a\0b", 3), "a\0b", 4);
	arena_free(a);
}

static void an_empty_arena_holds_no_block(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	assert_int_equal(arena_bytes(a), 0);
	arena_reset(a);
	assert_int_equal(arena_bytes(a), 0);
	arena_free(a);
}

static void a_reset_arena_uses_the_block_it_kept(void **state)
{
	struct arena *a = arena_new();
	size_t full, kept;

	(void)state;
	for (int i = 0; i < 1000; i++)
		arena_alloc(a, 100);
	full = arena_bytes(a);
	assert_true(full >= 100000);
	arena_reset(a);
	kept = arena_bytes(a);
	assert_true(kept > 0 && kept < full);
	for (int round = 0; round < 50; round++) {
		unsigned char *p = arena_alloc(a, 1000);

		assert_true(is_zeroed(p, 1000));
		memset(p, 0xFF, 1000);
		arena_reset(a);
	}
	assert_int_equal(arena_bytes(a), kept);
	arena_free(a);
}

static void large_values_do_not_give_up_the_rest_of_a_block(void **state)
{
	struct arena *a = arena_new();
	char *small, *large, *next;

	(void)state;
	small = arena_alloc(a, 16);
	large = arena_alloc(a, 1 << 20);
	next = arena_alloc(a, 16);
	memset(large, 1, 1 << 20);
	assert_ptr_equal(next, small + 16);
	assert_in_range(arena_bytes(a), 1 << 20, (1 << 20) + 20000);
	arena_free(a);
}

static void an_arena_may_begin_with_a_large_value(void **state)
{
	struct arena *a = arena_new();
	char *large = arena_alloc(a, 1 << 20), *small = arena_alloc(a, 16);

	(void)state;
	memset(large, 1, 1 << 20);
	assert_true(is_zeroed(small, 16));
	arena_reset(a);
	assert_true(is_zeroed(arena_alloc(a, 1 << 20), 1 << 20));
	arena_free(a);
}

static void small_values_cost_little_beyond_themselves(void **state)
{
	struct arena *a = arena_new();

	(void)state;
	for (int i = 0; i < 100000; i++)
		arena_alloc(a, 16);
	assert_in_range(arena_bytes(a), 1600000, 2 * 1600000);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_memory_is_zeroed),
		cmocka_unit_test(nothing_can_be_asked_for_and_freed),
		cmocka_unit_test(copies_are_their_own),
		cmocka_unit_test(resizing_keeps_what_was_there),
		cmocka_unit_test(an_array_grows_by_doubling_at_least),
		cmocka_unit_test(an_array_that_is_large_enough_stays),
		cmocka_unit_test(running_out_calls_the_hook_and_aborts),
		cmocka_unit_test(running_out_without_a_hook_aborts),
		cmocka_unit_test(a_product_past_the_end_of_memory_is_running_out),
		cmocka_unit_test(an_arena_aligns_for_any_type_and_zeroes),
		cmocka_unit_test(values_of_an_arena_do_not_overlap),
		cmocka_unit_test(an_empty_value_has_an_address_of_its_own),
		cmocka_unit_test(a_copy_in_an_arena_ends_in_a_nul),
		cmocka_unit_test(an_empty_arena_holds_no_block),
		cmocka_unit_test(a_reset_arena_uses_the_block_it_kept),
		cmocka_unit_test(large_values_do_not_give_up_the_rest_of_a_block),
		cmocka_unit_test(an_arena_may_begin_with_a_large_value),
		cmocka_unit_test(small_values_cost_little_beyond_themselves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
