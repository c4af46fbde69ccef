#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *must(size_t n)
{
    void *p = malloc(n > 0 ? n : 1);
    if (p == NULL) {
        fputs("harbour: out of memory\n", stderr);
        exit(3);
    }
    return p;
}

char *copy_of(const char *from, size_t n)
{
    char *s = must(n + 1);
    memcpy(s, from, n);
    s[n] = '\0';
    return s;
}

char *copy_string(const char *s)
{
    return copy_of(s, strlen(s));
}

void text_add(struct text *t, const char *bytes, size_t n)
{
    if (n == 0)
        return;
    if (t->cap - t->len < n) {
        size_t cap = t->cap > 0 ? t->cap : 256;
        char *grown;
        while (cap - t->len < n)
            cap *= 2;
        grown = must(cap);
        if (t->len > 0)
            memcpy(grown, t->data, t->len);
        free(t->data);
        t->data = grown;
        t->cap = cap;
    }
    memcpy(t->data + t->len, bytes, n);
    t->len += n;
}

void text_put(struct text *t, const char *s)
{
    text_add(t, s, strlen(s));
}

void text_format(struct text *t, const char *format, ...)
{
    char line[512];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    if (n < 0)
        return;
    text_add(t, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

/* Adds s as text of a page. */
void text_html(struct text *t, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s == '<')
            text_put(t, "&lt;");
        else if (*s == '>')
            text_put(t, "&gt;");
        else if (*s == '&')
            text_put(t, "&amp;");
        else if (*s == '"')
            text_put(t, "&quot;");
        else
            text_add(t, s, 1);
    }
}

void text_free(struct text *t)
{
    free(t->data);
    t->data = NULL;
    t->len = t->cap = 0;
}
