#!/bin/sh
# check-floors.sh [TREE] - tests who includes whom: the floors of the house and where each library
# may be used. First it tests itself on small made-up trees: a checker that finds nothing must have
# been able to find something.
#
# Checked in src/ and include/lede/:
#   - a floor includes only the floors it stands on, and only as "lede/FLOOR/NAME.h";
#   - a library's headers appear only on the floors that own it;
#   - src/FLOOR/NAME.c includes its own header, where there is one, before anything else;
#   - a header is guarded by LEDE_FLOOR_NAME_H.
set -u

top=${1:-${srcdir:-.}}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/lede-floors.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# The table of floors: a floor, and what it may include.
floors='
base   base
text   base text
feed   base text feed
net    base text net
store  base text feed store
rank   base text feed rank
app    base text feed net store rank app
tui    base text app tui
main   base text feed net store rank app tui
'

# The table of libraries: a pattern for the header's name, and where it may be included. A word
# with a slash is a pattern for the path of the source itself.
libraries='
^curl/                                  net
^sqlite3(ext)?[.]h$                     store
^zstd.*[.]h$                            store
^(n?curses|term|panel|menu|form)[.]h$   ^src/tui/term_curses[^/]*[.]c$
^ncurses(w|t|tw)?/                      ^src/tui/term_curses[^/]*[.]c$
^libxml/                                text feed
^iconv[.]h$                             text
^uchardet                               text
^opencc                                 text
^jansson[.]h$                           feed app
^pthread[.]h$                           base net app
^cmocka[.]h$                            -
'

