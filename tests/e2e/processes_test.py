#!/usr/bin/env python3
"""processes_test.py - two readers and commands on one cache: what one changes the others see within a second, and no list moves."""
import sqlite3
import time

import newsroom
from feed_server import Server
from lede import SLOWER, Home, finish, same, test, until
from terminal import Terminal, close_all

SOON = 1.5 * SLOWER        # a second, and what tmux needs to say so
server = Server()
home = Home(newsroom.NOW)
sources = [newsroom.Source(s.name, s.title, s.style) for s in newsroom.SOURCES[:6]]
for copy, s in zip(sources, newsroom.SOURCES):
	copy.entries = list(s.entries)
urls = server.put_sources(sources)
home.subscribe(urls)
home.run('refresh').expect(0)
one = Terminal(home, 120, 30)
one.status('why: ')
other = Terminal(home, 120, 30)
other.status('why: ')


def unread(rows):
	"""The header's number."""
	words = rows[0].replace('·', ' ').split()
	return int(words[words.index('unread') - 1])


def mark_of(row):
	return '●' if '●' in row else '○' if '○' in row else ' '


def titles(rows):
	"""The list's side, without marks."""
	return [row[:48].replace('●', ' ').replace('○', ' ').replace('★', ' ') for row in rows[1:-1]]


def starred():
	return {e['id'] for e in home.run('starred', '--json').json()['entries']}


@test
def a_mark_is_seen_by_the_other_reader():
	before, mine = other.still(), one.still()
	n = unread(before)
	row = next(i for i, text in enumerate(mine) if '▌' in text)
	one.press('m')
	one.wait(lambda rows: unread(rows) < n, 'fewer unread')
	after = other.wait(lambda rows: unread(rows) < n and mark_of(rows[row][:48]) == ' ', 'the mark of the first row is gone', SOON)
	same(titles(after), titles(before), 'the list')
	one.press('m')
	after = other.wait(lambda rows: unread(rows) == n and mark_of(rows[row][:48]) == '●', 'it is unread again', SOON)
	same(titles(after), titles(before), 'the list')


@test
def a_star_set_by_a_command_is_seen_by_both():
	first = home.run('top', '--json', '-n', '1').json()['stories'][0]['entry']
	home.run('mark', 'star', first).expect(0)
	for t in (one, other):
		t.wait(lambda rows: any('★' in row for row in rows[1:6]), 'a star', SOON)
	home.run('mark', 'unstar', first).expect(0)
	for t in (one, other):
		t.wait(lambda rows: not any('★' in row for row in rows[1:6]), 'no star', SOON)


@test
def what_cron_fetches_is_counted_and_moves_nothing():
	before = {t: t.still() for t in (one, other)}
	sources[0].entries.append(newsroom.Entry('Otters return to the old canal', f'{sources[0].site}otters', newsroom.NOW - 60,
	                                         'They were seen at dawn.', 'Desk'))
	server.put(sources[0].path, sources[0].body(), sources[0].content_type())
	home.run('refresh', urls[0]).expect(0)
	for t in (one, other):
		after = t.wait(lambda rows: '1 new' in rows[0], '1 new', SOON)
		same(titles(after), titles(before[t]), 'the list')
	one.press('.')
	one.shows('Otters return to the old canal')
	same('1 new' in other.still()[0], True, 'the other reader still has it before it')


@test
def while_another_process_holds_the_cache_marks_are_kept():
	entry = home.run('latest', '--json', '-n', '1').json()['entries'][0]['id']
	stars = starred()
	db = sqlite3.connect(home.db, isolation_level=None)
	db.execute('BEGIN IMMEDIATE')
	began = time.monotonic()
	one.press('s')
	one.status('starred')
	one.wait(lambda rows: 'marks are kept' in rows[-1], 'it says that marks are kept', 20 * SLOWER)
	same(time.monotonic() - began > 5, True, 'it has tried for a while')
	one.press('j', 'k')
	one.shows('▌')
	same(starred(), stars, 'stars on the disk')
	db.execute('COMMIT')
	db.close()
	until(lambda: len(starred()) == len(stars) + 1, 'the star is on the disk', 15 * SLOWER)
	same(entry > 0, True, 'an entry')


@test
def readers_leave_a_sound_cache():
	for t in (one, other):
		t.press('Q')
		same(t.ended(), 0, 'status')
	with sqlite3.connect(home.db) as db:
		same(db.execute('PRAGMA integrity_check').fetchall(), [('ok',)], 'integrity_check')


finish(lambda: (close_all(), server.close(), home.remove()))
