# The floor net. One line a module: liblede_a_SOURCES += %D%/NAME.c
# (its header include/lede/net/NAME.h is distributed with the whole of include/).
liblede_a_SOURCES += \
	%D%/address.c \
	%D%/cause.c \
	%D%/certificates.c \
	%D%/fetch.c \
	%D%/outcome.c \
	%D%/proxy.c \
	%D%/queue.c \
	%D%/reply.c \
	%D%/transfer.c \
	%D%/wall.c
