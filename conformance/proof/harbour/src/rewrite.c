#include "rewrite.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *from;
    const char *to; /* what followed `from` is put behind it */
    int moved;
    int query; /* `to` ends in a query */
} RULES[] = {
    { "/old/", "/docs/", 1, 0 },
    { "/manual/", "/docs/", 0, 0 },
    { "/find/", "q=", 0, 1 },
};

int rewrite(struct request *q)
{
    size_t i;

    for (i = 0; i < sizeof RULES / sizeof RULES[0]; i++) {
        size_t n = strlen(RULES[i].from);
        struct text out = { NULL, 0, 0 };
        if (strncmp(q->path, RULES[i].from, n) != 0)
            continue;
        text_put(&out, RULES[i].to);
        text_put(&out, q->path + n);
        if (RULES[i].query) {
            free(q->query);
            q->query = copy_of(out.data, out.len);
            free(q->path);
            q->path = copy_string("/search");
        } else {
            free(q->path);
            q->path = copy_of(out.data, out.len);
        }
        text_free(&out);
        return RULES[i].moved;
    }
    return 0;
}
