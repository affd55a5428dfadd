#!/usr/bin/env python3
"""faults_test.py - servers that misbehave, each in a way that has a name.

Whatever a server does: no crash, an end within the time that is set, less than 100 MB, one clear sentence that names the feed, and
no lie in the store: only whole entries, no validators of an answer that was not whole, an integrity check that passes, and the other
feed as if nothing had been.
"""
import gzip
import json
import os
import signal
import socket
import sqlite3
import struct
import subprocess
import time
import zlib

import newsroom
import schema
from feed_server import RawServer, Server
from lede import SLOWER, Home, finish, need, same, test

NOW = newsroom.NOW
TIMEOUT = 2                     # seconds, as configured
MEMORY = 100 << 10              # kilobytes
server = RawServer()
well = Server()
good = well.put('/good', newsroom.SOURCES[0].body(), newsroom.SOURCES[0].content_type())

ITEM = b'<item><title>Whole %d</title><link>http://f.example/%d</link><guid>g%d</guid></item>'
HEAD = b'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title><link>http://f.example/</link><description>d</description>'
TAIL = b'</channel></rss>'


def item(n):
	return ITEM % (n, n, n)


FEED = HEAD + item(1) + item(2) + TAIL


def answer(body, status='200 OK', **headers):
	lines = [f'HTTP/1.1 {status}', 'Connection: close'] + [f'{k.replace("_", "-")}: {v}' for k, v in headers.items()]
	return '\r\n'.join(lines).encode('latin-1') + b'\r\n\r\n' + body


def feed_answer(body=FEED, **headers):
	return answer(body, ETag='"e"', Content_Type='application/rss+xml', **headers)


# ---- one fault ----

class Outcome:
	pass


def peak(pid):
	"""Kilobytes at most so far; 0 when it has ended. (What wait4 tells begins with what this script itself took.)"""
	try:
		with open(f'/proc/{pid}/status', encoding='ascii') as file:
			return next((int(line.split()[1]) for line in file if line.startswith('VmHWM')), 0)
	except OSError:
		return 0


def fetch(home, *words):
	"""Runs a refresh and measures it."""
	began, memory = time.monotonic(), 0
	process = subprocess.Popen(home.argv('refresh', '--json', *words), env=home.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
	                           stderr=subprocess.PIPE, cwd=home.path)
	while process.poll() is None:
		memory = max(memory, peak(process.pid))
		if time.monotonic() - began > 100 * SLOWER:
			process.kill()
		time.sleep(0.002)
	out, err = (text.decode() for text in process.communicate())
	if process.returncode < 0 or 'Sanitizer' in err:
		raise AssertionError(f'crashed with {process.returncode}: {err}')
	got = Outcome()
	got.seconds, got.memory = time.monotonic() - began, memory
	got.lines = schema.check_refresh([json.loads(line) for line in out.splitlines()])
	return got


def store_is_sound(home):
	db = sqlite3.connect(home.db)
	try:
		same(db.execute('pragma integrity_check').fetchall(), [('ok',)], 'integrity check')
		return db.execute('select count(*) from validator v join feed f on f.id = v.feed where f.url <> ?', (good,)).fetchone()[0]
	finally:
		db.close()


def stored_entries(home):
	db = sqlite3.connect(home.db)
	try:
		return db.execute('select count(*) from entry e join feed f on f.id = e.feed where f.url <> ?', (good,)).fetchone()[0]
	finally:
		db.close()


def run_fault(url, words, entries, result, limit, whole, timeout, stored):
	home = Home(NOW)
	home.write(home.config, f'timeout = {timeout}\n')
	home.subscribe([good, url])
	got = fetch(home)
	one = next(o for o in got.lines[:-1] if o['feed'] != good)
	same(one['result'], result, f'result of {one}')
	same(next(o for o in got.lines[:-1] if o['feed'] == good)['result'], 'new', 'the other feed')
	for word in words:
		same(word in (one['error'] or ''), True, f'“{word}” in {one["error"]!r}')
	if result == 'failed':
		same(one['error'].count('\n'), 0, 'one line')
	same(store_is_sound(home), 1 if whole else 0, f'validators of what was not whole: {one}')
	if got.seconds > limit * SLOWER:
		raise AssertionError(f'took {got.seconds:.1f} s')
	if SLOWER == 1 and got.memory > MEMORY:
		raise AssertionError(f'took {got.memory} kB')
	if stored is not None:
		same(stored_entries(home), stored, 'entries stored')
	mine = [e['title'] for e in home.run('latest', '--json').json()['entries'] if e['feed'] != good]
	same([t for t in (f'Whole {n}' for n in range(1, entries + 1)) if t not in mine], [], 'whole entries that lack')
	same([t for t in mine if not t.startswith('Whole ')], [], 'half entries')
	health = next(f for f in home.run('feeds', '--json').json()['feeds'] if f['url'] != good)
	same(health['failures'], 1 if result == 'failed' else 0, f'failures in a row {health}')
	home.remove()


