#!/usr/bin/env python3
"""moving_test.py - `lede import` of what other readers left behind, and `lede export`.

The files of newsboat and sfeed are made by the programs themselves where they are installed, against a server on 127.0.0.1; the
small ones in tests/fixtures/import were made the same way.
"""
import glob
import json
import os
import shutil
import sqlite3
import subprocess
import time

import newsroom
import schema
from feed_server import Server
from lede import Home, finish, need, same, test

NOW = newsroom.NOW
FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures', 'import')
server = Server()
homes = []

ITEMS = [
	# title, guid, link, date
	('With everything', 'g-1', 'http://a.example/1', 'Mon, 14 Apr 2025 06:13:00 GMT'),
	('Without a guid', None, 'http://a.example/2', 'Mon, 14 Apr 2025 05:13:00 GMT'),
	('Without guid and date', None, 'http://a.example/3', None),
	('Nothing but a title', None, None, None),
	('Its guid is its address', 'http://www.a.example/5/', 'http://www.a.example/5/', 'Sun, 13 Apr 2025 06:13:00 GMT'),
	('Flagged', 'g-6', 'http://a.example/6', 'Sat, 12 Apr 2025 06:13:00 GMT'),
	('Deleted', 'g-7', 'http://a.example/7', 'Sat, 12 Apr 2025 05:13:00 GMT'),
	('Old and read', 'g-8', 'http://a.example/8', 'Wed, 01 Jan 2025 05:13:00 GMT'),
]


def rss(title, items):
	def element(name, value):
		return f'<{name}>{value}</{name}>' if value else ''
	return ('<?xml version="1.0"?><rss version="2.0"><channel><title>' + title + '</title><link>http://a.example/</link>'
	        + '<description>d</description>' + ''.join(
		'<item>' + element('title', t) + element('link', link) + element('guid', guid) + element('pubDate', date)
		+ '<description>&lt;p&gt;Text of ' + t + '&lt;/p&gt;</description></item>' for t, guid, link, date in items)
	        + '</channel></rss>').encode()


def new_home(now=NOW):
	home = Home(now)
	homes.append(home)
	return home


def put(home, name, text):
	path = home.at(name)
	home.write(path, text)
	return path


def imported(home, *words, status=0):
	result = home.run('import', '--json', *words).expect(status)
	return schema.check(json.loads(result.out), schema.IMPORTED)


def entries(home):
	return home.run('latest', '--json').json()['entries']


def feeds_file(home):
	with open(home.feeds, encoding='utf-8') as file:
		return file.read()


def marks(home):
	return {e['title']: (e['read'], e['starred']) for e in entries(home)}


# ---- newsboat ----

def newsboat_folder(home, url):
	"""newsboat's files as it makes them: one feed that it knows, one that left its list, marks of every kind."""
	folder = home.at('.newsboat')
	os.makedirs(folder)
	put(home, '.newsboat/urls', f'{url} news "two words" "~Named by me"\n')
	put(home, '.newsboat/config', 'reload-time 30\nauto-reload yes\n')
	gone = server.put('/gone.xml', rss('Gone', [('Orphan', 'o-1', 'http://o.example/1', None)]))
	put(home, 'both', f'{url}\n{gone}\n')
	subprocess.run(['newsboat', '-u', home.at('both'), '-c', os.path.join(folder, 'cache.db'), '-C', '/dev/null', '-x', 'reload'],
	               check=True, env=home.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)
	with sqlite3.connect(os.path.join(folder, 'cache.db')) as db:
		db.execute("update rss_item set unread = 0 where title in ('Old and read', 'With everything')")
		db.execute("update rss_item set flags = 'ab' where title = 'Flagged'")
		db.execute("update rss_item set deleted = 1 where title = 'Deleted'")
	db.close()
	return folder


def check_newsboat(home, folder, url):
	"""Into an empty store, twice, then a refresh of the same feed: nothing doubles, nothing read turns unread."""
	took = imported(home, folder)
	same([f['kind'] for f in took['files']], ['newsboat urls', 'newsboat config', 'newsboat cache'], 'kinds')
	same((took['feeds'], took['entries']['new'], took['entries']['deleted'], took['entries']['orphans']),
	     ({'new': 1, 'known': 0}, 7, 1, 1), 'what came')
	before = marks(home)
	same(before['Old and read'], (True, False), 'read there')
	same(before['Flagged'], (False, True), 'flagged there')
	same('Deleted' in before, False, 'deleted there')
	same([e['id'] for e in sorted(entries(home), key=lambda e: e['published'] or '9')][:5], [1, 2, 3, 4, 5], 'ids by time')
	same(feeds_file(home), f'{url} "~Named by me" news "two words"\n', 'feeds file')
	again = imported(home, folder)
	same((again['entries']['new'], again['feeds'], again['settings']), (0, {'new': 0, 'known': 1}, []), 'the second time')
	same(marks(home), before, 'marks after the second time')
	read = [e['id'] for e in entries(home) if e['title'] == 'With everything']
	home.run('mark', 'unread', *read).expect(0)
	imported(home, folder)
	same(marks(home)['With everything'], (False, False), 'marked unread by hand')


