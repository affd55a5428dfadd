/* outcome - how a transfer ended, in the terms of fetch.h.
 *
 * Must not know: how it ran.
 */
#ifndef LEDE_NET_OUTCOME_H
#define LEDE_NET_OUTCOME_H

#include "lede/net/transfer.h"

/* Fills everything but no_network. Borrows from `t` and its easy handle. */
void outcome_of(struct transfer *t, CURLcode code, struct fetch_result *r);
/* It never ran: refused before the start with a sentence, or cancelled. */
void outcome_without_answer(const struct transfer *t, enum fetch_outcome outcome,
	const struct error *why, struct fetch_result *r);
/* It was running and was told to stop. */
void outcome_cancelled(struct transfer *t, struct fetch_result *r);
/* Its failure can come from this machine's own connection. */
bool outcome_is_unreachable(const struct transfer *t, CURLcode code);

#endif
