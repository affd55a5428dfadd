#!/usr/bin/env python3
"""feeds_test.py - feeds from 127.0.0.1, of every format, through `lede add` and `lede refresh` into what the commands print."""
import glob
import json
import os

import newsroom
import schema
from feed_server import Server
from lede import SHARED, Home, finish, need, same, test

NOW = newsroom.NOW
server = Server()
home = Home(NOW)
urls = server.put_sources(newsroom.SOURCES)
by_url = dict(zip(urls, newsroom.SOURCES))
everything = [(s, e) for s in newsroom.SOURCES for e in s.entries]


def asked():
	return sorted((path, status) for path, status, _ in server.asked)


def refresh(h, *words, status=0):
	return schema.check_refresh(h.run('refresh', '--json', *words).expect(status).lines())


def output(h):
	"""What the commands say, without the moment they said it, when a feed is next due and how often it was asked."""
	top = h.run('top', '--json').json()
	feeds = [{key: f[key] for key in f if key not in ('next_try', 'asked', 'unchanged')} for f in h.run('feeds', '--json').json()['feeds']]
	return {'top': top['stories'], 'latest': h.run('latest', '--json').json(), 'feeds': feeds}


def find(title):
	return next(e for e in home.run('latest', '--json').json()['entries'] if e['title'] == title)


# ---- in and out ----

@test
def every_address_is_subscribed_to():
	added = schema.check(home.run('add', '--json', *urls).expect(0).json(), schema.ADDED)
	same(added['subscribed'], urls, 'subscribed')
	same(added['error'], None, 'error')
	with open(home.feeds, encoding='utf-8') as file:
		same([line.split()[0] for line in file.read().splitlines()], urls, 'the feeds file')


@test
def an_address_is_subscribed_to_once():
	again = home.run('add', '--json', urls[0])
	same(again.status, 0, f'status of {again}')
	with open(home.feeds, encoding='utf-8') as file:
		same(len(file.read().splitlines()), len(urls), 'lines of the feeds file')


@test
def the_first_refresh_brings_every_entry():
	lines = refresh(home)
	same({one['feed']: (one['result'], one['status'], one['new'], one['error']) for one in lines[:-1]},
	     {url: ('new', 200, len(by_url[url].entries), None) for url in urls}, 'results')
	summary = lines[-1]['summary']
	same((summary['feeds'], summary['new'], summary['failed'], summary['skipped']), (len(urls), len(everything), 0, 0), 'summary')


@test
def latest_has_every_entry_newest_first():
	latest = schema.check(home.run('latest', '--json').json(), schema.ENTRIES)['entries']
	wanted = sorted(everything, key=lambda pair: -pair[1].published)
	same([(e['title'], e['source'], e['link'], e['published'], e['author']) for e in latest],
	     [(e.title, s.title, e.link, e.date, e.author) for s, e in wanted], 'entries')
	same({e['feed'] for e in latest}, set(urls), 'feeds')
	same({(e['read'], e['starred'], e['filler']) for e in latest}, {(False, False, None)}, 'marks')


@test
def without_an_index_words_are_found_in_what_is_newest():
	h = Home(NOW)
	h.subscribe(urls)
	h.run('refresh', '--no-index').expect(0)
	same(os.path.exists(os.path.join(os.path.dirname(h.db), 'lede-search.db')), False, 'no index')
	h.run('search', '--json', 'the').expect(0)
	h.run('refresh').expect(0)
	same(os.path.exists(os.path.join(os.path.dirname(h.db), 'lede-search.db')), True, 'the next one makes it')
	h.remove()


@test
def words_find_entries_newest_first():
	same(os.path.exists(os.path.join(os.path.dirname(home.db), 'lede-search.db')), True, 'an index')
	latest = home.run('latest', '--json').json()['entries']
	for word in ('the', '的'):
		found = schema.check(home.run('search', '--json', word).expect(0).json(), schema.ENTRIES)['entries']
		same(sorted(e['id'] for e in found), sorted({e['id'] for e in found}), 'each once')
		same([e for e in found if e not in latest], [], 'entries that are there')
	one = latest[3]
	same([e['id'] for e in home.run('search', '--json', f'title:"{one["title"]}"').json()['entries'] if e['id'] == one['id']],
	     [one['id']], 'by its whole title')
	same(home.run('search', 'xyzzyplugh').status, 1, 'status when nothing is found')