def check_refresh_after(home):
	titles = sorted(e['title'] for e in entries(home))
	before = marks(home)
	home.run('refresh').expect(0)
	same(sorted(e['title'] for e in entries(home)), titles, 'titles after a refresh')
	same(marks(home), before, 'marks after a refresh')


@test
def newsboat_s_cache_comes_with_its_marks_and_doubles_nothing():
	need(shutil.which('newsboat'), 'newsboat is not installed')
	home = new_home(int(time.time()))
	url = server.put('/a.xml', rss('A', ITEMS))
	check_newsboat(home, newsboat_folder(home, url), url)
	check_refresh_after(home)


@test
def the_fixture_of_newsboat_comes_too():
	home = new_home()
	took = imported(home, os.path.join(FIXTURES, 'newsboat'))
	same((took['feeds']['new'], took['entries']['new'], took['entries']['deleted'], took['entries']['orphans']), (1, 7, 1, 1), 'what came')
	same(marks(home)['Flagged'], (False, True), 'flagged there')
	same(marks(home)['Old and read'], (True, False), 'read there')


@test
def a_filtered_feed_is_left_unless_its_plain_address_is_wanted():
	home = new_home()
	urls = put(home, 'urls', 'http://a.example/feed\n"filter:~/bin/clean.py --all:http://b.example/rss?x=1:2" news "~Mine"\nfilter:x:exec:date\n')
	took = imported(home, urls)
	same((took['feeds']['new'], [left['line'] for left in took['left']]), (1, [2, 3]), 'left')
	same('http://b.example/rss?x=1:2' in took['left'][0]['why'] and '--unfilter' in took['left'][0]['why'], True, took['left'])
	took = imported(home, '--unfilter', urls)
	same(took['feeds'], {'new': 1, 'known': 1}, 'feeds')
	same('http://b.example/rss?x=1:2 ~Mine news' in feeds_file(home), True, feeds_file(home))
	same('exec' in feeds_file(home), False, 'a command behind a filter')
	same(imported(home, '--unfilter', urls)['feeds'], {'new': 0, 'known': 2}, 'the second time')


@test
def the_flags_that_mean_starred_can_be_named():
	home = new_home()
	took = imported(home, '--star', 'x', os.path.join(FIXTURES, 'newsboat'))
	same(took['entries']['starred'], 0, 'starred')


@test
def the_name_of_a_program_stands_for_its_usual_places():
	home = new_home()
	shutil.copytree(os.path.join(FIXTURES, 'newsboat'), home.at('.newsboat'))
	same(imported(home, 'newsboat')['entries']['new'], 7, 'entries')
	nothing = imported(home, 'newsraft', status=1)
	same('usual places' in nothing['files'][0]['error'], True, 'says where it looked')


@test
def a_trial_changes_nothing():
	home = new_home()
	took = imported(home, '--dry-run', os.path.join(FIXTURES, 'newsboat'))
	same((took['trial'], took['entries']['new']), (True, 7), 'what would come')
	same(os.path.exists(home.feeds) or os.path.exists(home.db), False, 'files made')


@test
def settings_that_mean_something_here_are_taken_once():
	home = new_home()
	home.write(home.config, '# mine\n[lede]\ntimeout = 5\n\n[tag news]\nweight = 3\n')
	config = put(home, 'theirs/config', 'download-timeout 30\nuser-agent "me/1.0"\nscrolloff 4\nproxy p.example:3128\nuse-proxy yes\n'
	             'browser "firefox %u"\nbind-key j down\n')
	took = imported(home, config)
	same({s['name']: s['value'] for s in took['settings']},
	     {'user-agent': 'me/1.0', 'scroll-offset': '4', 'browser': 'firefox %u', 'proxy': 'http://p.example:3128'}, 'settings')
	with open(home.config, encoding='utf-8') as file:
		text = file.read()
	same(text.startswith('# mine\n[lede]\n') and text.endswith('timeout = 5\n\n[tag news]\nweight = 3\n'), True, f'the rest stays: {text}')
	same(imported(home, config)['settings'], [], 'the second time')
	home.run('feeds').expect(0)


