#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>

/* Bytes that grow. */
struct text {
    char *data;
    size_t len;
    size_t cap;
};

void text_add(struct text *t, const char *bytes, size_t n);
void text_put(struct text *t, const char *s);
void text_format(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_html(struct text *t, const char *s);
void text_free(struct text *t);

/* malloc that ends the process when there is no memory. */
void *must(size_t n);
char *copy_of(const char *from, size_t n);
char *copy_string(const char *s);

#endif