@test
def a_story_told_by_several_is_one_line():
	top = schema.check(home.run('top', '--json').json(), schema.TOP)
	name = {e['id']: (e['source'], e['title']) for e in home.run('latest', '--json').json()['entries']}
	folded = [{name[m] for m in s['members']} for s in top['stories'] if len(s['members']) > 1]
	for story in newsroom.stories():
		if story not in folded:
			raise AssertionError(f'not one story: {story}; nearest {[f for f in folded if f & story]}')
	same([story for story in folded if story not in newsroom.stories()], [], 'stories of several entries')
	for s in top['stories']:
		same((s['entries'], s['sources'], s['unread']), (len(s['members']),) * 3, f'counts of {s["title"]}')
		same(s['id'], min(s['members']), f'id of {s["title"]}')
		same(s['entry'] in s['members'], True, f'lead of {s["title"]}')


@test
def top_ranks_every_story_once():
	top = home.run('top', '--json').json()
	stories = top['stories']
	same(top['sample'], False, 'sample')
	same(top['made'], newsroom.stamp(NOW), 'made')
	same([s['rank'] for s in stories], list(range(1, len(stories) + 1)), 'ranks')
	same(sorted(m for s in stories for m in s['members']),
	     sorted(e['id'] for e in home.run('latest', '--json').json()['entries']), 'members')
	same({s['was'] for s in stories}, {None}, 'ranks before')


