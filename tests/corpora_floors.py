#!/usr/bin/env python3
"""corpora_floors.py - what the scorers of ../shared/corpora say of this program, and that it is no worse than it has to be.

A floor is a share that must be reached, in the scorer's own figures. Exit status 77 without ../shared; `make check-corpora` runs it.
"""
import os
import re
import subprocess
import sys

LEDE = os.environ.get('LEDE', './lede')
SHARED = os.environ.get('LEDE_SHARED', '../shared')
FEEDS = (99.3, 99.5, 100.0)          # files, assertions, files of OPML, in per cent
SUBSETS = ('fp-chardet', 'fp-cdf')   # these two are named, because other readers leave them out
SECONDS = 110


def share(name, passed, total, floor):
	"""Says it, and whether it is enough."""
	per_cent = 100 * passed / total if total else 0
	enough = per_cent >= floor
	print(f'{"ok" if enough else "not ok"}: {name}: {passed} of {total} ({per_cent:.2f} %), floor {floor} %', flush=True)
	return enough


def feeds():
	"""Whether the reader of feeds is good enough; None when the corpus is not there."""
	scorer = os.path.join(SHARED, 'corpora', 'feeds', 'score_feeds.py')
	if not os.path.exists(scorer):
		return None
	done = subprocess.run([sys.executable, scorer, '--cmd', f'{LEDE} parse --json', '--opml-cmd', f'{LEDE} opml --json',
	                       f'-j{len(os.sched_getaffinity(0))}', '--verbose'], stdout=subprocess.PIPE, timeout=SECONDS)
	said = done.stdout.decode('utf-8')
	rows = {row[0]: (int(row[1]), int(row[2])) for row in re.findall(r'^(\S+) +(\d+)/(\d+) +\d+%', said, re.M)}
	passed, failed = map(int, re.search(r'^(\d+) passed, (\d+) failed', said, re.M).groups())
	assertions = tuple(map(int, re.search(r'^assertions: (\d+) of (\d+)', said, re.M).groups()))
	crashes, timeouts = map(int, re.search(r'^crashes: (\d+), timeouts: (\d+)', said, re.M).groups())
	print(''.join(re.findall(r'^\S+\n(?:    .*\n)+', said, re.M)), end='')
	print(', '.join(f'{name} {rows[name][0]} of {rows[name][1]}' for name in SUBSETS if name in rows))
	return all([share('feeds, files', passed, passed + failed, FEEDS[0]),
	            share('feeds, assertions', *assertions, FEEDS[1]),
	            share('feeds, OPML', *rows['opml'], FEEDS[2]),
	            share('feeds, neither crash nor time-out', passed + failed - crashes - timeouts, passed + failed, 100.0)])


def main():
	enough = [result for result in [feeds()] if result is not None]
	if not enough:
		print('../shared/corpora is not there: skipped')
		sys.exit(77)
	print(f'{sum(enough)} passed, {len(enough) - sum(enough)} failed')
	sys.exit(0 if all(enough) else 1)


main()