# ---- newsraft, sfeed, snownews, OPML ----

@test
def newsraft_s_sections_become_tags_and_settings_find_their_place():
	home = new_home()
	feeds = put(home, 'feeds', 'http://n.example/1 "First"\n@ World < download-timeout 9; bind x quit\n'
	            'https://n.example/2/ "Second" < user-agent me; item-rule 1=1\n$(touch ran)\ngopher://n.example/\n@ Global\nhttp://n.example/4\n')
	took = imported(home, feeds)
	same(feeds_file(home), 'http://n.example/1 ~First\nhttps://n.example/2/ ~Second World\nhttp://n.example/4\n', 'feeds')
	same({(s['name'], s['value'], s['tag'], s['feed']) for s in took['settings']},
	     {('timeout', '9', 'World', None), ('user-agent', 'me', None, 'https://n.example/2/')}, 'settings')
	same([one['line'] for one in took['left']], [2, 3, 4, 5], 'lines left')


def newsraft_cache(home):
	path = home.at('newsraft.sqlite3')
	with sqlite3.connect(path) as db:
		db.execute('create table feeds(feed_url text not null unique, title text, link text)')
		db.execute('create table items(feed_url text not null, guid text not null, title text, link text, content text, attachments text,'
		           ' persons text, extras text, publication_date integer, update_date integer, unread integer, important integer)')
		db.execute("insert into feeds values('https://n.example/2', 'Second', 'https://n.example')")
		packed = '\x1f^\x1ftype=text/plain\x1ftext=short\x1f^\x1ftype=text/html\x1ftext=<p>The longer text</p>'
		db.execute("insert into items values('https://n.example/2', 'x1', 'One', 'https://n.example/one', ?, '', ?, '', 1744500000, 0, 0, 1)",
		           (packed, '\x1f^\x1ftype=author\x1fname=Ann'))
	db.close()
	return path


@test
def newsraft_s_cache_comes_though_it_lacks_final_slashes():
	home = new_home()
	home.subscribe(['https://n.example/2/'])
	took = imported(home, newsraft_cache(home))
	same(took['entries']['new'], 1, 'entries')
	one = entries(home)[0]
	same((one['title'], one['author'], one['read'], one['starred']), ('One', 'Ann', True, True), 'the entry')
	same('The longer text' in home.run('show', one['id']).out, True, 'its text')


SFEEDRC = r'''# a comment with feeds() in it
sfeedpath="$HOME/.sfeed/feeds"
fetch() {
	curl "$1"
}
feeds() {
	# feed "commented" "http://s.example/no"
	feed "A/B" '%s' "http://a.example/"
	feed Joined\ words "http://s.example/2?a=1&b=2" "" "ISO-8859-1"
	feed "computed" "$(touch %s)"
	if true; then
		feed "inside" "http://s.example/3"
	fi
	for u in x y; do feed "$u" "http://s.example/$u"; done
	feed "last" "http://s.example/4"; feed "same line" "http://s.example/5"
}
'''


@test
def sfeedrc_is_read_and_never_run():
	home = new_home()
	rc = put(home, '.sfeed/sfeedrc', SFEEDRC % ('http://s.example/1', home.at('ran')))
	took = imported(home, rc)
	same(feeds_file(home), 'http://s.example/1 ~A/B\n"http://s.example/2?a=1&b=2" "~Joined words"\n'.replace('"http://s.example/2?a=1&b=2"', 'http://s.example/2?a=1&b=2')
	     + 'http://s.example/4 ~last\nhttp://s.example/5 "~same line"\n', 'feeds')
	same([(s['name'], s['value']) for s in took['settings']], [('encoding', 'ISO-8859-1')], 'settings')
	same(os.path.exists(home.at('ran')), False, 'ran')
	same(any('fetch' == one['what'] for one in took['left']), True, f'functions are named: {took["left"]}')


def check_sfeed(home):
	same(imported(home, home.at('.sfeed'))['entries']['new'], 8, 'entries')
	before = marks(home)
	same(before['Old and read'], (True, False), 'days before the newest')
	same(before['With everything'], (False, False), 'the newest')
	same(imported(home, home.at('.sfeed'))['entries']['new'], 0, 'entries the second time')
	same(marks(home), before, 'marks')


@test
def sfeed_s_entries_come_and_double_nothing():
	need(shutil.which('sfeed_update'), 'sfeed is not installed')
	need(shutil.which('curl'), 'sfeed_update needs curl')
	home = new_home(int(time.time()))
	url = server.put('/a.xml', rss('A', ITEMS))
	put(home, '.sfeed/sfeedrc', f'feeds() {{\n\tfeed "A/B" "{url}"\n}}\n')
	subprocess.run(['sfeed_update', home.at('.sfeed/sfeedrc')], check=True, env=home.env, stdout=subprocess.DEVNULL,
	               stderr=subprocess.DEVNULL, timeout=60)
	check_sfeed(home)
	check_refresh_after(home)


