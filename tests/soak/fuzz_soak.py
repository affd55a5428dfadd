#!/usr/bin/env python3
"""fuzz_soak.py - the fuzz targets, in turn, from the fixtures and from what was found the last time. A round is a target for a while.

The targets are those of the folder LEDE_FUZZ names, of this one when it was configured with --enable-fuzz, or of soak/fuzz, which is
configured and built for it (not in a sample). What crashed lies in BUILD/soak/crashes, the corpus in BUILD/soak/corpus.
"""
import glob
import os
import shutil
import subprocess

import parts

SEEDS = {
	'feed': ['tests/fixtures/feeds/*.xml', 'tests/fixtures/feeds/*.json', 'src/app/sample/*.xml', 'src/app/sample/*.json'],
	'html': ['tests/fixtures/feeds/*.html', 'tests/fixtures/feeds/*.xml'],
	'page': ['tests/fixtures/feeds/*.html'],
	'settings': ['themes/*.theme', 'tests/soak/seeds/config'],
	'text': ['tests/fixtures/feeds/*.expect'],
}
WHILE = 60       # seconds a target runs in a round; in a sample all of them together take ten
TURNS = 4


def targets_in(folder):
	found = {name: os.path.join(folder, 'tests', 'fuzz', f'{name}_fuzz') for name in SEEDS}
	return found if all(os.access(path, os.X_OK) for path in found.values()) else None


def built():
	"""Configures and builds them in a folder of their own."""
	folder = os.path.join(parts.BUILD, 'soak', 'fuzz')
	if parts.SAMPLE or not shutil.which('clang'):
		return None
	os.makedirs(folder, exist_ok=True)
	commands = [] if os.path.exists(os.path.join(folder, 'Makefile')) else [
		[os.path.join(parts.SOURCE, 'configure'), '-q', 'CC=clang', 'CFLAGS=-g -O1', '--enable-fuzz',
		 '--enable-sanitize=address,undefined']]
	for command in commands + [['make', '-s', '-j2', 'fuzz']]:
		if subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL).returncode != 0:
			raise SystemExit(f'{command[0]} failed in {folder}')
	return targets_in(folder)


def seed(name, corpus):
	"""The fixtures, each under its own name; what is there stays."""
	os.makedirs(corpus, exist_ok=True)
	for pattern in SEEDS[name]:
		for path in glob.glob(os.path.join(parts.SOURCE, pattern)):
			shutil.copyfile(path, os.path.join(corpus, 'seed-' + os.path.basename(path)))


def fuzz(number):
	name = sorted(TARGETS)[number % len(TARGETS)]
	corpus, crashes = (os.path.join(parts.BUILD, 'soak', what, name) for what in ('corpus', 'crashes'))
	seed(name, corpus)
	os.makedirs(crashes, exist_ok=True)
	done = subprocess.run([TARGETS[name], f'-max_total_time={10 // len(TARGETS) if parts.SAMPLE else WHILE}', f'-seed={number + 1}',
	                       '-timeout=20', '-rss_limit_mb=2048', f'-artifact_prefix={crashes}/', '-print_final_stats=1', corpus],
	                      stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
	tail = done.stdout.decode('utf-8', 'replace').splitlines()[-60:]
	if done.returncode != 0:
		raise AssertionError('\n'.join([f'{name}_fuzz: status {done.returncode}; the input is in {crashes}'] + tail))
	print(f'{name}: ' + ' '.join(line.split()[-1] for line in tail if 'number_of_executed_units' in line) + ' inputs', flush=True)


TARGETS = targets_in(os.environ.get('LEDE_FUZZ', parts.BUILD)) or built()
if not TARGETS:
	parts.skip('no fuzz targets: configure --enable-fuzz with clang makes them')
parts.run('fuzz', TARGETS['feed'], len(TARGETS) * (1 if parts.SAMPLE else TURNS), fuzz, 60)
