/* line_edit - what an edit did to a text of lines, so that it can be turned back and forward, also
 * when somebody else has edited the text since.
 *
 * A record says of each run of lines that changed where it stood, what stood above it, how it was
 * and how it is. The bytes of lines are kept with their ends, so that a text nobody else touched
 * comes back byte for byte; in one that was touched each line is looked for by itself, and what is
 * not there any more is left alone.
 * Must not know: files, what a line means.
 */
#ifndef SRC_APP_LINE_EDIT_H
#define SRC_APP_LINE_EDIT_H

#include "lede/base/mem.h"
#include "lede/base/str.h"

/* Adds to `record` what made `to` of `from`; nothing when they are the same. */
void line_edit_record(struct str from, struct str to, struct buf *record);
/* What lines mean; without it (NULL) they are only bytes. */
struct line_edit_sense {
	/* Whether a line is to come, or would be there twice. */
	bool (*may_come)(void *self, struct str line);
	/* Whether a line that is to go without another in its place is this one, though somebody
	 * has changed it. */
	bool (*is_the_same)(void *self, struct str line, struct str now);
	void *self;
};
/* Makes of `text` what it was before the edit (`back`), or what the edit makes of it. False: the
 * record is none. */
bool line_edit_turn(struct str text, struct str record, bool back,
		    const struct line_edit_sense *sense, struct buf *out);

#endif
