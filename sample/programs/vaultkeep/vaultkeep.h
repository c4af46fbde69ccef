#ifndef VAULTKEEP_H
#define VAULTKEEP_H
#include <stddef.h>
#include <stdint.h>

/* Keeps named tokens in memory and in a text file: add NAME SECRET, get NAME, revoke NAME, rename NAME NAME, scope NAME N. */

typedef struct {
  char *name;
  char *secret;
  int scopes[8];
} vk_token;

typedef struct {
  vk_token *tokens[16];
  int count;
  vk_token *last;
  char *label;
} vk_store;

vk_store *vk_new(void);
int vk_run(vk_store *store, const char *command);
void vk_mint(char *out, size_t length);
int vk_same(const char *a, const char *b);
int vk_export(vk_store *store, const char *path);
void vk_free(vk_store *store);
#endif
