/* theme_palette - the colours of a 256-colour terminal, and how far apart two of them are. */
#include "lede/tui/theme.h"

#include <math.h>

/* 16..231: a cube of six levels; 232..255: greys. As xterm has them and everybody after it. */
int32_t theme_palette(int index)
{
	static const int level[6] = { 0, 95, 135, 175, 215, 255 };

	if (index >= 232) {
		int grey = 8 + 10 * (index - 232);

		return grey << 16 | grey << 8 | grey;
	}
	index -= 16;
	return level[index / 36] << 16 | level[index / 6 % 6] << 8 | level[index % 6];
}

static int distance(int32_t a, int32_t b)
{
	int sum = 0;

	for (int shift = 0; shift <= 16; shift += 8) {
		int by = (a >> shift & 0xff) - (b >> shift & 0xff);

		sum += by * by;
	}
	return sum;
}

int theme_nearest(int32_t rgb)
{
	int best = 16;

	for (int i = 17; i < 256; i++)
		if (distance(theme_palette(i), rgb) < distance(theme_palette(best), rgb))
			best = i;
	return best;
}

/* Relative luminance: WCAG 2.2, section 3. */
static double luminance(int32_t rgb)
{
	static const double weight[3] = { 0.0722, 0.7152, 0.2126 };
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double c = (rgb >> 8 * i & 0xff) / 255.0;

		sum += weight[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

int theme_contrast10(int32_t a, int32_t b)
{
	double x = luminance(a), y = luminance(b);

	return (int)(10 * ((x > y ? x : y) + 0.05) / ((x > y ? y : x) + 0.05) + 1e-9);
}
