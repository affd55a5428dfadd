# Fuzz targets (configure --enable-fuzz, with clang), built by `make fuzz`; tests/soak/fuzz_soak.py runs them, with
# NAME.dict where there is one:
#
#	FUZZ_BINARIES += %D%/NAME_fuzz
#	%C%_NAME_fuzz_SOURCES = %D%/NAME_fuzz.c
#	%C%_NAME_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)

FUZZ_BINARIES += %D%/feed_fuzz
%C%_feed_fuzz_SOURCES = %D%/feed_fuzz.c %D%/one_feed.c %D%/one_feed.h
%C%_feed_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/json_fuzz
%C%_json_fuzz_SOURCES = %D%/json_fuzz.c %D%/one_feed.c %D%/one_feed.h
%C%_json_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/opml_fuzz
%C%_opml_fuzz_SOURCES = %D%/opml_fuzz.c
%C%_opml_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/input_fuzz
%C%_input_fuzz_SOURCES = %D%/input_fuzz.c
%C%_input_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/html_fuzz
%C%_html_fuzz_SOURCES = %D%/html_fuzz.c
%C%_html_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/page_fuzz
%C%_page_fuzz_SOURCES = %D%/page_fuzz.c
%C%_page_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/settings_fuzz
%C%_settings_fuzz_SOURCES = %D%/settings_fuzz.c
%C%_settings_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/feeds_fuzz
%C%_feeds_fuzz_SOURCES = %D%/feeds_fuzz.c
%C%_feeds_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/text_fuzz
%C%_text_fuzz_SOURCES = %D%/text_fuzz.c
%C%_text_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)

EXTRA_DIST += %D%/feed.dict %D%/json.dict %D%/html.dict %D%/opml.dict %D%/settings.dict %D%/text.dict
FUZZ_BINARIES += %D%/query_fuzz
%C%_query_fuzz_SOURCES = %D%/query_fuzz.c
%C%_query_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
