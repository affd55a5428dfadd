# The soak: random walks, kills and sizes by the thousand, each from a number, so that what fails can be done again. `make soak` gives
# every script a part of its rounds (parts.py says how long) and goes on there the next time; LEDE_SOAK=sample takes a few seconds.
#
#	SOAK_TESTS += %D%/NAME_soak.py
#	SOAK_BINARIES += %D%/NAME               a program that does one round, given its number

# A reader without a terminal, whose frames are checked.
READING = %D%/reading.c %D%/reading.h %D%/sound.c %D%/sound.h
# The texts of the corpora.
TEXTS = %D%/texts.c %D%/texts.h

# Without a number they do a few rounds, in `make check`.
SOAK_BINARIES += %D%/draw_sizes %D%/kinsoku %D%/lines_fit %D%/press_keys
UNIT_TESTS += %D%/draw_sizes %D%/kinsoku %D%/lines_fit %D%/press_keys
%C%_draw_sizes_SOURCES = %D%/draw_sizes.c $(READING)
%C%_kinsoku_SOURCES = %D%/kinsoku.c $(TEXTS)
%C%_lines_fit_SOURCES = %D%/lines_fit.c $(TEXTS)
%C%_press_keys_SOURCES = %D%/press_keys.c $(READING)

SOAK_TESTS += %D%/kills_soak.py
SOAK_TESTS += %D%/sizes_soak.py
SOAK_TESTS += %D%/lines_soak.py
SOAK_TESTS += %D%/kinsoku_soak.py
SOAK_TESTS += %D%/keys_soak.py
SOAK_TESTS += %D%/damage_soak.py
SOAK_TESTS += %D%/together_soak.py
SOAK_TESTS += %D%/fuzz_soak.py
EXTRA_DIST += %D%/parts.py %D%/seeds
