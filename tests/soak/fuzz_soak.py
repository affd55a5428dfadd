#!/usr/bin/env python3
"""fuzz_soak.py - the fuzz targets, each for 20 minutes of processor time, from the fixtures, the corpora and what was found before.

As many at a time as there are processors, those first that ran least; a run takes LEDE_SOAK_SECONDS (450) at most, BUILD/soak/fuzz.json
says how long each has run, and the next run goes on there. A target that was built anew begins again, with the corpus it had. A sample
gives each LEDE_FUZZ_SECONDS (1) and writes nothing down. `fuzz_soak.py feed html` runs these only.

The targets are those of the folder LEDE_FUZZ names, of this one when it was configured with --enable-fuzz, or of soak/fuzz, which is
configured and built for it (not in a sample). What crashed lies in BUILD/soak/crashes, the corpus in BUILD/soak/corpus.
"""
import concurrent.futures
import glob
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time

import parts

SHARED = os.path.abspath(os.environ.get('LEDE_SHARED', os.path.join(parts.SOURCE, '..', 'shared'))) + '/corpora'
FEEDS = ['tests/fixtures/feeds/*.xml', 'src/app/sample/*.xml', f'{SHARED}/feeds/*/*.xml', f'{SHARED}/feeds/*/*.rss',
         f'{SHARED}/text/feeds/*.xml']
PAGES = ['tests/fixtures/feeds/*.html', f'{SHARED}/articles/pages/*/*.html.gz']
# Where the first inputs of each are found, the words it tries (tests/fuzz/NAME.dict), and the bytes put before an input, in turn, where
# the first byte is an order to the target.
TARGETS = {
	'feed': (FEEDS + ['tests/fixtures/feeds/*.json'], 'feed', range(32)),
	'feeds': (['tests/soak/seeds/feeds'], 'settings', ()),
	'html': (PAGES + FEEDS, 'html', ()),
	'input': (['tests/soak/seeds/keys'], None, (0, 0x10, 0x55, 0xFF)),
	'json': (['tests/fixtures/feeds/*.json', 'src/app/sample/*.json', f'{SHARED}/feeds/*/*.json',
	          f'{SHARED}/text/feeds/*.json'], 'json', range(32)),
	'opml': (['tests/fixtures/feeds/*.opml', f'{SHARED}/feeds/opml/*'], 'opml', ()),
	'page': (PAGES, 'html', ()),
	'query': (['tests/soak/seeds/queries'], None, ()),
	'settings': (['themes/*.theme', 'tests/soak/seeds/config'], 'settings', ()),
	'text': (['tests/fixtures/feeds/*.expect', f'{SHARED}/text/feeds/*', f'{SHARED}/articles/gold/*.json'], 'text',
	         (0, 18, 64, 128, 146, 192)),
}
CPU_SECONDS = 20 * 60                # of each target, altogether
SAMPLE_SECONDS = int(os.environ.get('LEDE_FUZZ_SECONDS', '1'))
TURN = 60                            # seconds a target runs before the next one's turn
SEEDS, SEED_BYTES = (60, 4 << 10) if parts.SAMPLE else (300, 16 << 10)       # at most, of each pattern; longer ones are cut off
FOLDER = os.path.join(parts.BUILD, 'soak')


# ---- the programs ----

def programs_in(folder):
	found = {name: os.path.join(folder, 'tests', 'fuzz', f'{name}_fuzz') for name in TARGETS}
	return found if all(os.access(path, os.X_OK) for path in found.values()) else None


def built():
	"""Configures and builds them in a folder of their own."""
	folder = os.path.join(FOLDER, 'fuzz')
	if parts.SAMPLE or not shutil.which('clang'):
		return None
	os.makedirs(folder, exist_ok=True)
	commands = [] if os.path.exists(os.path.join(folder, 'Makefile')) else [
		[os.path.join(parts.SOURCE, 'configure'), '-q', 'CC=clang', 'CFLAGS=-g -O1', '--enable-fuzz',
		 '--enable-sanitize=address,undefined']]
	for command in commands + [['make', '-s', '-j2', 'fuzz']]:
		if subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL).returncode != 0:
			raise SystemExit(f'{command[0]} failed in {folder}')
	return programs_in(folder)


# ---- the first inputs ----

