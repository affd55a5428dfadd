#include "fixture.h"

#include "../../../src/store/inside.h"

/* Fills a buffer with text that shrinks, or with bytes that do not. */
static void fill(struct buf *b, size_t n, bool shrinks)
{
	uint32_t seed = 42;

	for (size_t i = 0; i < n; i++) {
		seed = seed * 1664525u + 1013904223u;
		buf_add_char(b, shrinks ? "<p>Rain over the city. "[i % 23] : (char)(seed >> 24));
	}
}

static int64_t put_body(struct world *w, struct str html)
{
	struct entry_new n = entry(w->feed[0], "Entry");

	n.html = html;
	return put(w->s, &n, NOW);
}

/* Stores a body and reads it back; gives its coding. */
static int there_and_back(struct world *w, size_t size, bool shrinks)
{
	struct buf html = buf_limited(1 << 20), got = buf_limited(1 << 20);
	int64_t id, coding;

	fill(&html, size, shrinks);
	id = put_body(w, buf_view(&html));
	assert_ok(store_body(w->s, id, &got, &e));
	assert_true(str_eq(buf_view(&html), buf_view(&got)));
	coding = recount(w, "SELECT coding FROM body");
	buf_free(&html);
	buf_free(&got);
	return (int)coding;
}

static void a_short_body_is_kept_plain(void **state)
{
	assert_int_equal(there_and_back(*state, 199, true), 0);
}

static void a_longer_body_is_packed(void **state)
{
	struct world *w = *state;

	assert_int_equal(there_and_back(w, 20000, true), 1);
	assert_true(recount(w, "SELECT length(bytes) FROM body") < 1000);
	assert_int_equal(recount(w, "SELECT size FROM body"), 20000);
}

static void a_body_that_does_not_shrink_is_kept_plain(void **state)
{
	assert_int_equal(there_and_back(*state, 5000, false), 0);
}

static void an_entry_without_body_gives_nothing(void **state)
{
	struct world *w = *state;
	struct buf got = buf_limited(100);

	assert_ok(store_body(w->s, put_body(w, STR("")), &got, &e));
	assert_int_equal(got.n, 0);
	assert_int_equal(recount(w, "SELECT count(*) FROM body"), 0);
	assert_ok(store_body(w->s, 4711, &got, &e));
	buf_free(&got);
}

static void a_body_is_added_to_what_the_buffer_holds(void **state)
{
	struct world *w = *state;
	struct buf got = buf_limited(100);

	buf_add_cstr(&got, "before ");
	assert_ok(store_body(w->s, put_body(w, STR("after")), &got, &e));
	assert_str(buf_view(&got), "before after");
	buf_free(&got);
}

static void assert_damaged(struct world *w, int64_t id)
{
	struct buf got = buf_limited(1 << 20);
	struct error error;

	assert_int_equal(store_body(w->s, id, &got, &error), ERR_DAMAGED);
	assert_non_null(strstr(error.text, "damaged in the cache; r fetches it again"));
	assert_int_equal(got.n, 0);
	buf_free(&got);
}

static void a_damaged_body_says_so(void **state)
{
	struct world *w = *state;
	struct buf html = buf_limited(1 << 20);
	int64_t id;

	fill(&html, 4000, true);
	id = put_body(w, buf_view(&html));
	buf_free(&html);
	by_hand(w,
	        "UPDATE body SET bytes = CAST(substr(bytes, 1, 20) || x'55' || substr(bytes, "
	        "22) AS BLOB)");
	assert_damaged(w, id);
	by_hand(w, "UPDATE body SET bytes = x'28B52FFD'");
	assert_damaged(w, id);
	by_hand(w, "UPDATE body SET size = 1 << 40");
	assert_damaged(w, id);
	by_hand(w, "UPDATE body SET size = 4000, coding = 0");
	assert_damaged(w, id);
	by_hand(w, "UPDATE body SET coding = 7");
	assert_damaged(w, id);
}

static void every_flipped_bit_of_a_packed_body_is_noticed(void **state)
{
	struct world *w = *state;
	struct buf html = buf_limited(1 << 20), got = buf_limited(1 << 20);
	struct packed packed;
	char *bytes;
	int unseen = 0;

	(void)w;
	fill(&html, 300, true);
	packed = pack(w->s->packer, buf_view(&html));
	bytes = mem_dup(packed.bytes.p, packed.bytes.n);
	for (size_t bit = 0; bit < packed.bytes.n * 8; bit++) {
		struct packed hurt = { packed.coding, packed.size, { bytes, packed.bytes.n } };

		bytes[bit / 8] ^= (char)(1 << bit % 8);
		buf_clear(&got);
		if (unpack(w->s->packer, &hurt, &got, NULL) == ERR_NONE
		    && !str_eq(buf_view(&got), buf_view(&html)))
			unseen++;
		bytes[bit / 8] ^= (char)(1 << bit % 8);
	}
	assert_int_equal(unseen, 0);
	free(bytes);
	buf_free(&html);
	buf_free(&got);
}

#define IN_MEMORY(test) cmocka_unit_test_setup_teardown(test, world_in_memory, world_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_MEMORY(a_short_body_is_kept_plain),
		IN_MEMORY(a_longer_body_is_packed),
		IN_MEMORY(a_body_that_does_not_shrink_is_kept_plain),
		IN_MEMORY(an_entry_without_body_gives_nothing),
		IN_MEMORY(a_body_is_added_to_what_the_buffer_holds),
		IN_MEMORY(a_damaged_body_says_so),
		IN_MEMORY(every_flipped_bit_of_a_packed_body_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
