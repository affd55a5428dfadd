"""terminal.py - lede in a terminal: tmux with a socket of its own, keys in, the screen read cell by cell.

Nothing waits for time to pass, but for the end of an Esc: a key is sent, then the screen is read until it shows what it should.
"""
import os
import shlex
import subprocess
import sys
import time
import unicodedata

from lede import LIMIT, need, until

SOCKET = f'lede-test-{os.getpid()}'
KEYS = {'Space': 'Space', 'Enter': 'Enter', 'Backspace': 'BSpace', 'Tab': 'Tab', 'Esc': 'Escape', 'PgDn': 'NPage',
        'PgUp': 'PPage', 'Home': 'Home', 'End': 'End', 'Up': 'Up', 'Down': 'Down', 'Left': 'Left', 'Right': 'Right'}
RESTS = .3           # longer than lede waits before it draws what belongs to the row under the cursor
ESC_ALONE = .1       # a key sooner behind an Esc is a key with Alt, for a terminal and so for lede
pressed = set()      # keys, as the command table spells them


def tmux(*words, check=True):
	done = subprocess.run(['tmux', '-L', SOCKET, '-f', '/dev/null', '-u', *words], stdout=subprocess.PIPE,
	                      stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=LIMIT)
	if check and done.returncode != 0:
		raise AssertionError(f'tmux {" ".join(words)}: {done.stderr.decode("utf-8", "replace")}')
	return done.stdout.decode('utf-8')


def have_terminals():
	"""Leaves a script that needs terminals where the system gives none: a bare root without /dev/pts."""
	try:
		for fd in os.openpty():
			os.close(fd)
	except OSError as why:
		print(f'skipped: there are no pseudo-terminals here ({why.strerror})')
		print('0 passed, 0 failed, 1 skipped')
		sys.exit(77)


have_terminals()


def have_tmux():
	"""Skips the test where there is no tmux."""
	try:
		subprocess.run(['tmux', '-V'], stdout=subprocess.DEVNULL, check=True)
	except (OSError, subprocess.CalledProcessError):
		need(False, 'tmux is not installed')


def close_all():
	tmux('kill-server', check=False)


def cells(text):
	"""How many cells a text takes: what a terminal with narrow ambiguous characters gives it."""
	return sum(0 if unicodedata.combining(c) or unicodedata.category(c) in ('Mn', 'Me', 'Cf') else
	           2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)


def column(line, cell):
	"""The character that begins at a cell; None when a wide one covers it."""
	at = 0
	for c in line:
		if at == cell:
			return c
		at += cells(c)
		if at > cell:
			return None
	return ' '


