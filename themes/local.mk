# The shipped themes: installed to $(pkgdatadir)/themes for people to read and copy, and compiled in, so that the program
# runs from the build folder too. One line a theme; the order is that of the theme panel.
themedir = $(pkgdatadir)/themes
dist_theme_DATA = \
	%D%/dark.theme \
	%D%/light.theme \
	%D%/high-contrast.theme \
	%D%/colour-safe.theme \
	%D%/gruvbox.theme \
	%D%/mono.theme

BUILT_SOURCES += %D%/shipped.inc
CLEANFILES += %D%/shipped.inc
EXTRA_DIST += %D%/embed.sh

%D%/shipped.inc: $(dist_theme_DATA) %D%/embed.sh
	$(AM_V_GEN)$(MKDIR_P) %D% && cd $(srcdir) && \
	$(SHELL) %D%/embed.sh $(dist_theme_DATA) >$(abs_builddir)/$@.new && \
	mv $(abs_builddir)/$@.new $(abs_builddir)/$@
