"""lede.py - what every end-to-end test stands on: a home of its own, the program run in it, tests that are counted.

A test is a function with the decorator @test; its name is a sentence about behaviour. finish() runs those of the script (or
those whose names hold the word given as first argument), says what failed and closes with `N passed, M failed`.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

LEDE = os.environ.get('LEDE', os.path.abspath('lede'))
SHARED = os.environ.get('LEDE_SHARED', '')
SLOWER = int(os.environ.get('LEDE_SLOWER', '1'))      # sanitizers: the factor on every time limit
LIMIT = 15 * SLOWER                                   # seconds that anything at all may take


# ---- tests ----

class Skip(Exception):
	"""Raised by a test that cannot be run here; says why."""


tests = []


def test(function):
	tests.append(function)
	return function


def need(true, why):
	if not true:
		raise Skip(why)


def difference(got, wanted, at=''):
	"""Where two values first differ, however deep: (place, got, wanted)."""
	if isinstance(got, dict) and isinstance(wanted, dict) and got.keys() == wanted.keys():
		steps = [(f'{at}[{key!r}]', got[key], wanted[key]) for key in wanted]
	elif isinstance(got, (list, tuple)) and isinstance(wanted, (list, tuple)) and len(got) == len(wanted) > 3:
		steps = [(f'{at}[{i}]', *pair) for i, pair in enumerate(zip(got, wanted))]
	else:
		return at, got, wanted
	return next(difference(g, w, place) for place, g, w in steps if g != w)


def same(got, wanted, what):
	"""Fails with both values, or where they first differ."""
	if got != wanted:
		at, got, wanted = difference(got, wanted)
		raise AssertionError(f'{what}{at and " at " + at}:\n  expected {wanted!r}\n  got      {got!r}')


def finish(cleanup=None):
	"""Runs the tests in their order and leaves the script with the status it deserves."""
	words = sys.argv[1:]
	signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))      # a time limit: what was started is still ended
	passed = failed = skipped = 0
	try:
		for function in tests:
			if words and not any(word in function.__name__ for word in words):
				continue
			began = time.monotonic()
			try:
				function()
			except Skip as why:
				skipped += 1
				print(f'skipped {function.__name__}: {why}', flush=True)
			except Exception:
				failed += 1
				traceback.print_exc(file=sys.stdout)
				print(f'not ok {function.__name__}', flush=True)
			else:
				passed += 1
				print(f'passed {function.__name__} ({time.monotonic() - began:.1f} s)', flush=True)
	finally:
		if cleanup:
			cleanup()
	print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''), flush=True)
	sys.exit(1 if failed else 0)


def until(condition, what, limit=LIMIT):
	"""Asks until the condition says something true, and returns that."""
	end = time.monotonic() + limit
	while True:
		value = condition()
		if value:
			return value
		if time.monotonic() > end:
			raise AssertionError(f'not within {limit} s: {what() if callable(what) else what}')
		time.sleep(0.01)


# ---- a home ----

class Result:
	"""What a command left behind. err and out are text."""

	def __init__(self, argv, status, out, err):
		self.argv, self.status, self.out, self.err = argv, status, out, err

	def __str__(self):
		return f'{" ".join(self.argv[1:]) or "lede"}: status {self.status}\n--- out\n{self.out}--- err\n{self.err}'

	def expect(self, status, *words):
		"""Fails unless that was the status and stderr holds all the words; for a failure stderr is one or more sentences."""
		if self.status != status:
			raise AssertionError(f'expected status {status}: {self}')
		for word in words:
			if word not in self.err:
				raise AssertionError(f'expected “{word}” on stderr: {self}')
		for line in self.err.splitlines():
			if not line.startswith('lede: '):
				raise AssertionError(f'a line of stderr that is no sentence of lede: {self}')
		return self

	def json(self):
		"""The one object on stdout."""
		if self.status != 0:
			raise AssertionError(f'no JSON expected from a failure: {self}')
		return json.loads(self.out)

	def lines(self):
		"""One object a line, as refresh prints them."""
		return [json.loads(line) for line in self.out.splitlines()]


class Home:
	"""A person's folders, with nothing in them."""

	def __init__(self, now=None):
		self.path = tempfile.mkdtemp(prefix='home.', dir=os.environ.get('HOME'))
		self.now = now
		self.env = dict(os.environ, HOME=self.path, TZ='UTC0', LC_ALL='C.UTF-8')
		for name in ('CONFIG', 'DATA', 'CACHE', 'STATE'):
			self.env[f'XDG_{name}_HOME'] = os.path.join(self.path, name.lower())
		self.env.pop('NO_COLOR', None)

	def at(self, *names):
		return os.path.join(self.path, *names)

	@property
	def config(self):
		return self.at('config', 'lede', 'config')

	@property
	def feeds(self):
		return self.at('config', 'lede', 'feeds')

	@property
	def db(self):
		return self.at('data', 'lede', 'lede.db')

	def write(self, path, text):
		os.makedirs(os.path.dirname(path), exist_ok=True)
		with open(path, 'w', encoding='utf-8') as file:
			file.write(text)

	def argv(self, *words):
		return [LEDE] + (['--now', str(self.now)] if self.now is not None else []) + [str(w) for w in words]

	def run(self, *words, env=None, limit=60 * SLOWER, stdout=subprocess.PIPE, given=''):
		"""Runs a command to its end; `given` comes in. A crash is a failure whatever was expected."""
		argv = self.argv(*words)
		done = subprocess.run(argv, env=dict(self.env, **(env or {})), input=given.encode('utf-8'), stdout=stdout,
		                      stderr=subprocess.PIPE, timeout=limit, cwd=self.path)
		result = Result(argv, done.returncode, (done.stdout or b'').decode('utf-8'), done.stderr.decode('utf-8'))
		if done.returncode < 0 or 'Sanitizer' in result.err:
			raise AssertionError(f'crashed: {result}')
		return result

	def start(self, *words):
		"""Starts a command and does not wait."""
		return subprocess.Popen(self.argv(*words), env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
		                        stderr=subprocess.PIPE, cwd=self.path)

	def subscribe(self, urls):
		"""Writes the feeds file, as a person would."""
		self.write(self.feeds, ''.join(f'{url}\n' for url in urls))

	def remove(self):
		shutil.rmtree(self.path, ignore_errors=True)
