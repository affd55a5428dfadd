# Unit tests of the floor base. A test program a module, linked with liblede.a and cmocka:
#
#	UNIT_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c
UNIT_TESTS += %D%/argv_test
%C%_argv_test_SOURCES = %D%/argv_test.c
UNIT_TESTS += %D%/buf_test
%C%_buf_test_SOURCES = %D%/buf_test.c
UNIT_TESTS += %D%/clock_test
%C%_clock_test_SOURCES = %D%/clock_test.c
UNIT_TESTS += %D%/error_test
%C%_error_test_SOURCES = %D%/error_test.c
UNIT_TESTS += %D%/file_test
%C%_file_test_SOURCES = %D%/file_test.c
UNIT_TESTS += %D%/hash_test
%C%_hash_test_SOURCES = %D%/hash_test.c
UNIT_TESTS += %D%/ini_test
%C%_ini_test_SOURCES = %D%/ini_test.c
UNIT_TESTS += %D%/mailbox_test
THREAD_TESTS += %D%/mailbox_test
%C%_mailbox_test_SOURCES = %D%/mailbox_test.c
UNIT_TESTS += %D%/map_test
%C%_map_test_SOURCES = %D%/map_test.c
UNIT_TESTS += %D%/mem_test
%C%_mem_test_SOURCES = %D%/mem_test.c
UNIT_TESTS += %D%/str_test
%C%_str_test_SOURCES = %D%/str_test.c
