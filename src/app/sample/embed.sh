#!/bin/sh
# embed - prints files as the C table `sample_files`, for sample.c to include.
#
#   embed.sh FILE...  >sample_data.inc
#
# The program must show its sample edition without an installation, so the bytes are compiled in.
# They are printed as numbers, not as a string: C99 promises string literals of 4095 bytes only, and
# numbers need no escaping. Each array ends in a 0 that its `len` does not count. The includer
# defines
#   struct sample_file { const char *name; const char *bytes; size_t len; };
# On failure prints why on stderr, exits 1, and what was printed is no valid C.
set -eu
LC_ALL=C
export LC_ALL

[ $# -gt 0 ] || { echo "usage: embed.sh FILE..." >&2; exit 1; }
for file; do
	[ -s "$file" ] && [ -r "$file" ] || { echo "embed.sh: $file: missing or empty" >&2; exit 1; }
done

echo "/* Made by embed.sh. Do not edit. */"
n=0
for file; do
	echo "static const unsigned char sample_bytes_$n[] = {"
	od -An -v -t u1 "$file" | sed -e 's/^ *//' -e 's/ *$//' -e 's/  */,/g' -e 's/$/,/'
	echo "0 };"
	n=$((n + 1))
done

echo "static const struct sample_file sample_files[] = {"
n=0
for file; do
	echo "	{ \"${file##*/}\", (const char *)sample_bytes_$n, sizeof sample_bytes_$n - 1 },"
	n=$((n + 1))
done
echo "};"
