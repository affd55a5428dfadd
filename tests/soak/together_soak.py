#!/usr/bin/env python3
"""together_soak.py - two readers in terminals and `lede refresh` on one cache, for ten minutes: a round is 20 seconds of them.

Feeds go on all the while. The readers move, change sections, make editions, star and mark; every mark is timed from the key to the
row on the disk and, where the other reader has the entry on its screen, to its cell there. Nobody is ever told of a lock, and no
refresh fails. What is measured is printed; the limit is a second for each.
"""
import atexit
import os
import random
import re
import sqlite3
import sys
import threading
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import newsroom          # noqa: E402
import parts             # noqa: E402
from feed_server import Server          # noqa: E402
from lede import LEDE, SLOWER, Home, same, until          # noqa: E402
from terminal import Terminal, close_all          # noqa: E402

FEEDS, WINDOW = 12, 40
ROUND = 3 if parts.SAMPLE else 20        # seconds
LIMIT = (15 if parts.SAMPLE else 1) * SLOWER        # seconds a mark may take; a sample judges no machine
WORDS = 'bridge glass tea tram clock parrot museum comet coral violin orchard cheese tower moss ferry herring crab choir letter'.split()
LOCKED = re.compile(r'lock|busy|another process|are kept|database|damaged|cannot')
TITLE = re.compile(r'\bN\d{5}\b')        # each title begins with a word of its own, short enough for every list
MOVES = ('j', 'k', 'n', 'N', 'g', 'G', '^D', '^U', '^F', ']', '[', '.', 'z', 'Enter', 'h', 'Space', 'Tab', '^L', 'e', 'r', '?')


class World:
	"""The server whose feeds go on, the cache, two readers, and a refresh without end."""

	def __init__(self):
		self.server, self.home, self.chance = Server(), Home(), random.Random(0)
		self.sources = [newsroom.Source(f'together{i}', f'Together {i}', 'rss') for i in range(FEEDS)]
		self.given, self.refreshes, self.failed = 0, 0, []
		for _ in range(10):
			self.news()
		self.home.subscribe([self.server.url(s.path) for s in self.sources])
		self.home.write(self.home.config, '[lede]\nauto-refresh = no\n')
		self.home.run('refresh').expect(0)
		self.db = sqlite3.connect(f'file:{self.home.db}?mode=ro', uri=True, isolation_level=None)
		self.readers = [Terminal(self.home, 120, 36), Terminal(self.home, 100, 30)]
		for reader in self.readers:
			reader.status('why: ')
		self.ending = threading.Event()
		self.thread = threading.Thread(target=self.refresh, daemon=True)
		self.thread.start()

	def news(self):
		"""Every feed goes on by an entry or two."""
		for source in self.sources:
			for _ in range(self.chance.randint(1, 2)):
				title = f'N{self.given:05d} {" ".join(self.chance.choice(WORDS) for _ in range(5))}'
				text = ' '.join(self.chance.choice(WORDS) for _ in range(self.chance.randint(20, 900)))
				source.entries.append(newsroom.Entry(title, f'{source.site}{self.given}', int(time.time()) - self.given % 60, text, 'Desk'))
				self.given += 1
			self.server.put(source.path, windowed(source), source.content_type())

	def refresh(self):
		"""As an impatient cron would."""
		while not self.ending.is_set():
			self.news()
			done = self.home.run('refresh', '--force')
			self.refreshes += 1
			if done.status != 0 or done.err:
				self.failed.append(str(done))
			self.ending.wait(0.05)

	def id_of(self, word):
		return self.db.execute('SELECT id FROM entry WHERE title GLOB ?', (word + ' *',)).fetchone()[0]

	def flags(self, one):
		"""What is read and starred of an entry and of the newest ones, as the disk has it."""
		newest = 'SELECT max(id) FROM entry'
		return dict(self.db.execute(f'SELECT id, flags & 3 FROM entry WHERE id = ? OR id > ({newest}) - 4000', (one,)))

	def close(self):
		self.ending.set()
		self.thread.join(60)
		try:
			for reader in self.readers:
				reader.press('Esc', 'Q')
				same(reader.ended(), 0, f'status of a reader: {reader.said()}')
		finally:
			self.db.close()
			close_all()
			self.server.close()


def windowed(source):
	"""Its last entries, each with an id of its own."""
	items = ''.join(
		f'<item><title>{e.title}</title><link>{e.link}</link><guid>{e.link}</guid><pubDate>{newsroom.rfc822(e.published)}</pubDate>'
		f'<description>{e.text}</description></item>' for e in source.entries[-WINDOW:])
	return (f'<rss version="2.0"><channel><title>{source.title}</title><link>{source.site}</link>{items}</channel></rss>').encode()


