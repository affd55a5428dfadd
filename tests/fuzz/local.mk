# Fuzz targets (configure --enable-fuzz, with clang), built by `make fuzz`; tests/soak/fuzz_soak.py runs them:
#
#	FUZZ_BINARIES += %D%/NAME_fuzz
#	%C%_NAME_fuzz_SOURCES = %D%/NAME_fuzz.c
#	%C%_NAME_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)

FUZZ_BINARIES += %D%/feed_fuzz
%C%_feed_fuzz_SOURCES = %D%/feed_fuzz.c
%C%_feed_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
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
FUZZ_BINARIES += %D%/text_fuzz
%C%_text_fuzz_SOURCES = %D%/text_fuzz.c
%C%_text_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
