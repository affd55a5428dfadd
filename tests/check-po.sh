#!/bin/sh
# Every sentence of the screen is translated, nothing else is, and printf's places agree.
set -u

top=${srcdir:-.}
command -v python3 >/dev/null 2>&1 || { echo "python3 is missing"; exit 77; }
python3 "$top/po/messages.py" check || exit 1
command -v msgfmt >/dev/null 2>&1 || { echo "msgfmt is missing: the forms were not compared"; exit 77; }
for language in zh_CN zh_TW ja; do
	msgfmt --check-format --check-domain -o /dev/null "$top/po/$language.po" || exit 1
done
