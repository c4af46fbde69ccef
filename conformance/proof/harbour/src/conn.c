#include "request.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"
#include "reply.h"

#define KEEP_MAX 50

static int fill(struct conn *c)
{
    char piece[4096];
    ssize_t n;

    if (c->at > 0 && c->at == c->in.len)
        c->at = c->in.len = 0;
    n = c->wire->read(c->wire, piece, sizeof piece);
    if (n <= 0)
        return 0;
    text_add(&c->in, piece, (size_t)n);
    return 1;
}

/* The next byte, or -1 at the end. */
int conn_byte(struct conn *c)
{
    if (c->at == c->in.len && !fill(c))
        return -1;
    return (unsigned char)c->in.data[c->at++];
}

/* The next line without its end; NULL at the end of the connection or where it is too long. The caller frees it. */
char *conn_line(struct conn *c)
{
    struct text line = { NULL, 0, 0 };
    char *out;
    int b;

    while ((b = conn_byte(c)) != -1 && b != '\n') {
        char byte = (char)b;
        if (line.len == LINE_MAX_BYTES || b == 0) {
            text_free(&line);
            return NULL;
        }
        text_add(&line, &byte, 1);
    }
    if (b == -1) {
        text_free(&line);
        return NULL;
    }
    if (line.len > 0 && line.data[line.len - 1] == '\r')
        line.len--;
    out = copy_of(line.len > 0 ? line.data : "", line.len);
    text_free(&line);
    return out;
}

/* Takes up to n bytes of what comes; fewer only at the end. */
size_t conn_take(struct conn *c, char *to, size_t n)
{
    size_t got = 0;

    while (got < n) {
        size_t here = c->in.len - c->at;
        size_t i;
        if (here == 0) {
            if (!fill(c))
                break;
            continue;
        }
        if (here > n - got)
            here = n - got;
        for (i = 0; i < here; i++)
            to[got + i] = c->in.data[c->at + i];
        c->at += here;
        got += here;
    }
    return got;
}

/* The host a request is for: its own header, or that of the connection's earlier requests. */
const char *conn_host(struct conn *c, struct request *q)
{
    const char *own = request_header(q, "Host");

    if (own != NULL) {
        c->host = own;
        return own;
    }
    if (c->host != NULL && c->host[0] != '\0')
        return c->host;
    return NULL;
}

static void serve_one(struct conn *c, struct request *q)
{
    struct reply r = { 200, "text/html", { NULL, 0, 0 }, { NULL, 0, 0 } };

    if (q->fault == 0) {
        q->host = conn_host(c, q);
        if (q->host == NULL && q->minor > 0)
            q->fault = 400;
    }
    if (q->fault != 0) {
        q->keep = 0;
        reply_fault(&r, q->fault);
    } else {
        reply_make(q, &r);
    }
    reply_send(c->wire, q, &r);
    log_access(q, &r);
    text_free(&r.head);
    text_free(&r.body);
}

/* Serves one connection to its end. */
void conn_serve(struct wire *wire)
{
    struct conn c = { wire, { NULL, 0, 0 }, 0, NULL };
    int n, keep = 1;

    for (n = 0; keep && n < KEEP_MAX; n++) {
        struct request *q = request_read(&c);
        if (q == NULL)
            break;
        serve_one(&c, q);
        keep = q->keep;
        request_free(q);
    }
    text_free(&c.in);
}
