# Unit tests of the floor net. A test program a module, linked with liblede.a and cmocka; those of
# fetch with a server of their own.
NET_SERVER = %D%/client.c %D%/client.h %D%/server.c %D%/server.h

UNIT_TESTS += %D%/address_test %D%/cause_test %D%/proxy_test %D%/queue_test %D%/reply_test \
	%D%/wall_test
%C%_address_test_SOURCES = %D%/address_test.c
%C%_cause_test_SOURCES = %D%/cause_test.c
%C%_proxy_test_SOURCES = %D%/proxy_test.c
%C%_queue_test_SOURCES = %D%/queue_test.c
%C%_reply_test_SOURCES = %D%/reply_test.c
%C%_wall_test_SOURCES = %D%/wall_test.c

UNIT_TESTS += %D%/fetch_test %D%/fetch_bounds_test %D%/fetch_many_test %D%/fetch_tls_test
%C%_fetch_test_SOURCES = %D%/fetch_test.c $(NET_SERVER)
%C%_fetch_bounds_test_SOURCES = %D%/fetch_bounds_test.c $(NET_SERVER)
%C%_fetch_many_test_SOURCES = %D%/fetch_many_test.c $(NET_SERVER)
%C%_fetch_tls_test_SOURCES = %D%/fetch_tls_test.c $(NET_SERVER)
THREAD_TESTS += %D%/fetch_test %D%/fetch_bounds_test %D%/fetch_many_test
