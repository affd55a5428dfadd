# Screen tests: state in, grid out, compared with a text file. Linked with liblede.a and cmocka:
#
#	SCREEN_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c
#
# The expected grids are distributed with: EXTRA_DIST += %D%/expected

SCREEN_TESTS += %D%/mockups_test
%C%_mockups_test_SOURCES = %D%/mockups_test.c
EXTRA_DIST += %D%/expected
