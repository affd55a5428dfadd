# Benchmarks, run by `make bench` and, with LEDE_BENCH=quick, by `make bench-quick`; LEDE_BENCH=screen
# weighs keys alone.
#
#	BENCH_BINARIES += %D%/NAME_bench         (C, with %C%_NAME_bench_SOURCES = %D%/NAME_bench.c)
#	BENCH_TESTS += %D%/NAME_bench            (what is run: such a program, or a script NAME.sh)
#
# Each prints lines `name lede anchor ratio goal met`; the heading is printed by the target.

BENCH_BINARIES += %D%/lede_bench
BENCH_TESTS += %D%/lede_bench
%C%_lede_bench_LDADD = liblede.a $(LEDE_LIBS)
%C%_lede_bench_SOURCES = \
	%D%/anchors.c \
	%D%/asked.c %D%/asked.h \
	%D%/corpus.c %D%/corpus.h \
	%D%/corpus_files.c \
	%D%/fill.c \
	%D%/fold_rows.c \
	%D%/held.c %D%/held.h \
	%D%/indexed.c %D%/indexed.h \
	%D%/lede_bench.c \
	%D%/measure.c %D%/measure.h \
	%D%/parse_rows.c \
	%D%/peers.c \
	%D%/refresh_rows.c \
	%D%/rows.h \
	%D%/screen_rows.c \
	%D%/search_rows.c \
	%D%/store_rows.c \
	%D%/terminal.c %D%/terminal.h \
	%D%/web.c %D%/web.h

# A million entries; LEDE_BENCH=full only.
BENCH_BINARIES += %D%/million_bench
BENCH_TESTS += %D%/million_bench
%C%_million_bench_LDADD = liblede.a $(LEDE_LIBS)
%C%_million_bench_SOURCES = \
	%D%/asked.c %D%/asked.h \
	%D%/corpus.c %D%/corpus.h \
	%D%/indexed.c %D%/indexed.h \
	%D%/measure.c %D%/measure.h \
	%D%/million.h \
	%D%/million_bench.c \
	%D%/million_fill.c \
	%D%/million_keep.c \
	%D%/million_lists.c \
	%D%/million_search.c
