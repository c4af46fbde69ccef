#ifndef ADDRESS_H
#define ADDRESS_H
#include <stdio.h>
const char *address_print(const char *p, FILE *out);
#endif
