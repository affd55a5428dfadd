#!/usr/bin/env python3
"""sample_test.py - lede without feeds: the sample edition, on paper and in a terminal; themes and layouts of the configuration."""
import json
import os
import re

import newsroom
import schema
from lede import Home, finish, same, test
from terminal import Terminal, close_all

home = Home(newsroom.NOW)


@test
def without_a_terminal_the_ranked_list_is_printed():
	result = home.run().expect(0)
	rows = result.out.splitlines()
	same(len(rows) > 27, True, f'rows: {len(rows)}')
	same([int(row[:3]) for row in rows], list(range(1, len(rows) + 1)), 'ranks')
	same('personal data' in rows[0] and ' +4 · ' in rows[0], True, f'the first row {rows[0]!r}')
	same(home.run('top').out, result.out, 'lede top')


@test
def the_sample_answers_like_a_cache():
	top = schema.check(home.run('top', '--json').json(), schema.TOP)
	same(top['sample'], True, 'sample')
	latest = schema.check(home.run('latest', '--json').json(), schema.ENTRIES)['entries']
	same(len(latest), 64, 'entries')
	same(len({e['source'] for e in latest}), 8, 'sources')
	held = schema.check(home.run('filler', '--json').json(), schema.ENTRIES)['entries']
	same({e['id'] for e in held}, {e['id'] for e in latest if e['filler']}, 'what is held back')
	same({e['story'] for e in held} & {s['id'] for s in top['stories']}, set(), 'filler in the edition')
	schema.check(home.run('show', top['stories'][0]['entry'], '--json').json(), schema.SHOW)
	schema.check(home.run('why', top['stories'][0]['id'], '--json').json(), schema.WHY_OF)
	same(home.run('feeds', '--json').json(), {'feeds': []}, 'feeds')


@test
def entries_that_come_in_are_folded_and_ranked():
	latest = home.run('latest', '--json').json()['entries']
	day = [{'id': str(e['id']), 'time': newsroom.NOW - 3600, 'source': e['source'], 'title': e['title']} for e in latest]
	given = ''.join(json.dumps(e) + '\n' for e in day)
	folded = [schema.check(row, schema.FOLDED) for row in home.run('fold', '--json', given=given).lines()]
	same([row['id'] for row in folded], [e['id'] for e in day], 'every entry is answered')
	same(len({row['story'] for row in folded}) < len(day), True, 'some fold')
	ranked = [schema.check(row, schema.RANKED) for row in home.run('rank', '--json', given=given).lines()]
	same({row['id'] for row in ranked}, {e['id'] for e in day}, 'every entry is ranked')
	same([row['score'] for row in ranked], sorted((row['score'] for row in ranked), reverse=True), 'best first')
	told = [schema.check(row, schema.CLASSIFIED) for row in home.run('classify', '--json', given=given).lines()]
	same([row['id'] for row in told], [e['id'] for e in day], 'every entry has a label')
	same({row['label'] for row in told} >= {'news', 'advert', 'weather'}, True, 'some are no news')


@test
def the_sample_stays_out_of_the_cache():
	home.run('top').expect(0)
	same(os.path.exists(home.db), False, 'a cache was made')


@test
def it_is_the_same_whenever_it_is_looked_at():
	later = Home(newsroom.NOW + 40 * 86400)
	same([row.rsplit(' · ', 1) for row in later.run().out.splitlines()],
	     [row.rsplit(' · ', 1) for row in home.run().out.splitlines()], 'the list forty days later')
	later.remove()


@test
def a_refresh_without_feeds_says_so():
	result = home.run('refresh')
	same('lede add' in result.err, True, f'{result}')


@test
def the_welcome_stands_beside_the_sample():
	t = Terminal(home, 120, 36)
	rows = t.shows('Good morning. This is lede.', 'adds a feed; any address will do', 'Enter begins')
	same('sample edition' in rows[0], True, f'header {rows[0]!r}')
	same('personal data' in rows[2], True, f'first story {rows[2]!r}')
	same(any(re.match('[▌ ] ?▲[0-9]', row) for row in rows) and any(row.startswith(' new') for row in rows), True, 'some moved, some are new')
	same(re.search(r' a +adds a feed', '\n'.join(rows)) is not None, True, 'the key that adds one')
	t.press('Enter')
	t.hides('Good morning')
	t.wait(lambda rows: 'personal data' in rows[2][51:], 'the first article')
	t.press('R')
	t.press('Q')
	same(t.ended(), 0, 'status')
	t.close()
	same(os.path.exists(home.db), False, 'a cache was made')


