#!/bin/sh
# check-summary.sh - tests/run-summary counts what the logs say; above all it never counts a
# failure as nothing.
set -u

here=$(dirname "$0")
scratch=$(mktemp -d "${TMPDIR:-/tmp}/lede-summary.XXXXXX") || exit 99
trap 'rm -rf "$scratch"' EXIT
passed=0
failed=0

# ran RESULT LINE... - one more program that was run, with this log.
ran()
{
	number=$((${number:-0} + 1))
	mkdir -p "$scratch/tests"
	echo ":test-result: $1" >"$scratch/tests/$number.trs"
	shift
	printf '%s\n' "$@" >"$scratch/tests/$number.log"
}

# adds_up_to LINE STATUS - the last line and the exit status for all that ran so far.
adds_up_to()
{
	mkdir -p "$scratch/tests"
	line=$(sh "$here/run-summary" "$scratch")
	status=$?
	line=$(printf '%s\n' "$line" | tail -n 1)
	rm -rf "$scratch/tests"
	if [ "$line" = "$1" ] && [ "$status" -eq "$2" ]; then
		passed=$((passed + 1))
		return
	fi
	failed=$((failed + 1))
	echo "expected: $1 (status $2)"
	echo "     got: $line (status $status)"
}

single_tests_of_a_program_are_counted()
{
	ran PASS '[       OK ] one' '[       OK ] two' '[  PASSED  ] 2 test(s).'
	adds_up_to '2 passed, 0 failed' 0
}

failed_and_skipped_tests_are_counted_once()
{
	ran FAIL '[       OK ] one' '[  FAILED  ] two' '[  SKIPPED ] three' '[  PASSED  ] 1 test(s).' \
		'[  SKIPPED ] 1 test(s), listed below:' '[  SKIPPED ] three' \
		'[  FAILED  ] 1 test(s), listed below:' '[  FAILED  ] two' ' 1 FAILED TEST(S)'
	adds_up_to '1 passed, 1 failed, 1 skipped' 1
}

a_group_may_have_a_name()
{
	ran FAIL '[  FAILED  ] feeds: 2 test(s), listed below:' '[  FAILED  ] one' '[  FAILED  ] two'
	adds_up_to '0 passed, 2 failed' 1
}

a_crash_is_a_failure()
{
	ran FAIL '[       OK ] one' '[ RUN      ] two'
	adds_up_to '1 passed, 1 failed' 1
}

a_program_that_never_ran_is_a_failure()
{
	ran ERROR ''
	adds_up_to '0 passed, 1 failed' 1
}

a_failed_test_counts_whatever_the_exit_status_was()
{
	ran PASS '[       OK ] one' '[  FAILED  ] 1 test(s), listed below:'
	adds_up_to '1 passed, 1 failed' 1
}

a_script_may_count_for_itself()
{
	ran PASS 'ok 1 - not counted twice' '30 passed, 0 failed, 2 skipped'
	ran FAIL '4 passed, 1 failed'
	adds_up_to '34 passed, 1 failed, 2 skipped' 1
}

tap_is_understood()
{
	ran FAIL 'ok 1 - one' 'ok 2 - two # SKIP no tmux' 'not ok 3 - three'
	adds_up_to '1 passed, 1 failed, 1 skipped' 1
}

a_silent_script_is_one_test()
{
	ran PASS 'whatever'
	ran SKIP 'no ../shared here'
	adds_up_to '1 passed, 0 failed, 1 skipped' 0
}

nothing_run_is_no_success()
{
	adds_up_to '0 passed, 0 failed' 1
}

single_tests_of_a_program_are_counted
failed_and_skipped_tests_are_counted_once
a_group_may_have_a_name
a_crash_is_a_failure
a_program_that_never_ran_is_a_failure
a_failed_test_counts_whatever_the_exit_status_was
a_script_may_count_for_itself
tap_is_understood
a_silent_script_is_one_test
nothing_run_is_no_success

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
