#!/usr/bin/env python3
"""terminal_test.py - the terminal is as it was before, however the reader ends or stops; sizes come by hundreds; every TERM shows it."""
import os
import signal
import time

from lede import SLOWER, Home, finish, same, test, until
from terminal import Terminal, close_all, tmux

NOW = 1744618440
TERMS = ('xterm-256color', 'tmux-256color', 'screen', 'linux', 'vt100', 'xterm-mono')


class Shell(Terminal):
	"""A shell in a window; lede is started in it with its process number in a file."""

	def __init__(self, **env):
		self.home = Home(NOW)
		super().__init__(self.home, 80, 24, shell='sh -i', env={'PS1': 'shell> ', **env})
		self.shows('shell>')
		self.pidfile = self.home.at('pid')

	def modes(self):
		path = self.home.at('modes')
		if os.path.exists(path):
			os.unlink(path)
		self.type(f'stty -g >{path}.new; mv {path}.new {path}')
		until(lambda: os.path.exists(path), 'the modes')
		with open(path, encoding='ascii') as file:
			return file.read()

	def begin(self):
		self.type(f"sh -c 'echo $$ >{self.pidfile}; exec {self.lede}'")
		self.shows('Good morning. This is lede.')
		self.press('q')
		self.wait(lambda rows: rows[-1].startswith(' 1/'), 'the list')
		with open(self.pidfile, encoding='ascii') as file:
			return int(file.read())

	def is_shell(self):
		"""The shell has its screen and its last line back."""
		self.wait(lambda rows: [row for row in rows if row][-1].startswith('shell>') and not any('? help' in row for row in rows),
		          'the shell')

	def leave(self):
		self.close()
		self.home.remove()


def ends(how):
	"""Starts lede, lets it end, and looks whether the terminal is as before."""
	shell = Shell()
	before = shell.modes()
	how(shell, shell.begin())
	shell.is_shell()
	same(shell.modes(), before, 'the modes of the terminal')
	same(tmux('display-message', '-p', '-t', shell.name, '#{alternate_on}#{cursor_flag}#{keypad_flag}#{mouse_any_flag}').strip(),
	     '0100', 'own screen, cursor, keypad, mouse')
	shell.leave()


@test
def quitting_leaves_the_terminal_as_it_was():
	ends(lambda shell, pid: shell.press('Q'))


@test
def so_does_every_signal_that_ends_it():
	for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGSEGV, signal.SIGABRT, signal.SIGQUIT):
		ends(lambda shell, pid, number=number: os.kill(pid, number))


@test
def stopping_gives_it_back_and_going_on_takes_it_again():
	shell = Shell()
	before = shell.modes()
	pid = shell.begin()
	for how in (lambda: shell.press('^Z'), lambda: os.kill(pid, signal.SIGTSTP)):
		how()
		shell.is_shell()
		same(shell.modes(), before, 'the modes of the terminal')
		shell.type('fg')
		shell.wait(lambda rows: rows[-1].startswith(' 1/') and rows[0].startswith(' lede'), 'lede again')
		for key, place in (('j', ' 2/'), ('k', ' 1/')):         # read before it is stopped: else the shell has them
			shell.press(key)
			shell.wait(lambda rows: rows[-1].startswith(place), f'{key} is answered')
	os.kill(pid, signal.SIGSTOP)                        # nobody can say goodbye to that: Enter is no line's end
	shell.shows('Stopped')
	tmux('send-keys', '-t', shell.name, 'fg', 'C-j')
	shell.wait(lambda rows: rows[-1].startswith(' 1/') and rows[0].startswith(' lede'), 'lede again')
	shell.press('j')
	shell.wait(lambda rows: rows[-1].startswith(' 2/'), 'a key')
	shell.press('Q')
	shell.is_shell()
	same(shell.modes(), before, 'the modes of the terminal')
	shell.leave()


def is_gone(pid):
	try:
		os.kill(pid, 0)
	except ProcessLookupError:
		return True
	with open(f'/proc/{pid}/stat', encoding='ascii') as file:
		return file.read().split()[2] == 'Z'


@test
def a_terminal_that_goes_takes_it_along():
	shell = Shell()
	pid = shell.begin()
	tmux('kill-window', '-t', shell.name)
	until(lambda: is_gone(pid), 'it has ended')
	shell.home.remove()


@test
def four_hundred_sizes_end_in_the_last_one():
	shell = Shell()
	before = shell.modes()
	shell.begin()
	shell.press('j', 'j')
	shell.wait(lambda rows: rows[-1].startswith(' 3/'), 'the third story')
	sizes = [(20 + 37 * i % 180, 5 + 11 * i % 45) for i in range(400)]
	for at in range(0, len(sizes), 50):
		words = []
		for w, h in sizes[at:at + 50]:
			words += ['resize-window', '-t', shell.name, '-x', str(w), '-y', str(h), ';']
		tmux(*words[:-1])
	began = time.monotonic()
	shell.resize(100, 30)
	shell.wait(lambda rows: len(rows) == 30 and rows[-1].startswith(' 3/') and rows[0].startswith(' lede   Top'), 'the last size')
	same(time.monotonic() - began < 5 * SLOWER, True, 'soon')
	shown = shell.still()
	shell.press('^L')
	same(shell.still(), shown, 'the screen, drawn anew')
	shell.press('Q')
	shell.is_shell()
	same(shell.modes(), before, 'the modes of the terminal')
	shell.leave()


def walk(term, locale):
	home = Home(NOW)
	home.write(home.config, '[lede]\nread-after = 3600\n')
	t = Terminal(home, 80, 24, env={'TERM': term, 'LC_ALL': locale})
	t.shows('Good morning. This is lede.')
	t.press('q')
	t.wait(lambda rows: rows[-1].startswith(' 1/'), f'the list on {term} in {locale}')
	for keys in (('j', '^F', 'k'), ('Enter', 'j', '^F', 'k'), ('h', ']', ']', '[', '[', 'j')):
		t.press(*keys)
		shown = t.still()
		t.press('^L')
		same(t.still(), shown, f'what is drawn anew after {keys} on {term} in {locale}')
	rows = t.still()
	same(any('\ufffd' in row for row in rows), False, 'characters that are none')
	if locale == 'C':
		same(all(ord(c) < 128 for row in rows for c in row), True, f'ASCII on {term}')
	t.press('Q')
	same(t.ended(), 0, f'status on {term} in {locale}')
	t.close()
	home.remove()


@test
def every_terminal_in_every_locale_shows_what_a_fresh_screen_would():
	for term in TERMS:
		for locale in ('C.UTF-8', 'C'):
			walk(term, locale)


finish(close_all)
