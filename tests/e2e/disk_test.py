#!/usr/bin/env python3
"""disk_test.py - disks that are full, folders and files that may not be written: each time a sentence, and a reader that works.

Small file systems are mounted for it, as root or in a name space of one's own where the kernel allows that. What belongs to
somebody else is tried as nobody when the tests run as root.
"""
import os
import shutil
import subprocess
import sys
import tempfile

import newsroom
from feed_server import Server
from lede import LEDE, SLOWER, Home, finish, need, same, test

ALONE = 'LEDE_TEST_ALONE'        # set where the script runs in a name space of its own


def in_a_space_of_its_own():
	"""Whoever is not root may be it where he is alone."""
	words = ['unshare', '--user', '--map-root-user', '--mount']
	if os.geteuid() == 0 or not shutil.which('unshare') or subprocess.run([*words, 'true'], stderr=subprocess.DEVNULL).returncode != 0:
		return
	os.environ.update({ALONE: 'yes', 'TMUX_TMPDIR': os.environ.get('HOME', '/tmp')})      # else tmux takes the folder of the real root
	os.execvp('unshare', [*words, sys.executable, os.path.abspath(__file__), *sys.argv[1:]])


in_a_space_of_its_own()

from terminal import Terminal, close_all          # noqa: E402

NOW, NOBODY = newsroom.NOW, 65534
SOON = 20 * SLOWER
server = Server()
urls = server.put_sources(newsroom.SOURCES[:8])
filled = []


def full():
	"""A home with everything fetched, that nobody changes."""
	if not filled:
		filled.append(Home(NOW))
		filled[0].subscribe(urls)
		filled[0].run('refresh').expect(0)
		t = Terminal(filled[0])          # which makes an edition
		t.status('why: ')
		t.press('Q')
		same(t.ended(), 0, 'status')
		t.close()
	return filled[0]


def entries(h):
	return h.run('latest', '--json').expect(0).json()['entries']


def starred(h):
	return [e['id'] for e in h.run('starred', '--json').expect(0).json()['entries']]


# ---- a file system of its own ----

class Disk:
	"""A home on a small file system; the test is skipped where none can be mounted."""

	def __init__(self, size):
		self.path = tempfile.mkdtemp(prefix='disk.', dir=os.environ.get('HOME'))
		done = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size}', 'lede-test', self.path], stderr=subprocess.DEVNULL) \
			if os.geteuid() == 0 else None
		need(done and done.returncode == 0, 'no file system can be mounted here')
		self.home = Home(NOW)
		self.home.subscribe(urls)
		os.makedirs(self.home.at('data'))
		os.symlink(self.path, self.home.at('data', 'lede'))
		full().run('backup', self.home.db).expect(0)

	def __enter__(self):
		return self

	def fill(self):
		"""To the last byte."""
		with open(os.path.join(self.path, 'ballast'), 'ab', buffering=0) as file:
			for size in (4096, 1):
				try:
					while file.write(b'x' * size):
						pass
				except OSError:
					pass

	def free(self):
		os.remove(os.path.join(self.path, 'ballast'))

	def read_only(self):
		subprocess.run(['mount', '-o', 'remount,bind,ro', self.path], check=True)

	def __exit__(self, *_):
		subprocess.run(['umount', '-l', self.path], check=False)
		self.home.remove()


def large_feed():
	"""More than any of the disks holds."""
	return server.put('/large', newsroom.Source('large', 'Large', 'rss').body().replace(
		b'</channel>', b''.join(b'<item><title>Number %d of the large one</title><guid>%d</guid><description>%s</description></item>'
		                        % (i, i, os.urandom(3000).hex().encode()) for i in range(600)) + b'</channel>'))


@test
def a_full_disk_loses_nothing_that_was_stored():
	with Disk('4m') as disk:
		h = disk.home
		before = entries(h)
		disk.fill()
		h.subscribe(urls + [large_feed()])
		result = h.run('refresh')
		same((result.status, h.db in result.err and 'space' in result.err), (5, True), f'a sentence about the space of {h.db}: {result}')
		same(entries(h), before, 'what was there while it is full')
		h.run('top').expect(0)
		disk.free()
		after = entries(h)
		same([e for e in before if e not in after], [], 'entries lost')
		same('wrong' in h.run('doctor').expect(0).out, False, 'it is well')


@test
def a_mark_by_a_command_on_a_full_disk_is_refused_with_a_sentence():
	with Disk('4m') as disk:
		h = disk.home
		one = entries(h)[0]['id']
		disk.fill()
		h.run('mark', 'star', one).expect(5, 'space', h.db)
		same(starred(h), [], 'stars')
		disk.free()
		h.run('mark', 'star', one).expect(0)
		same(starred(h), [one], 'stars')


