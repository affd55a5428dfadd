# Unit tests of the floor store. fixture.c: a store in memory or in a scratch folder, entries by the word.
UNIT_TESTS += \
	%D%/entries_test
%C%_entries_test_SOURCES = %D%/entries_test.c %D%/fixture.c %D%/fixture.h
