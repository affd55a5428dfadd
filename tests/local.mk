# How the tests are run. `make check` takes the unit and screen tests and the scripts of
# CHECK_TESTS; the slow ones have targets of their own, each of which writes NAME.log and NAME.trs
# beside them, so that tests/run-summary can count all of them alike.

CHECK_TESTS += %D%/check-floors.sh
CHECK_TESTS += %D%/check-po.sh
CHECK_TESTS += %D%/check-summary.sh
SOAK_TESTS += %D%/soak-sanitizers.sh

if HAVE_CMOCKA
check_PROGRAMS = $(UNIT_TESTS) $(SCREEN_TESTS)
else
check_PROGRAMS =
check-local:
	@echo "lede: cmocka is missing, so the unit and screen tests were not built;" >&2
	@echo "lede: install it (./bootstrap test does) and run configure again" >&2
	@exit 1
endif
EXTRA_PROGRAMS = $(E2E_BINARIES) $(BENCH_BINARIES) $(FUZZ_BINARIES)

TESTS = $(check_PROGRAMS) $(CHECK_TESTS)
TEST_EXTENSIONS = .sh .py
LOG_COMPILER = $(SHELL) $(srcdir)/%D%/run-one
SH_LOG_COMPILER = $(LOG_COMPILER)
PY_LOG_COMPILER = $(LOG_COMPILER)
LEDE_TEST_ENV = srcdir='$(abs_top_srcdir)' builddir='$(abs_top_builddir)' \
	LEDE_LOCALEDIR='$(abs_top_builddir)/po/locale' LEDE='$(abs_top_builddir)/lede$(EXEEXT)' \
	LEDE_SHARED='$(abs_top_srcdir)/../shared' CC='$(CC)'
AM_TESTS_ENVIRONMENT = $(LEDE_TEST_ENV); export srcdir builddir LEDE LEDE_LOCALEDIR LEDE_SHARED CC;

RUN_SERIALLY = $(LEDE_TEST_ENV) $(SHELL) $(srcdir)/%D%/run-serially

check-e2e: lede$(EXEEXT) $(E2E_BINARIES)
	@$(RUN_SERIALLY) $(E2E_TESTS)

# What CI runs under the sanitizers: one walk through the program under address and undefined
# behaviour, the tests with threads (unit tests among them) under the thread sanitizer.
check-walk: lede$(EXEEXT) $(E2E_BINARIES)
	@$(RUN_SERIALLY) $(E2E_WALK)

check-threads: lede$(EXEEXT) $(E2E_BINARIES) $(check_PROGRAMS)
	@$(RUN_SERIALLY) $(THREAD_TESTS)

soak: lede$(EXEEXT) $(E2E_BINARIES) $(SOAK_BINARIES)
	@LEDE_TEST_TIMEOUT=$${LEDE_TEST_TIMEOUT:-3600} $(RUN_SERIALLY) $(SOAK_TESTS)

bench: lede$(EXEEXT) $(BENCH_BINARIES)
	@$(LEDE_TEST_ENV) LEDE_BENCH=full $(SHELL) $(srcdir)/%D%/run-bench $(BENCH_TESTS)

bench-quick: lede$(EXEEXT) $(BENCH_BINARIES)
	@$(LEDE_TEST_ENV) LEDE_BENCH=quick $(SHELL) $(srcdir)/%D%/run-bench $(BENCH_TESTS)

# Not part of `make check`: what the scorers of ../shared say, for .ci/run.
check-corpora: lede$(EXEEXT)
	@$(RUN_SERIALLY) %D%/corpora_floors.py
	@sed -n "/^ok: /p" tests/corpora_floors.log

# The tables made by the build come first, as for every other target.
fuzz: $(BUILT_SOURCES)
	$(MAKE) $(AM_MAKEFLAGS) $(FUZZ_BINARIES)

# The screens of README, written anew by the program.
readme: lede$(EXEEXT)
	$(LEDE_TEST_ENV) LC_ALL=C.UTF-8 python3 $(srcdir)/%D%/e2e/readme_test.py write

.PHONY: readme check-e2e check-walk check-threads check-corpora soak bench bench-quick fuzz

EXTRA_DIST += %D%/tongue.h
EXTRA_DIST += $(CHECK_TESTS) $(E2E_TESTS) $(SOAK_TESTS) %D%/corpora_floors.py %D%/run-one %D%/run-serially %D%/run-bench \
	%D%/run-summary

mostlyclean-local:
	rm -f %D%/*/*.log %D%/*/*.trs %D%/*/*/*.log %D%/*/*/*.trs
