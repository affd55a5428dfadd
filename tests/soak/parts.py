"""parts.py - what every soak stands on: rounds by number, done in parts.

A round is a function of its number, so that what failed can be done again: `NAME_soak.py 312`. A run takes LEDE_SOAK_SECONDS (450)
at most and writes down in BUILD/soak/NAME.json how far it came; the next run of the same program goes on there. With
LEDE_SOAK=sample a few seconds are taken, from the first round on, and nothing is written down.
"""
import hashlib
import json
import os
import sys
import time
import traceback

BUILD = os.environ.get('builddir', os.getcwd())
SOURCE = os.environ.get('srcdir', os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..')))
SAMPLE = os.environ.get('LEDE_SOAK') == 'sample'
SECONDS = int(os.environ.get('LEDE_SOAK_SECONDS', '450'))


def skip(why):
	print(why)
	sys.exit(77)


def fingerprint(path):
	"""Of the program under test: a new one begins at round 0."""
	with open(path, 'rb') as file:
		return hashlib.sha256(file.read()).hexdigest()[:16]


class State:
	"""How many rounds are behind us. In a sample it is forgotten."""

	def __init__(self, name, program):
		self.path = os.path.join(BUILD, 'soak', f'{name}.json')
		self.program, self.done = fingerprint(program), 0
		if SAMPLE or not os.path.exists(self.path):
			return
		with open(self.path, encoding='utf-8') as file:
			said = json.load(file)
		if said['program'] == self.program:
			self.done = said['done']

	def advance(self):
		self.done += 1
		if SAMPLE:
			return
		os.makedirs(os.path.dirname(self.path), exist_ok=True)
		with open(self.path + '.new', 'w', encoding='utf-8') as file:
			json.dump({'program': self.program, 'done': self.done}, file)
		os.replace(self.path + '.new', self.path)


def try_round(one, number):
	"""Whether it went well; says why not."""
	try:
		one(number)
	except Exception:
		traceback.print_exc(file=sys.stdout)
		print(f'not ok: round {number} (`{os.path.basename(sys.argv[0])} {number}` does it again)', flush=True)
		return False
	return True


def finish(passed, failed):
	print(f'{passed} passed, {failed} failed', flush=True)
	sys.exit(1 if failed else 0)


def run(name, program, rounds, one, sample):
	"""Does the rounds that are due: those named on the command line, else as many as there is time for. `sample`: seconds of one."""
	if sys.argv[1:]:
		wells = [try_round(one, int(number)) for number in sys.argv[1:]]
		finish(sum(wells), len(wells) - sum(wells))
	state, end = State(name, program), time.monotonic() + (sample if SAMPLE else SECONDS)
	first = state.done
	while state.done < rounds and time.monotonic() < end:
		if not try_round(one, state.done):
			finish(state.done - first, 1)
		state.advance()
	print(f'{name}: {state.done} of {rounds} rounds' + (', in a sample' if SAMPLE else
	      '; the next `make soak` goes on' if state.done < rounds else ', all of them'))
	finish(state.done - first, 0)
