#!/usr/bin/env python3
"""keys_test.py - every key of the command table, pressed in a terminal over 28 feeds; what the screen then shows.

Sizes: 80x24 (one pane), 120x36 and 200x50 (list beside article).
"""
import os
import re
import sqlite3

import newsroom
import schema
from feed_server import Server
from lede import Home, finish, need, same, test, until
from terminal import Terminal, cells, close_all, column, pressed, tmux

NOW = newsroom.NOW
SOURCE = os.environ.get('srcdir', '.')
server = Server()
home = None
term = None
edition = []         # the stories as the reader shows them: what is read meanwhile does not move them


def fresh_home():
	"""A home with the feeds fetched, nothing read."""
	h = Home(NOW)
	h.subscribe(server.put_sources(newsroom.SOURCES))
	h.run('refresh').expect(0)
	h.write(h.at('browser'), f'printf "%s\\n" "$@" >{h.at("opened")}\n')
	h.write(h.config, f'[lede]\nbrowser = sh {h.at("browser")} --new "a b" %u\n')
	return h


def open_at(w, h):
	"""A reader over a fresh home, with Top on the screen."""
	global home, term, edition
	if term:
		term.close()
		home.remove()
	home = fresh_home()
	edition = stories()
	term = Terminal(home, w, h)
	term.status('1/', 'why: ')


def cursor(rows=None):
	"""The headline on the row with the focus bar."""
	rows = rows or term.screen()
	for row in rows[1:-1]:
		if row.startswith(('▌', '│')):
			return row
	return ''


def goes_to(rank):
	"""Waits until the status line says this rank."""
	term.wait(lambda rows: rows[-1].startswith(f' {rank}/'), f'the cursor is on {rank}')


def stories():
	return home.run('top', '--json').json()['stories']


def press_to(keys, rank):
	for key in keys.split(' '):
		term.press(key)
	goes_to(rank)


# ---- 80x24: one pane ----

@test
def at_80x24_the_list_is_drawn_as_designed():
	open_at(80, 24)
	rows = term.screen()
	same(rows[0].startswith(' lede   Top  Latest  Feeds  Starred  Filler  '), True, f'header {rows[0]!r}')
	same(re.search(r'\d+ unread · 08:14$', rows[0]) is not None, True, f'right of the header {rows[0]!r}')
	same(rows[1], '', 'the row under the header')
	same(re.match(r'^▌  1     ● .+  .+ +\d+[mhd]$', rows[2]) is not None, True, f'first story {rows[2]!r}')
	same(rows[23].startswith(' 1/'), True, f'status {rows[23]!r}')
	same(rows[23].endswith('? help'), True, f'hint {rows[23]!r}')
	shown = edition
	for n, row in enumerate(rows[2:23]):
		same(row[1:4], f'{n + 1:3}', f'the rank in {row!r}')
		same(row[11:].startswith(shown[n]['title'][:20]), True, f'headline {n + 1} in {row!r}')


@test
def columns_line_up_in_every_script():
	press_to('G', len(edition))
	seen, columns = set(), set()
	while True:
		rows = term.screen()
		for row in rows[2:23]:
			if not row.strip() or 'end of the edition' in row:
				continue
			source = next(s.title for s in newsroom.SOURCES if s.title in row[-40:])
			columns.add((column(row, 10), column(row, 11) in (' ', None), cells(row[:row.rindex(source)]), cells(row)))
			seen.add(source)
		if rows[2][1:4] == '  1':
			break
		term.press('^B')
		term.wait(lambda now, before=rows: now != before, 'a page up')
	same(columns, {(' ', False, 55, 79)}, 'a blank and then the headline at 11, the source, the end of the age')
	same({'紙上日報', '朝の便り', 'Paper Daily'} <= seen, True, f'scripts seen: {seen}')


@test
def rows_and_pages():
	press_to('g', 1)
	press_to('j', 2)
	press_to('Down', 3)
	press_to('k', 2)
	press_to('Up', 1)
	press_to('^D', 10)
	press_to('^U', 1)
	press_to('^F', 20)
	press_to('^B', 1)
	press_to('PgDn', 20)
	press_to('PgUp', 1)
	press_to('Home', 1)
	press_to('End', len(edition))
	term.press('j')
	term.wait(lambda rows: 'end of the edition' in cursor(rows), 'the row behind the last')
	press_to('k', len(edition))
	press_to('G', len(edition))


