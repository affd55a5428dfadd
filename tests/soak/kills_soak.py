#!/usr/bin/env python3
"""kills_soak.py - `lede refresh` and `lede mark` killed at random moments, over a server whose feeds go on meanwhile. A round is a
kill of each. Old entries are deleted by the refreshes, so that they are killed in that, too.

When the kill lands differs from run to run, so a failure leaves its home behind, in BUILD/soak/killed.

After each: the cache is sound, what the killed one had told of is there, marks are kept, counters are those of the rows, and the
next refresh brings all there is, each entry once.
"""
import atexit
import json
import os
import random
import shutil
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import newsroom          # noqa: E402
import parts             # noqa: E402
from feed_server import Server          # noqa: E402
from lede import LEDE, Home, same          # noqa: E402

FEEDS = 24               # of the newsroom's; each shows its last WINDOW entries, two or three new ones a round
WINDOW = 30
HOUR = 3600

RECOUNTS = (
	('entries without a body', 'SELECT count(*) FROM entry WHERE id NOT IN (SELECT entry FROM body)'),
	('bodies without an entry', 'SELECT count(*) FROM body WHERE entry NOT IN (SELECT id FROM entry)'),
	('entries that their feed does not know',
	 'SELECT count(*) FROM entry WHERE id NOT IN (SELECT entry FROM member WHERE entry IS NOT NULL)'),
	('feeds whose numbers are not those of their rows',
	 'SELECT count(*) FROM feed_count c WHERE (entries, unread, starred, filler) <> (SELECT count(*),'
	 ' count(*) FILTER (WHERE flags & 1 = 0), count(*) FILTER (WHERE flags & 2), count(*) FILTER (WHERE flags & 4) FROM entry WHERE feed = c.feed)'),
	('entries of feeds without numbers', 'SELECT count(*) FROM entry WHERE feed NOT IN (SELECT feed FROM feed_count)'),
	('stories whose numbers are not those of their rows',
	 'SELECT count(*) FROM story s WHERE (entries, unread, feeds) <> (SELECT count(*), count(*) FILTER (WHERE flags & 1 = 0),'
	 ' count(DISTINCT feed) FROM entry WHERE story = s.id)'),
	('tombstones of entries that are there',
	 'SELECT count(*) FROM member m JOIN entry e ON e.feed = m.feed AND e.key = m.key WHERE m.entry IS NULL'),
	('folded entries without a story', 'SELECT count(*) FROM fold WHERE story NOT IN (SELECT id FROM story)'),
	('folded entries that are of another story', 'SELECT count(*) FROM fold f JOIN entry e ON e.id = f.entry WHERE e.story <> f.story'),
	('entries twice', 'SELECT count(*) - count(DISTINCT feed || title) FROM entry'),
)


class World:
	"""A server, a home that goes through all rounds, and what is known to be stored."""

	def __init__(self):
		self.server = Server()
		self.home = Home(newsroom.NOW)
		self.sources = [newsroom.Source(s.name, s.title, s.style) for s in newsroom.SOURCES[:FEEDS]]
		self.urls = self.server.put_sources(self.sources)
		self.all = {url: [] for url in self.urls}            # titles given out so far
		self.starred, self.seconds = set(), 0.5
		self.home.subscribe(self.urls)
		self.home.write(self.home.config, 'keep = 1d 40\n')

	def news(self, chance):
		"""Every feed goes on; now and then several tell one story."""
		shared = f'Harbour crane number {len(self.all[self.urls[0]])} lifts the same wooden ship'
		for source, url in zip(self.sources, self.urls):
			for _ in range(chance.randint(1, 4)):
				n = len(self.all[url])
				title = f'{shared} again' if chance.random() < 0.1 else f'{source.title} number {n} on {chance.choice(WORDS)}'
				while title in self.all[url]:
					title += ' anew'
				text = ' '.join(chance.choice(WORDS) for _ in range(chance.randint(5, 400)))
				source.entries.append(newsroom.Entry(title, f'{source.site}{n}', self.home.now - chance.randint(0, HOUR), text, 'Desk'))
				self.all[url].append(title)
			# Entries are numbered by their place in the feed, so the old ones are blanked out rather than taken away.
			self.server.put(source.path, windowed(source), source.content_type())

	def tables(self):
		return sqlite3.connect(f'file:{self.home.db}?mode=rw', uri=True)

	def titles(self, db):
		out = {url: set() for url in self.urls}
		for url, title in db.execute('SELECT f.url, e.title FROM entry e JOIN feed f ON f.id = e.feed'):
			out[url].add(title)
		return out

	def close(self):
		self.server.close()
		self.home.remove()


