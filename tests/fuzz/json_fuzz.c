/* Any bytes as a JSON Feed; what the first byte says stands in one_feed.h. What cannot be JSON is
 * left to feed_fuzz. */
#include "one_feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2 || (data[1] != '{' && data[1] != '['))
		return -1;
	fuzz_one_feed(data, size);
	return 0;
}
