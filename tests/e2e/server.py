#!/usr/bin/env python3
"""server.py - a feed server of its own on 127.0.0.1, for end-to-end tests and benchmarks.

Serves the files of one or several folders at /NAME as a careful server would: type, strong ETag,
Last-Modified, 304, gzip. Prints its port on a line of its own once it listens; ends on SIGTERM, when
standard input ends, and by itself after --max-seconds.

	/NAME                       the file
	/404 /410 /500              that status
	/503?retry=120              503 with Retry-After (so do /429 and the others)
	/html  /html-announces      a web page; one that announces two feeds
	/cut/NAME                   half of the body, then the connection ends
	/slow/NAME                  the body in ten pieces, 0.2 s apart
	/redirect/NAME /moved/NAME  302, 301 to /NAME
	/loop  /hang                redirects to itself; never answers
"""
import argparse
import email.utils
import gzip
import hashlib
import json
import os
import signal
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TYPES = {'.xml': 'application/xml', '.rss': 'application/rss+xml', '.atom': 'application/atom+xml',
	'.rdf': 'application/rdf+xml', '.json': 'application/feed+json', '.html': 'text/html; charset=utf-8',
	'.opml': 'text/x-opml', '.txt': 'text/plain; charset=utf-8'}
PAGE = '<!doctype html><html><head><title>A page</title>%s</head><body><p>No feed.</p></body></html>\n'
ANNOUNCED = ('<link rel="alternate" type="application/rss+xml" title="News" href="/%s">'
	'<link rel="alternate" type="application/atom+xml" title="Comments" href="/%s">')


class Files:
	"""The folders' files by name, read again when they change; the first folder that has a name wins."""

	def __init__(self, folders):
		self.folders, self.known = folders, {}

	def find(self, name):
		"""(body, gzipped body, ETag, Last-Modified) or None."""
		for folder in self.folders:
			path = os.path.join(folder, name)
			if name and '/' not in name and os.path.isfile(path):
				return self.load(path)
		return None

	def load(self, path):
		at = os.stat(path)
		stamp = (at.st_mtime_ns, at.st_size)
		if path not in self.known or self.known[path][0] != stamp:
			with open(path, 'rb') as f:
				body = f.read()
			self.known[path] = (stamp, (body, gzip.compress(body, 6, mtime=0),
				hashlib.sha256(body).hexdigest()[:20], email.utils.formatdate(at.st_mtime, usegmt=True)))
		return self.known[path][1]

	def first_two(self):
		names = sorted({n for folder in self.folders for n in os.listdir(folder)})
		return tuple((names + ['a.xml', 'b.xml'])[:2])