# ---- what a screen says ----

def left(row):
	return row.split('│')[0]


def row_of(rows, word):
	"""The list's row of an entry: its marks. None when it is not on the screen."""
	found = [left(row) for row in rows[1:-1] if word in left(row)]
	return found[0][:found[0].index(word)].replace('▌', ' ') if found else None


def under_cursor(rows):
	"""The word of the entry that the cursor is on, when it is on one of a list."""
	for row in rows[1:-1]:
		if row.startswith('▌'):
			found = TITLE.search(left(row))
			return found.group() if found else None
	return None


def unworried(reader):
	rows = reader.screen()
	same(LOCKED.findall(rows[0] + ' ' + rows[-1]), [], reader.show('a worry on the screen'))
	return rows


# ---- what the readers do ----

class Waits:
	"""Seconds, of all rounds of this run."""
	disk, seen = [], []


def to_latest(reader):
	"""The list of what came last, made anew, from its top."""
	reader.press('Esc', 'Esc')
	for _ in range(8):
		if any(re.match(r'▌ \d\d:\d\d ', row) for row in reader.still()[1:-1]):
			break
		reader.press(']')
	reader.press('.', 'g')
	reader.still()


def wander(reader, chance):
	for _ in range(chance.randint(1, 6)):
		reader.press(chance.choice(MOVES))
		unworried(reader)


def on_disk(world, one, before, began, what):
	"""In a story the key may change others than the one that is shown."""
	def changed():
		return any(before.get(i, now) != now for i, now in world.flags(one).items())
	until(changed, lambda: f'{what} is on the disk')
	Waits.disk.append(time.monotonic() - began)


def mark(world, reader, other, chance):
	"""A star or a mark, timed. Whether there was an entry to mark."""
	word, sight, key = under_cursor(reader.still()), unworried(other), chance.choice('sm')
	if word is None:
		return False
	one, beside = world.id_of(word), row_of(sight, word)
	before = world.flags(one)
	began = time.monotonic()
	reader.press(key)
	on_disk(world, one, before, began, f'{key} on {word}')
	if beside is not None:
		until(lambda: row_of(other.screen(), word) != beside, lambda: other.show(f'{word}, {beside!r} before, is marked'))
		Waits.seen.append(time.monotonic() - began)
	unworried(reader)
	return True


def together(number):
	world, chance, marks = the_world(), random.Random(number), 0
	end, first = time.monotonic() + ROUND, len(Waits.disk)
	before = world.refreshes
	while time.monotonic() < end or marks == 0:
		reader, other = chance.sample(world.readers, 2)
		if chance.random() < 0.4:
			to_latest(reader)
			to_latest(other)
			reader.press(*'j' * chance.randint(0, 9))
		else:
			reader.press('Esc')
			wander(reader, chance)
			wander(other, chance)
			reader.press('Esc', 'Esc')
		other.still()
		for _ in range(chance.randint(1, 5)):
			marks += mark(world, reader, other, chance)
			reader.press(chance.choice('jjkn'))
	same(world.failed, [], 'refreshes that failed or said something')
	print(f'round {number}: {marks} marks beside {world.refreshes - before} refreshes, {world.given} entries so far; '
	      f'longest {1000 * max(Waits.disk[first:]):.0f} ms', flush=True)
	for what, waits in (('on the disk', Waits.disk), ('seen by the other', Waits.seen)):
		same([w for w in waits if w > LIMIT], [], f'marks not {what} within {LIMIT} s')


def tell():
	for what, waits in (('on the disk', sorted(Waits.disk)), ('seen by the other', sorted(Waits.seen))):
		if waits:
			print(f'marks {what}: {len(waits)}, median {1000 * waits[len(waits) // 2]:.0f} ms, longest {1000 * waits[-1]:.0f} ms')


worlds = []


def the_world():
	if not worlds:
		worlds.append(World())
		atexit.register(end_of_world)
	return worlds[0]


def end_of_world():
	"""Both readers leave by themselves, the cache is sound. Too late for parts.py to count: a failure ends the script."""
	world = worlds[0]
	try:
		world.close()
		with sqlite3.connect(world.home.db) as db:
			same(db.execute('PRAGMA integrity_check').fetchall(), [('ok',)], 'integrity_check')
		tell()
	except Exception:
		traceback.print_exc(file=sys.stdout)
		sys.stdout.flush()
		os._exit(1)
	finally:
		world.home.remove()


parts.run('together', LEDE, 30, together, 6)
