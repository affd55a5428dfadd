/* prompt_command - the prompt `:`. */
#include <stdio.h>

#include "lede/app/colon.h"
#include "state.h"

static void offer_names(struct str word, struct prompt_choices *out)
{
	struct buf name = buf_limited(256);

	for (size_t i = 0; i < colon_count; i++) {
		const struct colon *w = &colon_table[i];

		if (!str_eq(word, str_sub(str_of(w->name), 0, word.n)))
			continue;
		buf_clear(&name);
		buf_addf(&name, "%s%s", w->name, w->takes ? " " : "");
		prompt_offer(out, (struct str){ arena_copy(out->arena, buf_cstr(&name), name.n), name.n },
			     str_of(w->help));
	}
	buf_free(&name);
	for (size_t i = 0; i < command_count; i++) {
		struct str full = str_of(command_table[i].name);

		if (!colon_named(full) && str_eq(word, str_sub(full, 0, word.n)))
			prompt_offer(out, full, str_of(command_table[i].help));
	}
}

static void candidates(struct app *a, struct str before, struct prompt_choices *out)
{
	size_t begin = 0, end;
	const struct colon *w;

	while (begin < before.n && (before.p[begin] == ' ' || ascii_is_digit(before.p[begin])))
		begin++;
	end = str_find(str_sub(before, begin, before.n), ' ');
	out->from = begin;
	if (end == SIZE_MAX) {
		offer_names(str_sub(before, begin, before.n), out);
		return;
	}
	end += begin;
	w = colon_named(str_sub(before, begin, end));
	if (!w || !w->candidates)
		return;
	while (end < before.n && before.p[end] == ' ')
		end++;
	out->from = end;
	w->candidates(a, str_sub(before, end, before.n), out);
}

const struct prompt_kind prompt_command = {
	.history = "commands",
	.sign = ":",
	.hint = "Tab next · Enter run · Esc",
	.accept = colon_say,
	.candidates = candidates,
};

void run_command(struct app *a, const struct call *call)
{
	char count[16] = "";

	if (call->count > 0)
		snprintf(count, sizeof count, "%d", call->count);
	prompt_open(a, PROMPT_COMMAND, str_of(count));
}
