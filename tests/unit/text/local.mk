# Unicode
UNIT_TESTS += %D%/utf8_test
%C%_utf8_test_SOURCES = %D%/utf8_test.c
UNIT_TESTS += %D%/unicode_test
%C%_unicode_test_SOURCES = %D%/unicode_test.c
UNIT_TESTS += %D%/width_test
%C%_width_test_SOURCES = %D%/width_test.c
UNIT_TESTS += %D%/display_test
%C%_display_test_SOURCES = %D%/display_test.c
UNIT_TESTS += %D%/display_cases_test
%C%_display_cases_test_SOURCES = %D%/display_cases_test.c
UNIT_TESTS += %D%/fold_form_test
%C%_fold_form_test_SOURCES = %D%/fold_form_test.c
UNIT_TESTS += %D%/find_test
%C%_find_test_SOURCES = %D%/find_test.c
UNIT_TESTS += %D%/wrap_test
%C%_wrap_test_SOURCES = %D%/wrap_test.c
EXTRA_DIST += %D%/corpus.h %D%/break_tests.h

# Unit tests of the floor text. A test program a module, linked with liblede.a and cmocka:
#
#	UNIT_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c

# Addresses, dates, encodings, HTML.
UNIT_TESTS += \
	%D%/convert_test \
	%D%/date_test \
	%D%/encoding_test \
	%D%/html_test \
	%D%/layout_test \
	%D%/rich_test \
	%D%/url_test
%C%_convert_test_SOURCES = %D%/convert_test.c
%C%_date_test_SOURCES = %D%/date_test.c
%C%_encoding_test_SOURCES = %D%/encoding_test.c
%C%_html_test_SOURCES = %D%/html_test.c
%C%_url_test_SOURCES = %D%/url_test.c
%C%_layout_test_SOURCES = %D%/layout_test.c
%C%_rich_test_SOURCES = %D%/rich_test.c
EXTRA_DIST += %D%/shown.h