@test
def counts_repeat_and_name_ranks():
	press_to('g', 1)
	term.press('1')
	term.status('1…')
	press_to('2 j', 13)
	press_to('3 k', 10)
	press_to('7 G', 7)
	press_to('5 g', 5)
	term.press('4', 'Esc')
	term.wait(lambda rows: '4…' not in rows[-1], 'Esc drops the count')
	press_to('j', 6)


@test
def enter_opens_an_article_and_h_goes_back():
	press_to('g', 1)
	title = edition[0]['title']
	for opens, back in (('Enter', 'h'), ('l', 'Left'), ('Right', 'Backspace'), ('Tab', 'Tab'), ('Enter', 'q'), ('Enter', 'Esc')):
		term.press(opens)
		term.wait(lambda rows: title[:40] in rows[2] and 'h list' in rows[-1], f'{opens} opens the article')
		term.press(back)
		term.wait(lambda rows: rows[2].startswith('▌  1 ') and 'h list' not in rows[-1], f'{back} goes back')


@test
def an_opened_story_is_read():
	unread = term.screen()[0].split()[-4]
	term.press('Enter')
	term.wait(lambda rows: f'{int(unread) - 5} unread' in rows[0], 'after two seconds in its article all five entries are read')
	term.press('h')
	term.wait(lambda rows: column(rows[2], 9) == ' ', 'the mark is gone')
	term.press('m')
	term.wait(lambda rows: column(rows[2], 9) == '●', 'm marks it unread')
	term.press('m')
	term.wait(lambda rows: column(rows[2], 9) == ' ', 'm marks it read')
	press_to('j', 2)
	term.press('3', 'm')
	term.wait(lambda rows: [column(row, 9) for row in rows[3:7]] == [' ', ' ', ' ', '●'], '3m marks three rows')


@test
def n_and_N_go_to_unread_stories():
	press_to('g', 1)
	press_to('n', 5)
	press_to('n', 6)
	press_to('N', 5)
	term.press('N')
	term.shows('none before')
	term.press('Esc')


@test
def a_star_stands_before_the_headline():
	press_to('5 g', 5)
	term.press('s')
	term.wait(lambda rows: column(rows[6], 11) == '★', 'the star')
	until(lambda: home.run('starred', '--json').json()['entries'], 'the cache knows')
	term.press('[', '[')
	term.shows('1 starred')
	term.wait(lambda rows: '★' in cursor(rows), 'it stands in Starred')
	term.press(']', ']', 'Esc')
	goes_to(5)
	term.press('s')
	term.wait(lambda rows: column(rows[6], 11) != '★', 'the star is taken away')
	until(lambda: not home.run('starred', '--json').json()['entries'], 'the cache knows')
	term.press('Esc', '[', '[', '.')
	term.shows('Nothing starred')
	term.press(']', ']')
	goes_to(5)


@test
def u_undoes_and_U_does_it_again():
	term.press('u')
	term.status('undone: star removed: ', ' · U does it again')
	term.wait(lambda rows: column(rows[6], 11) == '★', 'the star is back')
	term.press('U')
	term.status('done again: star removed: ')
	term.wait(lambda rows: column(rows[6], 11) != '★', 'and gone')
	term.press('2', 'u')
	term.status('undone: 2 changes, the last starred: ')
	until(lambda: not home.run('starred', '--json').json()['entries'], 'the cache knows')
	term.press('Esc')
	goes_to(5)


@test
def what_is_filler_is_said_by_hand_and_taken_back():
	press_to('5 g', 5)
	term.press('!')
	term.status('filler: left out of the next edition')
	term.press('Esc')
	held = until(lambda: home.run('filler', '--json').json()['entries'], 'the cache knows')
	same({e['filler'] for e in held}, {'marked as filler'}, 'the reason')
	term.press('[')
	term.shows(' held back', 'marked as filler')
	term.wait(lambda rows: 'you marked it as filler' in rows[-1], 'why it is held back')
	for _ in held:
		term.press('!', 'j')
	term.press('Esc', '.')
	term.shows('Nothing held back')
	until(lambda: not home.run('filler', '--json').json()['entries'], 'the cache knows')
	term.press(']')
	goes_to(5)
	term.press('Esc')


@test
def the_sections_go_round():
	wanted = (('Latest', 'TODAY'), ('Feeds', 'FEED'), ('Starred', ' starred'),
	          ('Filler', ' held back'), ('Top', ' 1 '))
	for _, words in wanted:
		term.press(']')
		term.shows(words)
	for _, words in wanted[3::-1] + wanted[4:]:
		term.press('[')
		term.shows(words)
	goes_to(5)


