/* main - builds what the program needs, passes it down, takes it apart in reverse. */
#include "config.h"

#include <stdio.h>

int main(void)
{
	puts(PACKAGE_NAME " " PACKAGE_VERSION);
	return 0;
}