# floors_of TREE - prints each broken rule as path:line: sentence.
floors_of()
{
	(
		cd "$1" || exit
		set -- src
		[ -d include/lede ] && set -- src include/lede
		find "$@" \( -name '*.c' -o -name '*.h' -o -name '*.inc' \) -type f | LC_ALL=C sort |
			floors="$floors" libraries="$libraries" awk '
		BEGIN {
			rows = split(ENVIRON["floors"], row, "\n")
			for (r = 1; r <= rows; r++) {
				n = split(row[r], word, " ")
				for (i = 2; i <= n; i++)
					may[word[1], word[i]] = 1
				if (n)
					floor_exists[word[1]] = 1
			}
			rows = split(ENVIRON["libraries"], row, "\n")
			for (r = 1; r <= rows; r++) {
				n = split(row[r], word, " ")
				if (!n)
					continue
				library[++nlibraries] = word[1]
				for (i = 2; i <= n; i++)
					home[nlibraries] = home[nlibraries] " " word[i]
			}
		}
		function complain(sentence) {
			printf "%s:%d: %s\n", path, line, sentence
		}
		function exists(name,   ignored, there) {
			there = (getline ignored < name) >= 0
			close(name)
			return there
		}
		function at_home(homes,   n, i, word) {
			n = split(homes, word, " ")
			for (i = 1; i <= n; i++)
				if (word[i] ~ /\// ? path ~ word[i] : word[i] == floor)
					return 1
			return 0
		}
		function check_library(name,   i) {
			for (i = 1; i <= nlibraries; i++)
				if (name ~ library[i] && !at_home(home[i]))
					complain("<" name "> has no place here (only:" home[i] ")")
			if (name ~ /^lede\//)
				complain("<" name "> is ours: include it with quotes")
		}
		function check_ours(name,   part, n) {
			n = split(name, part, "/")
			if (name == "config.h" || n == 1)
				return
			# A table made by the build is found from the top of the build folder.
			if (name ~ /^(themes|src\/[a-z]+(\/[a-z]+)?)\/[a-z_]+\.inc$/ && (part[1] != "src" || part[2] == floor))
				return
			if (n != 3 || part[1] != "lede")
				complain("\"" name "\" is not of the form \"lede/FLOOR/NAME.h\"")
			else if (!((floor, part[2]) in may))
				complain("the floor " floor " may not include " part[2] " (" name ")")
		}
		function floor_of(   part, n) {
			if (path ~ /^src\/[a-z_]+[.][ch]$/)
				return "main"
			n = split(path, part, "/")
			return part[1] == "src" ? part[2] : part[3]
		}
		function own_header(   part, n) {
			n = split(path, part, "/")
			if (part[1] != "src" || n != 3 || path !~ /[.]c$/)
				return ""
			sub(/[.]c$/, ".h", part[3])
			return "lede/" part[2] "/" part[3]
		}
		function guard_name(   guard) {
			guard = toupper(path)
			sub(/^INCLUDE\//, "", guard)
			gsub(/[^A-Z0-9]/, "_", guard)
			return guard
		}
		function include_of(text) {
			sub(/^[ \t]*#[ \t]*include[ \t]*/, "", text)
			sub(/[>"][^>"]*$/, "", text)
			return text
		}
		{
			path = $0
			floor = floor_of()
			line = 1
			if (!(floor in floor_exists)) {
				complain("there is no floor " floor)
				next
			}
			own = own_header()
			wants_own = own != "" && exists("include/" own)
			wants_guard = path ~ /^include\//
			guard = guard_name()
			guarded = includes = 0
			for (line = 1; (getline text < path) > 0; line++) {
				if (text ~ "^#ifndef " guard "$")
					guarded = 1
				if (text !~ /^[ \t]*#[ \t]*include/)
					continue
				name = include_of(text)
				kind = substr(name, 1, 1)
				name = substr(name, 2)
				if (++includes == 1 && wants_own && name != own)
					complain("its own header, \"" own "\", does not come first")
				if (kind == "<")
					check_library(name)
				else
					check_ours(name)
			}
			close(path)
			line = 1
			if (wants_guard && !guarded)
				complain("no include guard named " guard)
		}'
	)
}

# made_up PATH LINE... - puts a file into the made-up tree.
made_up()
{
	mkdir -p "$scratch/tree/src" "$scratch/tree/$(dirname "$1")"
	made_up_path=$scratch/tree/$1
	shift
	printf '%s\n' "$@" >"$made_up_path"
}

# finds SENTENCE - the made-up tree breaks exactly one rule, with this sentence; "nothing" for none.
finds()
{
	found=$(floors_of "$scratch/tree")
	rm -rf "$scratch/tree"
	[ "$1" = nothing ] && [ -z "$found" ] && passed=$((passed + 1)) && return
	if [ "$1" != nothing ] && [ "$(printf '%s\n' "$found" | wc -l)" -eq 1 ]; then
		case $found in
		*"$1"*) passed=$((passed + 1)) && return ;;
		esac
	fi
	failed=$((failed + 1))
	echo "the checker should have found: $1"
	echo "it found: ${found:-nothing}"
}

a_lower_floor_may_be_included()
{
	made_up include/lede/feed/opml.h '#ifndef LEDE_FEED_OPML_H' '#include "lede/base/str.h"'
	made_up src/feed/opml.c '#include "lede/feed/opml.h"' '#include "lede/text/url.h"' '#include <libxml/parser.h>'
	made_up src/main.c '#include "config.h"' '#include "lede/app/app.h"'
	finds nothing
}

a_higher_floor_may_not()
{
	made_up src/feed/opml.c '#include "lede/net/fetch.h"'
	finds 'src/feed/opml.c:1: the floor feed may not include net'
	made_up include/lede/rank/fold.h '#ifndef LEDE_RANK_FOLD_H' '#  include "lede/store/store.h"'
	finds 'include/lede/rank/fold.h:2: the floor rank may not include store'
	made_up src/tui/front.c '#include "lede/feed/feed.h"'
	finds 'the floor tui may not include feed'
}

a_library_stays_at_home()
{
	made_up src/app/refresh.c '#include <curl/curl.h>'
	finds '<curl/curl.h> has no place here (only: net)'
	made_up src/rank/fold.c '#include <sqlite3.h>'
	finds '<sqlite3.h> has no place here'
	made_up src/tui/front.c '#include <ncursesw/curses.h>'
	finds '<ncursesw/curses.h> has no place here'
	made_up src/tui/term_curses.c '#include <curses.h>'
	finds nothing
	made_up src/text/width.c '#include <pthread.h>'
	finds '<pthread.h> has no place here'
}

ones_own_header_comes_first()
{
	made_up include/lede/base/buf.h '#ifndef LEDE_BASE_BUF_H'
	made_up src/base/buf.c '#include <stdio.h>' '#include "lede/base/buf.h"'
	finds 'src/base/buf.c:1: its own header, "lede/base/buf.h", does not come first'
}

a_header_is_guarded_by_its_own_name()
{
	made_up include/lede/base/buf.h '#ifndef BUF_H'
	finds 'no include guard named LEDE_BASE_BUF_H'
}

tables_made_by_the_build_stay_on_their_floor()
{
	made_up src/tui/theme.c '#include "themes/shipped.inc"' '#include "src/tui/table.inc"'
	finds nothing
	made_up src/tui/theme.c '#include "src/app/sample/sample_data.inc"'
	finds 'is not of the form'
}

our_headers_are_named_in_full()
{
	made_up src/base/buf.c '#include "../text/utf8.h"'
	finds 'is not of the form "lede/FLOOR/NAME.h"'
	made_up src/base/buf.c '#include <lede/base/str.h>'
	finds 'include it with quotes'
	made_up src/text/width.c '#include "width.inc"'
	finds nothing
}

there_are_no_other_floors()
{
	made_up src/util/misc.c '#include <stdio.h>'
	finds 'there is no floor util'
}

the_tree_keeps_the_floors()
{
	found=$(floors_of "$top")
	if [ -z "$found" ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	printf '%s\n' "$found"
}

a_lower_floor_may_be_included
a_higher_floor_may_not
a_library_stays_at_home
ones_own_header_comes_first
a_header_is_guarded_by_its_own_name
tables_made_by_the_build_stay_on_their_floor
our_headers_are_named_in_full
there_are_no_other_floors
the_tree_keeps_the_floors

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