@test
def latest_is_by_time():
	term.press(']')
	rows = term.shows('TODAY')
	newest = sorted((e for s in newsroom.SOURCES for e in s.entries), key=lambda e: -e.published)
	same(rows[3].startswith('▌ 08:02  '), True, f'the newest entry {rows[3]!r}')
	for row, e in zip(rows[3:12], newest):
		same(e.date[11:16] in row and e.title[:12] in row, True, f'{e.title} in {row!r}')
	term.press('G')
	term.wait(lambda rows: newest[-1].title[:12] in cursor(rows), 'the oldest entry')
	term.press('g')
	term.press('[')
	goes_to(5)


@test
def a_feed_opens_into_its_entries():
	term.press(']', ']')
	rows = term.shows('FEED', 'STATE')
	same('Paper Daily' in cursor(rows), True, f'the first feed {cursor(rows)!r}')
	term.press('j')
	term.wait(lambda rows: 'City News' in cursor(rows), 'the second feed')
	term.press('e')
	term.shows('city-news', 'Enter entries')
	term.press('e')
	term.hides('Enter entries')
	term.press('Enter')
	term.wait(lambda rows: 'City News · ' in rows[0] and 'Feeds > City News' in rows[-1], "the feed's entries")
	term.press('h')
	term.wait(lambda rows: 'City News' in cursor(rows) and 'Feeds >' not in rows[-1], 'back to the feeds')
	term.press('q')
	goes_to(5)


@test
def parentheses_go_through_the_feeds():
	term.press(']', ']')
	term.shows('FEED', 'STATE')
	term.press('g', 'Enter')
	term.wait(lambda rows: 'Feeds > Paper Daily' in rows[-1], 'the entries of the first feed')
	term.press(')')
	term.wait(lambda rows: 'Feeds > City News' in rows[-1], 'of the second')
	term.press('2', ')', '(')
	third = term.wait(lambda rows: 'Feeds > ' in rows[-1] and 'City News' not in rows[-1], 'of the third')
	term.press('9', '9', '(')
	term.wait(lambda rows: 'Feeds > Paper Daily' in rows[-1], 'of the first')
	same('Paper Daily' in third[-1], False, 'the third is another')
	term.press('(')
	term.status('none before')
	term.press('Esc', 'q')
	term.wait(lambda rows: 'Paper Daily' in cursor(rows), 'back to the feeds, on the one that was left')
	term.press('j', 'q')
	goes_to(5)
	term.press(')')
	goes_to(6)
	term.press('(')
	goes_to(5)


@test
def H_hides_what_is_read_and_is_remembered():
	global term
	term.press('m', 'H')
	term.status('what is read is hidden')
	term.wait(lambda rows: cursor(rows)[1:4] == '  6' and not any(row[1:4] == '  5' for row in rows), 'the fifth story is hidden')
	term.press('Q')
	term.ended()
	term.close()
	term = Terminal(home, 80, 24)
	term.status(' 6/', 'why: ')
	term.wait(lambda rows: not any(row[1:4] == '  5' for row in rows), 'it is hidden still')
	term.press('H')
	term.status('what is read is shown')
	term.press('Esc')
	press_to('5 g', 5)
	term.press('m')
	term.wait(lambda rows: column(rows[6], 9) == '●', 'unread again')


def feeds_file():
	with open(home.feeds, encoding='utf-8') as file:
		return file.read()


