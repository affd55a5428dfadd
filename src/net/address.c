#include "lede/net/address.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lede/text/url.h"

/* ---- private addresses ---- */

struct block { uint32_t net; int bits; };

/* IANA's registry of special-purpose addresses, without the documentation nets: nobody is there. */
static const struct block private4[] = {
	{ 0x00000000, 8 },            /* 0.0.0.0/8: unspecified, "this network" */
	{ 0x0A000000, 8 },            /* RFC 1918 */
	{ 0x64400000, 10 },           /* RFC 6598: shared behind a provider's NAT */
	{ 0x7F000000, 8 },            /* loopback */
	{ 0xA9FE0000, 16 },           /* link-local; clouds answer with secrets here */
	{ 0xAC100000, 12 },           /* RFC 1918 */
	{ 0xC0000000, 24 },           /* RFC 6890 */
	{ 0xC0A80000, 16 },           /* RFC 1918 */
	{ 0xC6120000, 15 },           /* RFC 2544: benchmarks */
	{ 0xE0000000, 4 },            /* multicast */
	{ 0xF0000000, 4 },            /* reserved, broadcast */
};

static bool is_private4(uint32_t ip)
{
	for (size_t i = 0; i < sizeof private4 / sizeof *private4; i++)
		if ((ip ^ private4[i].net) >> (32 - private4[i].bits) == 0)
			return true;
	return false;
}

static uint32_t number4(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Where an IPv4 address sits inside an IPv6 one; -1 when it does not. */
static int inner4(const uint8_t ip[16])
{
	static const uint8_t mapped[12] = { [10] = 0xFF, [11] = 0xFF }, compatible[12] = { 0 };
	static const uint8_t nat64[12] = { 0x00, 0x64, 0xFF, 0x9B };

	if (memcmp(ip, mapped, 12) == 0 || memcmp(ip, compatible, 12) == 0 ||
	    memcmp(ip, nat64, 12) == 0)
		return 12;
	return ip[0] == 0x20 && ip[1] == 0x02 ? 2 : -1;
}

static bool is_private6(const uint8_t ip[16])
{
	int at = inner4(ip);

	if (at >= 0)                  /* :: and ::1 are 0.0.0.0 and 0.0.0.1 here */
		return is_private4(number4(ip + at));
	return (ip[0] & 0xFE) == 0xFC ||                        /* unique-local */
	       (ip[0] == 0xFE && ip[1] >= 0x80) ||              /* link-local, site-local */
	       ip[0] == 0xFF;                                   /* multicast */
}

bool address_is_private(struct str literal)
{
	char text[INET6_ADDRSTRLEN];
	uint8_t ip[16];
	size_t zone;

	if (str_starts(literal, "[") && str_ends(literal, "]"))
		literal = str_sub(literal, 1, literal.n - 1);
	zone = str_find(literal, '%');
	literal = str_sub(literal, 0, zone);
	if (literal.n == 0 || literal.n >= sizeof text)
		return false;
	memcpy(text, literal.p, literal.n);
	text[literal.n] = '\0';
	if (inet_pton(AF_INET, text, ip) == 1)
		return is_private4(number4(ip));
	return inet_pton(AF_INET6, text, ip) == 1 && is_private6(ip);
}

bool address_is_near(struct str host)
{
	return str_eq_nocase(host, STR("localhost")) || address_is_private(host);
}

/* ---- what is sent ---- */

enum err address_for_request(struct str url, struct buf *out)
{
	struct url u = url_split(url);
	struct str all = str_sub(url, 0, str_find(url, '#'));
	size_t authority = u.path.p ? (size_t)(u.path.p - url.p) : all.n;
	enum err rc = buf_add(out, str_sub(all, 0, authority));

	for (size_t i = authority; i < all.n && rc == ERR_NONE; i++) {
		unsigned char c = (unsigned char)all.p[i];

		rc = c < 0x80 ? buf_add_char(out, all.p[i]) : buf_addf(out, "%%%02X", c);
	}
	return rc;
}

/* ---- routes ---- */

/* Connecting a datagram socket only looks the route up. The addresses are those of a root name
 * server. */
static bool connects(const struct sockaddr *to, socklen_t size)
{
	int fd = socket(to->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool is;

	if (fd < 0)
		return false;
	is = connect(fd, to, size) == 0;
	close(fd);
	return is;
}

bool address_route_exists(void)
{
	struct sockaddr_in to4 = { .sin_family = AF_INET, .sin_port = htons(53) };
	struct sockaddr_in6 to6 = { .sin6_family = AF_INET6, .sin6_port = htons(53) };

	inet_pton(AF_INET, "198.41.0.4", &to4.sin_addr);
	inet_pton(AF_INET6, "2001:503:ba3e::2:30", &to6.sin6_addr);
	return connects((const struct sockaddr *)&to4, sizeof to4) ||
	       connects((const struct sockaddr *)&to6, sizeof to6);
}
