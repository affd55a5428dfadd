# The floor store: one SQLite file, and the zstd frames in it.
liblede_a_SOURCES += \
	%D%/inside.h \
	%D%/statements.inc \
	%D%/backup.c \
	%D%/batch.c \
	%D%/bodies.c \
	%D%/check.c \
	%D%/counters.c \
	%D%/editions.c \
	%D%/entries.c \
	%D%/errors.c \
	%D%/feeds.c \
	%D%/folds.c \
	%D%/foreign.c \
	%D%/hosts.c \
	%D%/imports.c \
	%D%/learn.c \
	%D%/hand_over.c \
	%D%/links.c \
	%D%/listing.c \
	%D%/lists.c \
	%D%/marks.c \
	%D%/open.c \
	%D%/recount.c \
	%D%/retention.c \
	%D%/salvage.c \
	%D%/salvage.h \
	%D%/salvage_pages.c \
	%D%/salvage_sql.c \
	%D%/schema.c \
	%D%/statements.c \
	%D%/store.c \
	%D%/stories.c \
	%D%/visits.c
