#!/usr/bin/env python3
"""messages.py update|check - the catalogues and what the source says.

update: every po/LANGUAGE.po gets the sentences of the source in their order; translations are kept,
        sentences that are gone are dropped. check: says what differs or lacks a translation, exit 1.

Sentences are what stands in _("..."), N_("..."), many_("...", "...", and in_("where", "..."), the help of
each row of the table of commands, and what the themes say about themselves.
"""
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LANGUAGES = ("zh_CN", "zh_TW", "ja")
STRING = r'"(?:[^"\\]|\\.)*"'
TEXT = rf"((?:{STRING}\s*)+)"
CALLS = re.compile(rf"(?<![A-Za-z0-9_])(?:N?_\(\s*{TEXT}\)|many_\(\s*{TEXT},\s*{TEXT},|in_\(\s*{TEXT},\s*{TEXT}\))")
ROWS = re.compile(rf"\brun_\w+,\s*{TEXT},")
HEADER = """msgid ""
msgstr ""
"Project-Id-Version: lede\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


def joined(literals):
    """The text of adjacent C literals; escapes stay as they are written."""
    return "".join(part[1:-1] for part in re.findall(STRING, literals))


def sources():
    for folder, _, names in sorted(os.walk(os.path.join(TOP, "src"))):
        for name in sorted(names):
            if name.endswith((".c", ".h")):
                yield os.path.relpath(os.path.join(folder, name), TOP)


def abouts():
    """What each shipped theme says about itself."""
    for name in sorted(os.listdir(os.path.join(TOP, "themes"))):
        if name.endswith(".theme"):
            with open(os.path.join(TOP, "themes", name), encoding="utf-8") as f:
                yield re.search(r"^about\s*=\s*(.*?)\s*$", f.read(), re.M).group(1), "themes/" + name


def messages():
    """{(where, one, many): file} in the order of the source."""
    found = {}
    for path in sources():
        with open(os.path.join(TOP, path), encoding="utf-8") as f:
            text = re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)
        for m in CALLS.finditer(text):
            plain, one, many, where, said = (joined(g) if g else "" for g in m.groups())
            found.setdefault((where, plain or one or said, many), path)
        if path.endswith("tui/theme.c"):
            for about, theme in abouts():
                found.setdefault(("", about, ""), theme)
        if path.endswith("app/command.c"):
            for m in ROWS.finditer(text):
                found.setdefault(("", joined(m.group(1)), ""), path)
    plural = {one for where, one, many in found if many}
    return {key: path for key, path in found.items() if key[2] or key[1] not in plural or key[0]}


def catalogue(language):
    """{(where, one, many): translation} of po/LANGUAGE.po."""
    with open(os.path.join(TOP, "po", language + ".po"), encoding="utf-8") as f:
        text = f.read()
    entry = re.compile(rf"(?:msgctxt {TEXT})?msgid {TEXT}(?:msgid_plural {TEXT})?msgstr(?:\[0\])? {TEXT}")
    found = {}
    for m in entry.finditer(text):
        where, one, many, said = (joined(g) if g else "" for g in m.groups())
        if one:
            found[(where, one, many)] = said
    return found


def written(language, source, said):
    out = [f"# lede in {language}.\n", HEADER.format(language=language)]
    for (where, one, many), path in source.items():
        out.append(f"\n#: {path}\n" + ("#, c-format\n" if "%" in one else ""))
        if where:
            out.append(f'msgctxt "{where}"\n')
        out.append(f'msgid "{one}"\n')
        if many:
            out.append(f'msgid_plural "{many}"\n')
        out.append(f'msgstr{"[0]" if many else ""} "{said.get((where, one, many), "")}"\n')
    return "".join(out)


def update():
    for language in LANGUAGES:
        text = written(language, messages(), catalogue(language))
        with open(os.path.join(TOP, "po", language + ".po"), "w", encoding="utf-8") as f:
            f.write(text)


def check():
    wrong, source = 0, messages()
    for language in LANGUAGES:
        said = catalogue(language)
        lacking = [key for key in source if not said.get(key)]
        unused = [key for key in said if key not in source]
        for key in lacking:
            print(f"po/{language}.po: no translation of “{key[1]}” ({source[key]})")
        for key in unused:
            print(f"po/{language}.po: “{key[1]}” is nowhere in the source")
        wrong += len(lacking) + len(unused)
    print(f"{len(source)} sentences in {len(LANGUAGES)} languages, {wrong} wrong")
    return 1 if wrong or len(source) < 200 else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] == ["check"]:
        sys.exit(check())
    else:
        sys.exit(__doc__)
