#!/usr/bin/env python3
"""lines_soak.py - no line is wider than its box, over the corpora of shared. A round is a width."""
import os
import subprocess

import parts

PROGRAM = os.path.join(parts.BUILD, 'tests', 'soak', 'lines_fit')
NARROWEST, WIDEST = 20, 200


def fit(number):
	width = NARROWEST + (60 + 40 * number) % (WIDEST - NARROWEST + 1)
	done = subprocess.run([PROGRAM, str(width)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
	if done.returncode not in (0, 77):
		raise AssertionError(f'lines_fit {width}: status {done.returncode}\n{done.stdout.decode("utf-8", "replace")}')


parts.run('lines', PROGRAM, WIDEST - NARROWEST + 1, fit, 3)