@test
def with_one_pane_the_welcome_comes_first():
	t = Terminal(home)
	t.shows('Good morning. This is lede.')
	t.press('q')
	t.wait(lambda rows: rows[2].startswith('▌ 1 ') and rows[4].startswith('  3 '), 'the list')
	t.press('q')
	same(t.ended(), 0, 'status')
	t.close()


@test
def the_long_articles_have_every_kind_of_block():
	t = Terminal(home, 200, 50)
	t.shows('Good morning')
	t.press('Enter')
	t.hides('Good morning')
	latest = home.run('latest', '--json').json()['entries']
	entry = next(e for e in latest if e['title'].startswith('Why old maps show islands'))
	rank = next(s['rank'] for s in home.run('top', '--json').json()['stories'] if s['id'] == entry['story'])
	t.press(*str(rank), 'g')
	t.wait(lambda rows: 'Why old maps show islands' in rows[2][73:], 'the article')
	text = home.run('show', entry['id']).expect(0).out
	for mark in ('•', '│', 'LINKS'):
		same(mark in text or mark.lower() in text.lower(), True, f'{mark} in the text\n{text}')
	t.press('Q')
	same(t.ended(), 0, 'status')
	t.close()


# ---- the configuration ----

def configured(text, w=120, h=36, env=None):
	"""A terminal over the sample with this configuration, past the welcome."""
	h_ = Home(newsroom.NOW)
	h_.write(h_.config, '[lede]\n' + text)
	t = Terminal(h_, w, h, env=env)
	t.shows('Good morning')
	t.press('Esc')
	t.hides('Good morning')
	return t


def colours(t):
	"""The colour numbers on the screen."""
	return set(re.findall(r'[34]8;[25];[0-9;]+|\x1b\[[0-9;]*3[1-7][0-9;]*m', t.coloured()))


@test
def layouts_are_chosen_by_the_configuration():
	for name, holds in (('columns', lambda rows: '│' in rows[4]),
	                    ('stacked', lambda rows: any(row == '─' * 120 for row in rows)),
	                    ('stack', lambda rows: any(row == '─' * 120 for row in rows)),
	                    ('single', lambda rows: not any('│' in row or '──' in row for row in rows) and rows[12] != '')):
		t = configured(f'layout = {name}\n')
		t.wait(holds, f'layout {name}')
		t.close()


@test
def rows_and_widths_are_chosen_by_the_configuration():
	t = configured('rows = dense\nsplit = 60\n')
	rows = t.wait(lambda rows: rows[3].startswith('  2 '), 'dense rows')
	same(rows[2].index('│') > 50, True, f'the rule {rows[2]!r}')
	t.close()


@test
def themes_are_chosen_by_the_configuration():
	seen = {}
	for name in ('dark', 'light', 'gruvbox', 'mono'):
		t = configured(f'theme = {name}\n', env={'TERM': 'tmux-256color'})
		seen[name] = colours(t)
		t.close()
	same(seen['mono'], set(), 'colours of mono')
	same(all(seen[name] for name in ('dark', 'light', 'gruvbox')), True, f'colours {seen}')
	same(seen['dark'] != seen['light'] and seen['dark'] != seen['gruvbox'], True, f'they differ {seen}')


@test
def a_theme_of_ones_own_wins():
	h = Home(newsroom.NOW)
	h.write(h.config, '[lede]\ntheme = mine\n')
	h.write(h.at('config', 'lede', 'themes', 'mine.theme'), 'inherit = dark\n')
	t = Terminal(h, 120, 36)
	rows = t.shows('Good morning')
	same(any('no theme' in row for row in rows), False, 'the theme is found')
	t.close()


@test
def NO_COLOR_means_no_colour():
	t = configured('theme = dark\n', env={'NO_COLOR': '1', 'TERM': 'tmux-256color'})
	same(colours(t), set(), 'colours')
	same('\x1b[1m' in t.coloured() or '\x1b[0;1m' in t.coloured() or ';1m' in t.coloured(), True, 'bold is left')
	t.close()


@test
def glyphs_can_be_ascii():
	t = configured('glyphs = ascii\n', 80, 24)
	rows = t.wait(lambda rows: rows[2].startswith('> 1 '), 'the ASCII cursor')
	same(any(c in ''.join(rows) for c in '▌●○│─…'), False, 'a drawn glyph')
	t.close()


finish(close_all)