@test
def the_fixture_of_sfeed_comes_too():
	home = new_home()
	shutil.copytree(os.path.join(FIXTURES, 'sfeed'), home.at('.sfeed'))
	check_sfeed(home)


@test
def sfeed_s_list_of_what_was_read_counts():
	home = new_home()
	shutil.copytree(os.path.join(FIXTURES, 'sfeed'), home.at('.sfeed'))
	put(home, '.sfeed/urls', 'http://a.example/1\n')
	imported(home, home.at('.sfeed'))
	same([title for title, (read, _) in marks(home).items() if read], ['With everything'], 'read')


@test
def snownews_lists_come_of_both_kinds():
	home = new_home()
	old = put(home, 'urls', 'http://w.example/1|One|a,b|\nexec:./script|Two||\nhttp://w.example/3|Three||filter.sh\nsmartfeed:/newitems|New||\n')
	new = put(home, 'urls.opml', '<opml version="2.0"><body><outline text="Four" xmlUrl="http://w.example/4" category="c,/d/e"/>'
	          '<outline text="Five" xmlUrl="exec:./x"/></body></opml>')
	took = imported(home, old, new)
	same(feeds_file(home), 'http://w.example/1 ~One a b\nhttp://w.example/3 ~Three\nhttp://w.example/4 ~Four c d/e\n', 'feeds')
	same(len(took['left']), 4, f'left: {took["left"]}')


@test
def the_folders_of_opml_become_tags():
	home = new_home()
	path = put(home, 'x.xml', '<?xml version="1.0"?><opml version="1.0"><body><outline text="News"><outline title="World">'
	           '<outline TEXT="One" XMLURL="http://o.example/1" filtercmd="rm -rf x"/></outline></outline>'
	           '<outline text="Two" xmlUrl="|touch ran"/><outline text="Three" type="rss" url="http://o.example/3"/></body></opml>')
	took = imported(home, path)
	same(feeds_file(home), 'http://o.example/1 ~One News/World\nhttp://o.example/3 ~Three\n', 'feeds')
	same(len(took['left']), 2, f'left: {took["left"]}')


@test
def what_is_exported_comes_back_byte_for_byte():
	home, other = new_home(), new_home()
	home.write(home.feeds, 'http://e.example/1?a=1&b=2 "~A < b & \\"c\\"" tag "two words"\nhttps://me:pw@e.example/2\nfile:///tmp/x\n')
	out = home.run('export').expect(0).out
	same('pw' in out or 'file:' in out, False, f'secrets and files stay: {out}')
	imported(other, put(other, 'list.opml', out))
	same(other.run('export').expect(0).out, out, 'the second export')
	same('me:pw@' in home.run('export', '--secrets').expect(0).out, True, 'secrets that are asked for')


# ---- what is kept, and what is hostile ----

@test
def lists_that_are_there_keep_their_lines_and_comments():
	home = new_home()
	home.write(home.feeds, '# mine\nhttp://k.example/1 old # why\n\nhttp://k.example/2 "~Mine"')
	imported(home, put(home, 'urls', 'http://k.example/1 new "~Theirs"\nhttp://k.example/2 "~Theirs"\nhttp://k.example/3 !\n'))
	same(feeds_file(home), '# mine\nhttp://k.example/1 old "~Theirs" new # why\n\nhttp://k.example/2 "~Mine"\nhttp://k.example/3 !\n'
	     .replace('"~Theirs"', '~Theirs'), 'feeds file')


@test
def an_import_marks_what_nobody_marked_here():
	home = new_home()
	url = server.put('/a.xml', rss('A', ITEMS))
	home.subscribe([url])
	home.run('refresh').expect(0)
	kept = [e['id'] for e in entries(home) if e['title'] == 'Flagged']
	home.run('mark', 'star', *kept).expect(0)
	home.run('mark', 'unstar', *kept).expect(0)
	cache = home.at('cache.db')
	shutil.copy(os.path.join(FIXTURES, 'newsboat', 'cache.db'), cache)
	with sqlite3.connect(cache) as db:
		db.execute('update rss_item set feedurl = ?', (url,))
	db.close()
	imported(home, cache)
	same(marks(home)['Old and read'], (True, False), 'read there, untouched here')
	same(marks(home)['Flagged'], (False, False), 'the star was taken away here')
	same('Deleted' in marks(home), True, 'what is here stays')


