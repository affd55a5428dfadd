# Unit tests of the floor feed. A test program a module, linked with liblede.a and cmocka:
#
#	UNIT_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c
