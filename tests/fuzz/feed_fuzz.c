/* Any bytes as a feed of any kind; what the first byte says stands in one_feed.h. */
#include "one_feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	fuzz_one_feed(data, size);
	return 0;
}
