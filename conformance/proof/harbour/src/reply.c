#include "reply.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "auth.h"
#include "cache.h"
#include "file.h"
#include "log.h"
#include "page.h"
#include "rewrite.h"
#include "upload.h"

static const struct {
    int status;
    const char *words;
} WORDS[] = {
    { 200, "OK" },
    { 201, "Created" },
    { 204, "No Content" },
    { 206, "Partial Content" },
    { 301, "Moved Permanently" },
    { 304, "Not Modified" },
    { 400, "Bad Request" },
    { 401, "Unauthorized" },
    { 404, "Not Found" },
    { 405, "Method Not Allowed" },
    { 413, "Content Too Large" },
    { 414, "URI Too Long" },
    { 415, "Unsupported Media Type" },
    { 416, "Range Not Satisfiable" },
    { 431, "Request Header Fields Too Large" },
    { 500, "Internal Server Error" },
    { 501, "Not Implemented" },
    { 505, "HTTP Version Not Supported" },
    { 507, "Insufficient Storage" },
};

static const char *words_of(int status)
{
    size_t i;

    for (i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (WORDS[i].status == status)
            return WORDS[i].words;
    return "Unknown";
}

/* Makes an answer that says what is wrong, and nothing else. */
void reply_fault(struct reply *r, int status)
{
    r->status = status;
    r->type = "text/html";
    r->body.len = 0;
    text_format(&r->body, "<h1>%d %s</h1>\n", status, words_of(status));
}

void reply_date(struct reply *r, const char *name, long when)
{
    char date[64];
    time_t t = when;

    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&t));
    text_format(&r->head, "%s: %s\r\n", name, date);
}

static const struct {
    const char *path;
    void (*make)(struct request *q, struct reply *r);
} PAGES[] = {
    { "/status", page_status },
    { "/search", page_search },
    { "/prefs", page_prefs },
    { "/whoami", page_whoami },
    { "/sum", page_sum },
    { "/form", page_form },
    { "/upload", upload_multipart },
};

/* Makes the answer to a request. */
void reply_make(struct request *q, struct reply *r)
{
    int moved = rewrite(q);
    size_t i;

    if (moved) {
        text_put(&r->head, "Location: ");
        text_put(&r->head, q->path);
        text_put(&r->head, "\r\n");
        reply_fault(r, 301);
        return;
    }
    if (strncmp(q->path, "/private/", 9) == 0 && !auth_check(q)) {
        text_put(&r->head, "WWW-Authenticate: Basic realm=\"harbour\"\r\n");
        reply_fault(r, 401);
        return;
    }
    for (i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++) {
        if (strcmp(q->path, PAGES[i].path) == 0) {
            PAGES[i].make(q, r);
            return;
        }
    }
    if (strncmp(q->path, "/drop/", 6) == 0)
        upload_drop(q, r);
    else
        file_serve(q, r);
}

void reply_send(struct wire *wire, const struct request *q, struct reply *r)
{
    struct text out = { NULL, 0, 0 };
    int bare = r->status == 304 || r->status == 204;

    text_format(&out, "HTTP/1.1 %d %s\r\nServer: harbour/0.4\r\n", r->status, words_of(r->status));
    text_add(&out, r->head.data, r->head.len);
    r->head.len = 0;
    reply_date(r, "Date", (long)time(NULL));
    text_add(&out, r->head.data, r->head.len);
    if (!bare)
        text_format(&out, "Content-Type: %s\r\nContent-Length: %zu\r\n", r->type, r->body.len);
    text_format(&out, "Connection: %s\r\n\r\n", q->keep ? "keep-alive" : "close");
    if (!bare && strcmp(q->method, "HEAD") != 0)
        text_add(&out, r->body.data, r->body.len);
    wire->write(wire, out.data, out.len);
    text_free(&out);
}

void reply_forget(void)
{
    upload_forget();
    cache_forget();
    log_forget();
}
