#!/usr/bin/env python3
"""bad_luck_test.py - servers, disks, files and terminals that misbehave, and ledes that are killed.

Each time: a sentence that names the thing, the status that PRODUCT.md gives it, and nothing lost that was stored.
"""
import json
import os
import signal
import socket
import sqlite3
import subprocess
import threading

import newsroom
import schema
from feed_server import Server
from lede import Home, finish, need, same, test, until
from terminal import Terminal, cells, close_all

NOW = newsroom.NOW
server = Server()
good = server.put_sources(newsroom.SOURCES)
filled = None        # a home with everything fetched, that nobody changes


def full_home():
	global filled
	if not filled:
		filled = Home(NOW)
		filled.subscribe(good)
		filled.run('refresh').expect(0)
	return filled


def copy_of_full():
	"""Another home with the same cache."""
	h = Home(NOW)
	h.subscribe(good)
	os.makedirs(os.path.dirname(h.db))
	with sqlite3.connect(full_home().db) as old, sqlite3.connect(h.db) as new:
		old.backup(new)
	new.execute('PRAGMA journal_mode=WAL')
	new.close()
	old.close()
	return h


def fails_with(page, words, path, content_type='text/html'):
	"""What a refresh says of the feed at this path, beside one that is well."""
	h = Home(NOW)
	bad = server.put(path, page, content_type)
	h.subscribe([good[0], bad])
	result = h.run('refresh', '--json').expect(3)
	lines = schema.check_refresh(result.lines())
	one = next(one for one in lines[:-1] if one['feed'] == bad)
	same(one['result'], 'failed', f'result of {one}')
	for word in words:
		same(word in one['error'], True, f'“{word}” in {one["error"]!r}')
	health = next(f for f in h.run('feeds', '--json').json()['feeds'] if f['url'] == bad)
	same((health['state'] != 'ok', health['failures'], health['error'] is not None, health['error_at']),
	     (True, 1, True, newsroom.stamp(NOW)), f'health {health}')
	same(len(h.run('latest', '--json').json()['entries']) >= len(newsroom.SOURCES[0].entries), True, 'the other feed came')
	return h, bad


# ---- the network ----

def closed_port():
	with socket.socket() as s:
		s.bind(('127.0.0.1', 0))
		return s.getsockname()[1]


@test
def nobody_listens():
	h = Home(NOW)
	h.subscribe([f'http://127.0.0.1:{closed_port()}/feed'])
	h.run('refresh').expect(4)
	same('127.0.0.1' in h.run('feeds', '--json').json()['feeds'][0]['error'], True, 'the error names the host')
	h.remove()


@test
def an_address_where_nobody_answers_is_subscribed_to_all_the_same():
	h = Home(NOW)
	url = f'http://127.0.0.1:{closed_port()}/feed'
	h.run('add', url).expect(4, 'subscribed', '127.0.0.1')
	same([f['url'] for f in h.run('feeds', '--json').json()['feeds']], [url], 'feeds')
	h.remove()


@test
def what_is_not_found():
	h, _ = fails_with(lambda r: r.answer(404, b'', {}), ['404'], '/gone-fishing')
	h.remove()


@test
def what_is_gone_is_not_asked_again():
	h, bad = fails_with(lambda r: r.answer(410, b'', {}), ['gone'], '/gone')
	server.forget()
	again = h.run('refresh', '--json')
	same([one['result'] for one in again.lines()[:-1] if one['feed'] == bad], ['skipped'], 'the second refresh')
	same('/gone' in [path for path, _, _ in server.asked], False, 'it was asked')
	h.remove()


@test
def who_asks_to_wait_is_left_alone():
	h, bad = fails_with(lambda r: r.answer(503, b'', {'Retry-After': '3600'}), ['503'], '/busy')
	server.forget()
	h.run('refresh')
	same('/busy' in [path for path, _, _ in server.asked], False, 'it was asked')
	h.run('refresh', '--force', bad)
	same('/busy' in [path for path, _, _ in server.asked], True, '--force asks')
	h.remove()


