#!/usr/bin/env python3
"""Makes unicode_props.inc and unicode_fold.inc from the Unicode data files.

Run by hand when the Unicode version changes; the result is checked in, so that a build needs
neither Python nor the data. The files are those of Debian's package unicode-data
(Unihan_Variants.txt may be packed with bzip2).

    gen-unicode.py [--data DIR] [--out DIR]

Properties: a two-stage table from code point to a record, one for all that behave alike.
Folded forms: a two-stage table of 16-bit values. 0 is "folds to itself", a value from SPECIAL to
SPECIAL_END numbers a sequence in a pool, any other value is the folded code point.
"""
import argparse
import bz2
import os

UNICODE = 0x110000
SPECIAL, SPECIAL_END = 0xD800, 0xF8FF   # surrogates and private use: nothing folds to them
FOLD_END = 0x32400                      # above it only what is invisible folds: to nothing
HANGUL, HANGUL_END, L, V, T = 0xAC00, 0xD7A3, 0x1100, 0x1161, 0x11A7

# Scripts whose letters change shape next to a joiner, which therefore means something there.
CURSIVE = """Arabic Syriac Mandaic Nko Mongolian Phags_Pa Manichaean Psalter_Pahlavi Sogdian Adlam
Hanifi_Rohingya"""
# Scripts whose marks are vowels: dropping them would drop half of a word.
BRAHMIC = """Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala
Thai Lao Tibetan Myanmar Khmer Tagalog Hanunoo Buhid Tagbanwa Limbu Tai_Le New_Tai_Lue Buginese
Tai_Tham Balinese Sundanese Batak Lepcha Syloti_Nagri Saurashtra Kayah_Li Rejang Javanese Cham
Tai_Viet Meetei_Mayek Brahmi Kaithi Chakma Mahajani Sharada Khojki Multani Khudawadi Grantha Newa
Tirhuta Siddham Modi Takri Ahom Dogra Dives_Akuru Nandinagari Zanabazar_Square Soyombo Bhaiksuki
Marchen Masaram_Gondi Gunjala_Gondi Makasar Kawi Kharoshthi"""

# Line_Break values as the C enum spells them; what is missing here is the value itself.
LINE_ALIAS = {"AI": "AL", "SG": "AL", "XX": "AL", "CJ": "NS"}
KANA_COMMON = (0x30FC, 0xFF70, 0xFF9E, 0xFF9F)          # of kana, though their script is Common
ZERO_WIDTH = ("Mn", "Me", "Cf", "Cc", "Zl", "Zp")
MISSING = {"Wide": "W", "Ideographic": "ID", "Prefix_Numeric": "PR"}
GRAPHEME = {"Other": "OTHER", "CR": "CR", "LF": "LF", "Control": "CONTROL", "Extend": "EXTEND",
            "ZWJ": "ZWJ", "Regional_Indicator": "REGIONAL", "Prepend": "PREPEND",
            "SpacingMark": "SPACING", "L": "L", "V": "V", "T": "T", "LV": "LV", "LVT": "LVT"}


