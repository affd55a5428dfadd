lede_SOURCES = %D%/main.c %D%/reader.c %D%/reader.h
lede_LDADD = liblede.a $(LEDE_LIBS)
