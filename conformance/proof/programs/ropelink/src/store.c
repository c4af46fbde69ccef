#include "store.h"
#include <stdlib.h>
#include <string.h>

static struct entry *lookup(const struct store *store, const char *key) {
  for (struct entry *e = store->head; e; e = e->next)
    if (strcmp(e->key, key) == 0) return e;
  return NULL;
}

static struct entry *insert(struct store *store, const char *key) {
  struct entry *e = calloc(1, sizeof *e);
  if (e == NULL) return NULL;
  e->key = strdup(key);
  e->next = store->head;
  store->head = e;
  store->count++;
  return e;
}

int store_set(struct store *store, const char *key, const char *value) {
  struct entry *e = lookup(store, key);
  if (e == NULL) e = insert(store, key);
  if (e == NULL) return -1;
  char *copy = strdup(value);
  if (e->value) free(e->value);
  e->value = copy;
  return 0;
}

/* `key` is another name for what `of` says now. */
int store_alias(struct store *store, const char *key, const char *of) {
  struct entry *from = lookup(store, of);
  if (from == NULL || lookup(store, key)) return -1;
  struct entry *e = insert(store, key);
  if (e == NULL) return -1;
  e->value = from->value;
  return 0;
}

int store_append(struct store *store, const char *key, const char *more) {
  struct entry *e = lookup(store, key);
  if (e == NULL) return store_set(store, key, more);
  size_t size = strlen(e->value) + strlen(more) + 2;
  char *both = malloc(size);
  if (both == NULL) return -1;
  snprintf(both, size, "%s %s", e->value, more);
  free(e->value);
  e->value = both;
  return 0;
}

void store_print(const struct store *store, FILE *out) {
  for (struct entry *e = store->head; e; e = e->next) fprintf(out, "%s=%s\n", e->key, e->value);
  fprintf(out, "%d keys\n", store->count);
}

void store_free(struct store *store) {
  while (store->head) {
    struct entry *e = store->head;
    store->head = e->next;
    free(e->key);
    free(e->value);
    free(e);
  }
}
