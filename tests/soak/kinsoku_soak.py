#!/usr/bin/env python3
"""kinsoku_soak.py - no line of Chinese or Japanese begins or ends with what it must not, over the corpora of shared. A round is a width."""
import os
import subprocess

import parts

PROGRAM = os.path.join(parts.BUILD, 'tests', 'soak', 'kinsoku')
NARROWEST, WIDEST = 20, 120


def keep(number):
	done = subprocess.run([PROGRAM, str(NARROWEST + number)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
	print(done.stdout.decode('utf-8', 'replace'), end='', flush=True)
	if done.returncode not in (0, 77):
		raise AssertionError(f'kinsoku {NARROWEST + number}: status {done.returncode}')


parts.run('kinsoku', PROGRAM, WIDEST - NARROWEST + 1, keep, 3)
