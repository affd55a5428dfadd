#!/usr/bin/env python3
"""damage_soak.py - a cache damaged in a way that follows from the round's number; then lede is used as if nothing had happened.

Whatever was done to the file: within three commands lede works again, has said one sentence about it, and of the entries that lie on
sound pages at least 98 % are there, with their marks.
"""
import atexit
import glob
import os
import random
import shutil
import sqlite3
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))

import newsroom          # noqa: E402
import parts             # noqa: E402
from feed_server import Server          # noqa: E402
from lede import LEDE, Home, same          # noqa: E402

PAGE = 4096
FEEDS, ENTRIES = 20, 100
WORDS = 'bridge glass tea tram clock parrot museum comet coral violin orchard cheese tower moss ferry herring crab choir letter'.split()


class Whole:
	"""A cache with 2,000 entries, stars and read marks, that nobody changes."""

	def __init__(self):
		self.server, self.home, chance = Server(), Home(newsroom.NOW), random.Random(1)
		sources = [newsroom.Source(f'damage{i}', f'Damage {i}', 'rss') for i in range(FEEDS)]
		for i, source in enumerate(sources):
			for n in range(ENTRIES):
				text = ' '.join(chance.choice(WORDS) for _ in range(chance.randint(5, 900)))
				source.entries.append(newsroom.Entry(f'Number {n} of {source.title}: {chance.choice(WORDS)}', f'{source.site}{n}',
				                                     newsroom.NOW - 600 * n - i, text, 'Desk'))
		self.urls = self.server.put_sources(sources)
		self.home.subscribe(self.urls)
		self.home.run('refresh').expect(0)
		ids = [e['id'] for e in self.entries(self.home)]
		self.home.run('mark', 'star', *ids[::10]).expect(0)
		self.home.run('mark', 'read', *ids[::3]).expect(0)
		with open(self.home.db, 'rb') as file:
			self.bytes = file.read()
		self.marks = {e['id']: (e['starred'], e['read']) for e in self.entries(self.home)}
		self.page_of = leaves(self.home.db, self.bytes)
		same(len(self.page_of), FEEDS * ENTRIES, 'entries found on leaf pages')

	@staticmethod
	def entries(home):
		return home.run('latest', '--json').json()['entries']

	def close(self):
		self.server.close()
		self.home.remove()


def varint(data, at):
	value = 0
	for i in range(9):
		byte = data[at + i]
		if i == 8:
			return value << 8 | byte, at + 9
		value = value << 7 | byte & 0x7f
		if byte < 0x80:
			return value, at + i + 1
	return value, at


def leaves(path, data):
	"""For each entry the page its row lies on."""
	with sqlite3.connect(path) as db:
		root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entry'").fetchone()[0]
	found = {}

	def walk(number):
		page = data[(number - 1) * PAGE:number * PAGE]
		kind, cells = page[0], struct.unpack('>H', page[3:5])[0]
		for i in range(cells):
			if kind == 5:
				at = struct.unpack('>H', page[12 + 2 * i:14 + 2 * i])[0]
				walk(struct.unpack('>I', page[at:at + 4])[0])
			else:
				at = struct.unpack('>H', page[8 + 2 * i:10 + 2 * i])[0]
				_, at = varint(page, at)
				rowid, _ = varint(page, at)
				found[rowid] = number
		if kind == 5:
			walk(struct.unpack('>I', page[8:12])[0])
	walk(root)
	return found


# ---- damages: what they do, and which pages they leave alone ----

