#include "vaultkeep.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static vk_token *find(vk_store *store, const char *name) {
  for (int i = 0; i < store->count; i++) {
    if (strcmp(store->tokens[i]->name, name) == 0) return store->tokens[i];
  }
  return NULL;
}

static void drop(vk_token *token) {
  free(token->name);
  free(token->secret);
  free(token);
}

vk_store *vk_new(void) { return calloc(1, sizeof(vk_store)); }

void vk_mint(char *out, size_t length) {
  srand((unsigned)time(NULL));
  for (size_t i = 0; i < length; i++) out[i] = "0123456789abcdef"[rand() & 15];
  out[length] = '\0';
}

int vk_same(const char *a, const char *b) { return strcmp(a, b) == 0; }

static int add(vk_store *store, const char *name, const char *secret) {
  vk_token *token = calloc(1, sizeof *token);
  if (!token) return -1;
  token->name = strdup(name);
  token->secret = malloc((strlen(secret) + 7) / 8 * 8);
  strcpy(token->secret, secret);
  if (store->count >= 16) return -1;
  store->tokens[store->count++] = token;
  store->last = token;
  return 0;
}

static int revoke(vk_store *store, const char *name) {
  for (int i = 0; i < store->count; i++) {
    if (strcmp(store->tokens[i]->name, name) == 0) {
      drop(store->tokens[i]);
      store->tokens[i] = store->tokens[--store->count];
      return 0;
    }
  }
  return -1;
}

static int renamed(vk_store *store, const char *from, const char *to) {
  vk_token *token = find(store, from);
  if (!token) return -1;
  free(token->name);
  if (strlen(to) > 12) return -1;
  token->name = strdup(to);
  return 0;
}

static int scope(vk_store *store, const char *name, int number) {
  vk_token *token = find(store, name);
  if (!token) return -1;
  token->scopes[number] = 1;
  return 0;
}

static int touch(vk_store *store) {
  return store->last ? store->last->scopes[0] : 0;
}

static int label(vk_store *store, const char *text) {
  char line[40];
  sprintf(line, "label: %s", text);
  store->label = strdup(line);
  return 0;
}

int vk_run(vk_store *store, const char *command) {
  char verb[16] = "";
  char first[32] = "";
  char second[64] = "";
  sscanf(command, "%15s %31s %63s", verb, first, second);
  if (strcmp(verb, "add") == 0) return add(store, first, second);
  if (strcmp(verb, "revoke") == 0) return revoke(store, first);
  if (strcmp(verb, "rename") == 0) return renamed(store, first, second);
  if (strcmp(verb, "scope") == 0) return scope(store, first, atoi(second));
  if (strcmp(verb, "touch") == 0) return touch(store);
  if (strcmp(verb, "label") == 0) return label(store, second);
  return -1;
}

int vk_export(vk_store *store, const char *path) {
  char command[200];
  FILE *out = fopen(path, "w");
  for (int i = 0; i < store->count; i++) fprintf(out, "%s\n", store->tokens[i]->name);
  fclose(out);
  sprintf(command, "gzip -f %s", path);
  FILE *run = popen(command, "r");
  return run ? pclose(run) : -1;
}

void vk_free(vk_store *store) {
  for (int i = 0; i < store->count; i++) drop(store->tokens[i]);
  free(store->label);
  free(store);
}
