#include "cookie.h"

#include <string.h>

#include "text.h"

/* A value may stand in quotes; inside them a backslash takes the next byte as it is. */
static char *cookie_value(const char *from, size_t n)
{
    char *out;
    size_t i, to = 0;

    if (n == 0 || from[0] != '"')
        return copy_of(from, n);
    /* What is between the quotes, and the end. */
    out = must(n - 1);
    for (i = 1; i < n && from[i] != '"'; i++) {
        if (from[i] == '\\' && i + 1 < n)
            i++;
        out[to++] = from[i];
    }
    out[to] = '\0';
    return out;
}

char *cookie_get(const char *header, const char *name)
{
    size_t length = strlen(name);

    while (*header != '\0') {
        size_t n;
        while (*header == ' ' || *header == ';')
            header++;
        n = strcspn(header, ";");
        if (n > length && strncmp(header, name, length) == 0 && header[length] == '=')
            return cookie_value(header + length + 1, n - length - 1);
        header += n;
    }
    return NULL;
}