class Handler(BaseHTTPRequestHandler):
	protocol_version = 'HTTP/1.1'
	wbufsize = -1           # one packet for head and body

	def do_GET(self):
		path, _, query = self.path.partition('?')
		self.query = dict(urllib.parse.parse_qsl(query))
		if self.server.delay:
			time.sleep(self.server.delay)
		kind, _, name = path[1:].partition('/')
		name = urllib.parse.unquote(name)
		special = getattr(self, 'do_' + kind.replace('-', '_'), None) if kind.islower() else None
		if special:
			special(name)
		elif not name and kind.isdigit() and 400 <= int(kind) < 600:
			self.give(int(kind), {'Content-Type': 'text/plain'}, b'no\n')
		else:
			self.give_file(urllib.parse.unquote(path[1:]))
		self.wfile.flush()

	do_HEAD = do_GET

	def note(self, status):
		"""Before anything is sent: who has the answer finds the request in the log."""
		self.server.note(path=self.path, status=status, headers=dict(self.headers))

	def head(self, status, headers):
		self.note(status)
		self.send_response(status)
		for name, value in headers.items():
			self.send_header(name, value)
		if 'retry' in self.query:
			self.send_header('Retry-After', self.query['retry'])
		self.end_headers()

	def give(self, status, headers, body=b''):
		self.head(status, {**headers, 'Content-Length': str(len(body))})
		if self.command != 'HEAD':
			self.wfile.write(body)

	def chosen(self, name):
		"""Headers and body of a file in the encoding that was asked for; None after a 404."""
		found = self.server.files.find(name)
		if not found:
			self.give(404, {'Content-Type': 'text/plain'}, b'no such file\n')
			return None
		body, small, tag, modified = found
		packed = 'gzip' in self.headers.get('Accept-Encoding', '')
		headers = {'Content-Type': TYPES.get(os.path.splitext(name)[1], 'application/octet-stream'),
			'ETag': f'"{tag}{"-gz" if packed else ""}"', 'Last-Modified': modified, 'Vary': 'Accept-Encoding'}
		if packed:
			headers['Content-Encoding'] = 'gzip'
		return headers, small if packed else body

	def is_known(self, headers):
		"""Exactly, byte for byte; the ETag decides when it is sent (RFC 9110 13.2.2)."""
		tag = self.headers.get('If-None-Match')
		if tag is not None:
			return tag == headers['ETag']
		return self.headers.get('If-Modified-Since') == headers['Last-Modified']

	def give_file(self, name):
		found = self.chosen(name)
		if not found:
			return
		headers, body = found
		if self.is_known(headers):
			self.head(304, {k: headers[k] for k in ('ETag', 'Last-Modified', 'Vary')})
		else:
			self.give(200, headers, body)

	# ---- paths with a will of their own ----

	def do_html(self, name):
		self.give(200, {'Content-Type': TYPES['.html']}, (PAGE % '').encode())

	def do_html_announces(self, name):
		page = PAGE % (ANNOUNCED % self.server.files.first_two())
		self.give(200, {'Content-Type': TYPES['.html']}, page.encode())

	def do_cut(self, name):
		found = self.chosen(name)
		if found:
			self.head(200, {**found[0], 'Content-Length': str(len(found[1]))})
			self.wfile.write(found[1][:len(found[1]) // 2])
			self.close_connection = True

	def do_slow(self, name):
		found = self.chosen(name)
		if not found:
			return
		headers, body = found
		self.head(200, {**headers, 'Content-Length': str(len(body))})
		step = len(body) // 10 + 1
		for at in range(0, len(body), step):
			self.wfile.write(body[at:at + step])
			self.wfile.flush()
			time.sleep(0.2)

	def do_redirect(self, name):
		self.give(302, {'Location': '/' + urllib.parse.quote(name)})

	def do_moved(self, name):
		self.give(301, {'Location': '/' + urllib.parse.quote(name)})

	def do_loop(self, name):
		self.give(302, {'Location': '/loop'})

	def do_hang(self, name):
		self.close_connection = True
		self.note(0)
		self.server.ending.wait()

	def log_message(self, *what):
		pass


class Server(ThreadingHTTPServer):
	daemon_threads = True
	request_queue_size = 1024

	def __init__(self, files, delay, log):
		self.files, self.delay, self.log = files, delay, log
		self.lock, self.ending = threading.Lock(), threading.Event()
		super().__init__(('127.0.0.1', 0), Handler)

	def note(self, **what):
		if self.log:
			with self.lock:
				self.log.write(json.dumps(what) + '\n')
				self.log.flush()

	def handle_error(self, request, client):
		"""Clients that go away in the middle are part of the tests."""


def arguments():
	p = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
	p.add_argument('folder', nargs='+')
	p.add_argument('--delay', type=float, default=0, metavar='MS', help='before each answer')
	p.add_argument('--log', metavar='FILE', help='a JSON line for each request: path, status, headers')
	p.add_argument('--max-seconds', type=float, default=300)
	return p.parse_args()


def watch_input(server):
	while os.read(0, 4096):
		pass
	server.ending.set()


def main():
	a = arguments()
	with open(a.log, 'a', encoding='utf-8') if a.log else open(os.devnull, 'w') as log:
		server = Server(Files(a.folder), a.delay / 1000, log if a.log else None)
		signal.signal(signal.SIGTERM, lambda *_: server.ending.set())
		signal.signal(signal.SIGINT, lambda *_: server.ending.set())
		threading.Thread(target=watch_input, args=(server,), daemon=True).start()
		threading.Thread(target=server.serve_forever, kwargs={'poll_interval': 0.05}, daemon=True).start()
		print(server.server_address[1], flush=True)
		server.ending.wait(a.max_seconds)
		server.ending.set()
		server.shutdown()
		server.server_close()
	return 0


if __name__ == '__main__':
	sys.exit(main())