def fault(*words, entries=0, result='failed', limit=TIMEOUT + 4, scheme='http', whole=False, timeout=TIMEOUT, stored=None):
	"""A function that misbehaves at a connection becomes a test; the words stand in the sentence."""
	def made(misbehave):
		path = '/' + misbehave.__name__
		server.pages[path] = misbehave

		def run():
			run_fault(server.url(path, scheme), words, entries, result, limit, whole, timeout, stored)
		run.__name__ = misbehave.__name__
		test(run)
		return misbehave
	return made


# ---- time ----

@fault('no answer', limit=TIMEOUT + 4)
def accepts_and_says_nothing(c):
	time.sleep(20)


@fault('within 2 s')
def headers_that_drip(c):
	for byte in feed_answer():
		c.sendall(bytes([byte]))
		time.sleep(0.2)


@fault('not complete after 2 s', entries=1)
def a_body_that_drips(c):
	c.sendall(feed_answer(HEAD + item(1), Content_Length=100000))
	while True:
		c.sendall(b' ')
		time.sleep(0.1)


@fault('not complete after 2 s', entries=2)
def a_body_that_stops_and_stays_open(c):
	c.sendall(feed_answer(HEAD + item(1) + item(2), Content_Length=100000))
	time.sleep(20)


@fault('within 2 s')
def continues_for_ever(c):
	while True:
		c.sendall(b'HTTP/1.1 100 Continue\r\n\r\n')
		time.sleep(0.05)


# ---- size ----

def pour(c, start, piece):
	c.sendall(start)
	while True:
		c.sendall(piece)


@fault(limit=20)
def an_endless_body(c):
	pour(c, feed_answer(HEAD), b'<!--' + b'x' * 65536 + b'-->')


TAKEN = 100000                  # entries of one answer: FETCHING's bound
MORE = b''.join(item(n) for n in range(1, TAKEN + 20000))


# The time is long enough for all that is taken, so that it is the number of entries that ends the transfer, on any machine.
@fault('larger or deeper', limit=70, timeout=60, entries=100, stored=TAKEN)
def endless_entries(c):
	pour(c, feed_answer(HEAD) + MORE, b'<item><title>Too many</title></item>' * 1000)


@fault(limit=20)
def an_endless_title(c):
	pour(c, feed_answer(HEAD + b'<item><title>'), b't' * 65536)


@fault(limit=20)
def an_endless_start_tag(c):
	pour(c, feed_answer(HEAD + b'<item a="'), b'x' * 65536)


@fault(limit=20)
def endless_nesting(c):
	pour(c, feed_answer(HEAD), b'<a>' * 20000)


@fault(limit=20)
def a_gzip_bomb(c):
	z = zlib.compressobj(9, zlib.DEFLATED, 31)
	body = z.compress(HEAD) + b''.join(z.compress(b' ' * (1 << 20)) for _ in range(200)) + z.flush()
	c.sendall(feed_answer(body, Content_Encoding='gzip', Content_Length=len(body)))


@fault(limit=20)
def a_deflate_bomb(c):
	z = zlib.compressobj(9)
	body = z.compress(HEAD) + b''.join(z.compress(b' ' * (1 << 20)) for _ in range(200)) + z.flush()
	c.sendall(feed_answer(body, Content_Encoding='deflate', Content_Length=len(body)))


@fault(limit=20)
def a_bomb_within_a_bomb(c):
	z = zlib.compressobj(9, zlib.DEFLATED, 31)
	body = gzip.compress(z.compress(HEAD) + b''.join(z.compress(b' ' * (1 << 20)) for _ in range(100)) + z.flush())
	c.sendall(feed_answer(body, Content_Encoding='gzip, gzip', Content_Length=len(body)))


