#ifndef UPLOAD_H
#define UPLOAD_H

#include "request.h"

/* A file a client left here. Kept in memory. */
struct drop {
    char *name; /* its path: /drop/NAME */
    char *data;
    size_t len;
};

const struct drop *upload_find(const char *path);
void upload_drop(struct request *q, struct reply *r);
void upload_multipart(struct request *q, struct reply *r);
void upload_forget(void);

#endif