class Terminal:
	"""A window of w columns and h rows with lede in it, or another command. When that has ended the window stays as it was left."""
	number = 0

	def __init__(self, home, w=80, h=24, env=None, shell=None):
		have_tmux()
		Terminal.number += 1
		self.name, self.w, self.h = f'w{Terminal.number}', w, h
		self.lede = ' '.join(shlex.quote(word) for word in home.argv())
		self.end = home.at(f'end-of-{self.name}')
		given = {name: home.env[name] for name in home.env if name.startswith(('XDG_', 'LC_', 'ASAN', 'UBSAN', 'TSAN', 'LSAN'))}
		given.update({'HOME': home.path, 'TZ': 'UTC0', 'PATH': home.env['PATH']}, **(env or {}))
		words = ' '.join(f'{name}={shlex.quote(value)}' for name, value in given.items())
		command = f'env -u NO_COLOR -u COLORTERM {words} {shell or self.lede}; echo $? >{shlex.quote(self.end)}; exec sleep 1000'
		if Terminal.number == 1:        # keeps the server alive between the windows
			tmux('new-session', '-d', '-s', 'keep', 'exec sleep 1000')
			for option, value in (('status', 'off'), ('default-terminal', 'tmux-256color')):
				tmux('set-option', '-g', option, value)
			tmux('set-option', '-s', 'escape-time', '0')
		tmux('new-session', '-d', '-s', self.name, '-x', str(w), '-y', str(h), '-c', home.path, command)
		if (self.fact('pane_width'), self.fact('pane_height')) != (str(w), str(h)):
			self.resize(w, h)

	# ---- what it shows ----

	def text(self):
		return tmux('capture-pane', '-p', '-t', self.name)

	def screen(self):
		"""The rows, without blanks at their ends; always h of them."""
		rows = [row.rstrip() for row in self.text().split('\n')]
		return (rows + [''] * self.h)[:self.h]

	def still(self):
		"""The screen when it has not changed for a while: nothing is half drawn, and what follows when the cursor rests is there."""
		seen, since = self.screen(), time.monotonic()

		def rests():
			nonlocal seen, since
			now = self.screen()
			if now != seen:
				seen, since = now, time.monotonic()
			return seen if time.monotonic() - since > RESTS else None
		return until(rests, 'the screen stands still')

	def coloured(self):
		"""The screen with its escape sequences."""
		return tmux('capture-pane', '-p', '-e', '-t', self.name)

	def show(self, what):
		return f'{what}; the screen was\n' + '\n'.join(f'|{row}' for row in self.screen())

	def wait(self, condition, what, limit=LIMIT):
		"""Reads the screen until the condition holds for its rows, twice alike: never half a frame; returns the rows."""
		last = None

		def ask():
			nonlocal last
			before, last = last, self.screen()
			return last if last == before and condition(last) else None
		return until(ask, lambda: self.show(what), limit)

	def shows(self, *words):
		"""Waits until all the words are on the screen."""
		return self.wait(lambda rows: all(any(w in row for row in rows) for w in words), f'“{"” and “".join(words)}” shown')

	def hides(self, word):
		"""Waits until the word is nowhere on the screen."""
		return self.wait(lambda rows: not any(word in row for row in rows), f'“{word}” gone')

	def status(self, *words):
		"""Waits until the bottom row holds all the words."""
		return self.wait(lambda rows: all(w in rows[self.h - 1] for w in words), f'“{"” and “".join(words)}” in the bottom row')

	def title_bar(self, *words):
		return self.wait(lambda rows: all(w in rows[0] for w in words), f'“{"” and “".join(words)}” in the header')

	# ---- what is done to it ----

	def press(self, *keys):
		"""Presses keys spelt as in the command table: j ^D Space Enter."""
		for key in keys:
			pressed.add(key)
			if key in KEYS:
				tmux('send-keys', '-t', self.name, KEYS[key])
				if key == 'Esc':
					time.sleep(ESC_ALONE)
			elif len(key) == 2 and key[0] == '^':
				tmux('send-keys', '-t', self.name, f'C-{key[1].lower()}')
			else:
				tmux('send-keys', '-l', '-t', self.name, '--', key)

	def type(self, line):
		"""Types a line to a shell."""
		tmux('send-keys', '-l', '-t', self.name, '--', line)
		tmux('send-keys', '-t', self.name, 'Enter')

	def resize(self, w, h):
		self.w, self.h = w, h
		tmux('resize-window', '-t', self.name, '-x', str(w), '-y', str(h))

	def fact(self, name):
		return tmux('display-message', '-p', '-t', self.name, f'#{{{name}}}').strip()

	def ended(self):
		"""Waits for the end of the program; its status, 128 and the signal when one killed it."""
		def how():
			try:
				with open(self.end, encoding='utf-8') as file:
					return file.read()
			except FileNotFoundError:
				return ''
		return int(until(how, lambda: self.show('the program has ended')))

	def said(self):
		"""Everything that was written outside the alternate screen, unwrapped."""
		return tmux('capture-pane', '-p', '-J', '-S', '-', '-t', self.name)

	def close(self):
		tmux('kill-session', '-t', self.name, check=False)