@fault(limit=20)
def entities_that_multiply(c):
	names = 'abcdefghij'
	doctype = '<!ENTITY a "' + 'lol' * 1000 + '">' + ''.join(
		f'<!ENTITY {n} "{("&" + names[i] + ";") * 20}">' for i, n in enumerate(names[1:]))
	body = f'<?xml version="1.0"?><!DOCTYPE rss [{doctype}]><rss version="2.0"><channel><title>&j;</title>'.encode()
	c.sendall(feed_answer(body + b'<item><title>Whole 1</title>' + b'<description>&j;&j;</description>'))


@fault('header')
def endless_headers(c):
	c.sendall(b'HTTP/1.1 200 OK\r\n')
	for n in range(10000000):
		c.sendall(b'X-%d: %s\r\n' % (n, b'y' * 1000))


@fault('header')
def one_endless_header(c):
	pour(c, b'HTTP/1.1 200 OK\r\nX-Long: ', b'z' * 65536)


@fault('header')
def an_endless_status_line(c):
	pour(c, b'HTTP/1.1 200 ', b'O' * 65536)


# ---- length and framing ----

@fault('cut off', entries=2)
def a_length_that_promises_more(c):
	c.sendall(feed_answer(Content_Length=len(FEED) + 5000))


@fault(entries=1, result='new')
def a_length_that_promises_less(c):
	c.sendall(feed_answer(FEED, Content_Length=len(HEAD) + len(item(1)) + 20))


@fault('larger')
def a_length_beyond_all_bounds(c):
	c.sendall(feed_answer(FEED, Content_Length=99999999999))


@fault()
def a_length_that_is_negative(c):
	c.sendall(feed_answer(FEED, Content_Length=-5))


@fault()
def a_length_that_is_no_number(c):
	c.sendall(feed_answer(FEED, Content_Length='many'))


@fault()
def chunks_that_are_none(c):
	c.sendall(feed_answer(b'zzz\r\nnonsense\r\n', Transfer_Encoding='chunked'))


@fault(entries=1)
def chunks_that_end_early(c):
	part = HEAD + item(1)
	c.sendall(feed_answer(b'%x\r\n' % len(part) + part + b'\r\n', Transfer_Encoding='chunked'))


@fault()
def a_chunk_of_absurd_size(c):
	c.sendall(feed_answer(b'ffffffffffffffffff\r\n' + FEED, Transfer_Encoding='chunked'))


@fault()
def gzip_announced_and_not_sent(c):
	c.sendall(feed_answer(FEED, Content_Encoding='gzip', Content_Length=len(FEED)))


@fault()
def gzip_that_is_cut_off(c):
	body = gzip.compress(FEED * 50)
	c.sendall(feed_answer(body[:len(body) // 2], Content_Encoding='gzip'))


@fault()
def an_encoding_nobody_knows(c):
	c.sendall(feed_answer(FEED, Content_Encoding='sdch'))


# ---- no HTTP ----

@fault()
def closes_at_once(c):
	pass


@fault()
def resets_the_connection(c):
	c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))


@fault()
def resets_in_the_middle(c):
	c.sendall(feed_answer(HEAD, Content_Length=100000))
	c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))


@fault()
def speaks_another_protocol(c):
	c.sendall(b'220 mail.example ESMTP\r\n')


@fault()
def sends_noise(c):
	c.sendall(bytes(range(256)) * 64)


@fault()
def a_status_that_is_none(c):
	c.sendall(b'HTTP/1.1 abc OK\r\n\r\n' + FEED)


@fault()
def a_version_of_the_future(c):
	c.sendall(b'HTTP/9.9 200 OK\r\n\r\n' + FEED)


@fault()
def headers_that_end_in_the_middle(c):
	c.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: appl')


@fault(scheme='https')
def tls_that_is_plain_text(c):
	c.sendall(b'HTTP/1.1 400 Bad Request\r\n\r\n')


@fault(scheme='https')
def tls_that_is_noise(c):
	c.sendall(b'\x16\x03\x03\x40\x00' + b'\xff' * 16384)


@fault(scheme='https')
def tls_that_says_nothing(c):
	time.sleep(20)


# ---- redirects ----

def redirect(c, to, status='302 Found'):
	c.sendall(answer(b'', status, Location=to, Content_Length=0))


@fault('redirect')
def a_redirect_to_itself(c):
	redirect(c, '/a_redirect_to_itself')


@fault('file')
def a_redirect_to_a_local_file(c):
	redirect(c, 'file:///etc/passwd')


@fault()
def a_redirect_to_gopher(c):
	redirect(c, 'gopher://127.0.0.1/1')


