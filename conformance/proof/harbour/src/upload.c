#include "upload.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "file.h"
#include "reply.h"

#define DROPS 16
#define DROP_MAX (16 * 1024)

static struct drop drops[DROPS];

static struct drop *slot_of(const char *path)
{
    int i;

    for (i = 0; i < DROPS; i++)
        if (drops[i].name != NULL && strcmp(drops[i].name, path) == 0)
            return &drops[i];
    return NULL;
}

const struct drop *upload_find(const char *path)
{
    return slot_of(path);
}

static void clear(struct drop *d)
{
    free(d->name);
    free(d->data);
    d->name = d->data = NULL;
    d->len = 0;
}

/* Keeps bytes under a path. Answers the status to say. */
static int keep(const char *path, const char *data, size_t len)
{
    struct drop *d = slot_of(path);
    int i, status = d != NULL ? 204 : 201;

    if (len > DROP_MAX)
        return 413;
    for (i = 0; d == NULL && i < DROPS; i++)
        if (drops[i].name == NULL)
            d = &drops[i];
    if (d == NULL)
        return 507;
    clear(d);
    d->name = copy_string(path);
    d->data = copy_of(data, len);
    d->len = len;
    return status;
}

static void serve(struct request *q, const struct drop *d, struct reply *r)
{
    size_t n = strlen(d->name);

    r->type = "text/plain";
    if (n > 6 && strcmp(d->name + n - 6, ".shtml") == 0) {
        r->type = "text/html";
        include_expand(q, d->data, d->len, &r->body);
    } else {
        text_add(&r->body, d->data, d->len);
    }
}

/* PUT, GET and DELETE of /drop/NAME. */
void upload_drop(struct request *q, struct reply *r)
{
    struct drop *d = slot_of(q->path);

    if (strcmp(q->method, "PUT") == 0) {
        int status = keep(q->path, q->body != NULL ? q->body : "", q->body_len);
        if (status >= 400)
            reply_fault(r, status);
        else
            r->status = status;
    } else if (d == NULL) {
        reply_fault(r, 404);
    } else if (strcmp(q->method, "DELETE") == 0) {
        clear(d);
        r->status = 204;
    } else if (strcmp(q->method, "GET") == 0 || strcmp(q->method, "HEAD") == 0) {
        serve(q, d, r);
    } else {
        text_put(&r->head, "Allow: GET, HEAD, PUT, DELETE\r\n");
        reply_fault(r, 405);
    }
}

/* The boundary a type names, as `--boundary`; NULL where it names none. The caller frees it. */
static char *delimiter_of(const char *type)
{
    const char *said = strstr(type, "boundary=");
    struct text mark = { NULL, 0, 0 };
    char *out;
    size_t n;

    if (said == NULL)
        return NULL;
    said += strlen("boundary=");
    if (*said == '"')
        said++;
    n = strcspn(said, "\"; ");
    text_put(&mark, "--");
    text_add(&mark, said, n);
    out = copy_of(mark.data, mark.len);
    text_free(&mark);
    return out;
}

static const char *seek(const char *from, const char *end, const char *what)
{
    size_t n = strlen(what);

    for (; (size_t)(end - from) >= n; from++)
        if (memcmp(from, what, n) == 0)
            return from;
    return NULL;
}

/* Keeps one part that names a file; what names none is passed over. */
static int take_part(const char *from, const char *end, struct reply *r)
{
    const char *head = seek(from, end, "\r\n\r\n");
    const char *said = head != NULL ? seek(from, head, "filename=\"") : NULL;
    const char *close = said != NULL ? memchr(said + 10, '"', (size_t)(head - said - 10)) : NULL;
    struct text path = { NULL, 0, 0 };
    int status;

    if (close == NULL || close == said + 10 || memchr(said + 10, '/', (size_t)(close - said - 10)) != NULL)
        return 0;
    text_put(&path, "/drop/");
    text_add(&path, said + 10, (size_t)(close - said - 10));
    text_add(&path, "", 1);
    status = keep(path.data, head + 4, (size_t)(end - head - 4));
    if (status < 400) {
        text_put(&r->body, "kept ");
        text_html(&r->body, path.data);
        text_put(&r->body, "\n");
    }
    text_free(&path);
    return status >= 400 ? status : 0;
}

/* POST of a form with files (RFC 7578). */
void upload_multipart(struct request *q, struct reply *r)
{
    const char *type = request_header(q, "Content-Type");
    const char *at, *end, *next;
    char *mark;
    int fault = 0;

    if (strcmp(q->method, "POST") != 0) {
        reply_fault(r, 405);
        return;
    }
    if (type == NULL || strncasecmp(type, "multipart/form-data", 19) != 0) {
        reply_fault(r, 415);
        return;
    }
    mark = delimiter_of(type);
    if (mark[2] == '\0') {
        free(mark);
        reply_fault(r, 400);
        return;
    }
    at = q->body != NULL ? q->body : "";
    end = at + q->body_len;
    at = seek(at, end, mark);
    while (fault == 0 && at != NULL && (next = seek(at + strlen(mark), end, mark)) != NULL) {
        const char *part = at + strlen(mark);
        if (next - part >= 2)
            fault = take_part(part, next - 2, r);
        at = next;
    }
    free(mark);
    if (fault != 0)
        reply_fault(r, fault);
    else if (r->body.len == 0)
        reply_fault(r, 400);
}

void upload_forget(void)
{
    int i;

    for (i = 0; i < DROPS; i++)
        clear(&drops[i]);
}
