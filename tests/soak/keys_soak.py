#!/usr/bin/env python3
"""keys_soak.py - random keys, answers in random order. A round is a seed. Under the address sanitizer where such a build is there:
that of this folder, or of soak/address, which soak-sanitizers.sh leaves behind.
"""
import os
import subprocess

import parts

NAME = os.path.join('tests', 'soak', 'press_keys')


def program():
	checked = os.path.join(parts.BUILD, 'soak', 'address')
	if not parts.SAMPLE and os.path.exists(os.path.join(checked, 'Makefile')):
		if subprocess.run(['make', '-s', '-C', checked, NAME], stdout=subprocess.DEVNULL).returncode == 0:
			return os.path.join(checked, NAME)
	return os.path.join(parts.BUILD, NAME)


def press(number):
	done = subprocess.run([PROGRAM, str(number + 1)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600)
	if done.returncode != 0:
		raise AssertionError(f'press_keys {number + 1}: status {done.returncode}\n{done.stdout.decode("utf-8", "replace")}')


PROGRAM = program()
parts.run('keys', PROGRAM, 200, press, 3)
