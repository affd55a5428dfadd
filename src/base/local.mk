# The floor base. One line a module: liblede_a_SOURCES += %D%/NAME.c
# (its header include/lede/base/NAME.h is distributed with the whole of include/; tables that are
# included, %D%/NAME.inc, are listed the same way).
liblede_a_SOURCES += \
	%D%/argv.c \
	%D%/buf.c \
	%D%/clock.c \
	%D%/error.c \
	%D%/file.c \
	%D%/hash.c \
	%D%/ini.c \
	%D%/language.c \
	%D%/mailbox.c \
	%D%/mem.c \
	%D%/str.c
