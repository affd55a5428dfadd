# Unit tests of the floor tui. A test program a module, linked with liblede.a and cmocka:
#
#	UNIT_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c

UNIT_TESTS += %D%/input_test %D%/screen_test %D%/theme_test
%C%_input_test_SOURCES = %D%/input_test.c
%C%_screen_test_SOURCES = %D%/screen_test.c
%C%_theme_test_SOURCES = %D%/theme_test.c