@fault()
def a_redirect_to_nowhere(c):
	redirect(c, 'http://')


@fault()
def a_redirect_without_a_target(c):
	c.sendall(answer(b'', '301 Moved Permanently', Content_Length=0))


@fault()
def a_redirect_to_an_endless_address(c):
	redirect(c, '/' + 'a' * 20000)


@fault()
def redirects_that_never_end(c):
	redirect(c, '/redirects_that_never_end?' + str(time.monotonic()))


# ---- statuses ----

@fault('password')
def wants_a_password(c):
	c.sendall(answer(b'no', '401 Unauthorized', WWW_Authenticate='Basic realm="x"', Content_Length=2))


@fault('refused (403)')
def refuses(c):
	c.sendall(answer(b'no', '403 Forbidden', Content_Length=2))


@fault('gone')
def is_gone_for_good(c):
	c.sendall(answer(b'', '410 Gone', Content_Length=0))


@fault('too many requests')
def wants_to_wait_for_centuries(c):
	c.sendall(answer(b'', '429 Too Many Requests', Retry_After='99999999999999', Content_Length=0))


@fault()
def wants_to_wait_since_1970(c):
	c.sendall(answer(b'', '503 Service Unavailable', Retry_After='Thu, 01 Jan 1970 00:00:00 GMT', Content_Length=0))


@fault()
def wants_to_wait_for_nonsense(c):
	c.sendall(answer(b'', '503 Service Unavailable', Retry_After='soon \x01 -5', Content_Length=0))


@fault('part only')
def sends_a_part_nobody_asked_for(c):
	c.sendall(answer(FEED, '206 Partial Content', Content_Range='bytes 0-10/9999', Content_Length=len(FEED)))


@fault('without a document')
def has_nothing_to_say(c):
	c.sendall(answer(b'', '204 No Content'))


@fault()
def a_status_nobody_knows(c):
	c.sendall(answer(b'', '799 Whatever', Content_Length=0))


# ---- wrong documents ----

@fault('web page')
def a_page_instead_of_the_feed(c):
	c.sendall(answer(b'<!DOCTYPE html><html><head><title>Hello</title></head><body>hi</body></html>', Content_Type='text/html'))


@fault('bot check')
def a_bot_check(c):
	c.sendall(answer(b'<html><title>Just a moment...</title></html>', '403 Forbidden', cf_mitigated='challenge', Content_Type='text/html'))


@fault('login')
def a_network_that_wants_a_login(c):
	c.sendall(answer(b'<html><body>Log in</body></html>', '511 Network Authentication Required', Content_Type='text/html'))


@fault()
def an_empty_document(c):
	c.sendall(feed_answer(b'', Content_Length=0))


@fault()
def a_document_of_zeroes(c):
	c.sendall(feed_answer(b'\0' * 100000))


@fault()
def a_picture(c):
	c.sendall(answer(b'\x89PNG\r\n\x1a\n' + os.urandom(4096), Content_Type='application/rss+xml'))


@fault(entries=2, result='new', whole=True)
def a_feed_that_calls_itself_a_picture(c):
	c.sendall(answer(FEED, Content_Type='image/png'))


@fault(entries=2, result='new', whole=True)
def a_feed_in_an_encoding_that_is_a_lie(c):
	c.sendall(answer(FEED.replace(b'?>', b' encoding="utf-16"?>', 1), Content_Type='text/xml; charset=klingon'))


@fault(entries=2, result='new', whole=True)
def cookies_without_end(c):
	c.sendall(answer(FEED, Content_Type='text/xml', Content_Length=len(FEED),
	                 **{f'Set_Cookie_{n}': 'x' * 100 for n in range(50)}))


@fault(entries=2, result='new', whole=True)
def a_304_to_who_has_nothing(c):
	asked = server.asked[-1][1]
	if 'If-None-Match' in asked:
		raise AssertionError('validators on the first request')
	c.sendall(feed_answer(FEED, Content_Length=len(FEED)))


# ---- beyond one feed ----

@test
def ipv6_is_spoken_and_its_faults_are_the_same():
	try:
		six = RawServer('::1')
	except OSError:
		need(False, 'there is no IPv6')
	six.pages['/half'] = lambda c: c.sendall(feed_answer(HEAD + item(1), Content_Length=9999))
	run_fault(six.url('/half'), ['cut off'], 1, 'failed', TIMEOUT + 4, False, TIMEOUT, None)
	six.close()


