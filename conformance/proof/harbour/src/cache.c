#include "cache.h"

#include <stdlib.h>
#include <string.h>

#define ENTRIES 16
#define KEY_MAX 160

struct entry {
    struct file file;
    char key[KEY_MAX];
};

static struct entry *entries[ENTRIES];
static int next;
static int hits;

/* Adds a piece of a key; answers the place behind it. */
static char *key_add(char *to, const char *piece)
{
    while (*piece != '\0')
        *to++ = *piece++;
    *to = '\0';
    return to;
}

static const char *host_of(const struct request *q)
{
    return q->host != NULL ? q->host : "";
}

static int key_is(const char *key, const struct request *q)
{
    const char *pieces[] = { host_of(q), q->path, "?", q->query };
    size_t i;

    for (i = 0; i < 4; i++) {
        size_t n = strlen(pieces[i]);
        if (strncmp(key, pieces[i], n) != 0)
            return 0;
        key += n;
    }
    return *key == '\0';
}

const struct file *cache_find(const struct request *q)
{
    int i;

    for (i = 0; i < ENTRIES; i++) {
        if (entries[i] != NULL && key_is(entries[i]->key, q)) {
            hits++;
            return &entries[i]->file;
        }
    }
    return NULL;
}

static void entry_free(struct entry *e)
{
    if (e != NULL)
        free(e->file.data);
    free(e);
}

void cache_keep(const struct request *q, const struct file *f)
{
    struct entry *e;
    char *end;

    /* The question mark, and the end. */
    if (strlen(q->path) + strlen(q->query) + 2 > KEY_MAX) {
        free(f->data);
        return;
    }
    e = must(sizeof *e);
    e->file = *f;
    end = key_add(e->key, host_of(q));
    end = key_add(end, q->path);
    end = key_add(end, "?");
    key_add(end, q->query);
    entry_free(entries[next]);
    entries[next] = e;
    next = (next + 1) % ENTRIES;
}

int cache_hits(void)
{
    return hits;
}

void cache_forget(void)
{
    int i;

    for (i = 0; i < ENTRIES; i++) {
        entry_free(entries[i]);
        entries[i] = NULL;
    }
    next = hits = 0;
}
