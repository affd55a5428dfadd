# A reader without a terminal, whose frames are checked.
READING = %D%/reading.c %D%/reading.h %D%/sound.c %D%/sound.h
