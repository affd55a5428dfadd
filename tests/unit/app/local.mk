# Unit tests of the floor app. A test program a module, linked with liblede.a and cmocka:
#
#	UNIT_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c

# The reader's state.
UNIT_TESTS += %D%/command_test %D%/geometry_test %D%/keymap_test
%C%_keymap_test_SOURCES = %D%/keymap_test.c
%C%_command_test_SOURCES = %D%/command_test.c
%C%_geometry_test_SOURCES = %D%/geometry_test.c
UNIT_TESTS += %D%/app_test
%C%_app_test_SOURCES = %D%/app_test.c
UNIT_TESTS += %D%/edit_test
%C%_edit_test_SOURCES = %D%/edit_test.c
UNIT_TESTS += %D%/prompt_test
%C%_prompt_test_SOURCES = %D%/prompt_test.c $(READING)
UNIT_TESTS += %D%/filler_test
%C%_filler_test_SOURCES = %D%/filler_test.c $(READING)
UNIT_TESTS += %D%/health_test
%C%_health_test_SOURCES = %D%/health_test.c
UNIT_TESTS += %D%/line_edit_test
%C%_line_edit_test_SOURCES = %D%/line_edit_test.c
UNIT_TESTS += %D%/undoing_test
%C%_undoing_test_SOURCES = %D%/undoing_test.c $(READING)
UNIT_TESTS += %D%/found_test
%C%_found_test_SOURCES = %D%/found_test.c
UNIT_TESTS += %D%/searching_test
%C%_searching_test_SOURCES = %D%/searching_test.c $(READING)
UNIT_TESTS += %D%/manners_test
%C%_manners_test_SOURCES = %D%/manners_test.c
UNIT_TESTS += %D%/narrow_test
%C%_narrow_test_SOURCES = %D%/narrow_test.c $(READING)

# The commands without a screen and what they share with it.
UNIT_TESTS += \
	%D%/cli_address_test \
	%D%/cmd_classify_test \
	%D%/cmd_fold_test \
	%D%/cmd_rank_test \
	%D%/cmd_search_test \
	%D%/cmd_text_test \
	%D%/cli_net_test \
	%D%/cli_parse_test \
	%D%/cli_test \
	%D%/config_edit_test \
	%D%/config_test \
	%D%/jout_test \
	%D%/option_test \
	%D%/paths_test \
	%D%/query_test \
	%D%/subscriptions_test \
	%D%/tongues_test \
	%D%/words_test \
	%D%/words_why_test
%C%_cli_address_test_SOURCES = %D%/cli_address_test.c
%C%_cli_parse_test_SOURCES = %D%/cli_parse_test.c %D%/cli_fixture.c %D%/cli_fixture.h
%C%_cli_net_test_SOURCES = %D%/cli_net_test.c %D%/cli_fixture.c %D%/cli_fixture.h
%C%_cli_test_SOURCES = %D%/cli_test.c %D%/cli_fixture.c %D%/cli_fixture.h
%C%_cmd_classify_test_SOURCES = %D%/cmd_classify_test.c %D%/cli_fixture.c %D%/cli_fixture.h
%C%_cmd_fold_test_SOURCES = %D%/cmd_fold_test.c %D%/cli_fixture.c %D%/cli_fixture.h
%C%_cmd_rank_test_SOURCES = %D%/cmd_rank_test.c %D%/cli_fixture.c %D%/cli_fixture.h
%C%_cmd_search_test_SOURCES = %D%/cmd_search_test.c %D%/cli_fixture.c %D%/cli_fixture.h
%C%_cmd_text_test_SOURCES = %D%/cmd_text_test.c
%C%_config_edit_test_SOURCES = %D%/config_edit_test.c
%C%_config_test_SOURCES = %D%/config_test.c
%C%_jout_test_SOURCES = %D%/jout_test.c
%C%_option_test_SOURCES = %D%/option_test.c
%C%_paths_test_SOURCES = %D%/paths_test.c
%C%_query_test_SOURCES = %D%/query_test.c
%C%_subscriptions_test_SOURCES = %D%/subscriptions_test.c
%C%_tongues_test_SOURCES = %D%/tongues_test.c
%C%_words_test_SOURCES = %D%/words_test.c

# The threads behind the screen. scene: a small cache in memory; rig: an engine on a file with a fetcher of answers from a table.
UNIT_TESTS += \
	%D%/article_test \
	%D%/edition_fair_test \
	%D%/edition_make_test \
	%D%/learning_test \
	%D%/regrouping_test \
	%D%/engine_test \
	%D%/finding_test \
	%D%/full_disk_test \
	%D%/ingest_test \
	%D%/refresh_net_test \
	%D%/refresh_test \
	%D%/sample_test \
	%D%/scripts_test \
	%D%/visit_test
THREAD_TESTS += %D%/engine_test %D%/finding_test %D%/refresh_net_test %D%/refresh_test
RIG = %D%/fake_fetcher.c %D%/fake_fetcher.h %D%/rig.c %D%/rig.h %D%/scene.c %D%/scene.h
%C%_article_test_SOURCES = %D%/article_test.c %D%/scene.c %D%/scene.h
%C%_edition_fair_test_SOURCES = %D%/edition_fair_test.c %D%/scene.c %D%/scene.h
%C%_learning_test_SOURCES = %D%/learning_test.c %D%/scene.c %D%/scene.h
%C%_regrouping_test_SOURCES = %D%/regrouping_test.c %D%/scene.c %D%/scene.h
%C%_edition_make_test_SOURCES = %D%/edition_make_test.c %D%/scene.c %D%/scene.h
%C%_engine_test_SOURCES = %D%/engine_test.c $(RIG)
%C%_finding_test_SOURCES = %D%/finding_test.c $(RIG)
%C%_full_disk_test_SOURCES = %D%/full_disk_test.c $(RIG)
%C%_ingest_test_SOURCES = %D%/ingest_test.c %D%/scene.c %D%/scene.h
%C%_refresh_net_test_SOURCES = %D%/refresh_net_test.c $(RIG) tests/unit/net/server.c tests/unit/net/server.h
%C%_refresh_test_SOURCES = %D%/refresh_test.c $(RIG)
%C%_scripts_test_SOURCES = %D%/scripts_test.c $(RIG)
%C%_sample_test_SOURCES = %D%/sample_test.c %D%/scene.c %D%/scene.h
%C%_words_why_test_SOURCES = %D%/words_why_test.c
%C%_visit_test_SOURCES = %D%/visit_test.c %D%/scene.c %D%/scene.h

# The manual pages and the completions, compared with what the tables say now (`make docs`: man/local.mk).
EXTRA_PROGRAMS += tests/tools/gen_docs
tests_tools_gen_docs_SOURCES = tests/tools/gen_docs.c
CHECK_TESTS += tests/check-docs.sh
tests/check-docs.log: tests/tools/gen_docs$(EXEEXT)
CLEANFILES += tests/tools/gen_docs$(EXEEXT)
