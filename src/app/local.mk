# The floor app. One line a module: liblede_a_SOURCES += %D%/NAME.c
# (its header include/lede/app/NAME.h is distributed with the whole of include/; tables that are
# included, %D%/NAME.inc, are listed the same way).

include %D%/sample/local.mk
