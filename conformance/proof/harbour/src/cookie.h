#ifndef COOKIE_H
#define COOKIE_H

/* The value of a cookie, or NULL. The caller frees it. */
char *cookie_get(const char *header, const char *name);

#endif
