/* mailbox - messages given from one thread to another.
 *
 * A message that was given belongs to the mailbox, one that was taken to the taker; threads share
 * nothing else. The only lock of the program that others can notice lives in here.
 * Must not know: what a message holds.
 */
#ifndef LEDE_BASE_MAILBOX_H
#define LEDE_BASE_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

/* Embedded as first member of every message. `drop` frees a message that nobody took (NULL:
 * free()). `weight` is in bytes, counted against the mailbox's limit. `urgent` messages are taken
 * before others (marks before batches); among equals it is first in, first out. */
struct message {
	struct message *next;
	int kind;
	bool urgent;
	size_t weight;
	void (*drop)(struct message *m);
};

struct mailbox;
/* `limit`: bytes that may wait before mailbox_give_wait waits; 0: no limit. */
struct mailbox *mailbox_new(size_t limit);
void mailbox_free(struct mailbox *box);                   /* drops what is inside; NULL is fine */

/* From any thread, never waits; m is no longer yours. */
void mailbox_give(struct mailbox *box, struct message *m);
/* As mailbox_give, but waits while the box holds more than its limit. False when the box was closed
 * meanwhile: then m was dropped. */
bool mailbox_give_wait(struct mailbox *box, struct message *m);
bool mailbox_take(struct mailbox *box, struct message **m);   /* never waits; *m is now yours */
/* Waits until something can be taken, the box is closed and empty (false), or `timeout_ms` passed
 * (false; -1: for ever). */
bool mailbox_wait(struct mailbox *box, struct message **m, int timeout_ms);
int  mailbox_fd(const struct mailbox *box);               /* readable while something is inside */
bool mailbox_has_urgent(struct mailbox *box);                 /* an urgent message waits */
bool mailbox_is_empty(struct mailbox *box);
/* Wakes everybody who waits; what is inside can still be taken, what is given from now on is
 * dropped. */
void mailbox_close(struct mailbox *box);
bool mailbox_is_closed(struct mailbox *box);

#endif
