lede_SOURCES = %D%/main.c %D%/reader.c %D%/reader.h %D%/themes.c %D%/themes.h
lede_LDADD = liblede.a $(LEDE_LIBS)
