#include "file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cache.h"
#include "reply.h"
#include "site.h"

#define FILE_MAX (1 << 20)

static const struct {
    const char *end;
    const char *type;
} TYPES[] = {
    { ".html", "text/html" }, { ".shtml", "text/html" }, { ".tpl", "text/html" },
    { ".css", "text/css" },   { ".txt", "text/plain" },
};

static const char *type_of(const char *path)
{
    size_t i, n = strlen(path);

    for (i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++) {
        size_t m = strlen(TYPES[i].end);
        if (n > m && strcmp(path + n - m, TYPES[i].end) == 0)
            return TYPES[i].type;
    }
    return "application/octet-stream";
}

static int read_whole(const char *name, struct file *f)
{
    struct stat st;
    int fd = open(name, O_RDONLY | O_NOFOLLOW);
    ssize_t n;

    if (fd < 0)
        return 0;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > FILE_MAX) {
        close(fd);
        return 0;
    }
    f->data = must((size_t)st.st_size);
    f->len = 0;
    f->modified = (long)st.st_mtime;
    while (f->len < (size_t)st.st_size && (n = read(fd, f->data + f->len, (size_t)st.st_size - f->len)) > 0)
        f->len += (size_t)n;
    close(fd);
    return 1;
}

int file_load(const struct request *q, const char *path, struct file *f)
{
    struct text name = { NULL, 0, 0 };
    char *folder = site_folder(q->host);
    int found;

    text_put(&name, folder);
    text_put(&name, path);
    if (path[strlen(path) - 1] == '/')
        text_put(&name, "index.html");
    text_add(&name, "", 1);
    free(folder);
    found = read_whole(name.data, f);
    f->type = type_of(name.data);
    text_free(&name);
    return found;
}

static int ends(const char *path, const char *end)
{
    size_t n = strlen(path), m = strlen(end);

    return n > m && strcmp(path + n - m, end) == 0;
}

/* A page that is made anew for every request. */
static void serve_made(struct request *q, const struct file *f, struct reply *r)
{
    int fault = 0;

    r->type = f->type;
    if (ends(q->path, ".tpl"))
        fault = template_expand(f->data, f->len, q->query, &r->body);
    else
        include_expand(q, f->data, f->len, &r->body);
    if (fault != 0)
        reply_fault(r, fault);
}

static void serve_static(struct request *q, const struct file *f, struct reply *r)
{
    const char *range = request_header(q, "Range");
    const char *have = request_header(q, "If-None-Match");
    char tag[48];

    snprintf(tag, sizeof tag, "\"%lx-%zx\"", (unsigned long)f->modified, f->len);
    text_format(&r->head, "ETag: %s\r\nAccept-Ranges: bytes\r\n", tag);
    reply_date(r, "Last-Modified", f->modified);
    if (have != NULL && (strcmp(have, tag) == 0 || strcmp(have, "*") == 0)) {
        r->status = 304;
        return;
    }
    r->type = f->type;
    if (range != NULL && strcmp(q->method, "GET") == 0 && range_reply(range, f, r))
        return;
    text_add(&r->body, f->data, f->len);
}

void file_serve(struct request *q, struct reply *r)
{
    struct file f;
    const struct file *kept;

    if (strcmp(q->method, "GET") != 0 && strcmp(q->method, "HEAD") != 0) {
        text_put(&r->head, "Allow: GET, HEAD\r\n");
        reply_fault(r, 405);
        return;
    }
    kept = cache_find(q);
    if (kept != NULL) {
        text_put(&r->head, "X-Cache: HIT\r\n");
        serve_static(q, kept, r);
        return;
    }
    if (!file_load(q, q->path, &f)) {
        reply_fault(r, 404);
        return;
    }
    if (ends(q->path, ".tpl") || ends(q->path, ".shtml")) {
        serve_made(q, &f, r);
        free(f.data);
        return;
    }
    text_put(&r->head, "X-Cache: MISS\r\n");
    serve_static(q, &f, r);
    cache_keep(q, &f);
}
