#ifndef STORE_H
#define STORE_H
#include <stdio.h>

struct entry {
  char *key, *value;
  struct entry *next;
};

struct store {
  struct entry *head;
  int count;
};

int store_set(struct store *store, const char *key, const char *value);
int store_alias(struct store *store, const char *key, const char *of);
int store_append(struct store *store, const char *key, const char *more);
void store_print(const struct store *store, FILE *out);
void store_free(struct store *store);
#endif
