#!/usr/bin/env python3
"""hostile_test.py - hostile and awkward feeds, and huge articles, opened in the reader in a pseudo-terminal.

Every byte that lede writes is looked at: only sequences that lede and curses use themselves, no control byte of a feed, nothing
invisible that moves or turns text. Keys are answered meanwhile, and memory has a ceiling.
"""
import concurrent.futures
import fcntl
import glob
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
import unicodedata

from lede import Home, LIMIT, SHARED, SLOWER, finish, need, same, test, until

FOLDER = os.path.join(SHARED, 'corpora', 'text', 'feeds')
NOW = 1744618440
PEAK_KB = 150 * 1024
ANSWER_MS = 50                   # the median of all keys; one alone may be unlucky on a busy machine
WORST_MS = 1000 * SLOWER
AT_ONCE = 4                      # feeds: most of the time is spent on seeing that nothing more comes
KEYS = ['\r', ' ', 'G', 'g', 'j', 'k', '\x04', '\x15', 'i', 'h', 'e', 'e', ']', '\r', 'j', '\r', 'G', 'h', ']', '\r', 'h', ']', ']', 'j', 'z',
        '?', 'G', '?', 'G', '\r', 'G', 'g', ' ', ' ', 'h']
# What terminfo's xterm-256color and lede know: CSI with figures, a charset, save and restore, keypad, index; a title.
OWN = re.compile(r'\x1b\[[?>]?[0-9;]*\$?[A-Za-z@`]|\x1b[()][0AB]|\x1b[78=>McDEH]|\x1b\](?:[012]|1[01]);[^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\)')
OWN_CONTROLS = '\r\n\b\t\x0e\x0f'


class Pty:
	"""lede in a terminal whose output is kept byte by byte."""

	def __init__(self, home, w=100, h=30):
		self.pid, self.fd = pty.fork()
		if self.pid == 0:
			argv = home.argv()
			os.execve(argv[0], argv, dict(home.env, TERM='xterm-256color'))
		fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack('HHHH', h, w, 0, 0))
		self.out, self.waits, self.ended = b'', [], False

	def read(self, seconds):
		"""What comes within so many seconds; False when nothing did."""
		if not select.select([self.fd], [], [], seconds)[0]:
			return False
		try:
			more = os.read(self.fd, 1 << 16)
		except OSError:
			more = b''
		self.ended = self.ended or not more
		self.out += more
		return bool(more)

	def rest(self, seconds=.15):
		while self.read(seconds):
			pass

	def press(self, key, seconds=.12):
		"""Presses a key and waits for the first byte of its answer; a key may have nothing to change."""
		began = time.monotonic()
		os.write(self.fd, key.encode())
		if self.read(seconds * SLOWER):
			self.waits.append(1000 * (time.monotonic() - began))
		self.rest(.02)

	def peak_kb(self):
		with open(f'/proc/{self.pid}/status', encoding='ascii') as file:
			return int(re.search(r'VmHWM:\s+(\d+)', file.read()).group(1))

	def quit(self):
		"""The status it ends with, and how long that took."""
		began = time.monotonic()
		os.write(self.fd, b'Q')
		while not self.ended and time.monotonic() - began < LIMIT:
			self.read(.05)
		status = until(lambda: os.waitpid(self.pid, os.WNOHANG)[0] and [0], 'lede ends')
		os.close(self.fd)
		return status[0], 1000 * (time.monotonic() - began)


def strangers(out):
	"""What in the output neither lede nor curses writes."""
	text = OWN.sub('', out.decode('utf-8', 'surrogateescape'))
	return sorted({f'{c!r} in {text[max(0, i - 20):i + 20]!r}' for i, c in enumerate(text)
	               if c not in OWN_CONTROLS and (c < ' ' or '\x7f' <= c <= '\x9f' or '\ud800' <= c <= '\udfff' or
	                                             unicodedata.category(c) == 'Cf' and c not in '\u200c\u200d' or
	                                             c in '\u2028\u2029\ufeff')})[:5]


def home_with(path):
	home = Home(NOW)
	home.subscribe([f'file://{path}'])
	refreshed = home.run('refresh')
	same(refreshed.status in (0, 3, 4), True, f'status of a refresh of {path}')
	return home


