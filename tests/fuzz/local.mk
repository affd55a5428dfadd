# Fuzz targets (configure --enable-fuzz, with clang), built by `make fuzz`:
#
#	FUZZ_BINARIES += %D%/NAME_fuzz
#	%C%_NAME_fuzz_SOURCES = %D%/NAME_fuzz.c
#	%C%_NAME_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)

FUZZ_BINARIES += %D%/html_fuzz
%C%_html_fuzz_SOURCES = %D%/html_fuzz.c
%C%_html_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/feed_fuzz
%C%_feed_fuzz_SOURCES = %D%/feed_fuzz.c
%C%_feed_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/opml_fuzz
%C%_opml_fuzz_SOURCES = %D%/opml_fuzz.c
%C%_opml_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
FUZZ_BINARIES += %D%/input_fuzz
%C%_input_fuzz_SOURCES = %D%/input_fuzz.c
%C%_input_fuzz_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_LDFLAGS)
