/* mouse - what was done with the mouse, in cells.
 *
 * Must not know: terminals, what is drawn where.
 */
#ifndef LEDE_APP_MOUSE_H
#define LEDE_APP_MOUSE_H

enum mouse_act { MOUSE_PRESS, MOUSE_DRAG, MOUSE_RELEASE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };
struct mouse { enum mouse_act act; int x, y; };       /* of the left button; cells from 0 */

#endif
