#ifndef LOG_H
#define LOG_H

#include "request.h"

/* Notes a request that was answered. */
void log_access(const struct request *q, const struct reply *r);

/* Puts the last lines and the last user agent out. */
void log_show(struct text *out);

void log_forget(void);

#endif