def hostile_database(path, *statements):
	with sqlite3.connect(path) as db:
		for one in statements:
			db.execute(one)
	db.close()
	return path


@test
def hostile_databases_end_in_a_sentence():
	home = new_home()
	home.subscribe(['http://h.example/'])
	columns = 'guid, title, url, feedurl, pubDate, content, unread'
	good = hostile_database(home.at('types.db'), f'create table rss_item({columns})',
	                        "insert into rss_item values(x'00ff', 5, x'fe', 'http://h.example/', 'soon', 1.5, 'yes')",
	                        "insert into rss_item values('a', replace(hex(zeroblob(5000000)), '0', 't'), '', 'http://h.example/', -9e99, NULL, 0)")
	same(imported(home, good)['entries']['new'], 2, 'rows of wrong types')
	view = hostile_database(home.at('view.db'), 'create view rss_item as with recursive a(guid, feedurl) as (select 1, 2 union all select guid + 1, 2'
	                        ' from a) select * from a')
	same('neither' in imported(home, view, status=1)['files'][0]['error'], True, 'a view is no table')
	same(imported(home, hostile_database(home.at('none.db'), 'create table rss_item(a)'), status=1)['entries']['new'], 0, 'columns missing')
	with open(good, 'rb') as file:
		whole = file.read()
	for i in range(40):
		torn = bytearray(whole)
		for at in range(100 + i * 37, len(torn), max(1, len(torn) // 50)):
			torn[at] ^= 0x5a
		with open(home.at('torn.db'), 'wb') as file:
			file.write(torn if i % 2 else torn[:len(torn) * (i + 1) // 41])
		result = home.run('import', home.at('torn.db'))
		same(result.status in (0, 1, 5), True, f'{result}')


@test
def odd_files_end_in_a_sentence():
	home = new_home()
	os.symlink(home.at('loop'), home.at('loop'))
	os.mkfifo(home.at('pipe'))
	os.symlink('/dev/zero', home.at('zero'))
	put(home, 'page.html', '<html><body>hello</body></html>')
	put(home, 'quotes', '"' * 100000)
	for name in ('loop', 'pipe', 'zero', 'page.html', 'quotes', 'not-there', '.'):
		result = home.run('import', home.at(name))
		same(result.status == 1 and result.err.startswith('lede: '), True, f'{name}: {result}')
	same(os.path.exists(home.feeds), False, 'a feeds file')


@test
def commands_leave_no_process_and_no_file():
	home = new_home()
	ran = home.at('ran')
	put(home, 'urls', f'"exec:touch {ran}"\n"filter:touch {ran}:http://x.example/"\nhttp://x.example/ "`touch {ran}`" "$(touch {ran})"\n')
	put(home, 'theirs/config', f'browser `touch {ran}`\nbrowser "sh -c \'touch {ran}\'"\nproxy `touch {ran}`\nuse-proxy yes\ninclude {ran}\n')
	put(home, '.sfeed/sfeedrc', f'touch {ran}\nsfeedpath="`touch {ran}`"\nfeeds() {{\nfeed "`touch {ran}`" "http://y.example/"\n}}\n')
	imported(home, home.at('urls'), home.at('theirs/config'), home.at('.sfeed/sfeedrc'))
	same(os.path.exists(ran), False, 'a command was run')
	same('browser' in (open(home.config).read() if os.path.exists(home.config) else ''), False, 'a shell command became the browser')


@test
def a_hundred_thousand_entries_are_quick():
	home = new_home()
	home.subscribe([f'http://m{i}.example/' for i in range(100)])
	path = home.at('many.db')
	with sqlite3.connect(path) as db:
		db.execute('create table rss_item(id integer primary key, guid, title, url, feedurl, pubDate, content, unread, flags, deleted)')
		db.executemany('insert into rss_item values(?, ?, ?, ?, ?, ?, ?, ?, ?, 0)', (
			(i, f'g{i}', f'Title of entry number {i}', f'http://m.example/{i}', f'http://m{i % 100}.example/', 1744600000 - i * 60,
			 f'<p>{"Some words of the entry. " * 10}{i}</p>', i % 3 == 0, '') for i in range(1, 100001)))
	db.close()
	began = time.monotonic()
	took = imported(home, path)
	seconds = time.monotonic() - began
	same(took['entries']['new'], 100000, 'entries')
	print(f'100,000 entries: {seconds:.1f} s')
	same(len(home.run('top', '--json').json()['stories']) > 0, True, 'stories')


def clean():
	for home in homes:
		home.remove()
	server.close()


if __name__ == '__main__':
	finish(clean)
