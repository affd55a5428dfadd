"""newsroom.py - 28 invented sources on one invented Monday, written out in every format lede reads.

The same table gives the feeds and what is expected of them: titles, links, dates, which entries tell one story.
Its clock says Monday 14 April 2025, 08:14 UTC.
"""
import datetime
import json
from xml.sax.saxutils import escape

NOW = 1744618440
MINUTE, HOUR = 60, 3600


class Entry:
	def __init__(self, title, link, published, text, author):
		self.title, self.link, self.published, self.text, self.author = title, link, published, text, author

	@property
	def date(self):
		return stamp(self.published)


class Source:
	"""A feed: where it is, what it is called, how it is written."""

	def __init__(self, name, title, style, encoding='utf-8'):
		self.name, self.title, self.style, self.encoding = name, title, style, encoding
		self.entries = []

	@property
	def path(self):
		return f'/{self.name}'

	@property
	def site(self):
		return f'http://{self.name}.example/'

	def body(self):
		return STYLES[self.style](self).encode(self.encoding)

	def content_type(self):
		kind = 'application/feed+json' if self.style.startswith('json') else 'application/xml'
		return kind


def stamp(t):
	return datetime.datetime.fromtimestamp(t, datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')


def rfc822(t):
	return datetime.datetime.fromtimestamp(t, datetime.timezone.utc).strftime('%a, %d %b %Y %H:%M:%S +0000')


# ---- formats ----

def declaration(source):
	return f'<?xml version="1.0" encoding="{source.encoding}"?>\n'


def rss(source, version='2.0'):
	items = ''.join(
		f'<item><title>{escape(e.title)}</title><link>{escape(e.link)}</link><guid isPermaLink="false">{source.name}-{i}</guid>'
		f'<author>{escape(e.author)}</author><pubDate>{rfc822(e.published)}</pubDate>'
		f'<description>{escape("<p>" + e.text + "</p>")}</description></item>\n'
		for i, e in enumerate(source.entries))
	return (f'{declaration(source)}<rss version="{version}"><channel><title>{escape(source.title)}</title>'
	        f'<link>{source.site}</link><description>invented</description>\n{items}</channel></rss>\n')


def rss_old(source):
	return rss(source, '0.92')


def rdf(source):
	items = ''.join(
		f'<item rdf:about="{escape(e.link)}"><title>{escape(e.title)}</title><link>{escape(e.link)}</link>'
		f'<dc:creator>{escape(e.author)}</dc:creator><dc:date>{stamp(e.published)}</dc:date>'
		f'<description>{escape(e.text)}</description></item>\n' for e in source.entries)
	return (f'{declaration(source)}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
	        f'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
	        f'<channel rdf:about="{source.site}"><title>{escape(source.title)}</title><link>{source.site}</link>'
	        f'<description>invented</description></channel>\n{items}</rdf:RDF>\n')


def atom(source):
	entries = ''.join(
		f'<entry><id>urn:{source.name}:{i}</id><title>{escape(e.title)}</title><link href="{escape(e.link)}"/>'
		f'<author><name>{escape(e.author)}</name></author><published>{stamp(e.published)}</published>'
		f'<updated>{stamp(e.published)}</updated><content type="html">{escape("<p>" + e.text + "</p>")}</content></entry>\n'
		for i, e in enumerate(source.entries))
	return (f'{declaration(source)}<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:{source.name}</id>'
	        f'<title>{escape(source.title)}</title><link href="{source.site}"/><updated>{stamp(NOW)}</updated>\n'
	        f'{entries}</feed>\n')


def atom_old(source):
	entries = ''.join(
		f'<entry><id>urn:{source.name}:{i}</id><title>{escape(e.title)}</title>'
		f'<link rel="alternate" type="text/html" href="{escape(e.link)}"/><author><name>{escape(e.author)}</name></author>'
		f'<issued>{stamp(e.published)}</issued><modified>{stamp(e.published)}</modified>'
		f'<content type="text/html" mode="escaped">{escape("<p>" + e.text + "</p>")}</content></entry>\n'
		for i, e in enumerate(source.entries))
	return (f'{declaration(source)}<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>{escape(source.title)}</title>'
	        f'<link rel="alternate" type="text/html" href="{source.site}"/><modified>{stamp(NOW)}</modified>\n{entries}</feed>\n')


def json_feed(source, version='1.1'):
	def author(e):
		return {'authors': [{'name': e.author}]} if version == '1.1' else {'author': {'name': e.author}}
	return json.dumps({
		'version': f'https://jsonfeed.org/version/{version}', 'title': source.title, 'home_page_url': source.site,
		'items': [dict(id=f'{source.name}-{i}', url=e.link, title=e.title, content_html=f'<p>{e.text}</p>',
		               date_published=stamp(e.published), **author(e)) for i, e in enumerate(source.entries)],
	}, ensure_ascii=False, indent=1)


def json_feed_old(source):
	return json_feed(source, '1')


STYLES = {'rss': rss, 'rss0.92': rss_old, 'rdf': rdf, 'atom': atom, 'atom0.3': atom_old, 'json': json_feed,
          'json1.0': json_feed_old}

# ---- the sources ----

SOURCES = [Source(*row) for row in (
	('paper-daily', 'Paper Daily', 'rss'), ('city-news', 'City News', 'atom'), ('science-wire', 'Science Wire', 'atom'),
	('law-trade', 'Law & Trade', 'rdf'), ('form-city', 'Form & City', 'json'), ('harbour-times', 'Harbour Times', 'rss0.92'),
	('island-radio', 'Island Radio', 'rss', 'iso-8859-1'), ('slow-monthly', 'The Slow Monthly', 'atom0.3'),
	('market-sheet', 'Market Sheet', 'rss'), ('field-notes', 'Field Notes', 'json1.0'),
	('aviation-post', 'Aviation Post', 'atom', 'utf-16'), ('green-letter', 'Green Letter', 'rss'),
	('clinic', 'The Clinic', 'rdf'), ('work-review', 'Work Review', 'atom'), ('rail-gazette', 'Rail Gazette', 'rss'),
	('hill-farmer', 'Hill Farmer', 'json'), ('bell-tower', 'Bell Tower', 'rss'), ('night-desk', 'Night Desk', 'atom'),
	('map-room', 'Map Room', 'rdf', 'windows-1252'), ('kitchen', 'Kitchen Table', 'rss'),
	('zhishang', '紙上日報', 'rss'), ('chengshi', '城市新聞', 'atom'), ('kexue', '科學快訊', 'rss', 'big5'),
	('rukou', '入口城市页', 'rss', 'gb18030'), ('manyuekan', '慢月刊', 'json'),
	('asa', '朝の便り', 'rss'), ('umi', '海と空', 'rdf', 'shift_jis'), ('kawara', '河原新聞', 'atom', 'euc_jp'),
)]

# Told by one source each, in the order of the sources, five each. No two share the words that matter.
ALONE = '''\
Bridge piers repaired before winter ice arrives
Library lends umbrellas on rainy afternoons
Old clockmaker closes his workshop after fifty years
Court allows pigeons on cathedral roof
Parliament debates longer summer holidays
Tram line nine extended to the brewery
Fountain dry again while pump is cleaned
Swimming pool heats water with bakery ovens
Lost parrot recites timetable at station
Museum opens its storerooms on Sundays
Telescope spots faint comet behind Jupiter
Researchers grow coral in abandoned quarry
Quantum thermometer fits inside a matchbox
Ants build rafts faster than expected
Volcano hums below human hearing
Customs officers auction confiscated violins
Judges settle quarrel over orchard fence
Notaries accept signatures drawn by hand
Exporters fear new stamp on cheese
Tribunal returns painting to widow
Architects plant moss on concrete towers
Empty department store becomes climbing hall
Suburb votes against taller chimneys
Glass arcade reopens without its doves
Staircase wins prize for patience
Dredging starts before the herring do
Pilots want second tower at west mole
Lighthouse keeper paints lamp room blue
Ferry captains vote to ring bells again
Container lines cut one call in seven
Crabs cross coast road by the million
Radio choir sings from a submarine
Island bakery sells bread by weight of sender
Storm shelter doubles as cinema
Beekeepers move hives by rowing boat
Typesetter files away last wooden letters
Cartographer walks border in slippers
How one village archived every snowfall
Inventor of silent doorbell remembered
Puppeteer rebuilds theatre from driftwood
Tea dearer for third spring running
Copper slips as smelters restart
Wool futures climb on shearing delays
Bank prints banknotes with braille corners
Pepper harvest disappoints traders
Seed vault adds fifteen mountain stations
Herbarium finds orchid thought extinct
Owls return to disused granary
Mushroom season begins three weeks early
Otters counted under moonlit weir
Amphibious aircraft taxis on lake
Gliders banned above salt marsh
Airport swaps carpets for cork
Balloonists photograph noctilucent clouds
Propeller museum acquires rare biplane
Rivers tested for leftover medicines
Windmill owners share surplus power
City lawns mown only twice yearly
Composting toilets reach alpine huts
Hedgerow grants double for smallholders
Vaccine shields against two infections
Nurses trial singing on stroke wards
Dentists warn about frozen grapes
Sleep clinic prescribes darkness at noon
Hospital kitchen replaces trays with menus
Who pays overtime when working from home
Apprentices learn masonry through virtual stones
Union wants quieter vacuum cleaners
Four day week divides glassblowers
Retired engineers tutor young welders
Night train to the coast returns in June
Signal box sold to model maker
Conductors receive pocket dictionaries
Tunnel drilled through chalk ahead of plan
Dining car keeps porcelain cups
Sheepdogs trained by whistle app
Terraces rebuilt with volunteer hands
Milk robots arrive on steep meadows
Goat cheese wins over sceptical judges
Drought maps guide hay deliveries
Carillon plays requests on market days
Choirmaster discovers forgotten mass
Organ pipes tuned after flood damage
Bellringers seek left handed members
Church attic hides medieval graffiti
Police recover stolen tuba from canal
Lamplighters honoured with bronze plaque
Insomniacs gather for midnight chess
Fireworks replaced by drones and drums
Taxi radio falls silent after decades
Islands erased from charts were never real
Surveyors remeasure highest village pub
Atlas publisher recalls misprinted delta
Compass factory moves north magnetically
Street names chosen by schoolchildren
Sourdough starter insured for thousands
Chestnut flour back in mountain bakeries
Pickled lemons conquer canteen menus
Chef serves soup through letterbox
Salt tasting becomes unlikely pastime
春茶連續三年漲價
圖書館借出三萬把雨傘
老鐘錶匠關上作坊大門
水族館迎來兩隻海獺
山區小學開設星空課
古城牆下發現宋代水井
夜市搬到舊海關大樓
電車九號線延伸至啤酒廠
博物館週日開放庫房
渡輪船長投票恢復鳴鐘
望遠鏡捕捉到暗淡彗星
珊瑚在廢棄採石場生長
火山發出人耳聽不見的低鳴
螞蟻造筏速度超出預期
新型溫度計只有火柴盒大
粮食仓库改建成攀岩馆
高铁餐车保留瓷杯
两千只候鸟提前返回湿地
养蜂人用小船搬运蜂箱
铜价回落冶炼厂复工
建築師在水泥塔樓種苔蘚
一間書店與它的最後一位排字工
木偶戲找到年輕觀眾
地圖上不存在的島嶼
鄉村檔案記錄每一場雪
春の新茶、一週間早く店頭に
図書館が雨の日に傘を貸し出し
夜行列車、六月に海岸線へ復活
灯台守がランプ室を青く塗る
市電九号線、醸造所まで延伸
海底に地震観測点を四十か所新設
カワウソの数を月夜に調査
渡り鳥、干潟へ二週間早く到着
廃校の天文台で子ども観測会
珊瑚の養殖、採石場跡で成功
風車の余った電気を町で分け合う
古い温泉旅館が映画館に
鐘楼の鐘、市場の日に願い曲を演奏
チーズ職人、山の牧場に弟子入り
人形劇団が流木で劇場を建てる
'''.splitlines()

# Told by several: (sources, titles). One title for all of them: exact copies. In the order of time, oldest first.
TOLD = [
	(('paper-daily', 'city-news', 'science-wire', 'law-trade', 'rukou'),
	 ['Ministry to tighten rules on personal data kept by phone apps']),
	(('city-news', 'form-city', 'harbour-times'), ['Harbour bridge reopens after two years of work']),
	(('science-wire', 'green-letter'), ['New window glass switches between sun and heat']),
	(('island-radio', 'kitchen'), ['Strawberry growers blame frost for empty shelves']),
	(('zhishang', 'chengshi', 'kexue'), ['手機應用收集個人資料，規則將收緊']),
	(('chengshi', 'manyuekan'), ['封閉兩年的跨江大橋今晨恢復通車']),
	(('asa', 'umi', 'kawara'), ['個人情報の保護を強化へ、基準案づくり始まる']),
	(('rail-gazette', 'bell-tower', 'night-desk'),
	 ['Station clock stops at noon, trains run on without it', 'Trains run on as station clock stops at noon',
	  'Noon: station clock stops, trains run on']),
]

LONG = ('The ministry will draft standards for how apps collect and use what people type, its head of security said. '
        'Callers who know a name, a street and an order number are believed; <a href="http://rules.example/draft">a draft</a> '
        'is open for comment until June.')


def source(name):
	return next(s for s in SOURCES if s.name == name)


def fill():
	"""Deals the entries out. Times are all different, and within the last two days."""
	for i, title in enumerate(ALONE):
		s = SOURCES[i // 5]
		add(s, title, NOW - (40 + 19 * i) * MINUTE, f'{title}. That is what {s.title} heard and wrote down.'.replace('&', '&amp;'))
	for i, (names, titles) in enumerate(TOLD):
		for j, name in enumerate(names):
			add(source(name), titles[j % len(titles)], NOW - 30 - (7 * HOUR + 33 * MINUTE) - i * 41 * MINUTE + j * 11 * MINUTE,
			    LONG)


def add(s, title, published, text):
	s.entries.append(Entry(title, f'{s.site}{len(s.entries) + 1}', published, text, f'Desk of {s.name}'))


def long_article():
	"""An article of several pages, with every kind of block."""
	pages = ''.join(f'<p>Chapter {n}. The clockmaker lifted wheel {n} out of the case and put it on the felt. '
	                'It turned once and lay still, and he wrote its number into the book with a pencil. '
	                f'Nobody had asked for number {n} since the shop was opened.</p>' for n in range(1, 31))
	return ('<h2>The workshop</h2>' + pages + '<ul><li>one spring</li><li>two <a href="http://clock.example/wheels">wheels'
	        '</a></li></ul><blockquote><p>“Time is patient,” he said.</p></blockquote><pre>tick  12\ntock  13</pre>'
	        '<p>See <a href="http://clock.example/book">the book</a>.</p>')


fill()
add(source('rukou'), '监管部门约谈三家平台', NOW - 77 * MINUTE, '监(jiān)管部门说，各行(háng)各业都应重(zhòng)视用户的选择。')
add(source('paper-daily'), 'A long afternoon among the sundials', NOW - 12 * MINUTE, long_article())


def stories():
	"""Sets of (source title, entry title) that tell one story, for all that several tell."""
	return [{(source(name).title, titles[j % len(titles)]) for j, name in enumerate(names)} for names, titles in TOLD]
