# The catalogues: po/LANGUAGE.po, made into po/locale/LANGUAGE/LC_MESSAGES/lede.mo. The tests find them there
# (LEDE_LOCALEDIR=po/locale); they are installed under $(localedir). `make update-po` takes what the source says anew into
# the .po files.
EXTRA_DIST += %D%/zh_CN.po %D%/zh_TW.po %D%/ja.po %D%/messages.py

if ENABLE_NLS
zh_CNdir = $(localedir)/zh_CN/LC_MESSAGES
zh_TWdir = $(localedir)/zh_TW/LC_MESSAGES
jadir = $(localedir)/ja/LC_MESSAGES
zh_CN_DATA = %D%/locale/zh_CN/LC_MESSAGES/lede.mo
zh_TW_DATA = %D%/locale/zh_TW/LC_MESSAGES/lede.mo
ja_DATA = %D%/locale/ja/LC_MESSAGES/lede.mo
CLEANFILES += $(zh_CN_DATA) $(zh_TW_DATA) $(ja_DATA)

MAKE_CATALOGUE = $(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT) --check-format --check-domain -o $@

%D%/locale/zh_CN/LC_MESSAGES/lede.mo: %D%/zh_CN.po
	$(MAKE_CATALOGUE) $(srcdir)/%D%/zh_CN.po
%D%/locale/zh_TW/LC_MESSAGES/lede.mo: %D%/zh_TW.po
	$(MAKE_CATALOGUE) $(srcdir)/%D%/zh_TW.po
%D%/locale/ja/LC_MESSAGES/lede.mo: %D%/ja.po
	$(MAKE_CATALOGUE) $(srcdir)/%D%/ja.po
endif

update-po:
	cd $(srcdir) && python3 %D%/messages.py update

.PHONY: update-po


