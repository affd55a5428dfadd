# End-to-end tests: scripts that drive the real program, run one after another by `make check-e2e`.
#
#	E2E_TESTS += %D%/NAME.sh                (.sh or .py; distributed by tests/local.mk)
#	E2E_BINARIES += %D%/helper              (a C program they need; %C%_helper_SOURCES = ...)
#	E2E_WALK += %D%/NAME.sh                 (of those, the one CI also runs under sanitizers)
#	THREAD_TESTS += ...                      (scripts and unit tests for the thread sanitizer)
#	SOAK_TESTS += %D%/NAME-soak.sh          (the long ones, run by `make soak`)
#
# Each runs in the build folder, with what tests/run-one promises.

E2E_TESTS += %D%/sample_test.py
E2E_TESTS += %D%/readme_test.py
E2E_TESTS += %D%/walk_test.py
E2E_TESTS += %D%/keys_test.py
E2E_TESTS += %D%/input_test.py
E2E_TESTS += %D%/undo_test.py
E2E_TESTS += %D%/feeds_test.py
E2E_TESTS += %D%/adding_test.py
E2E_TESTS += %D%/hostile_test.py
E2E_TESTS += %D%/bad_luck_test.py
E2E_TESTS += %D%/disk_test.py
E2E_TESTS += %D%/faults_test.py
E2E_TESTS += %D%/moving_test.py
E2E_TESTS += %D%/keeping_test.py
E2E_TESTS += %D%/processes_test.py
E2E_TESTS += %D%/terminal_test.py
E2E_WALK += %D%/walk_test.py
THREAD_TESTS += %D%/walk_test.py
EXTRA_DIST += %D%/feed_server.py %D%/lede.py %D%/newsroom.py %D%/schema.py %D%/terminal.py
