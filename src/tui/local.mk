# The floor tui. One line a module: liblede_a_SOURCES += %D%/NAME.c
# (its header include/lede/tui/NAME.h is distributed with the whole of include/; tables that are
# included, %D%/NAME.inc, are listed the same way).

liblede_a_SOURCES += \
	%D%/cell_chars.c \
	%D%/draw.c \
	%D%/draw_list.c \
	%D%/draw_prompt.c \
	%D%/input.c \
	%D%/loop.c \
	%D%/paint.c \
	%D%/paint_inside.h \
	%D%/paint_scroll.c \
	%D%/paint_style.c \
	%D%/screen.c \
	%D%/signals.c \
	%D%/term_curses.c \
	%D%/talk.c \
	%D%/term_inside.h \
	%D%/term_talk.c \
	%D%/theme.c \
	%D%/theme_palette.c
