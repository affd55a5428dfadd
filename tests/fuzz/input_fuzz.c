/* Any bytes from a terminal, at any times: every key is one there is, and after a second of silence
 * nothing is pending. The first byte chooses where time goes by. */
#include <stdlib.h>

#include "lede/tui/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take(struct input *in)
{
	uint32_t key;

	for (int n = 0; (key = input_key(in)); n++)
		if (n == 3 || key > LEDE_KEY_F1 + 11 || (key >= 0x80 && key < 0xA0) ||
		    (key >= 0xD800 && key < 0xE000))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input *in = input_new();
	int64_t ms = 0;

	input_learn(in, "\033A", LEDE_KEY_UP);
	input_learn(in, "\033[1;9~", LEDE_KEY_DOWN);
	input_learn(in, "\001@\r", LEDE_KEY_LEFT);
	for (size_t i = 1; i < size; i++) {
		input_byte(in, data[i], ms);
		take(in);
		if ((data[0] >> (i % 8)) & 1) {
			ms += data[i];
			input_quiet(in, ms);
			take(in);
		}
		if (input_wait(in, ms) > INPUT_PASTE_MS)
			abort();
	}
	input_quiet(in, ms + INPUT_PASTE_MS);
	take(in);
	if (input_wait(in, ms + INPUT_PASTE_MS) != -1)
		abort();
	input_byte(in, 'j', ms + INPUT_PASTE_MS);
	if (input_key(in) != 'j')
		abort();
	input_free(in);
	return 0;
}
