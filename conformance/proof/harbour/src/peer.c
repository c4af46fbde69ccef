#include "peer.h"

#include <string.h>

#include "text.h"

#define LABELS 4

static const struct {
    const char *reverse;
    const char *name;
} PEERS[] = {
    { "1.0.0.127.in-addr.arpa", "localhost" },
    { "7.0.0.10.in-addr.arpa", "crane.harbour.test" },
    { "8.0.0.10.in-addr.arpa", "tug.harbour.test" },
};

static int is_address(const char *s)
{
    return s[0] != '\0' && strspn(s, "0123456789.") == strlen(s) && strlen(s) < 16;
}

char *peer_reverse(const char *address)
{
    struct text out = { NULL, 0, 0 };
    const char *end;
    char *name;
    int label;

    if (!is_address(address))
        return NULL;
    end = address + strlen(address);
    for (label = 1; label <= LABELS; label++) {
        const char *at = end;
        /* The first label has no dot before it. */
        while (label < LABELS ? at[-1] != '.' : at > address)
            at--;
        text_add(&out, at, (size_t)(end - at));
        text_put(&out, ".");
        end = at > address ? at - 1 : at;
    }
    text_put(&out, "in-addr.arpa");
    name = copy_of(out.data, out.len);
    text_free(&out);
    return name;
}

const char *peer_name(const char *reverse)
{
    size_t i;

    for (i = 0; i < sizeof PEERS / sizeof PEERS[0]; i++)
        if (strcmp(PEERS[i].reverse, reverse) == 0)
            return PEERS[i].name;
    return NULL;
}
