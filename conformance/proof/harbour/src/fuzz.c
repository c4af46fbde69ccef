#include <libgen.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "reply.h"
#include "site.h"

/* One input is what a client sends over one connection. */
struct memory_wire {
    struct wire wire;
    const uint8_t *data;
    size_t left;
};

static ssize_t memory_read(struct wire *w, char *to, size_t n)
{
    struct memory_wire *m = (struct memory_wire *)w;

    if (n > m->left)
        n = m->left;
    if (n > 0)
        memcpy(to, m->data, n);
    m->data += n;
    m->left -= n;
    return (ssize_t)n;
}

static void memory_write(struct wire *w, const char *from, size_t n)
{
    (void)w;
    (void)from;
    (void)n;
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct text root = { NULL, 0, 0 };
    char *self = copy_string((*argv)[0]);

    (void)argc;
    text_put(&root, dirname(self));
    text_put(&root, "/site");
    site_root(copy_of(root.data, root.len));
    text_free(&root);
    free(self);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory_wire m = { { memory_read, memory_write }, data, size };

    conn_serve(&m.wire);
    reply_forget();
    return 0;
}
