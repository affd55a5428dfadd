# The floor rank: folding entries into stories, ranking stories.
liblede_a_SOURCES += \
	%D%/bytes.c %D%/bytes.h \
	%D%/contrast.c %D%/contrast.h \
	%D%/counts.c %D%/counts.h \
	%D%/entry_terms.c %D%/entry_terms.h \
	%D%/evidence.c %D%/evidence.h \
	%D%/fixed.c %D%/fixed.h \
	%D%/fold.c \
	%D%/fold_search.c %D%/fold_search.h \
	%D%/fold_index.c %D%/fold_index.h \
	%D%/notice.c %D%/notice_inside.h \
	%D%/notice_rules.c \
	%D%/notice_words.c \
	%D%/names.c %D%/names.h \
	%D%/numbers.c %D%/numbers.h \
	%D%/pick.c \
	%D%/profile.c \
	%D%/rules.c %D%/rules.h %D%/common_words.inc %D%/common_bigrams.inc \
	%D%/score.c \
	%D%/suffixes.c %D%/suffixes.h \
	%D%/terms.c \
	%D%/timeline.c %D%/timeline.h \
	%D%/tokens.c \
	%D%/vector.c %D%/vector.h
