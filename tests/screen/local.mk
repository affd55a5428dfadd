# Screen tests: state in, grid out, compared with a text file. Linked with liblede.a and cmocka:
#
#	SCREEN_TESTS += %D%/NAME_test
#	%C%_NAME_test_SOURCES = %D%/NAME_test.c
#
# The expected grids are distributed with: EXTRA_DIST += %D%/expected

# stage: the state itself, driven by keys, with answers that the test makes up.
SCREEN_TESTS += %D%/look_test
%C%_look_test_SOURCES = %D%/look_test.c %D%/stage.c %D%/stage.h
SCREEN_TESTS += %D%/panels_test
%C%_panels_test_SOURCES = %D%/panels_test.c %D%/stage.c %D%/stage.h
SCREEN_TESTS += %D%/chinese_test
%C%_chinese_test_SOURCES = %D%/chinese_test.c %D%/stage.c %D%/stage.h
SCREEN_TESTS += %D%/prompts_test
%C%_prompts_test_SOURCES = %D%/prompts_test.c %D%/stage.c %D%/stage.h
SCREEN_TESTS += %D%/mockups_test
%C%_mockups_test_SOURCES = %D%/mockups_test.c
EXTRA_DIST += %D%/expected