@test
def a_feed_is_unsubscribed_paused_and_moved():
	term.press(']', ']')
	term.shows('FEED', 'STATE')
	was, second = feeds_file(), feeds_file().splitlines()[1]
	term.press('g', 'j')
	term.wait(lambda rows: 'City News' in cursor(rows), 'on the second feed')
	term.press('D')
	term.status('unsubscribed: City News · u undoes it')
	rows = term.wait(lambda rows: cursor(rows) and 'City News' not in cursor(rows), 'on the next feed')
	same(feeds_file(), was.replace(second + '\n', ''), 'the feeds file')
	term.press('u')
	term.status('undone: unsubscribed: City News · U does it again')
	term.wait(lambda rows: 'City News' in cursor(rows), 'on the feed again')
	same(feeds_file(), was, 'the feeds file')
	term.press('p')
	term.status('paused: City News · u undoes it')
	term.wait(lambda rows: 'paused' in cursor(rows), 'its state')
	term.press('p')
	term.status('resumed: City News · u undoes it')
	term.wait(lambda rows: 'paused' not in cursor(rows), 'its state')
	term.press('M')
	term.status('no move offered')
	with sqlite3.connect(home.db) as db:
		db.execute("UPDATE health SET moved = 'https://new.example/', moved_n = 3, moved_at = 0 WHERE feed = 2")
	db.close()
	term.press('Esc', '.')
	term.wait(lambda rows: 'moved' in cursor(rows), 'its state')
	term.press('M')
	term.status('move taken: City News · u undoes it')
	same(feeds_file(), was.replace(second, 'https://new.example/'), 'the feeds file')
	term.press('u')
	term.status('undone: move taken: City News')
	term.wait(lambda rows: 'moved' in cursor(rows), 'it is offered still')
	same(feeds_file(), was, 'the feeds file')
	with sqlite3.connect(home.db) as db:
		db.execute('UPDATE health SET moved = NULL, moved_n = NULL, moved_at = NULL WHERE feed = 2')
	db.close()
	term.press('Esc', 'q')
	goes_to(5)


@test
def space_reads_on_and_b_back():
	long_title = 'A long afternoon'
	rank = next(s['rank'] for s in edition if s['title'].startswith(long_title))
	press_to(f'{" ".join(str(rank))} g', rank)
	term.press('Space')
	term.wait(lambda rows: long_title in rows[2], 'Space opens the article')
	first = term.still()
	term.press('Space')
	second = term.wait(lambda rows: rows[2:20] != first[2:20] and 'Chapter' in '\n'.join(rows), 'Space pages on')
	term.press('b')
	term.wait(lambda rows: rows[2:20] == first[2:20], 'b pages back')
	term.press('j')
	term.wait(lambda rows: rows[2].replace('▌', ' ').strip() == first[3].strip(), 'j moves the text by a line')
	term.press('G')
	term.shows('LINKS', 'clock.example/book')
	same(second != first, True, 'pages differ')
	term.press('Space')
	term.wait(lambda rows: long_title not in rows[2] and 'h list' in rows[-1], "Space goes on to the next unread story's article")
	term.press('b')
	term.wait(lambda rows: 'clock.example/book' in '\n'.join(rows), 'b goes back to the last page of the story before')
	term.press('h')


@test
def o_starts_the_browser_by_its_words():
	press_to('6 g', 6)
	link = edition[5]['link']
	term.press('o')
	seen = home.at('opened')
	until(lambda: os.path.exists(seen) and os.path.getsize(seen), lambda: term.show(f'the browser is started for {link}'))
	with open(seen, encoding='utf-8') as file:
		same(file.read().split('\n'), ['--new', 'a b', link, ''], 'its words')


@test
def y_and_Y_copy_to_the_clipboard_of_the_terminal():
	press_to('6 g', 6)
	title, link = edition[5]['title'], edition[5]['link']
	tmux('set-option', '-s', 'set-clipboard', 'on')
	for key, copied in (('y', link), ('Y', f'{title}\n{link}')):
		term.press(key)
		term.wait(lambda rows: (link if key == 'y' else title[:20]) in rows[-1], 'what was copied: tmux may keep it for itself')
		until(lambda: tmux('show-buffer', check=False) == copied, lambda: f'{copied!r} in {tmux("show-buffer", check=False)!r}')


@test
def help_shows_every_command():
	term.press('g', '?')
	rows = term.shows('Help')
	table = commands()
	text = '\n'.join(rows)
	for _ in range(8):
		term.press('Space')
		text += '\n' + '\n'.join(term.still())
	term.press('G')
	text += '\n' + '\n'.join(term.shows('digits before a key'))
	missing = [name for name, _ in table if not re.search(rf'\b{re.escape(name)}\b', text)]
	same(missing, [], 'commands missing in the help')
	term.press('q')
	term.wait(lambda rows: rows[2].startswith('▌  1 '), 'q closes the help')


@test
def redraw_and_an_unbound_key():
	term.press('Esc')            # what was said before goes with some key or other
	before = term.still()
	term.press('^L')
	term.wait(lambda rows: rows == before, '^L draws the same')
	term.press('%')
	term.status('no command on %')
	term.press('Esc')
	term.hides('no command on')


