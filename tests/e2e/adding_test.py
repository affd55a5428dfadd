#!/usr/bin/env python3
"""adding_test.py - the key `a`: an address is looked at while one reads on, what is there is taken or left."""
import threading

import newsroom
from feed_server import Server
from lede import Home, finish, same, test, until
from terminal import Terminal, close_all

server = Server()
urls = server.put_sources(newsroom.SOURCES[:6])
home = Home(newsroom.NOW)
home.subscribe(urls[:2])
home.run('refresh').expect(0)
term = Terminal(home, 120, 36)


def page(*links):
	return ('<!DOCTYPE html><html><head>' + ''.join(
	    f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{url}">' for url, title in links) +
	    '</head><body>Words.</body></html>').encode()


def look_at(address):
	term.press('a')
	term.status(' address ', 'Enter looks · Esc')
	term.type(address)


def feeds():
	with open(home.feeds, encoding='utf-8') as file:
		return file.read()


@test
def several_are_found_and_some_are_taken():
	term.status('1/')
	look_at(server.put('/three/', page((urls[2], 'Third'), (urls[3], 'Fourth'), (urls[4], 'Fifth')), 'text/html'))
	rows = term.shows('Add a feed', ' announces 3 feeds', 'Enter subscribes to 1')
	same(any('▌ [x] Third' in row for row in rows), True, 'the first is taken')
	term.press('j', 'j', 'Space')
	term.shows('▌ [x] Fifth', 'Enter subscribes to 2')
	term.press('k', 'k', 'Space')
	term.shows('▌ [ ] Third', 'Enter subscribes to 1')
	term.press('Space', 'Enter')
	term.hides('Add a feed')
	until(lambda: urls[2] in feeds() and urls[4] in feeds(), 'both stand in the feeds file')
	same(urls[3] in feeds(), False, 'the one that was left does not')
	until(lambda: len(home.run('feeds', '--json').json()['feeds']) == 4, 'they were fetched')


@test
def what_is_there_already_is_said():
	look_at(urls[0])
	term.shows(' is a feed')
	term.press('Enter')
	term.status('already subscribed: ')
	same(feeds().count(urls[0] + '\n'), 1, 'lines of it')
	term.press('Esc')


@test
def an_address_that_is_wrong_is_edited():
	look_at(server.url('/nothing'))
	term.shows('404 Not Found', 'Enter edits the address · Esc gives up')
	term.press('Enter')
	term.status(' address ', '/nothing')
	term.press('^W')
	term.type('three/')
	term.shows(' announces 3 feeds')
	term.press('Esc')
	term.hides('Add a feed')


@test
def a_page_without_feeds_is_asked_for_at_usual_places():
	server.forget()
	look_at(server.put('/none/', page(), 'text/html'))
	term.shows('not a feed: a web page that announces none')
	same(len(server.asked) <= 5, True, f'asked {server.asked}')
	term.press('Esc')
	term.hides('Add a feed')


@test
def esc_stops_and_one_can_read_on_meanwhile():
	come, go = threading.Event(), threading.Event()

	def slow(request):
		come.set()
		go.wait(60)
		return request.answer(200, b'late')
	look_at(server.put('/slow', slow))
	term.shows('looking at ', ' of 5 places', 'Esc stops · you can go on reading')
	until(come.is_set, 'the server is asked')
	term.press('Tab', 'j')
	term.status('2/')
	term.press('Tab', 'Esc')
	term.hides('Add a feed')
	go.set()
	term.press('Q')
	same(term.ended(), 0, 'status')
	term.close()


@test
def quitting_waits_for_no_server():
	global term
	come, go = threading.Event(), threading.Event()

	def slow(request):
		come.set()
		go.wait(60)
		return request.answer(200, b'late')
	url = server.put('/slower', slow)
	term = Terminal(home, 80, 24)
	term.status('1/')
	look_at(url)
	until(come.is_set, 'the server is asked')
	term.press('Q')
	same(term.ended(), 0, 'status')
	go.set()
	term.close()


@test
def the_first_feed_takes_the_place_of_the_sample():
	global term, home
	home = Home(newsroom.NOW)
	term = Terminal(home, 80, 24)
	term.shows('Good morning. This is lede.')
	term.press('Enter')
	look_at(urls[0])
	term.shows(' is a feed')
	term.press('Enter')
	rows = term.wait(lambda rows: 'sample edition' not in '\n'.join(rows) and rows[2].startswith('▌ 1 '), 'its edition')
	same(newsroom.SOURCES[0].title in '\n'.join(rows), True, 'its source')
	term.press('Q')
	same(term.ended(), 0, 'status')


finish(lambda: (close_all(), server.close()))
