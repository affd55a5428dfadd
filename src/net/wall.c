#include "lede/net/wall.h"

#include <stdlib.h>

#include "lede/base/hash.h"
#include "lede/base/mem.h"
#include "lede/text/url.h"

#define NETWORK_LOGIN "your network wants a login first"
#define PAGES 16
#define HOSTS_OF_A_WALL 3
#define AT_ONCE (10 * 60 * 1000)

static bool has(struct str head, const char *mark)
{
	return str_find_nocase(head, str_of(mark)) != SIZE_MAX;
}

/* ---- bot checks ---- */

static const char *cloudflare(const struct wall_signs *s)
{
	bool refused = s->reply->status == 403 || s->reply->status == 503;

	return s->reply->signs & REPLY_CF_CHALLENGE ||
	       (refused && has(s->head, "/cdn-cgi/challenge-platform/")) ?
	       "bot check (Cloudflare)" : NULL;
}

static const char *aws(const struct wall_signs *s)
{
	return s->reply->signs & REPLY_WAF_CHALLENGE ? "bot check (AWS)" : NULL;
}

static const char *datadome(const struct wall_signs *s)
{
	bool refused = s->reply->status == 401 || s->reply->status == 403;

	return refused && (s->reply->signs & REPLY_DATADOME ||
			   has(s->head, "captcha-delivery.com/")) ?
	       "bot check (DataDome)" : NULL;
}

static struct str title_of(struct str head)
{
	size_t open = str_find_nocase(head, STR("<title"));
	struct str rest = str_sub(head, open, head.n);
	size_t end = str_find_nocase(rest, STR("</title"));

	rest = str_sub(rest, 0, end);
	return str_sub(rest, str_find(rest, '>'), rest.n);
}

/* "Making sure you're not a bot!", with a script that makes the browser compute; the apostrophe
 * comes in several spellings. An article about such a page has text. */
static const char *proof_of_work(const struct wall_signs *s)
{
	struct str title = title_of(s->head);

	if (s->reply->status != 200 && s->reply->status != 403)
		return NULL;
	if (!has(title, "not a bot") && !has(title, "not a robot"))
		return NULL;
	return has(s->head, "<script") && !has(s->head, "<article") &&
	       (has(s->head, "proof-of-work") || has(s->head, "proof of work") ||
		has(s->head, "challenge")) ?
	       "bot check (proof of work)" : NULL;
}

/* ---- where a redirect ended ---- */

/* One of the words stands in `text` between two of the separators. */
static bool has_part(struct str text, const char *separators, const char *const *words)
{
	for (size_t from = 0, to; from <= text.n; from = to + 1) {
		for (to = from; to < text.n &&
		     str_find(str_of(separators), text.p[to]) == SIZE_MAX; to++)
			;
		for (size_t i = 0; words[i]; i++)
			if (str_eq_nocase(str_sub(text, from, to), str_of(words[i])))
				return true;
	}
	return false;
}

static const char *page_of_another_host(const struct wall_signs *s)
{
	static const char *const consent[] = { "consent", "collectconsent", "cookie-consent",
		"cookieconsent", NULL };
	static const char *const login[] = { "login", "log-in", "signin", "sign-in", "sso", NULL };
	static const char *const network[] = { "captive", "captiveportal", "captive-portal",
		"hotspot", "guestportal", NULL };
	struct url asked = url_split(s->asked), came = url_split(s->came);

	if (s->reply->status >= 400 || !reply_is_html(s->reply) ||
	    str_eq_nocase(asked.host, came.host))
		return NULL;
	if (has_part(came.host, ".", network) || has_part(came.path, "/.", network))
		return NETWORK_LOGIN;
	if (has_part(came.host, ".", consent) || has_part(came.path, "/.", consent))
		return "consent page";
	if (has_part(came.host, ".", login) || has_part(came.path, "/.", login))
		return "login page";
	return NULL;
}

/* RFC 6585 section 6 made this status for nothing else. */
static const char *captive_portal(const struct wall_signs *s)
{
	return s->reply->status == 511 ? NETWORK_LOGIN : NULL;
}

const char *wall_name(const struct wall_signs *s)
{
	static const char *(*const kinds[])(const struct wall_signs *) = {
		cloudflare, aws, datadome, captive_portal, proof_of_work, page_of_another_host };
	const char *name = NULL;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !name; i++)
		name = kinds[i](s);
	return name;
}

bool wall_needs_body(const struct reply *a)
{
	return a->status >= 400 || reply_is_html(a);
}

/* ---- the same page everywhere ---- */

struct page { uint64_t hash, hosts[HOSTS_OF_A_WALL]; int nhosts; int64_t since; };
struct wall_watch { struct page pages[PAGES]; size_t at; };   /* a ring: the oldest is forgotten */

struct wall_watch *wall_watch_new(void)
{
	return mem_new(sizeof(struct wall_watch));
}

void wall_watch_free(struct wall_watch *w)
{
	free(w);
}

static struct page *page_with(struct wall_watch *w, uint64_t hash, int64_t now)
{
	struct page *p = NULL;

	for (size_t i = 0; i < PAGES && !p; i++)
		if (w->pages[i].nhosts > 0 && w->pages[i].hash == hash)
			p = &w->pages[i];
	if (p && now - p->since <= AT_ONCE)
		return p;
	if (!p)
		p = &w->pages[w->at++ % PAGES];
	*p = (struct page){ .hash = hash, .since = now };
	return p;
}

static void note_host(struct page *p, uint64_t host)
{
	for (int i = 0; i < p->nhosts; i++)
		if (p->hosts[i] == host)
			return;
	if (p->nhosts < HOSTS_OF_A_WALL)
		p->hosts[p->nhosts++] = host;
}

const char *wall_watch_page(struct wall_watch *w, struct str host, struct str head, int64_t now)
{
	struct page *p;

	if (head.n == 0)
		return NULL;
	p = page_with(w, hash64(head), now);
	note_host(p, hash64(host));
	return p->nhosts >= HOSTS_OF_A_WALL ? NETWORK_LOGIN : NULL;
}