@test
def what_failed_is_asked_again_when_a_person_asks():
	h, bad = fails_with(lambda r: r.answer(500, b'', {}), ['500'], '/broken')
	server.forget()
	h.run('refresh')
	same('/broken' in [path for path, _, _ in server.asked], True, 'it was asked')
	h.remove()


@test
def at_a_terminal_a_refresh_counts_what_came():
	h, bad = fails_with(lambda r: r.answer(503, b'', {'Retry-After': '3600'}), ['503'], '/later')
	t = Terminal(h, 200, 24, shell=' '.join(h.argv('refresh')))
	t.shows('asked to wait until', 'lede refresh --force URL', 'refreshed 2 feeds: 0 new, 0 failed, 1 left alone')
	same(t.ended(), 0, 'status')
	h.remove()


@test
def who_reads_along_may_leave():
	h = full_home()
	for command in ('top', 'latest --json'):
		done = subprocess.run(['sh', '-c', f'{{ "$@" {command}; echo $? >&2; }} | head -c 1', 'sh', *h.argv()],
		                      env=h.env, cwd=h.path, capture_output=True, check=True)
		same(done.stderr, b'0\n', f'what lede {command} said, and its status')


@test
def what_can_never_be_fetched_is_not_subscribed_to():
	h = Home(NOW)
	h.run('add', 'http://127.0.0.1:99999/').expect(2, '65535')
	same(os.path.exists(h.feeds), False, 'a feeds file was made')
	h.remove()


@test
def a_web_page_is_no_feed():
	h, _ = fails_with(b'<!DOCTYPE html><html><head><title>Welcome</title></head><body><p>Hello</p></body></html>',
	                  ['web page'], '/page')
	h.remove()


@test
def no_bytes_are_no_feed():
	h, _ = fails_with(b'', ['empty'], '/empty', 'application/xml')
	h.remove()


