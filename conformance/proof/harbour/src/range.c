#include "file.h"

#include <stdlib.h>
#include <string.h>

#include "reply.h"

#define PARTS_MAX 4
#define BOUNDARY "harbour-part"

struct part {
    long from;
    long to;
};

/* Reads up to nine digits; -1 where there are none, or more. */
static long number(const char **s)
{
    long n = 0;
    int digits = 0;

    while (**s >= '0' && **s <= '9') {
        if (++digits > 9)
            return -1;
        n = n * 10 + (**s - '0');
        (*s)++;
    }
    return digits > 0 ? n : -1;
}

/* Reads one `a-b`, `a-` or `-n`. Answers 1, or 0 where it is none. */
static int read_part(const char **s, long size, struct part *p)
{
    if (**s == '-') {
        long last;
        (*s)++;
        last = number(s);
        if (last < 0)
            return 0;
        p->from = size - last;
        p->to = size - 1;
        return 1;
    }
    p->from = number(s);
    if (p->from < 0 || **s != '-')
        return 0;
    (*s)++;
    if (**s == '\0' || **s == ',') {
        p->to = size - 1;
        return 1;
    }
    p->to = number(s);
    if (p->to < p->from)
        return 0;
    if (p->to >= size)
        p->to = size - 1;
    return 1;
}

/* Parses `bytes=…`. Answers how many parts can be served, 0 where it is not understood, -1 where none can be. */
static int range_parse(const char *spec, long size, struct part *parts)
{
    int n = 0, asked = 0;

    if (strncmp(spec, "bytes=", 6) != 0)
        return 0;
    spec += 6;
    for (;;) {
        struct part p;
        while (*spec == ' ')
            spec++;
        if (++asked > PARTS_MAX || !read_part(&spec, size, &p))
            return 0;
        if (p.from <= p.to)
            parts[n++] = p;
        if (*spec == '\0')
            return n > 0 ? n : -1;
        if (*spec++ != ',')
            return 0;
    }
}

static void range_copy(const struct file *f, const struct part *p, struct text *out)
{
    long i;

    for (i = p->from; i <= p->to; i++) {
        char byte = f->data[i];
        text_add(out, &byte, 1);
    }
}

int range_reply(const char *spec, const struct file *f, struct reply *r)
{
    struct part parts[PARTS_MAX];
    int i, n = range_parse(spec, (long)f->len, parts);

    if (n == 0)
        return 0;
    if (n < 0) {
        text_format(&r->head, "Content-Range: bytes */%zu\r\n", f->len);
        reply_fault(r, 416);
        return 1;
    }
    r->status = 206;
    if (n == 1) {
        text_format(&r->head, "Content-Range: bytes %ld-%ld/%zu\r\n", parts[0].from, parts[0].to, f->len);
        range_copy(f, &parts[0], &r->body);
        return 1;
    }
    for (i = 0; i < n; i++) {
        text_format(&r->body, "--" BOUNDARY "\r\nContent-Type: %s\r\n", f->type);
        text_format(&r->body, "Content-Range: bytes %ld-%ld/%zu\r\n\r\n", parts[i].from, parts[i].to, f->len);
        range_copy(f, &parts[i], &r->body);
        text_put(&r->body, "\r\n");
    }
    text_put(&r->body, "--" BOUNDARY "--\r\n");
    r->type = "multipart/byteranges; boundary=" BOUNDARY;
    return 1;
}
