#include "request.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The size at the head of a chunk, or -1. What follows a semicolon is an extension and passed over. */
static long chunk_size(const char *line)
{
    long size = 0;
    int digits = 0;

    while (isxdigit((unsigned char)*line)) {
        int digit = isdigit((unsigned char)*line) ? *line - '0' : tolower((unsigned char)*line) - 'a' + 10;
        if (++digits > 6)
            return -1;
        size = size * 16 + digit;
        line++;
    }
    return digits > 0 && (*line == '\0' || *line == ';' || *line == ' ') ? size : -1;
}

/* Keeps the digest of the body; a later trailer of that name takes the place of an earlier one. */
static int keep_digest(struct request *q, const char *value)
{
    if (q->digest != NULL)
        free(q->digest);
    if (value[0] == '\0')
        return 400;
    q->digest = copy_string(value);
    return 0;
}

static int read_trailers(struct conn *c, struct request *q)
{
    char *line;
    int n, fault = 0;

    for (n = 0; fault == 0 && n <= HEADERS_MAX; n++) {
        struct header *h;
        line = conn_line(c);
        if (line == NULL)
            return 400;
        if (line[0] == '\0') {
            free(line);
            return 0;
        }
        h = header_parse(line);
        free(line);
        if (h == NULL)
            return 400;
        if (strcasecmp(h->name, "Digest") == 0)
            fault = keep_digest(q, h->value);
        free(h->name);
        free(h->value);
        free(h);
    }
    return fault != 0 ? fault : 431;
}

/* Reads a chunked body and its trailers. Answers 0, or the status to refuse it with. */
int chunk_read(struct conn *c, struct request *q)
{
    struct text body = { NULL, 0, 0 };
    int fault = 0;

    while (fault == 0) {
        char piece[1024];
        char *line = conn_line(c);
        long size = line != NULL ? chunk_size(line) : -1;
        free(line);
        if (size < 0) {
            fault = 400;
        } else if (body.len + (size_t)size > BODY_MAX) {
            fault = 413;
        } else if (size == 0) {
            fault = read_trailers(c, q);
            break;
        }
        while (fault == 0 && size > 0) {
            size_t want = size > (long)sizeof piece ? sizeof piece : (size_t)size;
            size_t got = conn_take(c, piece, want);
            text_add(&body, piece, got);
            size -= (long)got;
            if (got < want)
                fault = 400;
        }
        if (fault == 0) {
            line = conn_line(c);
            if (line == NULL || line[0] != '\0')
                fault = 400;
            free(line);
        }
    }
    q->body = copy_of(body.len > 0 ? body.data : "", body.len);
    q->body_len = body.len;
    text_free(&body);
    return fault;
}
