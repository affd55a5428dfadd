# The manual pages and the completions are made from the frames here and the program's tables, and checked in:
# nobody needs to run anything to have them. `make docs` writes them anew after a change of either.

dist_man_MANS += %D%/lede.1 %D%/lede.5
bashcompletiondir = $(datadir)/bash-completion/completions
dist_bashcompletion_DATA = %D%/completions/lede
zshcompletiondir = $(datadir)/zsh/site-functions
dist_zshcompletion_DATA = %D%/completions/_lede
fishcompletiondir = $(datadir)/fish/vendor_completions.d
dist_fishcompletion_DATA = %D%/completions/lede.fish
EXTRA_DIST += %D%/lede.1.in %D%/lede.5.in

LEDE_GEN_DOCS = tests/tools/gen_docs$(EXEEXT)
docs: $(LEDE_GEN_DOCS)
	$(AM_V_GEN)set -e; man=$(srcdir)/%D%; \
	write() { out=$$1; shift; $(LEDE_GEN_DOCS) "$$@" >$$out.new && mv $$out.new $$out; }; \
	write $$man/lede.1 page $$man/lede.1.in; \
	write $$man/lede.5 page $$man/lede.5.in; \
	write $$man/completions/lede bash; \
	write $$man/completions/_lede zsh; \
	write $$man/completions/lede.fish fish

.PHONY: docs