@test
def a_refresh_that_fills_the_disk_keeps_what_came_before():
	with Disk('2m') as disk:
		h = disk.home
		before = entries(h)
		h.subscribe(urls + [large_feed()])
		h.run('refresh').expect(5, 'space', h.db)
		same([e for e in before if e not in entries(h)], [], 'entries lost')
		h.subscribe(urls)
		same('damaged' in h.run('doctor').out, False, 'it is not damaged')


@test
def a_reader_on_a_full_disk_keeps_marks_and_writes_them_when_it_leaves():
	with Disk('4m') as disk:
		h = disk.home
		t = Terminal(h, 120, 30)
		t.status('why: ')
		disk.fill()
		t.press('s')
		t.status('the disk is full: marks are kept until there is room')
		t.press('j', 'k', ']')
		t.shows('TODAY')
		disk.free()
		t.press('Q')
		same(t.ended(), 0, 'status')
		same(len(starred(h)), 1, 'the star is on the disk')
		t.close()


@test
def a_reader_starts_on_a_full_disk():
	with Disk('4m') as disk:
		disk.fill()
		t = Terminal(disk.home, 120, 30)
		t.status('why: ')
		t.press('j', 'Enter', 'h', ']')
		t.shows('TODAY')
		t.press('R')
		t.wait(lambda rows: 'space' in rows[-1] or 'full' in rows[-1], 'it says that there is no space', SOON)
		t.press('Q')
		same(t.ended() in (0, 5), True, 'status')
		t.close()


@test
def a_read_only_disk_can_be_read():
	with Disk('8m') as disk:
		h = disk.home
		before = entries(h)
		disk.read_only()
		same(entries(h), before, 'latest')
		h.run('top').expect(0)
		h.run('refresh').expect(5, h.db)
		h.run('mark', 'star', before[0]['id']).expect(5, h.db)


# ---- what belongs to somebody else ----

class Somebody(Home):
	"""A home whose owner is not root, even when root runs the tests, with the cache of full()."""

	def __init__(self):
		self.words, self.lede = [], LEDE
		need(os.geteuid() != 0 or shutil.which('setpriv'), 'no setpriv to be somebody else with')
		super().__init__(NOW)
		if ALONE in os.environ:          # there is nobody else: one's own self, without root's powers
			self.words = ['setpriv', '--bounding-set=-all', '--inh-caps=-all', '--']
		elif os.geteuid() == 0:
			os.rmdir(self.path)
			self.move(tempfile.mkdtemp(prefix='lede-nobody.'))
			self.lede = self.at('lede')
			shutil.copy(LEDE, self.lede)
			self.words = ['setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups', '--']
		self.subscribe(urls)
		os.makedirs(os.path.dirname(self.db))
		full().run('backup', self.db).expect(0)
		self.give()

	def move(self, path):
		self.env = {name: value.replace(self.path, path) for name, value in self.env.items()}
		self.path = path

	def argv(self, *words):
		argv = super().argv(*words)
		return [*self.words, self.lede, *argv[1:]] if self.words else argv

	def give(self):
		"""All of it is the other's."""
		for folder, _, files in os.walk(self.path):
			for name in ['.', *files] if f'--reuid={NOBODY}' in self.words else []:
				os.chown(os.path.join(folder, name), NOBODY, NOBODY)

	def forbid(self):
		os.chmod(self.db, 0o444)
		os.chmod(os.path.dirname(self.db), 0o555)

	def remove(self):
		os.chmod(os.path.dirname(self.db), 0o755)
		super().remove()


@test
def a_cache_that_may_not_be_written_is_read_by_commands():
	h = Somebody()
	h.run('mark', 'star', 1).expect(0)
	h.forbid()
	same(len(entries(h)), len(entries(full())), 'entries')
	same(starred(h), [1], 'stars')
	h.run('top').expect(0)
	h.run('search', 'bridge').expect(0)
	h.run('mark', 'unstar', 1).expect(5, 'writable', h.db)
	h.run('refresh').expect(5, 'writable', h.db)
	same(h.run('doctor').status in (0, 5), True, 'doctor')
	h.remove()


@test
def a_reader_of_a_cache_that_may_not_be_written_shows_it_and_says_so():
	h = Somebody()
	h.forbid()
	t = Terminal(h, 120, 30)
	t.status('cannot write the cache')
	t.shows('1 ●')
	t.press('j', 'Enter', 'h', ']')
	t.shows('TODAY')
	t.press('Esc', 's')
	t.status('cannot write the cache')
	t.press('Q')
	same(t.ended() in (0, 5), True, 'status')
	t.close()
	h.remove()


@test
def a_cache_that_may_not_be_read_is_named():
	h = Somebody()
	os.chmod(h.db, 0)
	for words in (['top'], ['latest'], ['refresh'], ['mark', 'star', 1]):
		h.run(*words).expect(5, h.db)
	t = Terminal(h)
	same(t.ended(), 5, 'status')
	same(h.db in t.said().replace('\n', ''), True, t.said())
	t.close()
	h.remove()


finish(lambda: (close_all(), server.close()))
