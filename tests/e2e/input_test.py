#!/usr/bin/env python3
"""input_test.py - what a terminal sends that is no key, keys of other terminals, and what is left behind on its screen."""
import time

from lede import Home, finish, same, test
from terminal import Terminal, close_all, tmux

NOT_KEYS = {
	'an arrow with Ctrl': b'\033[1;5A', 'Alt-Q': b'\033Q', 'Alt-s': b'\033s', 'Alt-Up': b'\033\033[A',
	'an answer about the background': b'\033]11;rgb:1e1e/1e1e/2e2e\033\\', 'its other end': b'\033]11;rgb:ffff/ffff/ffff\a',
	'the place of the cursor': b'\033[24;80R', 'attributes': b'\033[?62;22c', 'the version': b'\033P>|XTerm(370)\033\\',
	'a mode': b'\033[?2026;2$y', 'focus': b'\033[I\033[O', 'a click': b'\033[<0;10;5M\033[<0;10;5m', 'an old click': b'\033[M sQ',
	'a paste': b'\033[200~sQ\rG\033[201~', 'an unknown key': b'\033[57358u', 'bytes that are no text': b'\xff\xc3',
}
ARROWS = {'xterm-256color': (b'\033[B', b'\033[A'), 'linux': (b'\033OB', b'\033OA'), 'vt100': (b'\033[B', b'\033[A')}


def raw(t, text):
	tmux('send-keys', '-t', t.name, '-H', *[f'{byte:02x}' for byte in text])


def past_welcome(t):
	t.shows('Good morning. This is lede.')
	t.press('q')
	t.wait(lambda rows: rows[-1].startswith(' 1/'), 'the list')


def sample(**how):
	home = Home(1744618440)
	t = Terminal(home, 80, 24, **how)
	past_welcome(t)
	return home, t


def leave(home, t):
	t.close()
	home.remove()


@test
def what_is_no_key_does_nothing():
	home, t = sample()
	t.press('j')
	t.wait(lambda rows: rows[-1].startswith(' 2/'), 'the second story')
	before = t.still()[:-1]
	for what, text in NOT_KEYS.items():
		raw(t, text)
		time.sleep(.15)                 # what was begun is given up
		t.press('j', 'k')
		t.wait(lambda rows: rows[-1].startswith(' 2/') and rows[:-1] == before, f'the same screen after {what}')
	t.press('Q')
	same(t.ended(), 0, 'status')
	leave(home, t)


@test
def arrows_move_whatever_terminfo_calls_them():
	for name, (down, up) in ARROWS.items():
		home, t = sample(env={'TERM': name})
		for text, row in ((down, 2), (down, 3), (up, 2), (b'\033[F', 10), (b'\033[1~', 1)):
			raw(t, text)
			t.wait(lambda rows: int(rows[-1].split('/')[0]) >= row if row == 10 else rows[-1].startswith(f' {row}/'),
			       f'row {row} after {text!r} on {name}')
		leave(home, t)


@test
def a_lone_esc_is_a_key_and_needs_no_other():
	home, t = sample()
	t.press('1', '2')
	t.wait(lambda rows: '12' in rows[-1].split()[-1], 'a count begun')
	t.press('Esc')
	t.wait(lambda rows: rows[-1].endswith('? help'), 'the count given up')
	leave(home, t)


@test
def the_last_line_is_left_blank_where_there_is_no_other_screen():
	for name in ('vt100', 'linux'):
		home = Home(1744618440)
		t = Terminal(home, 80, 24, shell='sh -i', env={'PS1': 'shell> ', 'TERM': name})
		t.shows('shell>')
		for how in ('Q', '^Z'):
			t.type(t.lede)
			past_welcome(t)
			t.press('j')
			t.wait(lambda rows: rows[-1].startswith(' 2/'), 'the second story')
			t.press(how)
			t.wait(lambda rows: rows[-1].startswith('shell>'), f'a prompt after {how} on {name}')
			same([row for row in t.screen() if '? help' in row], [], f'status lines after {how} on {name}')
		leave(home, t)


finish(close_all)
