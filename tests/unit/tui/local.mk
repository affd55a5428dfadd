# Unit tests of the floor tui. A test program a module, linked with liblede.a and cmocka:
#
#	UNIT_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c

UNIT_TESTS += %D%/input_test %D%/screen_test %D%/theme_test
%C%_input_test_SOURCES = %D%/input_test.c
%C%_screen_test_SOURCES = %D%/screen_test.c
%C%_theme_test_SOURCES = %D%/theme_test.c
UNIT_TESTS += %D%/cell_chars_test %D%/draw_test %D%/loop_test %D%/signals_test
%C%_cell_chars_test_SOURCES = %D%/cell_chars_test.c
%C%_draw_test_SOURCES = %D%/draw_test.c
%C%_loop_test_SOURCES = %D%/loop_test.c %D%/fake_term.c %D%/fake_term.h
%C%_signals_test_SOURCES = %D%/signals_test.c %D%/fake_term.c %D%/fake_term.h
UNIT_TESTS += %D%/paint_test
%C%_paint_test_SOURCES = %D%/paint_test.c %D%/tiny_term.c %D%/tiny_term.h
UNIT_TESTS += %D%/talk_test
%C%_talk_test_SOURCES = %D%/talk_test.c
UNIT_TESTS += %D%/term_test
%C%_term_test_SOURCES = %D%/term_test.c %D%/tiny_term.c %D%/tiny_term.h
