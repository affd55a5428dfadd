# Benchmarks, run by `make bench` and, with LEDE_BENCH=quick, by `make bench-quick`.
#
#	BENCH_BINARIES += %D%/NAME_bench         (C, with %C%_NAME_bench_SOURCES = %D%/NAME_bench.c)
#	BENCH_TESTS += %D%/NAME_bench            (what is run: such a program, or a script NAME.sh)
#
# Each prints lines `name lede anchor ratio goal met`; the heading is printed by the target.
