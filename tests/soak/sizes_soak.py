#!/usr/bin/env python3
"""sizes_soak.py - the reader's screens at every size from 20x5 to 200x60. A round is a width."""
import os
import subprocess

import parts

PROGRAM = os.path.join(parts.BUILD, 'tests', 'soak', 'draw_sizes')
NARROWEST, WIDEST = 20, 200


def draw_width(number):
	# The widths that people have come first: 80, 120, 100 and so on, every one in the end.
	width = NARROWEST + (60 + 40 * number) % (WIDEST - NARROWEST + 1)
	done = subprocess.run([PROGRAM, str(width)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
	if done.returncode != 0:
		raise AssertionError(f'draw_sizes {width}: status {done.returncode}\n{done.stdout.decode("utf-8", "replace")}')


parts.run('sizes', PROGRAM, WIDEST - NARROWEST + 1, draw_width, 3)
