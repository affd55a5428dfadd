# Screen tests: state in, grid out, compared with a text file. Linked with liblede.a and cmocka:
#
#	SCREEN_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c
#
# The expected grids are distributed with: EXTRA_DIST += %D%/expected
