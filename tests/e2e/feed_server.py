"""feed_server.py - a web server on 127.0.0.1 that gives out feeds as well behaved servers do, and writes down what was asked.

A page is put at a path; a validator (ETag) is made of its bytes, and who sends it back gets 304. What misbehaves is a function.
"""
import hashlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
	protocol_version = 'HTTP/1.1'

	def do_GET(self):
		page = self.server.pages.get(self.path.split('?')[0])
		if page is None:
			status = self.answer(404, b'<html><body>nothing here</body></html>', {'Content-Type': 'text/html'})
		elif callable(page):
			status = page(self)
		else:
			status = self.give(*page)
		self.server.asked.append((self.path, status, dict(self.headers)))

	def give(self, body, content_type):
		"""A page with its validator; 304 to who has it."""
		tag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
		if self.headers.get('If-None-Match') == tag:
			return self.answer(304, b'', {'ETag': tag})
		return self.answer(200, body, {'Content-Type': content_type, 'ETag': tag})

	def answer(self, status, body, headers=None):
		self.send_response(status)
		for name, value in (headers or {}).items():
			self.send_header(name, value)
		if status != 304:
			self.send_header('Content-Length', str(len(body)))
		self.end_headers()
		self.wfile.write(body)
		return status

	def log_message(self, *what):
		pass


class Quiet(ThreadingHTTPServer):
	daemon_threads = True
	request_queue_size = 128

	def handle_error(self, request, client):
		"""Clients that go away in the middle are part of the tests."""


class Server:
	def __init__(self):
		self.http = Quiet(('127.0.0.1', 0), Handler)
		self.http.pages, self.http.asked = {}, []
		self.thread = threading.Thread(target=self.http.serve_forever, kwargs={'poll_interval': 0.02}, daemon=True)
		self.thread.start()

	@property
	def asked(self):
		"""(path, status, headers) of every request that was answered."""
		return self.http.asked

	def forget(self):
		self.http.asked = []

	def url(self, path=''):
		return f'http://127.0.0.1:{self.http.server_port}{path}'

	def put(self, path, page, content_type='application/xml'):
		"""A page's bytes, or a function that is given the handler and returns the status it sent. Returns the address."""
		self.http.pages[path] = page if callable(page) else (page, content_type)
		return self.url(path)

	def put_sources(self, sources):
		return [self.put(s.path, s.body(), s.content_type()) for s in sources]

	def close(self):
		self.http.shutdown()
		self.http.server_close()


class RawServer:
	"""A server that speaks bytes: for each path a function that is given the connection and says what it likes, or nothing."""

	def __init__(self, host='127.0.0.1'):
		self.host = f'[{host}]' if ':' in host else host
		self.pages, self.asked = {}, []
		self.listening = socket.create_server((host, 0), family=socket.AF_INET6 if ':' in host else socket.AF_INET, backlog=128)
		threading.Thread(target=self.serve, daemon=True).start()

	def serve(self):
		while True:
			try:
				connection, _ = self.listening.accept()
			except OSError:
				return
			threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

	def answer(self, connection):
		"""One request a connection. Who goes away in the middle is part of the tests."""
		try:
			with connection:
				connection.settimeout(30)
				head = b''
				while b'\r\n\r\n' not in head:
					more = connection.recv(4096)
					if not more:
						return
					head += more
					if not head[:4].isalpha():      # no HTTP: TLS, for one
						break
				words = head.split(b' ', 2)
				path = words[1].decode('latin-1') if len(words) > 2 and head[:3] == b'GET' else '/'
				self.asked.append((path, head.decode('latin-1')))
				self.pages[path.split('?')[0]](connection)
		except (OSError, KeyError):
			pass

	def url(self, path, scheme='http'):
		return f'{scheme}://{self.host}:{self.listening.getsockname()[1]}{path}'

	def close(self):
		self.listening.close()
