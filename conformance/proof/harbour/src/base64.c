#include "auth.h"

#include <stdlib.h>
#include <string.h>

static int six_bits(char c)
{
    static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c != '\0' ? strchr(ALPHABET, c) : NULL;

    return at != NULL ? (int)(at - ALPHABET) : -1;
}

char *base64_decode(const char *from)
{
    size_t n = strlen(from), i, to = 0;
    unsigned bits = 0;
    int have = 0;
    char *out;

    out = must(n / 4 * 3 + 1);
    for (i = 0; i < n && from[i] != '='; i++) {
        int six = six_bits(from[i]);
        if (six < 0) {
            free(out);
            return NULL;
        }
        bits = (bits << 6 | (unsigned)six) & 0xffffff;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[to++] = (char)(bits >> have & 0xff);
        }
    }
    out[to] = '\0';
    return out;
}
