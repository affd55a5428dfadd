/* error - what went wrong: a code for the program, a sentence for the person.
 *
 * Every function that can fail returns an enum err (ERR_NONE is 0 is success) and fills a struct
 * error with one sentence: what failed, on what, what to do. The lowest level states the cause, a
 * level that knows more puts its context in front. Nothing below `app` prints or exits.
 * Must not know: where the sentence is shown, exit statuses.
 */
#ifndef LEDE_BASE_ERROR_H
#define LEDE_BASE_ERROR_H

enum err {
	ERR_NONE = 0,
	ERR_USAGE,   /* asked for in a way that cannot be: bad argument, bad address, bad option */
	ERR_SYNTAX,  /* a document or file cannot be read as what it should be */
	ERR_LIMIT,   /* a ceiling on something a stranger controls was reached */
	ERR_IO,      /* a file or directory: missing, not readable, not writable */
	ERR_FULL,    /* no space left on a file system */
	ERR_NET,     /* host, connection, TLS, timeout */
	ERR_HTTP,    /* the server answered, but not with what was asked for */
	ERR_STORE,   /* the cache cannot be used */
	ERR_NEWER,   /* the cache was made by a newer lede */
	ERR_DAMAGED, /* the cache or a body in it is damaged */
	ERR_BUSY,    /* somebody else holds it; trying again later may work */
	ERR_CANCEL,  /* stopped because it was asked to stop */
	ERR_NONESUCH /* no such entry, feed, option, command */
};

/* `text` is UTF-8, NUL-terminated, without a final full stop, cut at a character boundary when it
 * would be longer. It may quote bytes from outside: it passes text_display before it is shown. */
struct error {
	enum err code;
	char text[256];
};

/* Sets code and sentence; returns `code`, so that `return error_set(e, ERR_IO, ...)` reads well.
 * `e` may be NULL when nobody wants the sentence. */
enum err error_set(struct error *e, enum err code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Puts "CONTEXT: " in front of the sentence already there and leaves the code alone. */
void error_context(struct error *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Sets the sentence from an errno value: "cannot open FILE: No such file or directory". ENOSPC and
 * EDQUOT become ERR_FULL, everything else `code`. When it would be too long the reason stays and
 * what stands before it is cut. Returns the code that was set. */
enum err error_errno(struct error *e, enum err code, int errnum, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

#endif