@test
def a_line_of_commands_goes_to_a_rank_and_names_what_is_meant():
	term.press('g', ':')
	term.wait(lambda rows: rows[-1].startswith(' :') and rows[-1].endswith('Enter run · Esc'), 'the prompt')
	term.press('3', 'Enter')
	goes_to(3)
	term.press('5', ':')
	term.status(' :5 ')
	term.press('Enter')
	goes_to(5)
	term.press(':', *'hlep', 'Enter')
	term.status('no command named hlep; did you mean help?')
	term.press('Esc', ':', *'fir', 'Tab', 'Enter')
	goes_to(1)
	term.press(':', 'Up', 'Up')
	term.status(' :hlep ')
	term.press('Esc')
	term.wait(lambda rows: not rows[-1].startswith(' :'), 'Esc gives up')


@test
def a_asks_for_the_address_of_a_feed():
	term.press('a')
	term.status(' address ', 'Enter looks · Esc')
	term.press('Esc')
	term.wait(lambda rows: not rows[-1].startswith(' address'), 'Esc gives up')


@test
def f_asks_for_the_number_of_a_link():
	press_to('g', 1)
	term.press('f')
	term.wait(lambda rows: rows[-1].startswith((' follow ', ' no links')), 'a prompt for a number, or a word that there is nothing')
	term.press('Esc', 'Esc')
	goes_to(1)


# ---- searching ----

def search_for(words):
	term.press('/')
	term.wait(lambda rows: rows[-1].startswith(' /') and rows[-1].endswith('Enter search · Esc'), 'the prompt')
	term.type(words)


@test
def slash_searches_the_cache_and_esc_goes_back():
	term.press('6', 'g')
	goes_to(6)
	search_for('bridge')
	rows = term.shows('Search', '/ bridge   newest first', 'Harbour bridge reopens', 'next match in the text, Esc leaves the search')
	same(re.search(r'\d+\+? found · 08:14$', rows[0]) is not None, True, f'the header {rows[0]!r}')
	same(rows[3], '', 'a blank row over what was found')
	same(rows[4].startswith('▌ ') and rows[5].startswith('▌    '), True, f'the cursor on the first two lines {rows[4:6]}')
	term.press('j')
	term.wait(lambda rows: rows[-1].startswith(' 2/'), 'the second one')
	term.press(']')
	term.wait(lambda rows: 'why: ' in rows[-1], 'the sections go round to Top')
	term.press('[')
	term.wait(lambda rows: rows[-1].startswith(' 2/') and 'leaves the search' in rows[-1], 'and back to where one was')
	term.press('Esc')
	goes_to(6)
	term.hides('Search')


@test
def words_of_both_chinese_scripts_are_found_and_n_goes_on():
	search_for('通车')
	rows = term.shows('封閉兩年的跨江大橋今晨恢復通車')
	same(sum('恢復通車' in row for row in rows) >= 1, True, 'the other script')
	term.press('Enter')
	term.status('h list')
	term.press('Esc', 'Esc')
	term.hides('Search')
	search_for('felt pencil')
	term.shows('A long afternoon among the sundials')
	term.press('n')
	term.status('match 1/60')
	term.press('2', 'n')
	term.status('match 3/60')
	term.press('N')
	term.status('match 2/60')
	term.press('/')
	term.wait(lambda rows: rows[-1].endswith('Enter find · Esc'), 'the prompt of an article')
	term.type('ON THE FELT')
	term.status('match 1/30')
	term.press('Esc')
	term.status('60 matches')
	term.press('n')
	term.status('match 1/60')
	term.press('Esc', 'Esc')
	term.hides('Search')


@test
def a_query_that_means_nothing_says_so_and_nothing_found_is_said():
	search_for('after:soon')
	term.press('Enter')
	term.shows('/after:soon')
	term.press('^U', *'zebracrossing', 'Enter')
	term.shows('Nothing found in')
	term.status('0 found')
	term.press(':', *'search sundials', 'Enter')
	term.shows('A long afternoon among the sundials')
	term.press('q')
	term.hides('Search')


# ---- refresh and editions ----