@test
def of_a_feed_that_is_cut_off_what_came_is_kept():
	body = newsroom.SOURCES[1].body()

	def cut(r):
		r.send_response(200)
		r.send_header('Content-Type', 'application/xml')
		r.send_header('Content-Length', str(len(body)))
		r.send_header('ETag', '"whole"')
		r.end_headers()
		r.wfile.write(body[:body.index(b'<entry>', len(body) // 2) + 30])
		r.close_connection = True
		return 200
	h, bad = fails_with(cut, ['cut off'], '/cut')
	entries = [e for e in h.run('latest', '--json').json()['entries'] if e['feed'] == bad]
	same(0 < len(entries) < len(newsroom.SOURCES[1].entries), True, f'{len(entries)} entries came')
	server.forget()
	server.put('/cut', body)
	h.run('refresh', '--force', bad).expect(0)
	same('If-None-Match' in server.asked[-1][2], False, 'the validator of half a feed is not believed')
	entries = [e for e in h.run('latest', '--json').json()['entries'] if e['feed'] == bad]
	same(len(entries), len(newsroom.SOURCES[1].entries), 'entries after all of it came')
	h.remove()


@test
def redirects_in_a_ring_end():
	server.put('/ring/a', lambda r: r.answer(302, b'', {'Location': '/ring/b'}))
	h, _ = fails_with(lambda r: r.answer(302, b'', {'Location': '/ring/a'}), ['redirected'], '/ring/b')
	h.remove()


@test
def a_redirect_to_a_file_is_not_followed():
	h, _ = fails_with(lambda r: r.answer(302, b'', {'Location': 'file:///etc/passwd'}), ['redirected'], '/to-a-file')
	h.remove()


# ---- the disk ----

@test
def a_folder_that_cannot_be_made():
	h = Home(NOW)
	h.subscribe(good[:1])
	h.write(h.at('data'), 'a file where the folder should be')
	h.run('refresh').expect(5, h.at('data'))
	h.remove()


# ---- the cache ----

def refused_and_kept(h, *words):
	with open(h.db, 'rb') as file:
		before = file.read()
	for command in (['refresh'], ['top'], ['latest', '--json'], ['mark', 'star', 1]):
		h.run(*command).expect(5, h.db, *words)
	with open(h.db, 'rb') as file:
		same(file.read() == before, True, 'the file is as it was')
	h.remove()


@test
def a_cache_of_a_newer_lede_is_left_alone():
	h = copy_of_full()
	db = sqlite3.connect(h.db)
	db.execute('PRAGMA user_version=99')
	db.execute('PRAGMA journal_mode=DELETE')
	db.close()
	refused_and_kept(h, 'newer')


@test
def a_file_that_is_no_database_is_left_alone():
	h = Home(NOW)
	h.subscribe(good[:1])
	h.write(h.db, 'these are my notes, not a cache\n' * 1000)
	refused_and_kept(h)


@test
def a_reader_says_so_too_and_leaves_the_terminal():
	h = Home(NOW)
	h.subscribe(good[:1])
	h.write(h.db, 'these are my notes, not a cache\n' * 1000)
	t = Terminal(h)
	same(t.ended(), 5, 'status')
	same('lede: the cache ' + h.db in t.said(), True, t.said())
	same(t.fact('alternate_on'), '0', 'the alternate screen is left')
	t.close()
	h.remove()


# ---- the configuration ----

@test
def a_wrong_line_of_the_configuration_is_named():
	h = copy_of_full()
	h.write(h.config, '[lede]\nlayuot = single\nrows = dense\nsplit = wide\nno equals sign\n')
	result = h.run('top').expect(0, f'{h.config} line 2', 'layout', f'{h.config} line 4', f'{h.config} line 5')
	same(len(result.err.splitlines()), 3, f'sentences in {result.err!r}')
	h.remove()


@test
def a_reader_starts_with_a_wrong_configuration():
	for wrong, sentence in (('layuot = single', 'config line 2: unknown option “layuot”; did you mean layout?'),
	                        ('layuot = single\ntheme = nosuch', 'did you mean layout?; and 1 more'),
	                        ('theme = nosuch', 'no theme “nosuch”')):
		h = copy_of_full()
		h.write(h.config, f'[lede]\n{wrong}\nrows = dense\n')
		t = Terminal(h, 120, 36)
		t.shows(sentence)
		t.wait(lambda rows: rows[3].startswith('   2 '), 'dense rows')
		t.press('Q')
		same(t.ended(), 0, 'status')
		t.close()
		h.remove()


@test
def a_wrong_line_of_the_feeds_file_is_named():
	h = copy_of_full()
	h.write(h.feeds, f'{good[0]}\nexec:rm -rf /\n{good[1]} news "~My title"\n')
	h.run('feeds').expect(0, f'{h.feeds} line 2')
	same([(f['url'], f['tags']) for f in h.run('feeds', '--json').json()['feeds']], [(good[0], []), (good[1], ['news'])], 'feeds')
	h.remove()


# ---- terminals ----

@test
def a_terminal_of_20x5_shows_the_bare_list():
	t = Terminal(full_home(), 20, 5)
	rows = t.wait(lambda rows: rows[0].startswith('▌  1 ') and rows[3].startswith('   4 '), 'four stories')
	same(rows[4].startswith(' 1/'), True, f'status {rows[4]!r}')
	same(max(cells(row) for row in rows) <= 20, True, 'cells')
	t.press('Enter')
	t.wait(lambda rows: not rows[3].startswith('   4 '), 'the article')
	t.press('Q')
	same(t.ended(), 0, 'status')
	t.close()


@test
def a_terminal_of_19x4_says_what_it_needs():
	t = Terminal(full_home(), 19, 4)
	t.shows('lede needs 20x5', 'now 19x4', 'q quits')
	t.resize(80, 24)
	t.status('why: ')
	t.resize(19, 4)
	t.shows('lede needs 20x5')
	t.press('q')
	same(t.ended(), 0, 'status')
	t.close()


@test
def a_dumb_terminal_gets_a_sentence():
	t = Terminal(full_home(), env={'TERM': 'dumb'})
	same(t.ended(), 2, 'status')
	same('lede: ' in t.said() and 'dumb' in t.said() and 'lede top' in t.said(), True, t.said())
	t.close()


@test
def a_vt100_a_console_and_an_xterm_show_the_list():
	for name in ('vt100', 'linux', 'xterm', 'xterm-256color', 'screen'):
		t = Terminal(full_home(), env={'TERM': name})
		t.status('why: ')
		t.wait(lambda rows: rows[0].startswith(' lede') and rows[3].startswith('   2 '), f'the list on {name}')
		t.press('j')
		t.wait(lambda rows: rows[-1].startswith(' 2/'), f'j on {name}')
		t.press('Q')
		same(t.ended(), 0, f'status on {name}')
		t.close()


@test
def a_locale_without_utf_8_gets_ascii():
	t = Terminal(full_home(), env={'LC_ALL': 'C', 'LANG': 'C'})
	rows = t.status('why: ')
	same([row for row in rows if not row.isascii()], [], 'rows that are not ASCII')
	same(rows[2].startswith('>  1 '), True, f'the cursor {rows[2]!r}')
	t.press('Q')
	same(t.ended(), 0, 'status')
	t.close()


@test
def commands_print_utf_8_in_every_locale():
	title = newsroom.ALONE[100]
	same(title in full_home().run('latest', env={'LC_ALL': 'C'}).expect(0).out, True, 'a Chinese title')


# ---- signals ----

def in_shell(h, before=''):
	"""lede in a shell that says how it ended; its process is in the file pid."""
	t = Terminal(h, shell='sh -i', env={'PS1': 'shell> '})
	t.shows('shell>')
	t.type(f'stty -g > before; sh -c \'echo $$ > pid; exec {t.lede}\'; echo "left with $?"; stty -g > after')
	t.status('why: ')
	with open(h.at('pid')) as file:
		return t, int(file.read())


@test
def a_signal_ends_it_and_the_terminal_is_restored():
	for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
		h = copy_of_full()
		t, pid = in_shell(h)
		t.press('s')
		t.status('starred')
		os.kill(pid, number)
		t.shows(f'left with {128 + number}')
		until(lambda: os.path.exists(h.at('after')) and os.path.getsize(h.at('after')), 'stty')
		same(open(h.at('after')).read(), open(h.at('before')).read(), f"the terminal's settings after {number}")
		same((t.fact('alternate_on'), t.fact('cursor_flag')), ('0', '1'), 'alternate screen, cursor')
		same(len(h.run('starred', '--json').json()['entries']), 1, 'the star is kept')
		t.close()
		h.remove()


def gone(pid):
	try:
		os.kill(pid, 0)
	except ProcessLookupError:
		return True
	with open(f'/proc/{pid}/stat') as file:
		return file.read().rsplit(')', 1)[1].split()[0] == 'Z'


@test
def it_ends_when_its_terminal_is_closed():
	h = copy_of_full()
	t, pid = in_shell(h)
	t.press('s')
	t.status('starred')
	t.close()
	until(lambda: gone(pid), f'process {pid} has ended')
	same(len(h.run('starred', '--json').json()['entries']), 1, 'the star is kept')
	h.remove()


# ---- killed ----

@test
def killed_in_the_middle_of_a_refresh_it_goes_on_from_there():
	go_on = threading.Event()
	last = newsroom.SOURCES[12]
	body = last.body()

	def slow(r):
		r.send_response(200)
		r.send_header('Content-Type', 'application/xml')
		r.send_header('Content-Length', str(len(body)))
		r.end_headers()
		r.wfile.write(body[:len(body) // 2])
		r.wfile.flush()
		go_on.wait(30)
		r.wfile.write(body[len(body) // 2:])
		return 200
	h = Home(NOW)
	late = server.put('/slow', slow)
	h.subscribe(good[:10] + [late])
	process = h.start('refresh', '--json')
	seen = [process.stdout.readline() for _ in range(10)]
	same(all(b'"new"' in line for line in seen), True, f'what had come: {seen}')
	process.kill()
	process.communicate()
	go_on.set()
	kept = h.run('latest', '--json').expect(0).json()['entries']
	same(sorted({e['feed'] for e in kept if e['feed'] != late}), sorted(good[:10]), 'what had come is kept')
	h.now = NOW + 200
	server.put('/slow', body)
	h.run('refresh').expect(0)
	entries = h.run('latest', '--json').json()['entries']
	wanted = sum(len(s.entries) for s in newsroom.SOURCES[:10]) + len(last.entries)
	same(len(entries), wanted, 'entries, each once')
	same([e['id'] for e in kept if dict(e, story=0) not in [dict(now, story=0) for now in entries]], [], 'kept entries that changed')
	top = h.run('top', '--json').json()['stories']
	same(sorted(m for s in top for m in s['members']), sorted(e['id'] for e in entries), 'every entry is in one story')
	h.remove()


@test
def killed_reading_it_has_kept_what_it_showed():
	h = copy_of_full()
	t, pid = in_shell(h)
	t.press('s')
	t.status('starred')
	until(lambda: h.run('starred', '--json').json()['entries'], 'the star is in the cache')
	os.kill(pid, signal.SIGKILL)
	until(lambda: gone(pid), f'process {pid} has ended')
	same(len(h.run('starred', '--json').json()['entries']), 1, 'the star is kept')
	h.run('refresh').expect(0)
	t.close()
	h.remove()


@test
def two_refreshes_at_once_bring_everything_once():
	h = Home(NOW)
	h.subscribe(good)
	both = [h.start('refresh', '--json') for _ in range(2)]
	ends = [(p.communicate(), p.returncode) for p in both]
	same({status for _, status in ends} <= {0}, True, f'status: {ends}')
	new = sum(schema.check_refresh([json.loads(line) for line in out.splitlines()])[-1]['summary']['new']
	          for (out, _), _ in ends)
	total = sum(len(s.entries) for s in newsroom.SOURCES)
	same(new, total, 'new entries of both together')
	same(len(h.run('latest', '--json').json()['entries']), total, 'entries')
	h.run('refresh').expect(0)
	same(len(h.run('latest', '--json').json()['entries']), total, 'entries')
	h.remove()


@test
def two_readers_share_a_cache():
	h = copy_of_full()
	one, two = Terminal(h), Terminal(h)
	one.status('why: ')
	two.status('why: ')
	one.press('s')
	one.status('starred')
	two.press('j')
	two.press('s')
	two.status('starred')
	until(lambda: len(h.run('starred', '--json').json()['entries']) == 2, 'both stars are in the cache')
	h.run('refresh').expect(0)
	for t in (one, two):
		t.press('Q')
		same(t.ended(), 0, 'status')
		t.close()
	h.remove()


# ---- the output ----

@test
def output_that_cannot_be_written_is_no_success():
	need(os.path.exists('/dev/full'), 'no /dev/full')
	for words in (['top'], ['top', '--json'], ['latest', '--json'], ['--help'], ['feeds']):
		with open('/dev/full', 'wb') as full:
			full_home().run(*words, stdout=full).expect(1, 'output')


@test
def a_closed_output_is_no_success():
	h = full_home()
	for words in (['top'], ['--version']):
		done = subprocess.run(['sh', '-c', 'exec "$@" >&-', 'sh', *h.argv(*words)], env=h.env, stdin=subprocess.DEVNULL,
		                      stderr=subprocess.PIPE, check=False)
		same(done.returncode, 1, f'status of {words} ({done.stderr})')


@test
def a_reader_that_goes_away_ends_it():
	h = full_home()
	process = h.start('latest', '--json')
	process.stdout.read(10)
	process.stdout.close()
	same(process.wait(timeout=20) in (0, 1, -signal.SIGPIPE), True, f'status {process.returncode}')
	process.stderr.close()


finish(lambda: (close_all(), server.close()))
