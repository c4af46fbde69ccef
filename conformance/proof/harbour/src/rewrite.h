#ifndef REWRITE_H
#define REWRITE_H

#include "request.h"

/* Rewrites the path by the table of rules. Answers 1 where the client is to be sent there. */
int rewrite(struct request *q);

#endif