@test
def a_refresh_announces_and_moves_nothing():
	s = newsroom.source('paper-daily')
	newsroom.add(s, 'Comet hunters rename forgotten observatory dog', NOW - 30, 'It barked at Halley.')
	server.put(s.path, s.body())
	press_to('3 g', 3)
	before = term.still()
	term.press('R')
	term.title_bar('1 new · press .')
	rows = term.wait(lambda rows: 'refreshed' in rows[-1], 'what the refresh brought')
	same(rows[2:23], before[2:23], 'the list')
	kept = before[4][10:40]
	term.press('.')
	term.wait(lambda rows: 'press .' not in rows[0], 'the edition is made')
	term.wait(lambda rows: kept in cursor(rows), 'the cursor stays on its story')


@test
def nothing_new_makes_no_edition():
	term.press('.')
	term.status('nothing new')
	server.forget()
	term.press('r')
	until(lambda: server.asked, 'r asks a feed')
	term.wait(lambda rows: 'refreshed' in rows[-1] or 'nothing new' in rows[-1], 'r says what it brought')
	same(len(server.asked) < len(newsroom.SOURCES), True, 'r asks only the feeds of the story')


# ---- 120x36: list beside article ----

@test
def at_120x36_list_and_article_stand_side_by_side():
	open_at(120, 36)
	first = edition[0]
	rows = term.wait(lambda rows: first['title'][:30] in rows[2][52:], 'the article beside the list')
	rule = {cells(row[:i]) for row in rows[2:34] for i, c in enumerate(row) if c == '│' and cells(row[:i]) > 3}
	same(rule, {50}, 'the column of the rule')
	same(all(column(row, 50) == '│' for row in rows[2:34]), True, 'the rule has every body row')
	same(all('│' not in rows[y] for y in (0, 1, 34, 35)), True, 'the rule has body rows only')
	same(first['source'] in rows[3] and 'feed text' in '\n'.join(rows[3:5]), True, f'source and text {rows[3:5]}')
	for n in range(16):
		same(rows[2 + 2 * n][1:4], f'{n + 1:3}', f'the rank in {rows[2 + 2 * n]!r}')


@test
def the_article_follows_the_cursor():
	for _ in range(6):
		term.press('j')
	goes_to(7)
	title = edition[6]['title']
	term.wait(lambda rows: title[:20] in rows[2][48:], 'the article of the seventh story')
	term.press('Tab')
	term.wait(lambda rows: '▌' in rows[2][48:56] and rows[14].startswith('│'), 'Tab puts the focus into the article')
	term.press('Tab')
	term.wait(lambda rows: rows[14].startswith('▌'), 'Tab puts it back')


@test
def e_explains_the_rank():
	term.press('g', 'e')
	s = edition[0]
	rows = term.shows('Why number 1', 'points', 'score', 'e closes')
	score = next(row for row in rows if re.search(r'│ +score ', row))
	shown = [int(m.group(1)) for row in rows for m in [re.search(r' ([+-]\d+)$', row)] if m]
	same(sum(shown), int(score.split()[-1]), f'the sum of {shown}')
	same(abs(int(score.split()[-1]) - s['score']) <= 1, True, f'the score {score} of {s["score"]}')
	term.press('e')
	term.hides('Why number 1')


@test
def z_unfolds_a_story():
	s = next(s for s in edition if s['entries'] >= 3)
	press_to(f'{" ".join(str(s["rank"]))} g', s['rank'])
	rows = term.shows('ALSO IN THIS STORY')
	before = [row[:50] for row in rows]
	term.press('z')
	rows = term.wait(lambda rows: sum(1 for row in rows if re.match(r'^[▌│ ] {5}[●○ ] ', row[:9]) and row[21:50].strip()) >= s['entries'],
	                 'the members')
	term.press('j')
	term.wait(lambda rows: [row[:50] for row in rows] != before, 'j goes to a member')
	term.press('z')
	term.wait(lambda rows: not any(re.match(r'^[▌│ ] {5}[●○ ] \S.{12}\S', row[:24]) and False for row in rows) and
	          [row[6:50] for row in rows[2:10]] == [row[6:50] for row in before[2:10]], 'z folds it again')
	alone = next(s for s in edition if s['entries'] == 1)
	press_to(f'{" ".join(str(alone["rank"]))} g', alone['rank'])
	term.press('z')
	term.status('one source')
	term.press('Esc')


@test
def i_shows_what_is_hidden_of_glosses():
	rank = next(s['rank'] for s in edition if s['title'] == '监管部门约谈三家平台')
	press_to(f'{" ".join(str(rank))} g', rank)
	term.shows('监管部门说，各行各业都应重视用户的选择。', 'pinyin hidden')
	term.press('i')
	term.shows('监(jiān)管部门说，各行(háng)各业')
	term.press('i')
	term.shows('监管部门说，各行各业')
	term.press('Esc')


