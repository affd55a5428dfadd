/* thread - a worker that no signal interrupts.
 *
 * Signals are the screen thread's: it restores the terminal. Whoever starts a worker joins it.
 * Must not know: what the worker does.
 */
#ifndef SRC_APP_THREAD_H
#define SRC_APP_THREAD_H

#include <pthread.h>

#include "lede/base/error.h"

/* ERR_IO: the system gives no more threads. */
enum err thread_start(pthread_t *thread, void *(*run)(void *self), void *self, struct error *e);

#endif
