#include "file.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MAX_BYTES 32
#define TIMES_MAX 9999

/* A variable of the query, decoded; empty where it is not given. The caller frees it. */
static char *variable(const char *query, const char *name)
{
    char *raw = uri_param(query, name);

    if (raw == NULL)
        return copy_string("");
    uri_decode(raw, raw, 1);
    return raw;
}

/* Puts a value out a number of times. */
static void template_repeat(const char *value, int times, struct text *out)
{
    unsigned short length = (unsigned short)strlen(value);
    unsigned short room = (unsigned short)(length * times);
    char *all = must(room);
    size_t n = 0;

    for (; times > 0; times--) {
        unsigned short i;
        for (i = 0; i < length; i++)
            all[n++] = value[i];
    }
    text_add(out, all, n);
    free(all);
}

/* One `name` or `name*times`. */
static int expand_one(const char *word, const char *query, struct text *out)
{
    char name[NAME_MAX_BYTES];
    struct text plain = { NULL, 0, 0 };
    char *value, *times;
    size_t n = strcspn(word, "*");
    int count = 1;

    memcpy(name, word, n);
    name[n] = '\0';
    if (word[n] == '*') {
        times = variable(query, word + n + 1);
        count = atoi(times);
        free(times);
        if (count < 0 || count > TIMES_MAX)
            return 400;
    }
    value = variable(query, name);
    text_html(&plain, value);
    free(value);
    value = copy_of(plain.len > 0 ? plain.data : "", plain.len);
    text_free(&plain);
    template_repeat(value, count, out);
    free(value);
    return 0;
}

/* Puts a page out with every `{{name}}` and `{{name*times}}` replaced by variables of the query. */
int template_expand(const char *page, size_t len, const char *query, struct text *out)
{
    size_t i = 0;

    while (i < len) {
        char word[NAME_MAX_BYTES];
        size_t n = 0;
        if (i + 1 >= len || page[i] != '{' || page[i + 1] != '{') {
            text_add(out, page + i, 1);
            i++;
            continue;
        }
        for (i += 2; i < len && page[i] != '}' && n < sizeof word - 1; i++)
            word[n++] = page[i];
        word[n] = '\0';
        while (i < len && page[i] == '}')
            i++;
        if (n > 0) {
            int fault = expand_one(word, query, out);
            if (fault != 0)
                return fault;
        }
    }
    return 0;
}
