#include "lede/app/colon.h"

#include "colon_inside.h"
#include "lede/app/nearest.h"
#include "lede/base/language.h"

static void say_q(struct app *a, struct str rest)
{
	(void)rest;
	command_named(STR("quit"))->run(a, &(struct call){ .key = 0 });
}

const struct colon colon_table[] = {
	{ "set", "OPTION=VALUE", N_("an option, until lede ends"),
	  "Sets an option until lede ends; OPTION? says what it is. Everything that [lede] of lede(5) can set can be set here.",
	  colon_set, colon_set_candidates },
	{ "bind", "KEY COMMAND [CONTEXT]", N_("a key, until lede ends"),
	  "Binds a key as [keys] of lede(5) does, until lede ends.", colon_bind, colon_bind_candidates },
	{ "unbind", "KEY [CONTEXT]", N_("a key means nothing, until lede ends"),
	  "Makes a key mean nothing, as [keys] of lede(5) does, until lede ends.", colon_unbind, colon_unbind_candidates },
	{ "messages", NULL, N_("what was said in this line"),
	  "Shows the last 200 messages with their times; Enter on one goes to the feed or entry it is about.",
	  colon_messages, NULL },
	{ "profile", "[forget WORD]", N_("what was learned; unlearning it"),
	  "Shows what was learned of words and feeds; with forget unlearns a word, a feed or, as all, everything.",
	  colon_profile, colon_profile_candidates },
	{ "q", NULL, N_("quit"), "The same as quit.", say_q, NULL },
	{ "search", "WORDS", N_("everything that is cached"),
	  "Searches the whole cache, from an article too; without words it asks for them.", say_search, NULL },
};
const size_t colon_count = sizeof colon_table / sizeof *colon_table;

const struct colon *colon_named(struct str name)
{
	for (size_t i = 0; i < colon_count; i++)
		if (str_is(name, colon_table[i].name))
			return &colon_table[i];
	return NULL;
}

static void say_unknown(struct app *a, struct str name)
{
	struct nearest near = { .said = name };

	for (size_t i = 0; i < command_count; i++)
		nearest_offer(&near, command_table[i].name);
	for (size_t i = 0; i < colon_count; i++)
		nearest_offer(&near, colon_table[i].name);
	if (near.best)
		app_complain(a, _("no command named %.*s; did you mean %s?"), (int)name.n, name.p, near.best);
	else
		app_complain(a, _("no command named %.*s"), (int)name.n, name.p);
}

static void run(struct app *a, const struct command *c, struct str rest, int count)
{
	struct call call = { .count = c->count == COUNT_NONE ? 0 : count };

	if (rest.n > 0)
		app_complain(a, _("%s takes no words"), c->name);
	else if (!(c->where & app_context(a)))
		app_complain(a, _("%s does nothing here"), c->name);
	else
		c->run(a, &call);
}

/* The word at the front, taken off. */
static struct str first_word(struct str *rest)
{
	size_t n = 0;
	struct str word;

	while (n < rest->n && rest->p[n] != ' ')
		n++;
	word = str_sub(*rest, 0, n);
	*rest = str_trim(str_sub(*rest, n, rest->n));
	return word;
}

void colon_say(struct app *a, struct str line)
{
	struct str rest = str_trim(line), word = first_word(&rest);
	const struct command *c;
	const struct colon *said;
	int64_t count = 0;

	if (word.n == 0)
		return;
	if (str_to_int(word, 1, 100000000, &count)) {
		word = rest.n > 0 ? first_word(&rest) : STR("first");
	}
	said = colon_named(word);
	c = command_named(word);
	if (said)
		said->say(a, rest);
	else if (c)
		run(a, c, rest, (int)count);
	else
		say_unknown(a, word);
}