@test
def A_marks_the_list_read():
	term.press('A')
	term.status('marked read')
	term.wait(lambda rows: rows[0].find(' 0 unread') > 0, 'nothing is unread')
	until(lambda: all(e['read'] for e in home.run('latest', '--json').json()['entries']), 'all is read in the cache too')


# ---- 200x50 ----

@test
def at_200x50_the_list_stops_growing():
	open_at(200, 50)
	first = edition[0]
	rows = term.wait(lambda rows: first['title'][:30] in rows[2][75:], 'the article')
	same({i for row in rows[2:48] for i in [next(cells(row[:k]) for k, c in enumerate(row) if c == '│')]}, {72}, 'the rule')
	width = max(cells(row) for row in rows[2:48])
	same(width <= 73 + 27 + 72 + 2, True, f'the text is 72 wide at most: {width}')


@test
def a_resize_keeps_the_row():
	press_to('1 2 g', 12)
	title = edition[11]['title'][:5]      # as much as the smallest list shows, in any script
	for w, h in ((80, 24), (120, 36), (80, 40), (40, 12), (20, 5), (200, 50)):
		term.resize(w, h)
		term.wait(lambda rows: title in cursor(rows), f'the row at {w}x{h}')
	goes_to(12)


@test
def a_stacked_screen_has_a_rule_across():
	term.resize(80, 40)
	rows = term.wait(lambda rows: any(row == '─' * 80 for row in rows), 'the rule')
	same(sum(row == '─' * 80 for row in rows), 1, 'one rule')


# ---- the terminal ----

def in_shell(w=80, h=24):
	"""lede started from a shell, which says its settings before and after."""
	t = Terminal(home, w, h, shell="sh -i", env={'PS1': 'shell> '})
	t.shows('shell>')
	t.type('stty -g > before; ' + t.lede + '; echo "left with $?"; stty -g > after')
	t.status('why: ')
	return t


def restored(t):
	t.wait(lambda rows: 'left with 0' in rows, 'its end')
	until(lambda: os.path.exists(home.at('after')) and open(home.at('after')).read(), 'stty')
	same(open(home.at('after')).read(), open(home.at('before')).read(), "the terminal's settings")
	same(t.fact('alternate_on'), '0', 'the alternate screen is left')
	same(t.fact('cursor_flag'), '1', 'the cursor is shown')
	t.close()
	os.remove(home.at('after'))


@test
def q_in_top_quits_and_leaves_the_terminal_as_it_was():
	t = in_shell()
	t.press('q')
	restored(t)


@test
def Q_quits_from_anywhere():
	t = in_shell()
	t.press(']', ']')
	t.shows('FEED')
	t.press('Enter')
	t.status('Feeds > ')
	t.press('Q')
	restored(t)


@test
def suspended_it_leaves_the_terminal_and_comes_back():
	t = in_shell()
	t.press('j')
	t.wait(lambda rows: rows[-1].startswith(' 2/'), 'the second row')
	t.press('^Z')
	t.wait(lambda rows: any('shell>' in row for row in rows) and not any('why: ' in row for row in rows), 'the shell')
	same(t.fact('alternate_on'), '0', 'the alternate screen is left')
	until(lambda: os.path.exists(home.at('after')), 'the shell is back')
	os.remove(home.at('after'))
	t.type('fg; echo "left with $?"; stty -g > after')
	t.wait(lambda rows: rows[-1].startswith(' 2/') and rows[2].startswith('   1 '), 'lede again, on the same row')
	t.press('j')
	t.wait(lambda rows: rows[-1].startswith(' 3/'), 'it answers')
	t.press('q')
	restored(t)


@test
def ctrl_c_does_not_quit():
	t = in_shell()
	t.press('^C', 'j')
	t.wait(lambda rows: rows[-1].startswith(' 2/'), 'it goes on')
	t.press('q')
	restored(t)


# ---- stories put right ----

def told(entry):
	"""The id of the story that the cache has an entry in, and its entries."""
	story = home.run('show', str(entry), '--json').json()['story']
	return story, [e['id'] for e in home.run('latest', '--json').json()['entries'] if e['story'] == story]


def rank_of(entry):
	"""Where the story of an entry stands in the edition that is on the screen."""
	return home.run('why', str(entry)).out.split()[1]


