# Unit tests of the floor store. fixture.c: a store in memory or in a scratch folder, entries by
# the word.
UNIT_TESTS += \
	%D%/backup_test \
	%D%/bodies_test \
	%D%/crash_test \
	%D%/editions_test \
	%D%/entries_test \
	%D%/feeds_test \
	%D%/filler_test \
	%D%/hosts_test \
	%D%/imports_test \
	%D%/learn_test \
	%D%/lists_test \
	%D%/marks_test \
	%D%/open_test \
	%D%/retention_test \
	%D%/salvage_test \
	%D%/search_index_test \
	%D%/search_test \
	%D%/regroup_test \
	%D%/sharing_test \
	%D%/statements_test \
	%D%/stories_test \
	%D%/tokenize_test \
	%D%/undo_test
%C%_backup_test_SOURCES = %D%/backup_test.c %D%/fixture.c %D%/fixture.h
%C%_bodies_test_SOURCES = %D%/bodies_test.c %D%/fixture.c %D%/fixture.h
%C%_crash_test_SOURCES = %D%/crash_test.c %D%/fixture.c %D%/fixture.h
%C%_editions_test_SOURCES = %D%/editions_test.c %D%/fixture.c %D%/fixture.h
%C%_entries_test_SOURCES = %D%/entries_test.c %D%/fixture.c %D%/fixture.h
%C%_feeds_test_SOURCES = %D%/feeds_test.c %D%/fixture.c %D%/fixture.h
%C%_filler_test_SOURCES = %D%/filler_test.c %D%/fixture.c %D%/fixture.h
%C%_hosts_test_SOURCES = %D%/hosts_test.c %D%/fixture.c %D%/fixture.h
%C%_imports_test_SOURCES = %D%/imports_test.c %D%/fixture.c %D%/fixture.h
%C%_learn_test_SOURCES = %D%/learn_test.c %D%/fixture.c %D%/fixture.h
%C%_lists_test_SOURCES = %D%/lists_test.c %D%/fixture.c %D%/fixture.h
%C%_marks_test_SOURCES = %D%/marks_test.c %D%/fixture.c %D%/fixture.h
%C%_open_test_SOURCES = %D%/open_test.c %D%/fixture.c %D%/fixture.h
%C%_retention_test_SOURCES = %D%/retention_test.c %D%/fixture.c %D%/fixture.h
%C%_salvage_test_SOURCES = %D%/salvage_test.c %D%/fixture.c %D%/fixture.h
%C%_search_index_test_SOURCES = %D%/search_index_test.c %D%/search_help.c %D%/search_help.h \
	%D%/fixture.c %D%/fixture.h
%C%_search_test_SOURCES = %D%/search_test.c %D%/search_help.c %D%/search_help.h \
	%D%/fixture.c %D%/fixture.h
%C%_regroup_test_SOURCES = %D%/regroup_test.c %D%/fixture.c %D%/fixture.h
%C%_sharing_test_SOURCES = %D%/sharing_test.c %D%/fixture.c %D%/fixture.h
%C%_statements_test_SOURCES = %D%/statements_test.c %D%/fixture.c %D%/fixture.h
%C%_stories_test_SOURCES = %D%/stories_test.c %D%/fixture.c %D%/fixture.h
%C%_tokenize_test_SOURCES = %D%/tokenize_test.c %D%/fixture.c %D%/fixture.h
%C%_undo_test_SOURCES = %D%/undo_test.c %D%/fixture.c %D%/fixture.h

THREAD_TESTS += %D%/sharing_test
