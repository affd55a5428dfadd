#include "lede/net/proxy.h"

#include <arpa/inet.h>
#include <string.h>

#include "lede/text/url.h"

static struct str without_dots(struct str s)
{
	if (str_starts(s, "."))
		s = str_sub(s, 1, s.n);
	return str_ends(s, ".") ? str_sub(s, 0, s.n - 1) : s;
}

static bool is_same_or_below(struct str host, struct str name)
{
	struct str tail;

	host = without_dots(host);
	name = without_dots(name);
	if (name.n == 0 || host.n < name.n)
		return false;
	tail = str_sub(host, host.n - name.n, host.n);
	return str_eq_nocase(tail, name) &&
	       (host.n == name.n || host.p[host.n - name.n - 1] == '.');
}

/* Reads an address of either family; its length in bytes, or 0. */
static size_t read_ip(struct str s, uint8_t ip[16])
{
	char text[INET6_ADDRSTRLEN];

	if (str_starts(s, "[") && str_ends(s, "]"))
		s = str_sub(s, 1, s.n - 1);
	if (s.n == 0 || s.n >= sizeof text)
		return 0;
	memcpy(text, s.p, s.n);
	text[s.n] = '\0';
	if (inet_pton(AF_INET, text, ip) == 1)
		return 4;
	return inet_pton(AF_INET6, text, ip) == 1 ? 16 : 0;
}

static bool same_bits(const uint8_t *a, const uint8_t *b, size_t bits)
{
	size_t whole = bits / 8, rest = bits % 8;

	if (memcmp(a, b, whole) != 0)
		return false;
	return rest == 0 || (a[whole] ^ b[whole]) >> (8 - rest) == 0;
}

static bool is_within(struct str host, struct str net)
{
	size_t slash = str_find(net, '/'), n;
	uint8_t ip[16], base[16];
	int64_t bits;

	n = read_ip(host, ip);
	if (n == 0 || read_ip(str_sub(net, 0, slash), base) != n)
		return false;
	bits = (int64_t)n * 8;
	if (slash != SIZE_MAX && !str_to_int(str_sub(net, slash + 1, net.n), 0, bits, &bits))
		return false;
	return same_bits(ip, base, (size_t)bits);
}

static bool is_separator(char c)
{
	return c == ',' || ascii_is_space(c);
}

bool proxy_is_excluded(struct str host, struct str list)
{
	size_t from, to = 0;

	if (str_is(str_trim(list), "*"))
		return true;
	while (to < list.n) {
		for (from = to; from < list.n && is_separator(list.p[from]); from++)
			;
		for (to = from; to < list.n && !is_separator(list.p[to]); to++)
			;
		struct str part = str_sub(list, from, to);

		if (is_within(host, part) || is_same_or_below(host, part))
			return true;
	}
	return false;
}

static bool is_set(proxy_lookup *lookup, const char *name)
{
	const char *value = lookup(name);

	return value && *value;
}

static struct str excluded_hosts(proxy_lookup *lookup)
{
	const char *small = lookup("no_proxy");

	return str_of(small ? small : lookup("NO_PROXY"));
}

bool proxy_serves(struct str url, proxy_lookup *lookup)
{
	struct url u = url_split(url);
	bool secure = str_eq_nocase(u.scheme, STR("https"));
	bool any = is_set(lookup, "all_proxy") || is_set(lookup, "ALL_PROXY");

	if (secure)
		any = any || is_set(lookup, "https_proxy") || is_set(lookup, "HTTPS_PROXY");
	else
		any = any || is_set(lookup, "http_proxy");
	return any && !proxy_is_excluded(u.host, excluded_hosts(lookup));
}
