#ifndef FILE_H
#define FILE_H

#include "request.h"

struct file {
    char *data;
    size_t len;
    long modified;
    const char *type;
};

void file_serve(struct request *q, struct reply *r);

/* Loads a file of the site of q; 0 where there is none. The caller frees its data. */
int file_load(const struct request *q, const char *path, struct file *f);

/* range.c: answers whether it made the answer. */
int range_reply(const char *spec, const struct file *f, struct reply *r);

/* include.c */
void include_expand(const struct request *q, const char *page, size_t len, struct text *out);

/* template.c: answers 0, or the status to refuse it with. */
int template_expand(const char *page, size_t len, const char *query, struct text *out);

#endif