WORDS = ('bridge glass tea tram clock parrot museum comet coral violin orchard cheese tower moss ferry herring lighthouse crab choir '
         'beehive letter puppet copper wool pepper orchid owl otter glider carpet balloon river windmill hedge vaccine grape mason').split()


def windowed(source):
	"""The feed's body with its last entries only; ids stay those of the whole."""
	part = newsroom.Source(source.name, source.title, source.style)
	part.entries = source.entries[-WINDOW:]
	body, first = part.body().decode('utf-8'), len(source.entries) - len(part.entries)
	for i in reversed(range(len(part.entries))):
		for before, after in ((f'{source.name}-{i}<', '<'), (f'urn:{source.name}:{i}<', '<'), (f'"{source.name}-{i}"', '"')):
			body = body.replace(before, before[:-1].rsplit(str(i), 1)[0] + str(first + i) + after)
	return body.encode('utf-8')


def check_sound(world, told):
	db = world.tables()
	same(db.execute('PRAGMA integrity_check').fetchall(), [('ok',)], 'integrity_check')
	for what, query in RECOUNTS:
		same(db.execute(query).fetchone()[0], 0, what)
	stored = world.titles(db)
	for url in told:
		same(sorted(set(world.all[url][-WINDOW:]) - stored[url]), [], f'what was told of {url} and is not there')
	starred = {row[0] for row in db.execute('SELECT id FROM entry WHERE flags & 2')}
	same(world.starred - starred, set(), 'stars that are lost')
	db.close()


def killed_refresh(world, chance):
	"""Addresses of the feeds that it had told of when it was killed."""
	process, out = world.home.start('refresh', '--json'), b''
	if chance.random() < 0.5:              # else it may still be starting, or be folding already
		for _ in range(chance.randint(1, FEEDS)):
			out += process.stdout.readline()
	else:
		time.sleep(chance.random() * world.seconds)
	process.kill()
	out += process.stdout.read()
	err = process.stderr.read()
	process.wait()
	lines = out.split(b'\n')[:-1]          # a line without its end was not said
	told = [json.loads(line) for line in lines]
	if b'Sanitizer' in err:
		raise AssertionError(err.decode('utf-8', 'replace'))
	return [one['feed'] for one in told if one.get('result') in ('new', 'unchanged')]


def whole_refresh(world):
	began = time.monotonic()
	world.home.run('refresh').expect(0)
	world.seconds = 0.8 * world.seconds + 0.2 * (time.monotonic() - began)


def killed_mark(world, chance):
	"""Marks much as read, so that it may be deleted one day; what a mark that ended has written is there."""
	ids = [e['id'] for e in world.home.run('latest', '--json').json()['entries'] if not e['read']]
	chosen = chance.sample(ids, len(ids) // 2)
	if not chosen:
		return
	process = world.home.start('mark', 'read', *chosen)
	if chance.random() < 0.7:
		time.sleep(chance.random() * 0.1)
		process.kill()
	process.communicate()
	db = world.tables()
	read = {row[0] for row in db.execute('SELECT id FROM entry WHERE flags & 1')}
	db.close()
	if process.returncode == 0:
		same(set(chosen) - read, set(), 'marks that were acknowledged')
	else:
		same(len(set(chosen) & read) in (0, len(chosen)), True, 'a mark is whole or not there')


def star_one(world, chance):
	entries = world.home.run('latest', '--json').json()['entries']
	if entries:
		one = chance.choice(entries)['id']
		world.home.run('mark', 'star', one).expect(0)
		world.starred.add(one)


def kill(number):
	world = the_world()
	try:
		kill_once(world, number, random.Random(number))
	except BaseException:
		kept = os.path.join(parts.BUILD, 'soak', 'killed')
		shutil.rmtree(kept, ignore_errors=True)
		shutil.copytree(world.home.path, kept)
		raise


def kill_once(world, number, chance):
	world.home.now += HOUR          # claims and waits of the round before are over
	world.news(chance)
	told = killed_refresh(world, chance)
	print(f'round {number}: killed when {len(told)} of {FEEDS} feeds had been told of', flush=True)
	if os.path.exists(world.home.db):
		check_sound(world, told)
	world.home.now += HOUR
	whole_refresh(world)
	check_sound(world, world.urls)
	star_one(world, chance)
	killed_mark(world, chance)
	check_sound(world, world.urls)
	if number % 10 == 0:
		same(len(world.home.run('top', '--json').json()['stories']) > 0, True, 'an edition')


worlds = []


def the_world():
	if not worlds:
		worlds.append(World())
		atexit.register(worlds[0].close)
	return worlds[0]


parts.run('kills', LEDE, 500, kill, 8)
