#ifndef AUTH_H
#define AUTH_H

#include "request.h"

/* Whether a request carries the name and password of a user (RFC 7617). */
int auth_check(const struct request *q);

/* base64.c: decodes, with padding or without; NULL where it is none. The caller frees it. */
char *base64_decode(const char *from);

#endif
