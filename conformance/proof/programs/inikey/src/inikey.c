#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_KEYS 32

struct section {
  char name[64];
  char parent[64];
  char *keys[MOST_KEYS], *values[MOST_KEYS];
  int count;
  struct section *next;
};

static struct section *sections;

static struct section *find(const char *name) {
  for (struct section *s = sections; s; s = s->next)
    if (strcmp(s->name, name) == 0) return s;
  return NULL;
}

static struct section *open_section(const char *header) {
  char name[64] = "", parent[64] = "";
  if (sscanf(header, "[%63[^]:]:%63[^]]]", name, parent) < 1) return NULL;
  struct section *s = find(name);
  if (s == NULL) {
    s = calloc(1, sizeof *s);
    strcpy(s->name, name);
    s->next = sections;
    sections = s;
  }
  if (parent[0]) strcpy(s->parent, parent);
  return s;
}

static const char *own(const struct section *s, const char *key) {
  for (int i = 0; i < s->count; i++)
    if (strcmp(s->keys[i], key) == 0) return s->values[i];
  return NULL;
}

/* The value of a key in a section or the nearest it inherits from. */
static const char *get(const struct section *s, const char *key) {
  for (int depth = 0; depth < 16; depth++) {
    const char *value = own(s, key);
    if (value) return value;
    if (s->parent[0] == 0) return NULL;
    s = find(s->parent);
  }
  return NULL;
}

static void put(struct section *s, char *line) {
  char *value = strchr(line, '=');
  if (value == NULL || s->count == MOST_KEYS) return;
  *value++ = 0;
  s->keys[s->count] = strdup(line);
  s->values[s->count++] = strdup(value);
}

/* `? section key` asks for one value, `! section` for all there is, inherited ones too. */
static void ask(const char *line) {
  char name[64] = "", key[64] = "";
  if (sscanf(line + 1, " %63s %63s", name, key) < 1) return;
  struct section *s = find(name);
  if (s == NULL) {
    printf("no section %s\n", name);
  } else if (line[0] == '?') {
    const char *value = get(s, key);
    printf("%s.%s = %s\n", name, key, value ? value : "(not set)");
  } else {
    for (int depth = 0; depth < 16; depth++) {
      for (int i = 0; i < s->count; i++) printf("%s%s.%s = %s\n", depth ? "  " : "", s->name, s->keys[i], s->values[i]);
      if (s->parent[0] == 0) break;
      s = find(s->parent);
    }
  }
}

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  char line[512];
  struct section *now = NULL;
  while (fgets(line, sizeof line, in)) {
    line[strcspn(line, "\r\n")] = 0;
    if (line[0] == '[') now = open_section(line);
    else if (line[0] == '?' || line[0] == '!') ask(line);
    else if (line[0] && line[0] != ';' && now) put(now, line);
  }
  return 0;
}