class Data:
    """The Unicode data files of one directory, each property as a list over all code points."""

    def __init__(self, where):
        self.where = where
        self.category = self.ranges("extracted/DerivedGeneralCategory.txt", "Cn")
        self.script = self.ranges("Scripts.txt", "Unknown")
        self.east_asian = self.ranges("extracted/DerivedEastAsianWidth.txt", "N")
        self.line = self.ranges("extracted/DerivedLineBreak.txt", "XX")
        self.grapheme = self.ranges("auxiliary/GraphemeBreakProperty.txt", "Other")
        self.age = self.ranges("DerivedAge.txt", "")
        self.space = self.members("PropList.txt", "White_Space")
        self.prepended = self.members("PropList.txt", "Prepended_Concatenation_Mark")
        self.nonchar = self.members("PropList.txt", "Noncharacter_Code_Point")
        self.ignorable = self.members("DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
        self.emoji = self.members("emoji/emoji-data.txt", "Emoji")
        self.modifier = self.members("emoji/emoji-data.txt", "Emoji_Modifier")
        self.pictographic = self.members("emoji/emoji-data.txt", "Extended_Pictographic")

    def rows(self, name):
        path = os.path.join(self.where, name)
        if os.path.exists(path):
            lines = open(path, encoding="utf-8")
        else:
            lines = bz2.open(path + ".bz2", "rt", encoding="utf-8")
        with lines:
            for line in lines:
                line = line.split("#")[0].strip()
                if line:
                    yield [field.strip() for field in line.split("\t" if "\t" in line else ";")]

    def ranges(self, name, default):
        values = [default] * UNICODE
        for row in [*self.missing(name), *self.rows(name)]:
            for cp in span(row[0]):
                values[cp] = row[1]
        return values

    def missing(self, name):
        """What unassigned code points have, from lines like "# @missing: 4E00..9FFF; Wide"."""
        with open(os.path.join(self.where, name), encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("# @missing: "):
                    block, value = line[len("# @missing: "):].split(";")
                    if value.strip() in MISSING:
                        yield block, MISSING[value.strip()]

    def members(self, name, wanted):
        return {cp for row in self.rows(name) if row[1] == wanted for cp in span(row[0])}


def span(field):
    first, _, last = field.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


# ---- properties ----------------------------------------------------------------------

def line_class(d, cp):
    value = d.line[cp]
    if value == "SA":
        return "CM" if d.category[cp] in ("Mn", "Mc") else "AL"
    if value in ("OP", "CP") and d.east_asian[cp] in ("F", "W", "H"):
        return value + "_WIDE"                         # LB30 leaves these out
    if value == "ID" and cp in d.pictographic and d.category[cp] == "Cn":
        return "ID_PICT"                               # LB30b
    return LINE_ALIAS.get(value, value)


def grapheme_class(d, cp):
    value = GRAPHEME[d.grapheme[cp]]
    if value == "OTHER" and cp in d.pictographic:
        return "PICT"
    return value


def cells(d, cp):
    """0, 1 or 2; 3 for East Asian Ambiguous."""
    if cp == 0xAD:
        return 1
    if d.category[cp] in ZERO_WIDTH or grapheme_class(d, cp) in ("V", "T"):
        return 0
    if d.east_asian[cp] in ("W", "F"):
        return 2
    return 3 if d.east_asian[cp] == "A" else 1


def fold_class(d, cp):
    major, script = d.category[cp][0], d.script[cp]
    if cp == 0x3006 or script == "Han" and major in "LNS":
        return "HAN"
    if cp in KANA_COMMON or script in ("Hiragana", "Katakana") and major in "LNS":
        return "KANA"
    if cp in d.ignorable and cp not in d.space or is_dropped_mark(d, cp):
        return "MARK"
    if script == "Hangul" and major in "LS":
        return "HANGUL"
    return "WORD" if major in "LNM" else "SEPARATOR"


def flags(d, cp, joining):
    category, script = d.category[cp], d.script[cp]
    yield from ["IGNORABLE"] * (cp in d.ignorable)
    yield from ["SPACE"] * (cp in d.space)
    yield from ["MARK"] * (category[0] == "M")
    yield from ["WIDE"] * (d.east_asian[cp] in ("W", "F"))
    yield from ["AMBIGUOUS"] * (d.east_asian[cp] == "A")
    yield from ["NEW"] * (d.age[cp] != "" and float(d.age[cp]) > 13.0)
    yield from ["EMOJI"] * (cp in d.emoji)
    yield from ["MODIFIER"] * (cp in d.modifier)
    yield from ["NONCHAR"] * (cp in d.nonchar)
    yield from ["JOINS"] * (category[0] in "LM" and script in joining)
    hidden = cp in d.ignorable or category in ("Cc", "Cf", "Zl", "Zp") and cp not in d.prepended
    yield from ["HIDDEN"] * (hidden or 0xFFF9 <= cp <= 0xFFFB)


def property_records(d):
    joining = set(BRAHMIC.split()) | set(CURSIVE.split())
    records, index = {}, []
    for cp in range(UNICODE):
        record = (grapheme_class(d, cp), line_class(d, cp), cells(d, cp), fold_class(d, cp),
                  " | ".join("IS_" + f for f in flags(d, cp, joining)) or "0")
        index.append(records.setdefault(record, len(records)))
    return list(records), index


# ---- folding ----------------------------------------------------------------------

def is_dropped_mark(d, cp):
    """Accents, points, tone marks; not the voicing of kana, not marks that are vowels."""
    return (d.category[cp][0] == "M" and cp not in (0x3099, 0x309A)
            and d.script[cp] not in BRAHMIC.split() and d.script[cp] != "Hangul")


class Folder:
    def __init__(self, d):
        self.d = d
        self.decomposition, self.case, self.simplified, self.kana = {}, {}, {}, {}
        for row in d.rows("UnicodeData.txt"):
            if row[5]:
                parts = row[5].split()
                plain = [int(p, 16) for p in parts if p[0] != "<"]
                self.decomposition[int(row[0], 16)] = plain
                if parts[0][0] != "<" and len(plain) == 2 and plain[1] in (0x3099, 0x309A):
                    self.kana[tuple(plain)] = int(row[0], 16)
        for row in d.rows("CaseFolding.txt"):
            if row[1] in ("C", "F"):
                self.case[int(row[0], 16)] = [int(p, 16) for p in row[2].split()]
        for row in d.rows("Unihan_Variants.txt"):
            if row[1] == "kSimplifiedVariant":
                own = int(row[0][2:], 16)
                to = [int(v[2:], 16) for v in row[2].split()]
                if own not in to:
                    self.simplified[own] = to[0]

    def decompose(self, cp):
        if HANGUL <= cp <= HANGUL_END:
            i = cp - HANGUL
            return [L + i // 588, V + i % 588 // 28] + ([T + i % 28] if i % 28 else [])
        return [p for c in self.decomposition[cp] for p in self.decompose(c)] \
            if cp in self.decomposition else [cp]

    def compose(self, seq):
        """Kana with its voicing mark, and Hangul; nothing else keeps a mark that composes."""
        out = []
        for cp in seq:
            last = out[-1] if out else 0
            if (last, cp) in self.kana:
                out[-1] = self.kana[last, cp]
            elif L <= last < L + 19 and V <= cp < V + 21:
                out[-1] = HANGUL + ((last - L) * 21 + cp - V) * 28
            elif HANGUL <= last <= HANGUL_END and (last - HANGUL) % 28 == 0 and T < cp < T + 28:
                out[-1] = last + cp - T
            else:
                out.append(cp)
        return out

    def fold(self, cp):
        seq = [cp]
        while True:
            old = seq
            seq = [p for c in seq for p in self.decompose(c)]
            seq = [p for c in seq for p in self.case.get(c, [c])]
            if seq == old or cp in range(HANGUL, HANGUL_END + 1):
                break
        seq = [c for c in seq if c not in self.d.ignorable and not is_dropped_mark(self.d, c)]
        return [self.simplify(c) for c in self.compose(seq)]

    def simplify(self, cp):
        """Followed to its end: U+85B4 has U+82E7, which has U+82CE."""
        while cp in self.simplified:
            cp = self.simplified[cp]
        return cp


def fold_values(folder):
    values, special, pool = [0] * FOLD_END, {}, []
    for cp in range(UNICODE):
        seq = tuple(folder.fold(cp))
        if cp >= FOLD_END:
            assert seq == (() if cp in folder.d.ignorable else (cp,))
            continue
        if seq == (cp,):
            continue
        if len(seq) == 1 and seq[0] < 0x10000 and not SPECIAL <= seq[0] <= SPECIAL_END:
            values[cp] = seq[0]
            continue
        if seq not in special:
            special[seq] = len(special)
        values[cp] = SPECIAL + special[seq]
    assert len(special) <= SPECIAL_END - SPECIAL
    starts = []
    for seq in special:
        starts.append(len(pool))
        for cp in seq:                                  # UTF-16: most of them are in the BMP
            pool += [cp] if cp < 0x10000 else [0xD7C0 + (cp >> 10), 0xDC00 + (cp & 0x3FF)]
    return values, starts + [len(pool)], pool


# ---- writing ----------------------------------------------------------------------

def two_stage(values, shift):
    blocks, first = {}, []
    for at in range(0, len(values), 1 << shift):
        first.append(blocks.setdefault(tuple(values[at:at + (1 << shift)]), len(blocks)))
    return first, [v for block in blocks for v in block]


def width_of(values):
    return 1 if max(values) < 256 else 2


def smallest(values):
    def size(shift):
        first, second = two_stage(values, shift)
        return len(first) * width_of(first) + len(second) * width_of(second)
    shift = min(range(3, 10), key=size)
    return (shift, *two_stage(values, shift))


def table(out, name, values):
    out.write("static const uint%d_t %s[%d] = {" % (8 * width_of(values), name, len(values)))
    column = 100
    for v in values:
        text = "%d," % v
        if column + len(text) > 98:
            out.write("\n\t")
            column = 8
        out.write(text)
        column += len(text)
    out.write("\n};\n\n")


def stages(out, name, values):
    shift, first, second = smallest(values)
    out.write("#define %s_SHIFT %d\n" % (name.upper(), shift))
    table(out, name + "_first", first)
    table(out, name + "_second", second)


HEADER = "/* Made by gen-unicode.py from the data files of Unicode 15.0. Do not edit. */\n\n"


def write_properties(d, path):
    records, index = property_records(d)
    with open(path, "w", encoding="ascii") as out:
        out.write(HEADER)
        out.write("static const struct props props_record[%d] = {\n" % len(records))
        for r in records:
            out.write("\t{ GRAPHEME_%s, LINE_%s, %d, FOLD_%s, %s },\n" % r)
        out.write("};\n\n")
        stages(out, "props", index)


def write_folding(d, path):
    folder = Folder(d)
    values, starts, pool = fold_values(folder)
    with open(path, "w", encoding="ascii") as out:
        out.write(HEADER)
        stages(out, "fold", values)
        out.write("#define FOLD_END 0x%X\n#define FOLD_SPECIAL 0x%X\n" % (FOLD_END, SPECIAL))
        out.write("#define FOLD_SPECIAL_END 0x%X\n" % (SPECIAL + len(starts) - 1))
        table(out, "fold_start", starts)
        table(out, "fold_pool", pool)
        out.write("static const struct { uint16_t base, mark, both; } fold_kana[%d] = {\n"
                  % len(folder.kana))
        for (base, mark), both in sorted(folder.kana.items()):
            out.write("\t{ 0x%X, 0x%X, 0x%X },\n" % (base, mark, both))
        out.write("};\n")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--data", default="/usr/share/unicode", help="directory of the data files")
    args.add_argument("--out", default=here, help="directory to write unicode_*.inc to")
    given = args.parse_args()
    d = Data(given.data)
    write_properties(d, os.path.join(given.out, "unicode_props.inc"))
    write_folding(d, os.path.join(given.out, "unicode_fold.inc"))


if __name__ == "__main__":
    main()
