#ifndef CACHE_H
#define CACHE_H

#include "file.h"

/* What is kept for a request, or NULL. */
const struct file *cache_find(const struct request *q);

/* Keeps a file for requests like q; its data belong to the cache afterwards. */
void cache_keep(const struct request *q, const struct file *f);

int cache_hits(void);
void cache_forget(void);

#endif