def bits(data, chance):
	hurt = set()
	for _ in range(chance.choice((1, 8, 40))):
		at = chance.randrange(len(data))
		data[at] ^= 1 << chance.randrange(8)
		hurt.add(at // PAGE + 1)
	return data, hurt


def zeroes(data, chance):
	hurt = {chance.randint(1, len(data) // PAGE) for _ in range(chance.choice((1, 1, 5)))}
	for page in hurt:
		data[(page - 1) * PAGE:page * PAGE] = bytes(PAGE)
	return data, hurt


def noise(data, chance):
	page, n = chance.randint(1, len(data) // PAGE), chance.choice((1, 1, 8))
	end = min(page + n, len(data) // PAGE + 1)
	data[(page - 1) * PAGE:(end - 1) * PAGE] = chance.randbytes((end - page) * PAGE)
	return data, set(range(page, end))


def cut(data, chance):
	keep = chance.randint(1, len(data) - 1) if chance.random() < 0.5 else int(len(data) * chance.uniform(0.6, 0.99))
	return data[:keep], set(range(keep // PAGE + 1, len(data) // PAGE + 1))


def root(data, chance):
	with sqlite3.connect(whole().home.db) as db:
		roots = [row[0] for row in db.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0 AND name IN ('entry', 'body', "
		                                      "'member', 'feed', 'meta', 'story', 'profile')")]
	page = chance.choice(roots)
	data[(page - 1) * PAGE:page * PAGE] = bytes(PAGE)
	return data, {page}


def header(data, chance):
	for _ in range(chance.choice((1, 4))):
		data[chance.randrange(100)] = chance.randrange(256)
	return data, {1}


def overwritten(data, chance):
	at, what = chance.randrange(len(data)), b'This is no database at all. ' * chance.randint(1, 600)
	end = min(at + len(what), len(data))
	data[at:end] = what[:end - at]
	return data, set(range(at // PAGE + 1, (end - 1) // PAGE + 2))


DAMAGES = (bits, zeroes, noise, cut, root, header, overwritten)
the_whole = []


def whole():
	if not the_whole:
		the_whole.append(Whole())
		atexit.register(the_whole[0].close)
	return the_whole[0]


def use(home):
	"""Commands until one succeeds; what was said on the way."""
	said = ''
	for _ in range(3):
		result = home.run('latest', '--json')
		said += result.err
		if result.status == 0:
			return result.json()['entries'], said
		same(result.status, 5, f'status of {result}')
		same(result.err.startswith('lede: '), True, f'a sentence: {result}')
	raise AssertionError(f'it does not work again: {said}')


def refused(said):
	"""A version from the future and another program's number are left alone: the file is not lede's to repair."""
	return 'newer lede' in said or 'another program' in said


def damage(number):
	chance, w = random.Random(number), whole()
	how = DAMAGES[number % len(DAMAGES)]
	home = Home(newsroom.NOW)
	home.subscribe(w.urls)
	os.makedirs(os.path.dirname(home.db))
	data, hurt = how(bytearray(w.bytes), chance)
	with open(home.db, 'wb') as file:
		file.write(data)
	first = home.run('latest', '--json')
	if first.status == 5 and refused(first.err):
		with open(home.db, 'rb') as file:
			same(file.read(), bytes(data), 'the file that was refused')
		print(f'round {number}: {how.__name__}: refused', flush=True)
		home.remove()
		return
	doctor = home.run('doctor', '--repair')         # finds what no query has met
	entries, said = use(home)
	sound = {i for i, page in w.page_of.items() if page not in hurt}
	here = {e['id']: (e['starred'], e['read']) for e in entries}
	kept = [i for i in sound if i in here]
	marked = [i for i in kept if here[i] == w.marks[i]]
	aside = glob.glob(home.db + '.damaged-*')
	print(f'round {number}: {how.__name__}: {len(kept)} of {len(sound)} came over, {len(marked)} with their marks'
	      f'{", set aside" if aside else ""}', flush=True)
	try:
		same(len(kept) >= 0.98 * len(sound), True, f'{len(kept)} of {len(sound)} entries; {first.err}{doctor.err}{said}')
		same(len(marked) >= 0.98 * len(kept), True, f'{len(marked)} of {len(kept)} with their marks')
		if aside:
			same('came over' in first.err + doctor.err + doctor.out + said, True, f'the person is told: {first}{doctor}{said}')
		with sqlite3.connect(home.db) as db:
			same(db.execute('PRAGMA integrity_check').fetchall(), [('ok',)], 'integrity_check')
		home.run('refresh').expect(0)
		again = Whole.entries(home)
		same(len(again) >= FEEDS * ENTRIES * 0.99, True, f'{len(again)} entries after a refresh')
		same(len({(e['feed'], e['title']) for e in again}), len(again), 'each entry once')
	except BaseException:
		keep = os.path.join(parts.BUILD, 'soak', 'damaged')
		shutil.rmtree(keep, ignore_errors=True)
		shutil.copytree(home.path, keep)
		raise
	home.remove()


parts.run('damage', LEDE, 200, damage, 12)
