#!/bin/sh
# The sample edition keeps what src/app/sample/README promises, and embed.sh loses no byte of it.
# Run by make check (srcdir and CC are set); by hand from the top of the source it works too.
set -u
LC_ALL=C
export LC_ALL

sample=$(cd "${srcdir:-.}/src/app/sample" && pwd) || exit 1
embed=$sample/embed.sh
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

# holds SENTENCE COMMAND... - the command succeeds, or the sentence is printed as broken.
holds()
{
	sentence=$1
	shift
	"$@" || { echo "broken: $sentence" >&2; failed=1; }
}

feeds()
{
	ls "$sample"/*.xml "$sample"/*.json
}

count_of()
{
	cat "$sample"/*.xml "$sample"/*.json | grep -c "$1"
}

there_are_eight_feeds()
{
	[ "$(feeds | wc -l)" -eq 8 ]
}

# One line begins each entry, whatever the format: <item …>, <entry>, or the id in the JSON.
there_are_64_entries()
{
	[ "$(count_of '^<item[ >]\|^<entry>\|^"id": ')" -eq 64 ]
}

all_of_it_is_under_60_kb()
{
	[ "$(feeds | xargs cat | wc -c)" -lt 60000 ]
}

no_identifier_is_used_twice()
{
	feeds | xargs sed -n -e 's/^<guid[^>]*>\(.*\)<\/guid>$/\1/p' -e 's/^<id>\(.*\)<\/id>$/\1/p' \
		-e 's/^<item rdf:about="\(.*\)">$/\1/p' -e 's/^"id": "\(.*\)",$/\1/p' >"$work/ids"
	# The entries' and those of the two Atom feeds themselves.
	[ "$(wc -l <"$work/ids")" -eq 66 ] && [ -z "$(sort "$work/ids" | uniq -d)" ]
}

# Prints the @…@ tokens, one a line, and what is left of an unpaired @.
tokens()
{
	feeds | xargs cat | grep '@' | sed -e 's/^[^@]*//' -e 's/\(@[^@]*@\)[^@]*/\1 /g' | tr ' ' '\n' |
		grep .
}

every_at_sign_belongs_to_an_age()
{
	tokens | grep -v '^@\([0-9][0-9]*d\)\{0,1\}\([0-9][0-9]*h\)\{0,1\}\([0-9][0-9]*m\)\{0,1\}@$' \
		>"$work/odd"
	tokens | grep -x '@@' >>"$work/odd"
	[ ! -s "$work/odd" ] && [ "$(tokens | wc -l)" -ge 64 ]
}

# sed writes each age as a sum of minutes, the shell does it.
ages_lie_between_20_minutes_and_60_hours()
{
	tokens | sed -e 's/@//g' -e 's/d/*1440+/' -e 's/h/*60+/' -e 's/m$//' -e 's/+$//' |
	while read -r sum; do
		minutes=$(($sum))
		[ "$minutes" -ge 20 ] && [ "$minutes" -le 3600 ] || exit 1
	done
}

every_address_is_an_invented_one()
{
	feeds | xargs cat | grep -o 'https\{0,1\}://[^/"<]*' | sort -u |
		grep -v '\.example$' | grep -v -x -e 'http://purl.org' -e 'http://www.w3.org' \
		-e 'https://jsonfeed.org' >"$work/addresses"
	[ ! -s "$work/addresses" ]
}

the_xml_is_well_formed()
{
	command -v xmllint >/dev/null || { echo "skipped: xmllint is not there"; return 0; }
	xmllint --noout "$sample"/*.xml
}

# A program that includes the table and writes every file of it into a folder.
write_unpacker()
{
	cat >"$work/unpack.c" <<-'END'
	#include <stdio.h>
	struct sample_file { const char *name; const char *bytes; size_t len; };
	#include "sample_data.inc"
	int main(int argc, char **argv)
	{
		char path[4096];
		for (size_t i = 0; argc == 2 && i < sizeof sample_files / sizeof *sample_files; i++) {
			const struct sample_file *f = &sample_files[i];
			snprintf(path, sizeof path, "%s/%s", argv[1], f->name);
			FILE *out = fopen(path, "wb");
			if (!out || fwrite(f->bytes, 1, f->len, out) != f->len || fclose(out) != 0)
				return 1;
		}
		return 0;
	}
	END
}

# Every byte value there is goes along as well, in a file of its own.
embedded_files_come_back_byte_for_byte()
{
	i=0
	while [ $i -lt 256 ]; do
		printf "\\$(printf %03o $i)"
		i=$((i + 1))
	done >"$work/all-bytes"
	mkdir "$work/out" && write_unpacker || return 1
	sh "$embed" "$sample"/*.xml "$sample"/*.json "$work/all-bytes" >"$work/sample_data.inc" || return 1
	${CC:-cc} -std=c11 -Wall -Wextra -pedantic -Werror -I"$work" -o "$work/unpack" "$work/unpack.c" ||
		return 1
	"$work/unpack" "$work/out" || return 1
	[ "$(ls "$work/out" | wc -l)" -eq 9 ] || return 1
	for file in "$sample"/*.xml "$sample"/*.json "$work/all-bytes"; do
		cmp "$file" "$work/out/${file##*/}" || return 1
	done
}

embedding_a_missing_or_empty_file_fails()
{
	: >"$work/empty"
	! sh "$embed" "$work/missing" >/dev/null 2>&1 && ! sh "$embed" "$work/empty" >/dev/null 2>&1 &&
		! sh "$embed" >/dev/null 2>&1
}

for promise in there_are_eight_feeds there_are_64_entries all_of_it_is_under_60_kb \
	no_identifier_is_used_twice every_at_sign_belongs_to_an_age \
	ages_lie_between_20_minutes_and_60_hours every_address_is_an_invented_one the_xml_is_well_formed \
	embedded_files_come_back_byte_for_byte embedding_a_missing_or_empty_file_fails; do
	holds "$(echo "$promise" | tr _ ' ')" "$promise"
done
exit $failed
