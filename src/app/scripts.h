/* scripts - in which Chinese script the titles and texts of each feed are shown (option convert).
 *
 * The wishes are made of configuration and feeds file by whoever has them, and given to the thread
 * that reads; there the answers are converted. What is stored, and JSON, stays as it came.
 * Must not know: the screen.
 */
#ifndef SRC_APP_SCRIPTS_H
#define SRC_APP_SCRIPTS_H

#include "lede/app/config.h"
#include "lede/app/subscriptions.h"
#include "lede/app/work.h"
#include "lede/text/convert.h"

enum { WORK_WISHES = 100 };            /* message.kind, beside those of work.h */

/* A message; feeds that `subs` (may be NULL) does not list have the global wish. */
struct script_wishes;
struct script_wishes *script_wishes_new(const struct config *c, const struct subscriptions *subs);
struct message *script_wishes_message(struct script_wishes *w);
void script_wishes_free(struct script_wishes *w);      /* NULL is fine */
enum convert script_wish(const struct script_wishes *w, struct str url);

/* Of one thread: wishes by a feed's id, and the converter. Opens OpenCC at the first text. */
struct scripts;
struct scripts *scripts_new(void);
void scripts_free(struct scripts *s);                  /* NULL is fine */
void scripts_take(struct scripts *s, struct message *wishes);
/* CONVERT_NO too when it cannot be done. */
enum convert scripts_wish(struct scripts *s, struct store *store, int64_t feed);
/* True when it is to be said why something cannot be done: once for each wish. */
bool scripts_trouble(struct scripts *s, struct error *e);
struct converter *scripts_converter(struct scripts *s);
/* `title` as it is to be shown, in `a` when it is another. */
struct str scripts_title(struct scripts *s, struct store *store, int64_t feed, struct str title,
			 struct arena *a);
/* All titles of an answer. */
void scripts_answer(struct scripts *s, struct store *store, struct answer *answer);

#endif
