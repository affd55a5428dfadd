#include "bytes.h"

uint64_t read_varint(struct reader *r)
{
	uint64_t v = 0;

	for (int shift = 0; shift < 64 && r->rest.n > 0; shift += 7) {
		uint8_t byte = (uint8_t)*r->rest.p;

		r->rest = str_sub(r->rest, 1, r->rest.n);
		if (shift == 63 && byte > 1)
			break;
		v |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80)
			return v;
	}
	r->bad = true;
	return 0;
}

/* Signed numbers alternate: 0, -1, 1, -2, 2, ... */
int64_t read_signed(struct reader *r)
{
	uint64_t v = read_varint(r);

	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

struct str read_bytes(struct reader *r, uint64_t n)
{
	if (n > r->rest.n) {
		r->bad = true;
		return STR("");
	}
	struct str got = str_sub(r->rest, 0, n);

	r->rest = str_sub(r->rest, n, r->rest.n);
	return got;
}

uint64_t read_fixed(struct reader *r, int width)
{
	struct str got = read_bytes(r, (uint64_t)width);
	uint64_t v = 0;

	for (size_t i = got.n; i-- > 0;)
		v = v << 8 | (uint8_t)got.p[i];
	return v;
}

enum err add_fixed(struct buf *b, uint64_t v, int width)
{
	char out[8];

	for (int i = 0; i < width; i++)
		out[i] = (char)(v >> (8 * i));
	return buf_add(b, (struct str){ out, (size_t)width });
}

enum err add_varint(struct buf *b, uint64_t v)
{
	char out[10];
	size_t n = 0;

	for (; v >= 0x80; v >>= 7)
		out[n++] = (char)(v | 0x80);
	out[n++] = (char)v;
	return buf_add(b, (struct str){ out, n });
}

enum err add_signed(struct buf *b, int64_t v)
{
	return add_varint(b, (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0));
}
