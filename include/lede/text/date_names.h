/* date_names - the words of dates: months in many languages, time zones, signs of East Asia.
 *
 * For date.c only.
 * Must not know: in what order the words stand.
 */
#ifndef LEDE_TEXT_DATE_NAMES_H
#define LEDE_TEXT_DATE_NAMES_H

#include <stdbool.h>

#include "lede/base/str.h"

/* A word that begins with the name of a month: 1 to 12. */
bool date_month_of(struct str word, int *month);
/* Minutes east of Greenwich. The names of RFC 822 and those beyond it that mean one thing
 * everywhere; any other word counts as none (RFC 5322, 4.3: single letters too, because half of the
 * writers had their sign wrong). */
int date_offset_of(struct str word);

/* What East Asian dates put between their numbers and around them, in ASCII: "年" is "-", "月" is "~"
 * behind the number of a month, "下午" is " PM ", "８" is "8". */
struct date_sign {
	struct str meant;
	size_t n;       /* bytes of it; 0: there is none */
	int era;        /* of an era the year before its first one, else 0 */
};
/* What `s` begins with. */
struct date_sign date_sign_of(struct str s);

#endif