def goes_to_entry(entry):
	rank = int(rank_of(entry))
	press_to(f'{" ".join(str(rank))} g', rank)


@test
def an_entry_split_off_stays_off_and_joined_ones_together():
	global term
	open_at(120, 36)
	row = next(s for s in edition if s['entries'] > 2)
	lead, left = row['entry'], next(m for m in row['members'] if m != row['entry'])
	members = [lead] + [m for m in row['members'] if m != lead]
	goes_to_entry(lead)
	headline = cursor()
	term.press('z')
	term.wait(lambda rows: sum(row.startswith('      ●') for row in rows) >= row['entries'], 'it is unfolded')
	term.press(*['j'] * (1 + members.index(left)))
	term.wait(lambda rows: cursor(rows) != headline, 'on a member')
	term.press('X')
	term.status('split off')
	same(told(left), (left, [left]), 'a story of its own')
	same(left in told(lead)[1], False, 'the story without it')
	same(int(rank_of(left)), int(rank_of(lead)) + 1, 'it stands below')
	home.run('refresh', '--force').expect(0)
	same(told(left), (left, [left]), 'still, after a refresh')
	term.close()
	term = Terminal(home, 120, 36)
	term.status('1/', 'why: ')
	same(told(left), (left, [left]), 'still, after a new start')
	goes_to_entry(left)
	term.press('J')
	term.status('join with which story?')
	term.press('Esc', 'J', 'k')
	term.wait(lambda rows: cursor(rows)[1:4].strip() == rank_of(lead), 'on the other story')
	term.press('J')
	term.status('joined')
	same(sorted(told(lead)[1]), sorted(row['members']), 'one story again')
	home.run('refresh', '--force').expect(0)
	same(sorted(told(left)[1]), sorted(row['members']), 'still, after a refresh')
	term.press('Esc', 'g')


@test
def plus_and_minus_teach():
	press_to('g', 1)
	term.press('+')
	term.status('more like this')
	until(lambda: home.run('profile', '--json').json()['feeds'], 'the cache has learned')
	kept = schema.check(home.run('profile', '--json').json(), schema.PROFILE)
	same([f['weight'] for f in kept['feeds']], [1], 'half on the feed')
	same({w['weight'] for w in kept['words']}, {2}, 'two on the words')
	term.press('Esc', '-')
	term.status('less like this')
	until(lambda: not home.run('profile', '--json').json()['words'], 'the cache has it back')
	home.run('profile', '--forget', 'all').expect(0)


# ---- the look ----

def rule_at(rows):
	"""The column of the rule between list and article."""
	return next(cell for cell in range(30, 120) if column(rows[2], cell) == '│')


@test
def the_theme_is_seen_before_it_is_kept():
	term.press('t')
	term.wait(lambda rows: any('whole screen shows the line you are on' in row for row in rows), 'the panel')
	term.press('j', 'j')
	term.wait(lambda rows: any('Enter keeps it (theme = ' in row for row in rows), 'a preview')
	term.press('Esc', 't', 'G', 'Enter')
	term.status('kept: theme = mono')
	until(lambda: 'theme = mono' in open(home.config).read(), 'the configuration has it')
	term.press('t', 'Esc')


@test
def rows_and_split_are_as_they_were_left():
	global term
	before = rule_at(term.screen())
	term.press('d')
	term.status('rows = comfortable')
	term.press('>', '>', '<')
	term.wait(lambda rows: rule_at(rows) == before + 2, 'the rule has moved')
	term.close()
	term = Terminal(home, 120, 36)
	term.status('1/', 'why: ')
	same(rule_at(term.screen()), before + 2, 'the rule after a new start')


# ---- the table ----

def commands():
	"""(name, keys) of every row of the command table."""
	path = os.path.join(SOURCE, 'src/app/command.c')
	need(os.path.exists(path), f'no {path}')
	with open(path, encoding='utf-8') as file:
		return re.findall(r'^\t\{ "([a-z-]+)", "([^"]+)", ON_', file.read(), re.M)


@test
def every_command_was_pressed():
	same([(name, keys) for name, keys in commands() if not set(keys.split()) & pressed], [], 'commands no test presses')
	keys = {key for _, keys in commands() for key in keys.split()}
	same(sorted(keys - pressed), [], 'keys no test presses')
	same(len(keys & pressed) >= 30, True, f'{len(keys & pressed)} keys')


finish(lambda: (close_all(), server.close()))
