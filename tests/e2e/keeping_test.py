#!/usr/bin/env python3
"""keeping_test.py - doctor, backup, retention, and caches that are damaged, from the future, or may not be written."""
import glob
import gzip
import os
import random
import sqlite3
import stat
import struct
import time

import newsroom
from feed_server import Server
from lede import SLOWER, Home, finish, same, test, until
from terminal import Terminal, close_all

NOW, DAY = newsroom.NOW, 86400
SOURCE = os.environ.get('srcdir', os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
server = Server()
urls = server.put_sources(newsroom.SOURCES[:8])
filled = []


def full():
	if not filled:
		filled.append(Home(NOW))
		filled[0].subscribe(urls)
		filled[0].run('refresh').expect(0)
	return filled[0]


def copy():
	"""Another home with the same cache, closed."""
	h = Home(NOW)
	h.subscribe(urls)
	os.makedirs(os.path.dirname(h.db))
	full().run('backup', h.db).expect(0)
	return h


def entries(h):
	return h.run('latest', '--json').json()['entries']


def hurt(path, offset, what):
	with open(path, 'r+b') as file:
		file.seek(offset)
		file.write(what)


def root_of(path, table):
	with sqlite3.connect(path) as db:
		page = db.execute('SELECT rootpage FROM sqlite_schema WHERE name = ?', (table,)).fetchone()[0]
	db.close()
	return (page - 1) * 4096


# ---- doctor ----

@test
def a_well_house_is_said_to_be_well():
	done = full().run('doctor').expect(0)
	for words in ('configuration', 'feeds', 'cache', f'{len(entries(full()))} entries of 8 feeds', 'terminal', 'network'):
		same(words in done.out, True, f'“{words}” in {done}')
	same('wrong' in done.out, False, f'nothing is wrong: {done}')


@test
def before_the_first_refresh_there_is_nothing_to_complain_of():
	h = Home(NOW)
	done = h.run('doctor').expect(0)
	same('none yet' in done.out and not os.path.exists(h.db), True, f'{done}')
	h.remove()


@test
def lines_that_cannot_be_understood_are_wrong():
	h = copy()
	h.write(h.config, 'rows = enormous\n')
	h.run('doctor').expect(2, 'rows')
	h.write(h.config, '')
	h.write(h.feeds, f'{urls[0]}\nexec:date\n')
	done = h.run('doctor')
	same((done.status, 'line 2' in done.out), (2, True), f'{done}')
	h.remove()


@test
def wrong_numbers_are_found_and_put_right():
	h = copy()
	with sqlite3.connect(h.db) as db:
		db.execute('UPDATE feed_count SET unread = unread + 7')
		db.execute('DELETE FROM member WHERE entry = 3')
		db.execute('INSERT INTO extra(entry) VALUES(99999)')
	db.close()
	done = h.run('doctor')
	same((done.status, 'wrong numbers' in done.out, '--repair' in done.out), (5, True, True), f'{done}')
	h.run('doctor', '--repair').expect(0)
	same('wrong' in h.run('doctor').expect(0).out, False, 'it is well')
	same(h.run('latest', '--json').json()['entries'][0]['id'] > 0, True, 'it works')
	h.remove()


@test
def damage_is_found_and_what_can_be_read_is_saved():
	h = copy()
	before = entries(h)
	star = before[5]['id']
	h.run('mark', 'star', star).expect(0)
	hurt(h.db, root_of(h.db, 'entry'), bytes(4096))
	done = h.run('doctor')
	same((done.status, 'damaged' in done.out), (5, True), f'{done}')
	done = h.run('doctor', '--repair').expect(0)
	same(f'{len(before)} entries, 1 stars' in done.out, True, f'{done}')
	same({e['id'] for e in entries(h)}, {e['id'] for e in before}, 'entries')
	same([e['id'] for e in h.run('starred', '--json').json()['entries']], [star], 'stars')
	same(len(glob.glob(h.db + '.damaged-*')) >= 1, True, 'the damaged one is there')
	h.run('refresh').expect(0)
	same(len(entries(h)), len(before), 'each entry once')
	h.remove()


@test
def a_command_that_meets_damage_says_so_and_the_next_one_works():
	h = copy()
	n = len(entries(h))
	with open(h.db, 'r+b') as file:
		file.truncate(os.path.getsize(h.db) - 3 * 4096)
	first = h.run('latest', '--json')
	same('came over' in first.err, True, f'{first}')
	same(len(entries(h)), n, 'entries; only bodies and what folding keeps lay on the last pages')
	h.remove()


# ---- backup ----

@test
def a_backup_is_the_cache_and_overwrites_nothing():
	h = copy()
	to = h.at('copy.db')
	h.run('backup', to).expect(0)
	same(stat.S_IMODE(os.stat(to).st_mode), 0o600, 'mode')
	same(h.run('--db', to, 'latest', '--json').json(), h.run('latest', '--json').json(), 'what is in it')
	h.run('backup', to).expect(2, 'is there already')
	h.run('backup', h.at('no', 'such', 'folder')).expect(5, 'cannot')
	same(glob.glob(h.at('*.partial')), [], 'half a copy')
	h.remove()


# ---- a cache that is not to be touched ----

@test
def a_cache_from_the_future_is_refused_and_stays():
	h = copy()
	hurt(h.db, 60, struct.pack('>I', 9999))
	with open(h.db, 'rb') as file:
		before = file.read()
	for words in (['top'], ['refresh'], ['doctor'], ['doctor', '--repair']):
		done = h.run(*words)
		same((done.status, 'newer lede' in done.out + done.err), (5, True), f'{done}')
	with open(h.db, 'rb') as file:
		same(file.read() == before, True, 'not a byte was changed')
	h.remove()


@test
def a_reader_with_a_cache_from_the_future_says_so_and_leaves():
	h = copy()
	hurt(h.db, 60, struct.pack('>I', 9999))
	t = Terminal(h)
	same(t.ended(), 5, 'status')
	same('newer lede' in t.said(), True, t.said())
	t.close()
	h.remove()


# ---- caches of earlier versions ----

def earlier(version):
	h = Home(NOW)
	h.subscribe(urls[:1])
	os.makedirs(os.path.dirname(h.db))
	with gzip.open(os.path.join(SOURCE, 'tests', 'fixtures', 'caches', f'version_{version}.db.gz')) as old, open(h.db, 'wb') as new:
		new.write(old.read())
	return h


def version_of(path):
	with sqlite3.connect(path) as db:
		number = db.execute('PRAGMA user_version').fetchone()[0]
	db.close()
	return number


def all_is_there(h):
	"""The entries of the two feeds, which nobody subscribes to any more, so that no command lists them."""
	with sqlite3.connect(h.db) as db:
		rows = db.execute("SELECT count(*), sum(e.flags & 1), sum((e.flags & 2) / 2) FROM entry e JOIN feed f ON f.id = e.feed "
		                  "WHERE f.url LIKE 'http://old.example/%'").fetchone()
		same(rows, (12, 2, 1), 'entries, read, starred')
		same(db.execute('PRAGMA integrity_check').fetchall(), [('ok',)], 'integrity_check')
	db.close()


@test
def an_earlier_cache_is_brought_up_to_date_after_a_copy_of_it_was_made():
	h = earlier(1)
	h.run('latest').expect(5, 'older lede')
	h.run('refresh').expect(0)
	same(version_of(h.db) > 1, True, 'the version')
	same(version_of(h.db + '.version-1'), 1, 'the version of the copy')
	all_is_there(h)
	same('wrong' in h.run('doctor').expect(0).out, False, 'numbers are right')
	h.remove()


@test
def killed_while_it_is_brought_up_to_date_it_is_of_one_version_or_the_other():
	chance, seen = random.Random(1), set()
	for i in range(15):
		h = earlier(1)
		process = h.start('refresh')
		time.sleep((i * 0.03 + chance.random() * 0.03) * SLOWER)
		process.kill()
		process.communicate()
		seen.add(version_of(h.db))
		h.run('refresh').expect(0)
		all_is_there(h)
		same(version_of(h.db + '.version-1'), 1, 'the version of the copy')
		h.run('doctor').expect(0)
		h.remove()
	print(f'killed at versions {sorted(seen)}')


# ---- the reader ----

@test
def a_reader_whose_cache_is_overwritten_goes_on_with_what_could_be_saved():
	h = copy()
	t = Terminal(h, 120, 30)
	t.status('why: ')
	t.still()
	hurt(h.db, root_of(h.db, 'entry'), bytes(4096))
	hurt(h.db, root_of(h.db, 'body'), bytes(4096))
	t.press(']')

	def is_told():
		t.press('m', 'j')
		return any(word in t.screen()[-1] for word in ('came over', 'damaged'))
	until(is_told, lambda: t.show('it is told'))
	until(lambda: glob.glob(h.db + '.damaged-*'), 'the damaged one is set aside')
	t.press('[', ']')
	t.shows('TODAY')
	t.press('Q')
	same(t.ended(), 0, 'status')
	same(len(entries(h)), len(entries(full())), 'entries')
	h.remove()


@test
def a_reader_starts_with_a_damaged_cache_and_says_what_came_over():
	h = copy()
	hurt(h.db, 0, b'x' * 100)
	t = Terminal(h, 120, 30)
	t.status('came over')
	t.press('Q')
	same(t.ended(), 0, 'status')
	same(len(entries(h)), len(entries(full())), 'entries')
	h.remove()


# ---- a text that is damaged ----

def hurt_body(h, entry):
	"""One bit within a compressed text: no check of SQLite sees it, its own checksum does."""
	with sqlite3.connect(h.db) as db:
		coding, text = db.execute('SELECT coding, bytes FROM body WHERE entry = ?', (entry,)).fetchone()
		text = bytearray(text)
		text[len(text) // 2] ^= 4
		db.execute('UPDATE body SET bytes = ? WHERE entry = ?', (bytes(text), entry))
	db.close()
	same(coding, 1, 'a compressed text')


def newest_long_entry(h):
	with sqlite3.connect(h.db) as db:
		found = db.execute('SELECT e.id, e.title, f.url FROM entry e JOIN body b ON b.entry = e.id JOIN feed f ON f.id = e.feed '
		                   'WHERE b.coding = 1 ORDER BY e.time DESC LIMIT 1').fetchone()
	db.close()
	return found


@test
def a_damaged_text_is_told_and_fetched_again():
	h = copy()
	entry, title, url = newest_long_entry(h)
	whole = h.run('show', '--json', entry).json()
	hurt_body(h, entry)
	same('damaged in the cache' in str(h.run('show', entry)), True, 'it is said')
	t = Terminal(h, 120, 30)
	t.status('why: ')
	t.press(']', 'g')
	t.wait(lambda rows: any(row.startswith('▌') and title[:20] in row for row in rows), f'the cursor is on {title}')
	t.shows('damaged in the cache')
	server.forget()
	t.press('r')
	t.hides('damaged in the cache')
	t.press('Q')
	same(t.ended(), 0, 'status')
	path = url[url.index('/', 8):]
	asked = [headers for asked, _, headers in server.asked if asked == path]
	same([('If-None-Match' in headers) for headers in asked], [False], 'it was asked for whole, once')
	same(h.run('show', '--json', entry).json()['text'], whole['text'], 'its text')
	t.close()
	h.remove()


# ---- retention ----

@test
def what_is_old_goes_with_a_refresh_and_does_not_come_back():
	h = copy()
	source = newsroom.Source('years', 'Years', 'rss')
	source.entries = [newsroom.Entry(f'Old number {i}', f'{source.site}{i}', NOW - 400 * DAY - i, 'Old.', 'Desk') for i in range(30)]
	url = server.put(source.path, source.body(), source.content_type())
	h.subscribe(urls + [url])
	h.run('refresh').expect(0)
	listed = [e for e in entries(h) if e['feed'] == url]
	same(len(listed), 30, 'what the feed still lists stays')
	h.run('mark', 'star', listed[0]['id']).expect(0)
	h.run('mark', 'read', *[e['id'] for e in listed]).expect(0)
	h.now += 40 * DAY
	old, source.entries = source.entries, [newsroom.Entry('News at last', f'{source.site}new', NOW, 'New.', 'Desk')]
	server.put(source.path, source.body().replace(b'years-0', b'years-100'), source.content_type())
	h.run('refresh').expect(0)
	same(sorted(e['title'] for e in entries(h) if e['feed'] == url), sorted(['News at last', listed[0]['title']]), 'what is left')
	h.now += DAY
	source.entries = old
	server.put(source.path, source.body(), source.content_type())
	h.run('refresh').expect(0)
	same(len([e for e in entries(h) if e['feed'] == url]), 2, 'nothing comes back')
	same('wrong' in h.run('doctor').expect(0).out, False, 'numbers are right')
	h.remove()


@test
def a_hidden_feed_is_in_no_list():
	h = copy()
	h.write(h.feeds, f'{urls[0]} !\n' + ''.join(f'{url}\n' for url in urls[1:]))
	h.run('refresh').expect(0)
	same([e for e in entries(h) if e['feed'] == urls[0]], [], 'entries of the hidden feed')
	h.subscribe(urls)
	h.run('refresh').expect(0)
	same(len(entries(h)), len(entries(full())), 'entries when it is shown again')
	h.remove()


finish(lambda: (close_all(), server.close()))
