#!/usr/bin/env python3
"""readme_test.py - the screens of README are those that the program draws, over its sample edition.

`make readme` writes them anew: each stands indented behind a line `<!-- screen NAME -->`.
"""
import os
import re
import sys

import newsroom
from lede import Home, finish, need, same, test
from terminal import Terminal, close_all

SOURCE = os.environ.get('srcdir', '.')
README = os.path.join(SOURCE, 'README.md')
LENDERS = ('/usr/lib/locale/C.utf8', '/usr/lib/locale/C.UTF-8')


def traditional(home):
	"""The environment in which lede speaks traditional Chinese, whether or not that locale is installed."""
	catalogues = os.environ.get('LEDE_LOCALEDIR', '')
	lender = next((folder for folder in LENDERS if os.path.isdir(folder)), None)
	need(lender and os.path.isdir(os.path.join(catalogues, 'zh_TW')), 'no catalogue, or no locale that could be lent')
	os.makedirs(home.at('locale'), exist_ok=True)
	if not os.path.exists(home.at('locale/zh_TW.UTF-8')):
		os.symlink(lender, home.at('locale/zh_TW.UTF-8'))
	return {'LC_ALL': 'zh_TW.UTF-8', 'LOCPATH': home.at('locale'), 'LEDE_LOCALEDIR': catalogues}


# name: (columns, rows, keys, what then is on the screen, rows that are told, environment)
SCREENS = {
	'front': (104, 28, 'Enter Esc', 'ALSO IN THIS STORY', (0, 28), None),
	'why': (118, 22, 'Enter e', 'score', (2, 18), None),
	'story': (80, 24, 'Enter z j', '▌     ', (0, 12), None),
	'days': (80, 24, 'Enter ] G g', 'TODAY', (0, 16), None),
	'themes': (118, 22, 'Enter t j', 'Enter keeps it', (2, 17), None),
	'chinese': (104, 24, 'Enter Esc', '理由', (0, 24), traditional),
}


def drawn(name):
	"""The rows of a screen, blanks at their ends left out."""
	w, h, keys, sign, (first, last), speaks = SCREENS[name]
	home = Home(newsroom.NOW)
	home.write(home.config, '[lede]\ntheme = dark\n' + ('rows = comfortable\n' if w > 100 else ''))
	term = Terminal(home, w, h, env=speaks(home) if speaks else None)
	term.wait(lambda rows: rows[h - 1] != '', 'the reader is there')
	term.still()
	term.press(*keys.split())
	term.shows(sign)
	rows = term.still()[first:last]
	term.close()
	home.remove()
	return rows


def told():
	"""{name: rows} of README."""
	with open(README, encoding='utf-8') as file:
		text = file.read()
	return {m.group(1): [row[4:] for row in m.group(2).splitlines()]
	        for m in re.finditer(r'^<!-- screen (\w+) -->\n\n((?:(?:    .*)?\n)+?)(?=\n?\S)', text, re.M)}


def without_end(rows):
	while rows and not rows[-1]:
		rows = rows[:-1]
	return rows


def write():
	with open(README, encoding='utf-8') as file:
		text = file.read()
	for name in SCREENS:
		block = ''.join(f'    {row}'.rstrip() + '\n' for row in without_end(drawn(name)))
		text, n = re.subn(rf'^(<!-- screen {name} -->\n)\n(?:(?:    .*)?\n)*(?=\S)', lambda m: f'{m.group(1)}\n{block}\n', text,
		                  flags=re.M)
		if n != 1:
			sys.exit(f'README.md has no place for the screen {name}')
	with open(README, 'w', encoding='utf-8') as file:
		file.write(text)
	close_all()


def is_fresh(name):
	need(os.path.exists(README), 'README.md is not there')
	same(without_end(told()[name]), without_end(drawn(name)), f'the screen {name}; make readme writes it anew')


@test
def readme_has_the_six_best():
	need(os.path.exists(README), 'README.md is not there')
	same(sorted(told()), sorted(SCREENS), 'screens')


@test
def the_front_page_is_what_is_drawn():
	is_fresh('front')


@test
def the_sum_of_a_rank_is_what_is_drawn():
	is_fresh('why')


@test
def the_story_is_what_is_drawn():
	is_fresh('story')


@test
def the_days_are_what_is_drawn():
	is_fresh('days')


@test
def the_themes_are_what_is_drawn():
	is_fresh('themes')


@test
def the_chinese_page_is_what_is_drawn():
	is_fresh('chinese')


if sys.argv[1:] == ['write']:
	write()
else:
	finish(close_all)
