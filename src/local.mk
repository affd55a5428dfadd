lede_SOURCES = %D%/main.c
lede_LDADD = liblede.a $(LEDE_LIBS)
