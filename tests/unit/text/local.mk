# Unit tests of the floor text. A test program a module, linked with liblede.a and cmocka:
#
#	UNIT_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c

# Addresses, dates, encodings, HTML.
UNIT_TESTS += \
	%D%/date_test \
	%D%/encoding_test \
	%D%/html_test \
	%D%/url_test
%C%_date_test_SOURCES = %D%/date_test.c
%C%_encoding_test_SOURCES = %D%/encoding_test.c
%C%_html_test_SOURCES = %D%/html_test.c
%C%_url_test_SOURCES = %D%/url_test.c
