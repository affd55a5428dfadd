#!/bin/sh
# Prints theme files as rows { "name", "text" } of a C table.
set -eu
for file; do
	name=$(basename "$file" .theme)
	printf '{ "%s",\n' "$name"
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/"&\\n"/' "$file"
	printf '},\n'
done