def read_through(path, keys=KEYS):
	home = home_with(path)
	lede = Pty(home)
	lede.rest(.3)
	for key in keys:
		lede.press(key)
	peak = lede.peak_kb()
	_, ms = lede.quit()
	home.remove()
	same(strangers(lede.out), [], f'bytes on the terminal of {os.path.basename(path)}')
	same(peak < PEAK_KB or SLOWER > 1, True, f'peak of {os.path.basename(path)}: {peak} kB')
	same(ms < WORST_MS, True, f'quitting from {os.path.basename(path)} took {ms:.0f} ms')
	return lede.waits, peak


def judge(waits, what):
	waits.sort()
	print(f'{what}: {len(waits)} keys answered, median {waits[len(waits) // 2]:.1f} ms, 99 % {waits[len(waits) * 99 // 100]:.1f} ms, '
	      f'worst {waits[-1]:.1f} ms')
	same(waits[len(waits) // 2] < ANSWER_MS * SLOWER, True, f'median of the keys of {what}')
	same(waits[-1] < WORST_MS, True, f'worst of the keys of {what}: {waits[-1]:.0f} ms')


@test
def hostile_feeds_send_nothing_and_stop_nothing():
	files = sorted(glob.glob(os.path.join(FOLDER, '*')))
	need(files, '../shared/corpora/text/feeds is not there')
	waits, most = [], 0
	with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as readers:
		for answered, peak in readers.map(read_through, files):
			waits += answered
			most = max(most, peak)
	print(f'{len(files)} feeds, peak {most / 1024:.0f} MB')
	judge(waits, 'hostile feeds')


HUGE = 10_000_000
SHAPES = {
	'paragraphs': lambda n: '<p>Ten megabytes of <b>news</b> from the <a href="https://a.example/x">harbour</a>, and no end of it.</p>' * (n // 99),
	'one word': lambda n: 'x' * n,
	'lines': lambda n: 'line<br>' * (n // 8),
	'a table': lambda n: '<table>' + ''.join(f'<tr><td>row {i}' + '<td>some cell' * 9 for i in range(n // 140)) + '</table>',
	'links': lambda n: ''.join(f'<a href="https://a.example/{i}">link {i}</a> ' for i in range(n // 100)),
	'quotes in quotes': lambda n: '<blockquote>deep ' * (n // 200),
	'footnotes': lambda n: ''.join(f'text<sup><a href="#n{i}">{i}</a></sup> ' for i in range(n // 200)) + '<ol>' +
	             ''.join(f'<li id="n{i}">note {i} <a href="#r{i}">↩</a>' for i in range(n // 200)) + '</ol>',
}
# Each of these changes the screen of a long article, so that each must be answered.
SURE = ['?', '?', 'G', '?', '?', 'g', ' ', ' ', 'G', 'g', ' ', 'G', '?', '?', 'g']


def huge_feed(home, body):
	path = home.at('huge.xml')
	home.write(path, '<rss version="2.0"><channel><title>Huge</title><item><title>Huge article</title><guid>1</guid>'
	           f'<description><![CDATA[{body}]]></description></item></channel></rss>')
	return path


def read_huge(body):
	"""How long each sure key waits for its answer, also after a resize in the middle; and the peak."""
	files = Home(NOW)
	home = home_with(huge_feed(files, body))
	lede = Pty(home)
	lede.rest(.3)
	os.write(lede.fd, b'\r')
	until(lambda: (lede.read(.05), re.search(rb'line \d|\d%', lede.out))[1], 'the article is there')
	lede.rest()
	for i, key in enumerate(SURE):
		if i == len(SURE) // 2:
			fcntl.ioctl(lede.fd, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 70, 0, 0))
			lede.rest()
		before = len(lede.waits)
		lede.press(key, 1)
		same(len(lede.waits), before + 1, f'key {i} ({key!r}) is answered')
	peak = lede.peak_kb()
	_, ms = lede.quit()
	home.remove()
	files.remove()
	same(peak < PEAK_KB or SLOWER > 1, True, f'peak: {peak} kB')
	same(ms < WORST_MS, True, f'quitting took {ms:.0f} ms')
	return lede.waits, peak


@test
def a_huge_article_keeps_no_key_waiting():
	for name, body in SHAPES.items():
		waits, peak = read_huge(body(HUGE))
		judge(waits, f'10 MB of {name}, peak {peak / 1024:.0f} MB')


finish()
