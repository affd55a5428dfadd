# The floor text. One line a module: liblede_a_SOURCES += %D%/NAME.c
# (its header include/lede/text/NAME.h is distributed with the whole of include/; tables that are
# included, %D%/NAME.inc, are listed the same way).

# Addresses, dates, encodings, HTML.
liblede_a_SOURCES += \
	%D%/date.c \
	%D%/encoding.c \
	%D%/html.c \
	%D%/html_entities.inc \
	%D%/html_token.c \
	%D%/url.c
EXTRA_DIST += %D%/gen-entities.py
