/* sound - what every frame promises, whatever it shows.
 *
 * Must not know: how the frame came about.
 */
#ifndef LEDE_TESTS_SOUND_H
#define LEDE_TESTS_SOUND_H

#include "lede/app/view.h"
#include "lede/tui/screen.h"

/* Cells: each row takes exactly the width, counted as the program does and as a terminal does that
 * knows no clusters; no half of a wide character, no control byte, valid UTF-8. View: lines of the
 * pane fit into it, so that nothing is cut off unseen; the bar stands in one place. False: `why`
 * says where. */
bool frame_is_sound(const struct view *v, const struct screen *s, char *why, size_t size);

#endif
