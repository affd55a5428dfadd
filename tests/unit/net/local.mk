# Unit tests of the floor net. A test program a module, linked with liblede.a and cmocka.
NET_SERVER = %D%/client.c %D%/client.h %D%/server.c %D%/server.h

UNIT_TESTS += %D%/fetch_test %D%/fetch_bounds_test %D%/fetch_many_test
%C%_fetch_test_SOURCES = %D%/fetch_test.c $(NET_SERVER)
%C%_fetch_bounds_test_SOURCES = %D%/fetch_bounds_test.c $(NET_SERVER)
%C%_fetch_many_test_SOURCES = %D%/fetch_many_test.c $(NET_SERVER)
THREAD_TESTS += %D%/fetch_test %D%/fetch_bounds_test %D%/fetch_many_test
