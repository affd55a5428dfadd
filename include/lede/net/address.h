/* address - which machines are near, which addresses are private, what is sent for an address.
 *
 * Must not know: transfers, libcurl.
 */
#ifndef LEDE_NET_ADDRESS_H
#define LEDE_NET_ADDRESS_H

#include <stdbool.h>

#include "lede/base/str.h"

/* A literal IPv4 or IPv6 address ("[...]" and "%zone" are fine) that a public server has no
 * business naming: loopback, RFC 1918, link-local, unique-local, shared (RFC 6598), multicast,
 * broadcast, unspecified; also IPv4 within IPv6 (mapped, compatible, NAT64, 6to4). What is no
 * literal is not private. */
bool address_is_private(struct str literal);

/* The host names the user's own machine or network without asking anybody: "localhost" or a
 * private literal. */
bool address_is_near(struct str host);

/* Adds the address as it may stand in a request: bytes beyond ASCII after the authority are
 * percent-encoded, the fragment is left out. */
enum err address_for_request(struct str url, struct buf *out);

/* A packet to the outside would find a route, by the routing table alone: nothing is sent. */
bool address_route_exists(void);

#endif
