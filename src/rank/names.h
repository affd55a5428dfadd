/* names - what a headline calls people, places and companies by: its words that are written with a
 * capital and are no common words, and those with digits in them (S5, MH370).
 *
 * By their first letters only: Norway and Norwegian are one name. Whether a capital means something
 * is not known of a word at the start, nor in titles with capitals everywhere; therefore the list of
 * common words (rules.h).
 */
#ifndef RANK_NAMES_H
#define RANK_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lede/base/str.h"

enum { NAMES_MAX = 12 };

/* A title's folded form, and where in it words begin that were capitalised. */
struct cased { struct buf form; uint16_t capital[64]; size_t ncapital; };

/* Like fold_form, of display form; `form` has a ceiling. */
void cased_of(struct str title, struct cased *out);
bool cased_is_capital(const struct cased *c, const char *at);
/* `token` is the word's (tokens.h), `start` of its first letters. */
struct name { uint32_t token, start; };
/* Adds the folded word's name behind the first n of `into`, unless it is none or there already;
 * returns the new n. */
size_t name_add(struct str word, bool capital, struct name into[NAMES_MAX], size_t n);

#endif
