"""schema.py - the objects that `--json` prints: every key is there, nothing else is, and values have their types."""
import re

ENTRY = {'id': int, 'story': int, 'title': 'text?', 'source': 'text?', 'feed': 'text?', 'link': 'text?', 'author': 'text?',
         'published': 'time?', 'updated': 'time?', 'read': bool, 'starred': bool, 'filler': 'text?'}
WHY = [{'signal': 'text', 'points': 'number', 'text': 'text'}]
TOP = {'made': 'time', 'sample': bool, 'stories': [{
	'rank': int, 'was': 'int?', 'id': int, 'entry': int, 'title': 'text?', 'source': 'text?', 'feed': 'text?', 'link': 'text?',
	'published': 'time?', 'sources': int, 'entries': int, 'unread': int, 'starred': bool, 'score': 'number', 'why': WHY,
	'members': [int]}]}
ENTRIES = {'entries': [ENTRY]}
SHOW = dict(ENTRY, **{'from': 'text', 'text': 'string', 'html': 'string?',
                      'links': [{'n': int, 'text': 'string?', 'url': 'text'}]})
WHY_OF = {'id': int, 'story': int, 'score': 'number?', 'why': WHY}
PROFILE = {'words': [{'word': 'text', 'weight': 'number'}],
           'feeds': [{'feed': 'text?', 'title': 'text?', 'weight': 'number'}]}
FEEDS = {'feeds': [{'url': 'text', 'title': 'text?', 'tags': ['text'], 'state': 'text', 'unread': int, 'entries': int,
                    'last_success': 'time?', 'last_new': 'time?', 'next_try': 'time?', 'failures': int, 'error': 'text?',
                    'error_at': 'time?', 'address': 'text?', 'moved': 'text?', 'per_day': 'number', 'asked': int, 'unchanged': int, 'bytes': int, 'cut': bool}]}
REFRESHED = {'feed': 'text', 'result': 'text', 'status': 'int?', 'new': int, 'bytes': int, 'error': 'text?'}
SUMMARY = {'summary': {'feeds': int, 'new': int, 'failed': int, 'skipped': int, 'seconds': 'number'}}
FOLDED = {'id': 'text', 'story': 'text'}
RANKED = {'id': 'text', 'score': 'number', 'why': WHY}
CLASSIFIED = {'id': 'text', 'label': 'text', 'score': int, 'rule': 'text?', 'reason': 'text?'}
ADDED = {'subscribed': ['text'], 'found': [{'url': 'text', 'title': 'text?'}], 'error': 'text?'}

IMPORTED = {'trial': bool, 'files': [{'file': 'text', 'kind': 'text?', 'error': 'text?'}], 'feeds': {'new': int, 'known': int},
            'entries': {'new': int, 'known': int, 'read': int, 'starred': int, 'deleted': int, 'orphans': int, 'unreadable': int},
            'settings': [{'name': 'text', 'value': 'string', 'tag': 'text?', 'feed': 'text?'}],
            'left': [{'file': 'text?', 'line': 'int?', 'what': 'text?', 'why': 'text'}], 'error': 'text?'}


def is_text(v):
	return isinstance(v, str) and v.strip() != ''


LEAVES = {'text': is_text, 'string': lambda v: isinstance(v, str),
          'time': lambda v: isinstance(v, str) and re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ', v) is not None,
          'number': lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
          'int': lambda v: isinstance(v, int) and not isinstance(v, bool)}


def check(value, wanted, at='the object'):
	"""Fails and says where when a value is not of the kind."""
	if isinstance(wanted, dict):
		if not isinstance(value, dict) or list(value) != list(wanted):
			raise AssertionError(f'{at}: expected the keys {list(wanted)}, got {value!r}')
		for key in wanted:
			check(value[key], wanted[key], f'{at}.{key}')
	elif isinstance(wanted, list):
		if not isinstance(value, list):
			raise AssertionError(f'{at}: expected a list, got {value!r}')
		for i, one in enumerate(value):
			check(one, wanted[0], f'{at}[{i}]')
	else:
		check_leaf(value, wanted, at)
	return value


def check_leaf(value, wanted, at):
	if isinstance(wanted, str):
		good = LEAVES[wanted.rstrip('?')](value) or (value is None and wanted.endswith('?'))
	else:
		good = type(value) is wanted
	if not good:
		raise AssertionError(f'{at}: expected {wanted}, got {value!r}')


def check_refresh(lines):
	"""A refresh prints an object a feed and the summary last."""
	for one in lines[:-1]:
		check(one, REFRESHED)
		if one['result'] not in ('new', 'unchanged', 'failed', 'skipped'):
			raise AssertionError(f'no such result: {one}')
	check(lines[-1], SUMMARY)
	return lines
