# Unicode: characters, clusters, cells, what may be shown, where lines break, folded forms.
liblede_a_SOURCES += \
	%D%/utf8.c \
	%D%/unicode.c %D%/unicode_props.inc \
	%D%/cluster.c \
	%D%/convert.c \
	%D%/width.c \
	%D%/display.c \
	%D%/display_gloss.c \
	%D%/wrap.c %D%/wrap_line.c \
	%D%/find.c \
	%D%/fold_form.c %D%/unicode_fold.inc
EXTRA_DIST += %D%/gen-unicode.py

# The floor text. One line a module: liblede_a_SOURCES += %D%/NAME.c
# (its header include/lede/text/NAME.h is distributed with the whole of include/; tables that are
# included, %D%/NAME.inc, are listed the same way).

# Addresses, dates, encodings, HTML.
liblede_a_SOURCES += \
	%D%/date.c \
	%D%/date_names.c \
	%D%/encoding.c \
	%D%/encoding_guess.c \
	%D%/encoding_names.c \
	%D%/html.c \
	%D%/html_entities.inc \
	%D%/html_token.c \
	%D%/url.c
EXTRA_DIST += %D%/gen-entities.py

# Articles: a document out of HTML or plain text, and its lines.
liblede_a_SOURCES += \
	%D%/layout.c \
	%D%/layout_line.c \
	%D%/layout_spot.c \
	%D%/layout_table.c \
	%D%/rich.c \
	%D%/rich_build.c \
	%D%/rich_elements.c \
	%D%/rich_html.c \
	%D%/rich_inline.c \
	%D%/rich_lists.c \
	%D%/rich_media.c \
	%D%/rich_table.c
