/* colon_inside - what the words at `:` do; a row of colon_table each. */
#ifndef SRC_APP_COLON_INSIDE_H
#define SRC_APP_COLON_INSIDE_H

#include "lede/app/colon.h"
#include "state.h"

/* ---- colon_set.c ---- */
void colon_set(struct app *a, struct str rest);
void colon_set_candidates(struct app *a, struct str rest, struct prompt_choices *out);
void colon_bind(struct app *a, struct str rest);
void colon_bind_candidates(struct app *a, struct str rest, struct prompt_choices *out);
void colon_unbind(struct app *a, struct str rest);
void colon_unbind_candidates(struct app *a, struct str rest, struct prompt_choices *out);

/* ---- learned.c ---- */
void colon_profile(struct app *a, struct str rest);
void colon_profile_candidates(struct app *a, struct str rest, struct prompt_choices *out);
/* ---- messages.c ---- */
void colon_messages(struct app *a, struct str rest);

#endif
