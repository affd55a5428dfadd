#!/usr/bin/env python3
"""week.py - a simulated week: what stands in the top ten at noon of each day, and why.

	week.py LEDE FEEDS-FOLDER [DAYS]

Every feed of the folder is moved by whole weeks, so that its newest entry falls into the last one, and is served from 127.0.0.1 as
far as its entries have come; lede refreshes every hour of a clock that this script moves. The first three of each noon are
marked read. Prints, for each noon, the top ten with the sums behind them, and at the end how the top 48 of the noons were
divided among the feeds.
"""
import collections
import datetime
import glob
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'e2e'))
os.environ['LEDE'] = os.path.abspath(sys.argv[1])
from feed_server import Server  # noqa: E402
from lede import Home  # noqa: E402

HOUR, DAY, WEEK = 3600, 86400, 7 * 86400
END = 1744588800                        # Monday 14 April 2025, 00:00 UTC
PAGE = 48


def seconds(text):
	return int(datetime.datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp())


def read(path):
	"""The feed's title and its entries with a date, moved into the week before END; None when it has none."""
	done = subprocess.run([os.environ['LEDE'], 'parse', '--json', path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
	if done.returncode != 0:
		return None
	feed = json.loads(done.stdout)
	entries = [dict(e, at=seconds(e['published'] or e['updated'])) for e in feed['entries']
	           if e['title'] and (e['published'] or e['updated'])]
	if not entries:
		return None
	weeks = (END - 1 - max(e['at'] for e in entries)) // WEEK
	for e in entries:
		e['at'] += weeks * WEEK
	return feed['title'] or os.path.basename(path), entries


def stamp(t):
	return datetime.datetime.fromtimestamp(t, datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def body(title, entries):
	"""The 50 newest, as JSON Feed."""
	items = [{'id': e['id'] or e['link'] or e['title'], 'url': e['link'], 'title': e['title'], 'date_published': stamp(e['at']),
	          'content_html': e['content'] or e['summary'] or ''} for e in sorted(entries, key=lambda e: -e['at'])[:50]]
	return json.dumps({'version': 'https://jsonfeed.org/version/1.1', 'title': title, 'items': items}).encode()


def print_noon(home, now):
	stories = home.run('top', '--json', '-n', str(PAGE)).json()['stories']
	print(datetime.datetime.fromtimestamp(now, datetime.timezone.utc).strftime('\n%A %d %B, noon'))
	for s in stories[:10]:
		more = f' +{s["sources"] - 1}' if s['sources'] > 1 else ''
		again = f' ({s["unread"]} of {s["entries"]} new)' if s['unread'] < s['entries'] else ''
		print(f'{s["rank"]:3} {s["title"]} · {s["source"]}{more}{again}')
		print(f'      {s["score"]:.1f} = ' + ', '.join(f'{w["text"]} {w["points"]:+.1f}' for w in s['why']))
	return stories


def main():
	home, server, pages = Home(), Server(), collections.Counter()
	days = int(sys.argv[3]) if len(sys.argv) > 3 else 7
	feeds = [f for f in map(read, sorted(glob.glob(os.path.join(sys.argv[2], '*')))) if f]
	urls = [server.url(f'/{i}') for i in range(len(feeds))]
	home.subscribe(urls)
	print(f'{len(feeds)} feeds, {sum(len(e) for _, e in feeds)} entries, '
	      f'{sum(e["at"] >= END - WEEK for _, es in feeds for e in es)} of them in the week')
	for now in range(END - WEEK, END - WEEK + days * DAY, HOUR):
		home.now = now
		for i, (title, entries) in enumerate(feeds):
			server.put(f'/{i}', body(title, [e for e in entries if e['at'] <= now]), 'application/feed+json')
		home.run('refresh', '--force')
		if now % DAY != 12 * HOUR:
			continue
		stories = print_noon(home, now)
		pages.update(s['source'] for s in stories)
		for s in stories[:3]:
			home.run('mark', 'read', *s['members'])
	print(f'\nRows of the first {PAGE} at noon, by feed, of {sum(pages.values())}:')
	for source, n in pages.most_common():
		print(f'{n:4} {source}')
	server.close()
	home.remove()


if __name__ == '__main__':
	main()
