#!/bin/sh
# soak-sanitizers - every test, the end-to-end ones included, under each family of sanitizers.
#
# Builds beside the ordinary build. Skipped in a sample of the soak (LEDE_SOAK=sample), where CI has
# run its own selection of the tests.
set -u

if [ "${LEDE_SOAK-}" = sample ]; then
	echo "left out of a sample"
	exit 77
fi

passed=0
failed=0

# The thread sanitizer of older compilers loses its way where the kernel spreads mappings wide.
unspread=
setarch -R true 2>/dev/null && unspread='setarch -R'

# all_tests_under NAME LIST - one build, all tests.
all_tests_under()
{
	mkdir -p "$builddir/soak/$1" && cd "$builddir/soak/$1" || exit 99
	if { [ -f Makefile ] || "$srcdir/configure" -q CFLAGS='-g -O1' --enable-sanitize="$2"; } &&
		make -s -j2 all && $unspread make -s -j2 check && $unspread make -s check-e2e; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "not clean under $2: the logs are in $builddir/soak/$1"
	fi
}

all_tests_under address address,undefined
all_tests_under thread thread

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
