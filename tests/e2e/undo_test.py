#!/usr/bin/env python3
"""undo_test.py - everything that changes something, changed in a terminal, undone after a new start, and done again.

Compared is what the commands say of the cache, and the feeds file byte for byte.
"""
import sqlite3

import newsroom
from feed_server import Server
from lede import Home, finish, same, test
from terminal import Terminal, close_all

server = Server()
home = Home(newsroom.NOW)
term = None

KEPT = ('# my feeds\n\n{}  paper "two words"   # the morning\n{} ~Town city\n', '{}\n', '\n# the end, without a line end\n{}')


def write_feeds():
	"""As people write them: comments, blank lines, tags, titles, no end of the last line."""
	urls = list(server.put_sources(newsroom.SOURCES))
	text = KEPT[0].format(*urls[:2]) + ''.join(KEPT[1].format(url) for url in urls[2:-1]) + KEPT[2].format(urls[-1])
	home.write(home.feeds, text)
	return urls


def moved(url, to):
	"""The feed's server has said three times over a day that it moved."""
	with sqlite3.connect(home.db) as db:
		db.execute('UPDATE health SET moved = ?, moved_n = 3, moved_at = 0 WHERE feed = (SELECT id FROM feed WHERE url = ?)', (to, url))
	db.close()


def state():
	"""What the commands tell, and the bytes of the feeds file."""
	with open(home.feeds, 'rb') as file:
		told = {'file': file.read()}
	for words in (['latest'], ['starred'], ['filler'], ['feeds'], ['profile']):
		told[words[0]] = home.run(*words, '--json').json()
	told['top'] = [(s['rank'], s['entry'], sorted(s['members']), s['unread']) for s in home.run('top', '--json').json()['stories']]
	return told


def same_state(now, was, when):
	for name in was:
		same(now[name], was[name], f'{name} {when}')


def start():
	global term
	term = Terminal(home, 120, 36)
	term.status('1/', 'why: ')


def leave():
	term.press('Q')
	term.ended()
	term.close()


def acts(urls):
	"""One of each; every one is told of in the status line."""
	term.press('m', 'j', 's')
	term.status('starred')
	term.press('j', '+')
	term.status('more like this')
	term.press('j', '-')
	term.status('less like this')
	term.press('j', '!')
	term.status('filler: left out')
	row = next(s for s in home.run('top', '--json').json()['stories'] if s['entries'] > 2)
	term.press(*str(row['rank']), 'g', 'X')
	term.status('split off', ' · u undoes it')
	term.press('J', 'j', 'J')
	term.status('joined', ' · u undoes it')
	term.press(']', ']')
	term.shows('FEED', 'STATE')
	term.press('D')
	term.status('unsubscribed: ', ' · u undoes it')
	term.press('j', 'p')
	term.status('paused: ', ' · u undoes it')
	term.press('j', 'M')
	term.status('move taken: ', ' · u undoes it')
	term.press('j', 'A')
	term.status(' marked read · u undoes it')
	term.press('[', 'A')
	term.status(' marked read · u undoes it')
	return 12


before = after = None
steps = 0


@test
def one_of_everything_is_done():
	global before, after, steps
	urls = write_feeds()
	home.run('refresh').expect(0)
	home.run('top').expect(0)
	moved(urls[3], server.url('/elsewhere'))
	before = state()
	start()
	steps = acts(urls)
	leave()
	after = state()
	text = after['file'].decode()
	same(urls[0] in text, False, 'the first feed is in the feeds file')
	same(server.url('/elsewhere') in text and urls[3] not in text, True, 'the new address stands in the place of the old')
	same(text, before['file'].decode().replace(f'{urls[0]}  paper "two words"   # the morning\n', '').replace(urls[3], server.url('/elsewhere')),
	     'nothing else changed in the feeds file')
	same([f['state'] for f in after['feeds']['feeds'] if f['url'] == urls[2]], ['paused'], 'the paused feed')


@test
def a_paused_feed_is_left_alone():
	url = next(f['url'] for f in after['feeds']['feeds'] if f['state'] == 'paused')
	server.forget()
	told = home.run('refresh', '--json').lines()
	path = url[len(server.url()):]
	same([p for p, _, _ in server.asked if p == path], [], 'the paused feed was asked')
	said = [line for line in told if line.get('feed') == url]
	same([(line['result'], 'paused' in line['error']) for line in said], [('skipped', True)], 'what is said of it')


@test
def after_a_new_start_all_of_it_is_undone():
	global after
	after = state()                   # the refresh has told the other feeds' servers of it
	start()
	term.press(*str(steps), 'u')
	term.status(f'undone: {steps} changes, the last marked read: ')
	term.press('Esc', 'u')
	term.status('nothing to undo')
	leave()
	now = state()
	for told in (now, before):        # asked once more meanwhile
		for feed in told['feeds']['feeds']:
			for key in ('asked', 'unchanged', 'next_try', 'last_success', 'per_day', 'bytes', 'failures', 'state', 'error', 'error_at', 'address',
			            'moved'):
				feed.pop(key)
	same_state(now, before, 'is as it was before')


@test
def and_done_again():
	start()
	term.press(*str(steps), 'U')
	term.status(f'done again: {steps} changes, the last marked ')
	term.press('Esc', 'U')
	term.status('nothing to redo')
	leave()
	now = state()
	same_state(now, after, 'is as it was after')


@test
def and_undone_again():
	start()
	term.press(*str(steps), 'u')
	term.status(f'undone: {steps} changes')
	leave()
	with open(home.feeds, 'rb') as file:
		same(file.read(), before['file'], 'the feeds file')


finish(lambda: (close_all(), server.close()))