@test
def more_sources_and_later_news_stand_higher():
	stories = home.run('top', '--json').json()['stories']
	rank = {s['title']: s['rank'] for s in stories}
	data = rank['Ministry to tighten rules on personal data kept by phone apps']
	same(data <= 10, True, f'five sources are among the first ten (rank {data})')
	old = rank[newsroom.ALONE[-1]]
	same(old > len(stories) // 2, True, f'two days old and alone stands below the middle (rank {old})')


@test
def the_plain_list_is_the_same_list():
	plain = home.run('top', '-n', '5').expect(0).out.splitlines()
	stories = home.run('top', '--json', '-n', '5').json()['stories']
	same((len(plain), len(stories)), (5, 5), 'five rows')
	for row, s in zip(plain, stories):
		more = f' +{s["sources"] - 1}' if s['sources'] > 1 else ''
		same(row.startswith(f'{s["rank"]:3} {s["title"]} · {s["source"]}{more} · '), True, f'row {row!r} for {s["title"]}')


@test
def show_gives_the_text_and_its_links():
	e = find('A long afternoon among the sundials')
	shown = schema.check(home.run('show', e['id'], '--json').json(), schema.SHOW)
	same({key: shown[key] for key in schema.ENTRY}, e, 'the entry')
	same(shown['from'], 'feed', 'from')
	same([link['url'] for link in shown['links']], ['http://clock.example/wheels', 'http://clock.example/book'], 'links')
	same([link['n'] for link in shown['links']], [1, 2], 'their numbers')
	plain = home.run('show', e['id']).expect(0).out
	for words in ('A long afternoon', 'The workshop', 'Chapter 30.', 'two wheels', '“Time is patient,” he said.', 'tock  13'):
		same(words in plain, True, f'“{words}” in the text')


@test
def show_gives_the_text_in_every_script_and_encoding():
	for title in (newsroom.ALONE[110], newsroom.ALONE[115], newsroom.ALONE[130], newsroom.ALONE[50], newsroom.ALONE[30]):
		shown = home.run('show', find(title)['id'], '--json').json()
		same(title in shown['text'], True, f'{title} in {shown["text"]!r}')


@test
def why_adds_up_to_the_score():
	stories = home.run('top', '--json').json()['stories']
	for s in stories[:3] + stories[-1:]:
		why = schema.check(home.run('why', s['id'], '--json').json(), schema.WHY_OF)
		same((why['id'], why['story']), (s['id'], s['id']), 'ids')
		same(why['score'], s['score'], f'score of {s["title"]}')
		same(why['why'], s['why'], f'why of {s["title"]}')
		same(round(sum(w['points'] for w in why['why']), 2), round(why['score'], 2), f'the sum of {why["why"]}')
		same('score' in home.run('why', s['id']).expect(0).out, True, 'score in the plain sum')


@test
def why_takes_any_entry_of_the_story():
	s = next(s for s in home.run('top', '--json').json()['stories'] if len(s['members']) > 2)
	same({home.run('why', m, '--json').json()['story'] for m in s['members']}, {s['id']}, 'the story')


@test
def feeds_tell_their_health():
	feeds = schema.check(home.run('feeds', '--json').json(), schema.FEEDS)['feeds']
	same([(f['url'], f['title']) for f in feeds], [(url, by_url[url].title) for url in urls], 'feeds')
	for f in feeds:
		s = by_url[f['url']]
		same((f['state'], f['entries'], f['unread'], f['failures'], f['error'], f['moved'], f['last_success']),
		     ('ok', len(s.entries), len(s.entries), 0, None, None, newsroom.stamp(NOW)), f['url'])
		same((f['error_at'], f['address']), (None, f['url']), f['url'])


# ---- again ----

@test
def a_second_home_gets_the_same_list():
	other = Home(NOW)
	other.subscribe(urls)
	refresh(other)

	def told(h):
		name = {e['id']: (e['source'], e['title']) for e in h.run('latest', '--json').json()['entries']}
		return [(s['title'], s['source'], s['score'], s['why'], sorted(name[m] for m in s['members']))
		        for s in h.run('top', '--json').json()['stories']]
	same(told(other), told(home), 'the ranked list')
	other.remove()


@test
def the_second_refresh_is_all_304_and_changes_nothing():
	before = output(home)
	server.forget()
	lines = refresh(home)
	same(asked(), sorted((s.path, 304) for s in newsroom.SOURCES), 'what was asked')
	same({(one['result'], one['status'], one['new']) for one in lines[:-1]}, {('unchanged', 304, 0)}, 'results')
	same(lines[-1]['summary']['new'], 0, 'new entries')
	same(output(home), before, 'top, latest and feeds')


@test
def only_what_changed_comes_again():
	s = newsroom.source('green-letter')
	newsroom.add(s, 'Barn swallows nest inside the abandoned planetarium', NOW - 60, 'Under the dome it is dry.')
	server.put(s.path, s.body())
	everything.append((s, s.entries[-1]))
	server.forget()
	lines = refresh(home)
	same([(one['feed'], one['new']) for one in lines[:-1] if one['result'] == 'new'], [(server.url(s.path), 1)], 'what was new')
	same(lines[-1]['summary']['new'], 1, 'new entries')
	same([status for _, status in asked()].count(304), len(urls) - 1, 'answers 304')
	same(home.run('latest', '-n', '1', '--json').json()['entries'][0]['title'], s.entries[-1].title, 'the newest')


@test
def one_feed_may_be_asked_alone():
	server.forget()
	lines = refresh(home, urls[3])
	same([one['feed'] for one in lines[:-1]], [urls[3]], 'feeds')
	same(asked(), [(by_url[urls[3]].path, 304)], 'what was asked')


@test
def a_request_says_who_asks_and_what_is_known():
	_, _, headers = server.asked[-1]
	same(headers.get('User-Agent', '').startswith('lede/'), True, f'User-Agent in {headers}')
	same('gzip' in headers.get('Accept-Encoding', ''), True, f'Accept-Encoding in {headers}')
	same('If-None-Match' in headers, True, f'If-None-Match in {headers}')
	same('Referer' in headers or 'Cookie' in headers, False, f'Referer or Cookie in {headers}')


# ---- marks ----

@test
def marks_are_kept():
	e = find('Lost parrot recites timetable at station')
	home.run('mark', 'star', e['id']).expect(0)
	home.run('mark', 'read', e['id']).expect(0)
	starred = schema.check(home.run('starred', '--json').json(), schema.ENTRIES)['entries']
	same([(s['id'], s['read'], s['starred']) for s in starred], [(e['id'], True, True)], 'starred')
	home.run('mark', 'unstar', e['id']).expect(0)
	home.run('mark', 'unread', e['id']).expect(0)
	same(home.run('starred', '--json').json(), {'entries': []}, 'starred')
	same(find(e['title']), e, 'the entry')


# ---- add ----

def page(*feeds):
	links = ''.join(f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">' for href, title in feeds)
	return f'<!DOCTYPE html><html><head><title>A page</title>{links}</head><body><p>words</p></body></html>'.encode()


@test
def a_page_with_one_feed_is_taken_for_it():
	url = server.put('/one/', page(('../paper-daily', 'Paper Daily')), 'text/html')
	h = Home(NOW)
	added = schema.check(h.run('add', '--json', url).expect(0).json(), schema.ADDED)
	same(added['subscribed'], [server.url('/paper-daily')], 'subscribed')
	h.remove()


@test
def of_a_page_with_several_feeds_one_is_chosen():
	url = server.put('/two/', page(('/city-news', 'City'), ('/paper-daily', 'Paper')), 'text/html')
	h = Home(NOW)
	listed = h.run('add', url)
	same(listed.status, 2, f'status of {listed}')
	for word in ('1', server.url('/city-news'), '2', server.url('/paper-daily')):
		same(word in listed.out + listed.err, True, f'{word} in {listed}')
	same(os.path.exists(h.feeds) and open(h.feeds).read() != '', False, 'something was taken')
	as_json = h.run('add', '--json', url)
	same(as_json.status, 2, f'status of {as_json}')
	same([f['url'] for f in schema.check(json.loads(as_json.out), schema.ADDED)['found']],
	     [server.url('/city-news'), server.url('/paper-daily')], 'found')
	h.run('add', url, '--feed', '2').expect(0)
	same([f['url'] for f in h.run('feeds', '--json').json()['feeds']], [server.url('/paper-daily')], 'feeds')
	h.run('add', url, '--all').expect(0)
	same(len(h.run('feeds', '--json').json()['feeds']), 2, 'feeds')
	h.run('remove', server.url('/paper-daily')).expect(0)
	same([f['url'] for f in h.run('feeds', '--json').json()['feeds']], [server.url('/city-news')], 'feeds')
	h.remove()


@test
def a_file_of_this_machine_is_a_feed():
	h = Home(NOW)
	path = h.at('local news.xml')
	with open(path, 'wb') as file:
		file.write(newsroom.source('paper-daily').body())
	h.run('add', path).expect(0)
	same(refresh(h)[-1]['summary']['new'], len(newsroom.source('paper-daily').entries), 'new entries')
	same(h.run('feeds', '--json').json()['feeds'][0]['url'].startswith('file:///'), True, 'a file: address')
	same(h.run('latest', '--json').json()['entries'][0]['source'], 'Paper Daily', 'source')
	h.remove()


# ---- exit status ----

@test
def status_0_when_all_is_done():
	for words in (['--version'], ['--help'], ['top', '--help'], ['feeds'], ['latest', '-n', '0'], ['starred']):
		home.run(*words).expect(0)


@test
def status_1_when_there_is_nothing_usable():
	home.run('show', 999999).expect(1)
	home.run('why', 999999).expect(1)
	home.run('add', server.put('/none/', page(), 'text/html')).expect(1)
	home.run('remove', 'https://not-subscribed.example/').expect(1)


@test
def status_2_when_the_command_line_is_wrong():
	home.run('tpo').expect(2, 'top')
	home.run('top', '--jsno').expect(2, '--json')
	home.run('show').expect(2, 'usage')
	home.run('show', 'seven').expect(2)
	home.run('top', '-n', 'x').expect(2, '-n')
	home.run('--now', 'yesterday', 'top').expect(2, '--now')


@test
def status_3_when_some_feeds_failed():
	h = Home(NOW)
	h.subscribe([urls[0], server.url('/missing')])
	lines = schema.check_refresh(h.run('refresh', '--json').expect(3).lines())
	by_feed = {one['feed']: one for one in lines[:-1]}
	same(by_feed[server.url('/missing')]['result'], 'failed', 'result')
	same('404' in by_feed[server.url('/missing')]['error'], True, 'the error says 404')
	same(by_feed[urls[0]]['result'], 'new', 'the other feed')
	h.run('refresh', '--force').expect(3, '404')
	h.remove()


@test
def status_4_when_all_feeds_failed():
	h = Home(NOW)
	h.subscribe([server.url('/missing'), server.url('/missing-too')])
	h.run('refresh').expect(4)
	h.remove()


@test
def status_5_when_the_cache_cannot_be_used():
	h = Home(NOW)
	h.subscribe([urls[0]])
	os.makedirs(h.db)
	h.run('refresh').expect(5, 'lede.db')
	h.run('top').expect(5, 'lede.db')
	h.remove()


# ---- other people's feeds ----

def serve_files(paths, prefix):
	"""Feeds with a validator each; a home subscribed to them."""
	h = Home()
	h.subscribe([server.put(f'{prefix}/{i}', open(path, 'rb').read()) for i, path in enumerate(paths)])
	return h


def twice(h, least):
	"""Refreshes a home twice: something of every feed that can be read, then nothing."""
	first = schema.check_refresh(h.run('refresh', '--json').lines())
	good = [one for one in first[:-1] if one['result'] == 'new']
	same(len(good) >= least, True, f'{len(good)} of {len(first) - 1} feeds brought entries; not '
	     f'{[one for one in first[:-1] if one["result"] != "new"]}')
	schema.check(h.run('latest', '--json').json(), schema.ENTRIES)
	schema.check(h.run('top', '--json').json(), schema.TOP)
	schema.check(h.run('feeds', '--json').json(), schema.FEEDS)
	server.forget()
	second = schema.check_refresh(h.run('refresh', '--json').lines())
	same([one for one in second[:-1] if one['result'] == 'new'], [], 'new in the second refresh')
	return first, second


@test
def the_fixtures_of_the_parser_come_through():
	folder = os.path.join(os.environ.get('srcdir', '.'), 'tests/fixtures/feeds')
	paths = sorted(p for p in glob.glob(folder + '/*') if p.endswith(('.xml', '.json')))
	h = serve_files(paths, '/fixtures')
	twice(h, len(paths) // 2)
	h.remove()


def expected_titles(path):
	"""The titles that the corpus expects of a feed; None when it expects no entries."""
	with open(path + '.expect.json', encoding='utf-8') as file:
		asserts = {a['path']: a for a in json.load(file)['asserts']}
	if asserts.get('error', {}).get('op') != 'null' or not asserts.get('entries', {}).get('value'):
		return None
	titles = [a['value'] for at, a in asserts.items()
	          if at.startswith('entries[') and at.endswith('].title') and a['op'] == 'text']
	return {t for t in titles if t.isprintable()}      # controls do not come through, by design


@test
def sixty_real_feeds_come_through():
	folder = os.path.join(SHARED, 'corpora/feeds/real')
	need(os.path.isdir(folder), '../shared/corpora/feeds/real is not here')
	titles = {p: expected_titles(p) for p in sorted(glob.glob(folder + '/*')) if os.path.exists(p + '.expect.json')}
	chosen = [p for p in titles if titles[p]][:60]
	same(len(chosen), 60, 'feeds with titles')
	h = serve_files(chosen, '/real')
	first, second = twice(h, 55)      # some are copies of another: an entry with the same link is one entry
	same([one for one in first[:-1] if one['result'] == 'failed'], [], 'feeds that failed')
	got = {e['title'] for e in h.run('latest', '--json').json()['entries']}
	for path in chosen:
		missing = titles[path] - got
		if len(missing) * 10 > len(titles[path]):
			raise AssertionError(f'{os.path.basename(path)}: titles missing: {sorted(missing)[:5]}')
	h.remove()


finish(server.close)
