#include "site.h"

#include <ctype.h>
#include <string.h>

#include "text.h"

#define NAME_MAX_BYTES 64

static const struct {
    const char *host;
    const char *folder;
} SITES[] = {
    { "harbour.test", "main" },
    { "docks.test", "docks" },
    { "www.docks.test", "docks" },
};

static const char *root = "site";

void site_root(const char *folder)
{
    root = folder;
}

/* Host names are compared in small letters, without a port. */
static const char *site_find(const char *host)
{
    char plain[NAME_MAX_BYTES];
    size_t i, n = 0;

    while (host[n] != '\0' && host[n] != ':') {
        plain[n] = (char)tolower((unsigned char)host[n]);
        n++;
    }
    plain[n] = '\0';
    for (i = 0; i < sizeof SITES / sizeof SITES[0]; i++)
        if (strcmp(SITES[i].host, plain) == 0)
            return SITES[i].folder;
    return SITES[0].folder;
}

char *site_folder(const char *host)
{
    struct text path = { NULL, 0, 0 };
    char *out;

    text_put(&path, root);
    text_put(&path, "/");
    text_put(&path, host != NULL ? site_find(host) : SITES[0].folder);
    out = copy_of(path.data, path.len);
    text_free(&path);
    return out;
}