def spread(paths, most):
	"""Of a long list as many as `most`, from all parts of it."""
	return paths if len(paths) <= most else [paths[i * len(paths) // most] for i in range(most)]


def seed(name, corpus):
	"""Each under its own name; what is there stays."""
	patterns, _, orders = TARGETS[name]
	shutil.rmtree(corpus, ignore_errors=True)
	os.makedirs(corpus)
	for pattern in patterns:
		found = sorted(path for path in glob.glob(os.path.join(parts.SOURCE, pattern)) if not path.endswith('.expect.json'))
		for number, path in enumerate(spread(found, SEEDS)):
			with (gzip.open if path.endswith('.gz') else open)(path, 'rb') as file:
				data = file.read(SEED_BYTES)
			first = bytes([orders[number % len(orders)]]) if orders else b''
			flat = re.sub('[^A-Za-z0-9.-]', '_', path)[-200:]
			with open(os.path.join(corpus, flat), 'wb') as file:
				file.write(first + data)


# ---- how long each has run ----

class Times:
	"""Processor seconds by target; of a program that was built anew none."""

	def __init__(self, programs):
		self.path, self.lock, self.ran = os.path.join(FOLDER, 'fuzz.json'), threading.Lock(), {}
		said = {}
		if not parts.SAMPLE and os.path.exists(self.path):
			with open(self.path, encoding='utf-8') as file:
				said = json.load(file)
		for name, path in programs.items():
			mark = parts.fingerprint(path)
			before = said.get(name, {})
			self.ran[name] = {'program': mark, 'seconds': before.get('seconds', 0) if before.get('program') == mark else 0}

	def left(self, name):
		return CPU_SECONDS - self.ran[name]['seconds']

	def add(self, name, seconds):
		with self.lock:
			self.ran[name]['seconds'] = round(self.ran[name]['seconds'] + seconds, 1)
			if parts.SAMPLE:
				return
			with open(self.path + '.new', 'w', encoding='utf-8') as file:
				json.dump(self.ran, file, indent=1)
			os.replace(self.path + '.new', self.path)


def run(command):
	"""(exit status, output, processor seconds)."""
	process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
	output = process.stdout.read()
	_, status, usage = os.wait4(process.pid, 0)
	process.returncode = os.waitstatus_to_exitcode(status)
	return process.returncode, output.decode('utf-8', 'replace'), usage.ru_utime + usage.ru_stime


def fuzz(name, program, seconds, times):
	"""A turn; what it says when it went wrong, else None."""
	found, seeds, crashes = (os.path.join(FOLDER, what, name) for what in ('corpus', 'seeds', 'crashes'))
	for folder in (found, crashes):
		os.makedirs(folder, exist_ok=True)
	words = TARGETS[name][1]
	status, output, used = run(
		[program, f'-max_total_time={seconds}', '-timeout=20', '-rss_limit_mb=2048', f'-max_len={SEED_BYTES}', '-print_final_stats=1',
		 f'-artifact_prefix={crashes}/'] + ([f'-dict={parts.SOURCE}/tests/fuzz/{words}.dict'] if words else []) + [found, seeds])
	if status != 0:
		tail = '\n'.join([line for line in output.splitlines() if not line.startswith('#')][-40:])
		return f'{name}_fuzz: status {status}; the input is in {crashes}\n{tail}'
	times.add(name, used)
	inputs = re.search(r'number_of_executed_units: *(\d+)', output)
	reached = re.findall(r'cov: (\d+)', output)
	print(f'{name}: {inputs[1]} inputs in {used:.0f} s, {reached[-1] if reached else 0} branches reached; '
	      f'{times.ran[name]["seconds"]:.0f} s so far', flush=True)
	return None


# ---- turns ----

class Turns:
	"""Who is next: the target that ran least and does not run now."""

	def __init__(self, programs, times):
		self.programs, self.times, self.busy, self.lock = programs, times, set(), threading.Lock()
		self.end = time.monotonic() + parts.SECONDS
		self.done, self.failures = 0, []

	def next(self):
		"""(name, seconds), or None when there is nothing left or no time."""
		idle = [name for name in self.programs if name not in self.busy and self.times.left(name) > 0]
		if parts.SAMPLE:
			idle = [name for name in idle if self.times.ran[name]['seconds'] == 0]
			seconds = SAMPLE_SECONDS
		else:
			seconds = min(TURN, int(self.end - time.monotonic()))
		if not idle or self.failures or seconds < 1:
			return None
		name = max(idle, key=self.times.left)
		return name, max(1, min(seconds, int(self.times.left(name))))

	def take(self):
		while True:
			with self.lock:
				chosen = self.next()
				if not chosen:
					return
				self.busy.add(chosen[0])
			wrong = fuzz(chosen[0], self.programs[chosen[0]], chosen[1], self.times)
			with self.lock:
				self.busy.discard(chosen[0])
				if wrong:
					self.failures.append(wrong)
				else:
					self.done += 1


def main():
	programs = programs_in(os.environ.get('LEDE_FUZZ', parts.BUILD)) or built()
	if not programs:
		parts.skip('no fuzz targets: configure --enable-fuzz with clang makes them')
	programs = {name: programs[name] for name in sys.argv[1:] or programs}
	for name in programs:
		seed(name, os.path.join(FOLDER, 'seeds', name))
	turns, lanes = Turns(programs, Times(programs)), len(os.sched_getaffinity(0))
	with concurrent.futures.ThreadPoolExecutor(lanes) as pool:
		for lane in [pool.submit(turns.take) for _ in range(lanes)]:
			lane.result()
	print('\n'.join(turns.failures), end='\n' if turns.failures else '')
	through = sum(turns.times.left(name) <= 0 for name in programs)
	print(f'fuzz: {through} of {len(programs)} targets have run {CPU_SECONDS // 60} minutes' + (', in a sample' if parts.SAMPLE else
	      '; the next `make soak` goes on' if through < len(programs) and not turns.failures else ''))
	parts.finish(turns.done, len(turns.failures))


main()
