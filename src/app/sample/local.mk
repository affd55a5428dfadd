# The sample edition, compiled in: sample.c includes src/app/sample/sample_data.inc, found through
# -I$(top_builddir). The order here is the order of the table, and so of the feeds.
SAMPLE_FEEDS = \
	%D%/paper-daily.xml \
	%D%/city-news.xml \
	%D%/science-wire.xml \
	%D%/form-and-city.xml \
	%D%/zhishang-ribao.xml \
	%D%/chengshi-xinwen.xml \
	%D%/rukou-chengshi.xml \
	%D%/asa-no-tayori.json

EXTRA_DIST += %D%/README %D%/embed.sh $(SAMPLE_FEEDS)
BUILT_SOURCES += %D%/sample_data.inc
CLEANFILES += %D%/sample_data.inc
CHECK_TESTS += tests/check-sample.sh

# Written beside and moved, so that a build cut short leaves no half a table behind.
%D%/sample_data.inc: %D%/embed.sh $(SAMPLE_FEEDS)
	$(AM_V_GEN)$(MKDIR_P) %D% && cd $(srcdir) && \
	$(SHELL) %D%/embed.sh $(SAMPLE_FEEDS) >$(abs_builddir)/$@.new && \
	mv $(abs_builddir)/$@.new $(abs_builddir)/$@
