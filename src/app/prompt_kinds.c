#include "prompt.h"

/* In the order of enum prompt_id. */
const struct prompt_kind *const prompt_kinds[PROMPT_COUNT] = {
	[PROMPT_COMMAND] = &prompt_command,
	[PROMPT_FOLLOW] = &prompt_follow,
	[PROMPT_SEARCH] = &prompt_search,
	[PROMPT_FIND] = &prompt_find,
	[PROMPT_HELP] = &prompt_help,
	[PROMPT_ADD] = &prompt_add,
};
