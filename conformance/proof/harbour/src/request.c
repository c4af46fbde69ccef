#include "request.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Parses `Name: value`; NULL where it is none. */
struct header *header_parse(const char *line)
{
    const char *colon = strchr(line, ':');
    const char *value, *end;
    struct header *h;

    if (colon == NULL || colon == line || isspace((unsigned char)colon[-1]))
        return NULL;
    value = colon + 1;
    while (*value == ' ' || *value == '\t')
        value++;
    end = value + strlen(value);
    while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    h = must(sizeof *h);
    h->name = copy_of(line, (size_t)(colon - line));
    h->value = copy_of(value, (size_t)(end - value));
    h->next = NULL;
    return h;
}

/* The value of a header, or NULL. */
const char *request_header(const struct request *q, const char *name)
{
    const struct header *h;

    for (h = q->headers; h != NULL; h = h->next)
        if (strcasecmp(h->name, name) == 0)
            return h->value;
    return NULL;
}

static int parse_first(struct request *q, const char *line)
{
    const char *target = strchr(line, ' ');
    const char *version = target != NULL ? strchr(target + 1, ' ') : NULL;
    const char *mark;
    size_t n;

    if (version == NULL)
        return 400;
    n = (size_t)(target - line);
    if (n == 0 || n >= sizeof q->method)
        return 501;
    memcpy(q->method, line, n);
    q->method[n] = '\0';
    target++;
    if (strcmp(version, " HTTP/1.1") == 0)
        q->minor = 1;
    else if (strcmp(version, " HTTP/1.0") != 0)
        return 505;
    q->keep = q->minor;
    q->target = copy_of(target, (size_t)(version - target));
    if (q->target[0] != '/')
        return 400;
    mark = strchr(q->target, '?');
    q->query = copy_string(mark != NULL ? mark + 1 : "");
    n = mark != NULL ? (size_t)(mark - q->target) : strlen(q->target);
    q->path = copy_of(q->target, n);
    uri_decode(q->path, q->path, 0);
    return uri_clean(q->path) ? 0 : 400;
}

static int read_headers(struct conn *c, struct request *q)
{
    struct header **tail = &q->headers;
    char *line;
    int n;

    for (n = 0; (line = conn_line(c)) != NULL && line[0] != '\0'; n++) {
        struct header *h = header_parse(line);
        free(line);
        if (h == NULL)
            return 400;
        *tail = h;
        tail = &h->next;
        if (n == HEADERS_MAX)
            return 431;
    }
    if (line == NULL)
        return 400;
    free(line);
    return 0;
}

static void read_connection(struct request *q)
{
    const char *said = request_header(q, "Connection");

    if (said == NULL)
        return;
    if (strcasecmp(said, "close") == 0)
        q->keep = 0;
    else if (strcasecmp(said, "keep-alive") == 0)
        q->keep = 1;
}

/* Reads a request with its body; NULL where the connection ended. */
struct request *request_read(struct conn *c)
{
    struct request *q;
    char *line = conn_line(c);

    if (line != NULL && line[0] == '\0') { /* one empty line before a request is allowed */
        free(line);
        line = conn_line(c);
    }
    if (line == NULL)
        return NULL;
    q = must(sizeof *q);
    memset(q, 0, sizeof *q);
    q->fault = parse_first(q, line);
    free(line);
    if (q->fault == 0)
        q->fault = read_headers(c, q);
    if (q->fault == 0) {
        read_connection(q);
        q->fault = body_read(c, q);
    }
    return q;
}

void request_free(struct request *q)
{
    while (q->headers != NULL) {
        struct header *h = q->headers;
        q->headers = h->next;
        free(h->name);
        free(h->value);
        free(h);
    }
    free(q->target);
    free(q->path);
    free(q->query);
    free(q->body);
    free(q->digest);
    free(q);
}
