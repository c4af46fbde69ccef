#ifndef REQUEST_H
#define REQUEST_H

#include <stddef.h>
#include <sys/types.h>

#include "text.h"

#define LINE_MAX_BYTES 8192
#define HEADERS_MAX 64
#define BODY_MAX (256 * 1024)

/* Where bytes come from and go to: a socket, or memory in the fuzzing harness. */
struct wire {
    ssize_t (*read)(struct wire *w, char *to, size_t n);
    void (*write)(struct wire *w, const char *from, size_t n);
};

struct conn {
    struct wire *wire;
    struct text in;
    size_t at;
    /* Host of the requests so far: a later one may leave it out. */
    const char *host;
};

struct header {
    char *name;
    char *value;
    struct header *next;
};

struct request {
    char method[12];
    char *target;
    char *path;  /* decoded, without the query */
    char *query; /* as sent; empty where there is none */
    int minor;
    int keep;
    struct header *headers;
    const char *host;
    char *body;
    size_t body_len;
    char *digest; /* from a trailer */
    int fault;    /* status to refuse it with; 0: none */
};

struct reply {
    int status;
    const char *type;
    struct text head; /* more header lines */
    struct text body;
};

/* conn.c */
void conn_serve(struct wire *wire);
int conn_byte(struct conn *c);
char *conn_line(struct conn *c);
size_t conn_take(struct conn *c, char *to, size_t n);
const char *conn_host(struct conn *c, struct request *q);

/* request.c */
struct request *request_read(struct conn *c);
void request_free(struct request *q);
const char *request_header(const struct request *q, const char *name);
struct header *header_parse(const char *line);

/* body.c, chunk.c */
int body_read(struct conn *c, struct request *q);
int chunk_read(struct conn *c, struct request *q);

/* uri.c */
size_t uri_decode(const char *from, char *to, int plus);
int uri_clean(char *path);
char *uri_param(const char *query, const char *name);

#endif
