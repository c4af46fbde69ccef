#ifndef REPLY_H
#define REPLY_H

#include "request.h"

void reply_make(struct request *q, struct reply *r);
void reply_fault(struct reply *r, int status);
void reply_send(struct wire *wire, const struct request *q, struct reply *r);
void reply_date(struct reply *r, const char *name, long when);

/* Forgets what was kept between requests: uploads, cache, log. */
void reply_forget(void);

#endif
