# Folding and ranking. A test program a module, linked with liblede.a and cmocka.
UNIT_TESTS += %D%/rules_test
%C%_rules_test_SOURCES = %D%/rules_test.c
UNIT_TESTS += %D%/tokens_test
%C%_tokens_test_SOURCES = %D%/tokens_test.c
UNIT_TESTS += %D%/timeline_test
%C%_timeline_test_SOURCES = %D%/timeline_test.c
UNIT_TESTS += %D%/fold_test
%C%_fold_test_SOURCES = %D%/fold_test.c
UNIT_TESTS += %D%/fold_keep_test
%C%_fold_keep_test_SOURCES = %D%/fold_keep_test.c
UNIT_TESTS += %D%/fold_corpus_test
%C%_fold_corpus_test_SOURCES = %D%/fold_corpus_test.c
UNIT_TESTS += %D%/terms_test
%C%_terms_test_SOURCES = %D%/terms_test.c
UNIT_TESTS += %D%/profile_test
%C%_profile_test_SOURCES = %D%/profile_test.c
UNIT_TESTS += %D%/score_test
%C%_score_test_SOURCES = %D%/score_test.c
UNIT_TESTS += %D%/pick_test
%C%_pick_test_SOURCES = %D%/pick_test.c
EXTRA_DIST += %D%/folding.h

# `make tests/tools/fold_tool`: folding and ranking over JSON Lines, for the corpora's scorer.
EXTRA_PROGRAMS += tests/tools/fold_tool
tests_tools_fold_tool_SOURCES = tests/tools/fold_tool.c
