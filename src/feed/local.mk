# The floor feed: bytes of a feed in, entries out.
liblede_a_SOURCES += \
	%D%/announced.c \
	%D%/draft.c %D%/draft.h \
	%D%/entities.c %D%/entities.h \
	%D%/feed.c \
	%D%/json_cut.c %D%/json_cut.h \
	%D%/json_feed.c %D%/json_feed.h \
	%D%/json_item.c %D%/json_item.h \
	%D%/names.c %D%/names.h \
	%D%/opml.c \
	%D%/repair.c %D%/repair.h %D%/repair_inside.h \
	%D%/repair_tag.c \
	%D%/repaired.c %D%/repaired.h \
	%D%/sax.c %D%/sax.h \
	%D%/scan.c %D%/scan.h \
	%D%/values.c %D%/values.h \
	%D%/xml_base.c \
	%D%/xml_capture.c \
	%D%/xml_element.c \
	%D%/xml_feed.c %D%/xml_feed.h %D%/xml_inside.h
