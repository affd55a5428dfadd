#!/bin/sh
# The manual pages and the completions say what the program's tables say, and read without a complaint.
# `make docs` writes them anew.
set -u
LC_ALL=C
export LC_ALL

top=${srcdir:-.}
gen=${builddir:-.}/tests/tools/gen_docs
work=$(mktemp -d "${TMPDIR:-/tmp}/lede-docs.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# holds SENTENCE COMMAND... - the command succeeds, or the sentence is printed as broken.
holds()
{
	sentence=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "broken: $sentence" >&2
	fi
}

# same FILE ARGUMENT... - what is checked in is what gen_docs prints.
same()
{
	file=$top/man/$1
	shift
	"$gen" "$@" >"$work/new" && diff -u "$file" "$work/new" | head -n 40 >"$work/diff"
	[ -s "$work/new" ] && [ ! -s "$work/diff" ] && return
	cat "$work/diff" >&2
	return 1
}

# A page without a marker left, without complaints.
reads_well()
{
	! grep -n '^@.*@$' "$1" || return 1
	if command -v mandoc >/dev/null; then
		# A cross reference to a page of the same folder is no fault.
		mandoc -T lint -W warning "$1" >"$work/lint" 2>&1 || { cat "$work/lint" >&2; return 1; }
	fi
	if command -v groff >/dev/null; then
		groff -ww -mdoc -T utf8 "$1" >"$work/text" 2>"$work/groff"
		[ ! -s "$work/groff" ] || { cat "$work/groff" >&2; return 1; }
	fi
}

bash_completes()
{
	command -v bash >/dev/null || return 0
	bash -c '. "$1"; COMP_WORDS=(lede "$2"); COMP_CWORD=1; _lede; echo "${COMPREPLY[*]}"' \
		bash "$top/man/completions/lede" re >"$work/words"
	[ "$(cat "$work/words")" = "remove refresh" ]
}

bash_completes_the_options_of_a_command()
{
	command -v bash >/dev/null || return 0
	bash -c '. "$1"; COMP_WORDS=(lede --db x top --j); COMP_CWORD=4; _lede; echo "${COMPREPLY[*]}"' \
		bash "$top/man/completions/lede" >"$work/words"
	[ "$(cat "$work/words")" = "--json" ]
}

# parses SHELL FILE - the shell, where there is one, finds no fault.
parses()
{
	command -v "$1" >/dev/null || return 0
	"$1" -n "$2"
}

for page in lede.1 lede.5; do
	holds "$page is what the tables say (make docs)" same $page page "$top/man/$page.in"
	holds "$page reads without a complaint" reads_well "$top/man/$page"
done
holds "the bash completion is what the tables say (make docs)" same completions/lede bash
holds "the zsh completion is what the tables say (make docs)" same completions/_lede zsh
holds "the fish completion is what the tables say (make docs)" same completions/lede.fish fish
holds "bash completes commands" bash_completes
holds "bash completes the options of a command" bash_completes_the_options_of_a_command
holds "bash parses its completion" parses bash "$top/man/completions/lede"
holds "zsh parses its completion" parses zsh "$top/man/completions/_lede"
holds "fish parses its completion" parses fish "$top/man/completions/lede.fish"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