@test
def what_a_host_asked_for_holds_for_its_feeds_and_over_restarts():
	home = Home(NOW)
	server.pages['/busy'] = lambda c: c.sendall(answer(b'', '429 Too Many Requests', Retry_After='3600', Content_Length=0))
	server.pages['/calm'] = lambda c: c.sendall(feed_answer(Content_Length=len(FEED)))
	home.subscribe([server.url('/busy')])
	home.run('refresh').expect(4)
	home.subscribe([server.url('/busy'), server.url('/calm')])
	before = len(server.asked)
	lines = fetch(home).lines
	same([o['result'] for o in lines[:-1]], ['skipped', 'skipped'], 'results')
	same(len(server.asked), before, 'requests')
	same('host asked to wait' in lines[0]['error'] + lines[1]['error'], True, f'{lines}')
	later = Home(NOW + 3601)
	later.path, later.env = home.path, home.env
	same({o['feed'][-5:]: o['result'] for o in fetch(later, server.url('/calm')).lines[:-1]}['/calm'], 'new', 'an hour later')
	home.remove()


@test
def what_is_not_due_is_left_alone_without_a_word():
	home = Home(NOW)
	ttl = FEED.replace(b'<description>d', b'<ttl>600</ttl><description>d')
	well.put('/slow', ttl, 'application/rss+xml')
	well.put('/quick', FEED, 'application/rss+xml')
	home.write(home.config, f'[feed {well.url("/quick")}]\ninterval = 5m\n[feed {well.url("/never")}]\ninterval = never\n')
	well.put('/never', FEED.replace(b'f.example', b'n.example'), 'application/rss+xml')
	home.subscribe([well.url('/slow'), well.url('/quick'), well.url('/never')])

	def due(minutes):
		home.now = NOW + 60 * minutes
		return sorted(o['feed'].rsplit('/', 1)[1] for o in fetch(home, '--due').lines[:-1])
	same(due(0), ['quick', 'slow'], 'at first')
	same(due(4), [], 'four minutes later')
	same(due(6), ['quick'], 'six minutes later')
	same(due(601), ['quick', 'slow'], 'ten hours later')
	same(due(602), [], 'a minute after a 304')
	same(due(1190), ['quick'], 'the ttl lives over a 304')
	home.remove()


@test
def an_interrupt_ends_a_refresh_at_once():
	home = Home(NOW)
	home.subscribe([good, server.url('/accepts_and_says_nothing')])
	process = home.start('refresh')
	time.sleep(1.0)
	began = time.monotonic()
	process.send_signal(signal.SIGINT)
	process.communicate(timeout=20)
	same(time.monotonic() - began < 1.0 * SLOWER, True, 'it ended at once')
	same(store_is_sound(home), 0, 'validators')
	home.remove()


@test
def a_page_without_feeds_is_asked_at_the_usual_places():
	home = Home(NOW)
	web = Server()
	page = web.put('/blog/', b'<!DOCTYPE html><html><body>no links</body></html>', 'text/html')
	web.put('/feed.xml', FEED, 'application/rss+xml')
	added = schema.check(home.run('add', '--json', page).expect(0).json(), schema.ADDED)
	same(added['subscribed'], [web.url('/feed.xml')], 'subscribed')
	same([path for path, _, _ in web.asked], ['/blog/', '/feed', '/rss', '/atom.xml', '/feed.xml'], 'requests')
	web.forget()
	web.http.pages.pop('/feed.xml')
	result = home.run('add', page).expect(1, 'usual places')
	same(len(web.asked), 6, 'requests for nothing')
	web.close()
	home.remove()


@test
def a_feed_that_moved_is_followed_when_a_person_wants_it():
	home = Home(NOW)
	web = Server()
	new = web.put('/new', FEED, 'application/rss+xml')
	old = web.put('/old', lambda h: h.answer(301, b'', {'Location': '/new'}))
	home.write(home.feeds, f'# mine\n{old} tag # why\n')
	for hours in (0, 1, 2, 30):
		home.now = NOW + 3600 * hours
		home.run('refresh').expect(0)
	feed = home.run('feeds', '--json').json()['feeds'][0]
	same((feed['state'], feed['moved'], feed['address']), ('moved', new, new), 'offered')
	home.run('feeds', '--apply-moves').expect(0)
	with open(home.feeds, encoding='utf-8') as file:
		same(file.read(), f'# mine\n{new} tag # why\n', 'feeds file')
	feed = home.run('feeds', '--json').json()['feeds'][0]
	same((feed['state'], feed['moved'], feed['entries']), ('ok', None, 2), 'after it')
	home.run('refresh').expect(0)
	same(len(home.run('latest', '--json').json()['entries']), 2, 'entries')
	web.close()
	home.remove()


