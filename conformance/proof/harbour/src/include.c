#include "file.h"

#include <stdlib.h>
#include <string.h>

#include "upload.h"

#define OPEN "<!--#"
#define CLOSE "-->"

/* Bytes that stand for a piece of the page: from `at`, `*len` of them; NULL where there are none. */
static const char *find(const char *page, size_t len, const char *what)
{
    size_t n = strlen(what), i;

    for (i = 0; i + n <= len; i++)
        if (memcmp(page + i, what, n) == 0)
            return page + i;
    return NULL;
}

static void include_page(const struct request *q, const char *path, struct text *out)
{
    const struct drop *own = upload_find(path);
    struct file f;

    if (own != NULL) {
        include_expand(q, own->data, own->len, out);
    } else if (path[0] == '/' && strstr(path, "/../") == NULL && file_load(q, path, &f)) {
        include_expand(q, f.data, f.len, out);
        free(f.data);
    } else {
        text_put(out, "[no such page]");
    }
}

static void echo(const struct request *q, const char *name, struct text *out)
{
    if (strcmp(name, "METHOD") == 0)
        text_html(out, q->method);
    else if (strcmp(name, "PATH") == 0)
        text_html(out, q->path);
    else if (strcmp(name, "HOST") == 0)
        text_html(out, q->host != NULL ? q->host : "-");
    else
        text_put(out, "[no such word]");
}

/* One directive: `include "PATH"` or `echo "NAME"`. */
static void directive(const struct request *q, const char *at, size_t len, struct text *out)
{
    const char *open = memchr(at, '"', len);
    const char *close = open != NULL ? memchr(open + 1, '"', len - (size_t)(open + 1 - at)) : NULL;
    char argument[128];
    size_t n;

    if (close == NULL || (n = (size_t)(close - open - 1)) == 0 || n >= sizeof argument)
        return;
    memcpy(argument, open + 1, n);
    argument[n] = '\0';
    if (len > 8 && memcmp(at, "include ", 8) == 0)
        include_page(q, argument, out);
    else if (len > 5 && memcmp(at, "echo ", 5) == 0)
        echo(q, argument, out);
}

/* Puts a page out with its directives done. */
void include_expand(const struct request *q, const char *page, size_t len, struct text *out)
{
    const char *end = page + len;

    while (page < end) {
        const char *open = find(page, (size_t)(end - page), OPEN);
        const char *close = open != NULL ? find(open, (size_t)(end - open), CLOSE) : NULL;
        if (close == NULL) {
            text_add(out, page, (size_t)(end - page));
            return;
        }
        text_add(out, page, (size_t)(open - page));
        open += strlen(OPEN);
        if (open < close)
            directive(q, open, (size_t)(close - open), out);
        page = close + strlen(CLOSE);
    }
}
