# Unit tests of the floor feed.
UNIT_TESTS += \
	%D%/announced_test \
	%D%/atom_test \
	%D%/corpus_test \
	%D%/element_test \
	%D%/entities_test \
	%D%/fixtures_test \
	%D%/json_test \
	%D%/limits_test \
	%D%/memory_test \
	%D%/names_test \
	%D%/opml_test \
	%D%/repair_test \
	%D%/repaired_test \
	%D%/rss_test \
	%D%/stream_test \
	%D%/values_test
%C%_announced_test_SOURCES = %D%/announced_test.c
%C%_atom_test_SOURCES = %D%/atom_test.c %D%/parsed.c %D%/parsed.h
%C%_corpus_test_SOURCES = %D%/corpus_test.c %D%/parsed.c %D%/parsed.h
%C%_element_test_SOURCES = %D%/element_test.c %D%/parsed.c %D%/parsed.h
%C%_entities_test_SOURCES = %D%/entities_test.c
%C%_fixtures_test_SOURCES = %D%/fixtures_test.c %D%/parsed.c %D%/parsed.h
%C%_json_test_SOURCES = %D%/json_test.c %D%/parsed.c %D%/parsed.h
%C%_limits_test_SOURCES = %D%/limits_test.c %D%/parsed.c %D%/parsed.h
%C%_memory_test_SOURCES = %D%/memory_test.c %D%/parsed.c %D%/parsed.h
%C%_names_test_SOURCES = %D%/names_test.c
%C%_opml_test_SOURCES = %D%/opml_test.c
%C%_repair_test_SOURCES = %D%/repair_test.c
%C%_repaired_test_SOURCES = %D%/repaired_test.c
%C%_rss_test_SOURCES = %D%/rss_test.c %D%/parsed.c %D%/parsed.h
%C%_stream_test_SOURCES = %D%/stream_test.c %D%/parsed.c %D%/parsed.h
%C%_values_test_SOURCES = %D%/values_test.c

EXTRA_DIST += tests/fixtures/feeds tests/fixtures/caches