@test
def an_entry_opens_in_the_browser_and_in_no_shell():
	home = Home(NOW)
	page = well.put('/shell', HEAD + b'<item><title>Whole 1</title><link>http://f.example/$(touch%20ran)</link></item>' + TAIL)
	home.write(home.config, f'browser = "/bin/sh -c \'echo $0 > {home.at("opened")}\' %u"\n'.replace('"/bin', '/bin').replace('%u"', '%u'))
	home.subscribe([page])
	home.run('refresh').expect(0)
	home.run('open', '1').expect(0)
	for _ in range(100):
		if os.path.exists(home.at('opened')) and os.path.getsize(home.at('opened')):
			break
		time.sleep(0.05)
	with open(home.at('opened'), encoding='utf-8') as file:
		same(file.read(), 'http://f.example/$(touch%20ran)\n', 'what the browser got')
	home.run('open', '99').expect(1)
	home.remove()


@test
def a_password_comes_from_a_command_or_a_private_file_and_goes_to_its_host_only():
	home = Home(NOW)
	web, elsewhere = Server(), Server()

	def locked(h):
		if h.headers.get('Authorization') != 'Basic YW5uOnM6M2NyZXQ=':
			return h.answer(401, b'', {'WWW-Authenticate': 'Basic realm="x"'})
		return h.answer(200, FEED, {'Content-Type': 'application/rss+xml'})
	by_command, by_file, by_public = (web.put(f'/{n}', locked) for n in ('command', 'file', 'public'))
	away = web.put('/away', lambda h: h.answer(302, b'', {'Location': elsewhere.url('/there')}))
	elsewhere.put('/there', FEED, 'application/rss+xml')
	for name, mode in (('private', 0o600), ('public', 0o644)):
		home.write(home.at(name), 'ann:s:3cret\n')
		os.chmod(home.at(name), mode)
	home.write(home.config, f'[feed {by_command}]\nuser = ann\npassword-command = sh -c \'echo "$0" >> {home.at("runs")}; echo s:3cret\' x\n'
	           f'[feed {away}]\nuser = ann\npassword-command = sh -c \'echo "$0" >> {home.at("runs")}; echo s:3cret\' x\n'
	           f'[feed {by_file}]\npassword-file = {home.at("private")}\n[feed {by_public}]\npassword-file = {home.at("public")}\n')
	home.subscribe([by_command, by_file, by_public, away])
	result = home.run('refresh', '--json').expect(3, 'chmod 600')
	same({o['feed'].rsplit('/', 1)[1]: o['status'] for o in result.lines()[:-1]},
	     {'command': 200, 'file': 200, 'public': 401, 'away': 200}, 'statuses')
	same(any('Authorization' in headers for _, _, headers in elsewhere.asked), False, 'a password went to another host')
	with open(home.at('runs'), encoding='utf-8') as file:
		same(file.read(), 'x\n', 'the command ran once')
	same('3cret' in result.out + result.err, False, 'a password was told')
	home.remove()


@test
def a_certificate_that_is_not_checked_is_said_each_time():
	home = Home(NOW)
	url = server.url('/tls_that_is_noise', 'https')
	home.write(home.config, f'timeout = 2\n[feed {url}]\ntls-verify = no\n')
	home.subscribe([url])
	home.run('refresh').expect(4, 'certificate is not checked')
	same('certificate is not checked' in home.run('feeds').out, True, 'in the list')
	home.remove()


@test
def lede_s_own_cache_is_no_feed():
	home = Home(NOW)
	home.subscribe([good])
	home.run('refresh').expect(0)
	os.symlink(home.db, home.at('link'))
	home.subscribe([good, f'file://{home.db}', f'file://{home.at("link")}', f'file://{home.db}-wal'])
	lines = fetch(home).lines
	same(['own cache' in (o['error'] or '') for o in lines[:-1] if o['feed'].startswith('file:')][:2], [True, True], f'{lines}')
	store_is_sound(home)
	home.remove()


@test
def there_are_forty_faults():
	same(len(server.pages) >= 40, True, f'{len(server.pages)} faults')
	print(f'{len(server.pages)} ways to misbehave')


def clean():
	server.close()
	well.close()


finish(clean)
