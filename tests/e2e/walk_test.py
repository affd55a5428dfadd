#!/usr/bin/env python3
"""walk_test.py - one walk through the program, short enough for the sanitizers: add, refresh, read, star, refresh, quit."""
import newsroom
import schema
from feed_server import Server
from lede import Home, finish, same, test
from terminal import Terminal, close_all

server = Server()
home = Home(newsroom.NOW)


@test
def feeds_are_added_and_fetched():
	urls = server.put_sources(newsroom.SOURCES)
	home.run('add', *urls, server.url('/missing')).expect(3)
	home.subscribe(urls + [server.url('/missing')])
	schema.check_refresh(home.run('refresh', '--json').expect(3).lines())
	for words in (['top'], ['latest', '--json'], ['feeds'], ['starred'], ['filler']):
		home.run(*words).expect(0)
	first = home.run('top', '--json').json()['stories'][0]
	home.run('show', first['entry']).expect(0)
	home.run('why', first['id']).expect(0)


@test
def a_reader_is_walked_through():
	t = Terminal(home, 120, 36)
	t.status('why: ')
	t.press('j', 'j', 'z')
	t.press('e')
	t.shows('score')
	t.press('e', 'Enter')
	t.status('h list')
	t.press('Space', 'Space', 'h', 's')
	t.press('/')
	t.type('大桥')
	t.shows('跨江大橋', 'leaves the search')
	t.press('Enter', 'n', 'Esc', '/')
	t.type('bridge is:unread')
	t.shows('Harbour bridge reopens')
	t.press('Enter', '/')
	t.type('bridge')
	t.press('n', 'N', 'Esc', 'Esc', 'Esc')
	t.hides('Search')
	t.press('?')
	t.shows('Help')
	t.press('q')
	for wanted in ('TODAY', 'FEED', 'starred', 'held back'):
		t.press(']')
		t.shows(wanted)
	t.press(']', 'R')
	t.wait(lambda rows: 'refreshed' in rows[-1] or 'nothing new' in rows[-1], 'the refresh has ended')
	t.resize(80, 40)
	t.wait(lambda rows: any(row == '─' * 80 for row in rows), 'stacked')
	t.resize(80, 24)
	t.press('G', 'g', 'n', 'Enter')
	t.status('h list')
	t.press('Q')
	same(t.ended(), 0, 'status')
	same('Sanitizer' in t.text() or 'runtime error' in t.text(), False, t.text())
	t.close()


@test
def the_sample_is_walked_through():
	h = Home(newsroom.NOW)
	h.run().expect(0)
	t = Terminal(h)
	t.shows('Good morning')
	t.press('Enter', 'G', 'k', 'Enter')
	t.status('h list')
	t.press('Q')
	same(t.ended(), 0, 'status')
	t.close()


finish(lambda: (close_all(), server.close()))
