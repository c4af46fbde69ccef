#include "request.h"

#include <ctype.h>
#include <string.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Decodes percent escapes of a string; a plus is a space where asked for. Answers the length. An escape of zero stays as it is. */
size_t uri_decode(const char *from, char *to, int plus)
{
    size_t n = 0;

    while (*from != '\0') {
        if (*from == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0 && (from[1] != '0' || from[2] != '0')) {
            to[n++] = (char)(hex(from[1]) * 16 + hex(from[2]));
            from += 3;
        } else if (plus && *from == '+') {
            to[n++] = ' ';
            from++;
        } else {
            to[n++] = *from++;
        }
    }
    to[n] = '\0';
    return n;
}

/* Takes dot segments and doubled slashes out of a path, in place; 0 where it leads above the root. */
int uri_clean(char *path)
{
    char *from = path, *to = path;

    while (*from != '\0') {
        size_t n = strcspn(from + 1, "/");
        if (n == 0 && from[1] == '/') {
            from++;
        } else if (n == 1 && from[1] == '.') {
            from += 2;
            if (*from == '\0')
                *to++ = '/';
        } else if (n == 2 && from[1] == '.' && from[2] == '.') {
            if (to == path)
                return 0;
            do
                to--;
            while (to > path && *to != '/');
            from += 3;
            if (*from == '\0')
                *to++ = '/';
        } else {
            memmove(to, from, n + 1);
            to += n + 1;
            from += n + 1;
        }
    }
    if (to == path)
        *to++ = '/';
    *to = '\0';
    return 1;
}

/* The raw value of a parameter, or NULL. The caller frees it. */
char *uri_param(const char *query, const char *name)
{
    size_t length = strlen(name);

    while (*query != '\0') {
        size_t n = strcspn(query, "&");
        if (n > length && strncmp(query, name, length) == 0 && query[length] == '=')
            return copy_of(query + length + 1, n - length - 1);
        query += n;
        if (*query == '&')
            query++;
    }
    return NULL;
}
