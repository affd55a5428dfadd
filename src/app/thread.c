#include "thread.h"

#include <signal.h>

enum err thread_start(pthread_t *thread, void *(*run)(void *self), void *self, struct error *e)
{
	sigset_t all, before;
	int failed;

	/* The new thread inherits the mask, so there is no moment at which it could be
	 * interrupted. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(thread, NULL, run, self);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return error_errno(e, ERR_IO, failed, "cannot start a thread");
	return ERR_NONE;
}
