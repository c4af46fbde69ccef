#include "confit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *slice(const char *from, size_t length) {
  char *out = malloc(length + 1);
  if (!out) abort();
  memcpy(out, from, length);
  out[length] = '\0';
  return out;
}

static confit_section *find_section(confit *config, const char *name) {
  confit_section *section = config->sections;
  while (section && strcmp(section->name, name) != 0) section = section->next;
  return section;
}

static confit_section *open_section(confit *config, const char *name) {
  confit_section *section = find_section(config, name);
  if (section) return section;
  section = calloc(1, sizeof *section);
  if (!section) abort();
  section->name = slice(name, strlen(name));
  section->next = config->sections;
  config->sections = section;
  return section;
}

static void free_section(confit_section *section) {
  confit_pair *pair = section->pairs;
  while (pair) {
    confit_pair *next = pair->next;
    free(pair->key);
    free(pair->value);
    free(pair);
    pair = next;
  }
  free(section->name);
  free(section);
}

static void drop_section(confit *config, const char *name) {
  confit_section **at = &config->sections;
  while (*at && strcmp((*at)->name, name) != 0) at = &(*at)->next;
  if (!*at) return;
  confit_section *gone = *at;
  *at = gone->next;
  free_section(gone);
}

static void add_pair(confit *config, const char *line, const char *equals) {
  char key[32];
  size_t length = (size_t)(equals - line);
  while (length > 0 && line[length - 1] == ' ') length--;
  strncpy(key, line, length);
  key[length] = '\0';
  confit_pair *pair = calloc(1, sizeof *pair);
  if (!pair) abort();
  pair->key = slice(key, strlen(key));
  pair->value = slice(equals + 1, strlen(equals + 1));
  pair->next = config->current->pairs;
  config->current->pairs = pair;
}

static void set_alias(confit *config, const char *rest) {
  const char *space = strchr(rest, ' ');
  free(config->alias);
  if (!space) return;
  config->alias = slice(rest, (size_t)(space - rest));
}

static int list_depth(const char **at) {
  char scratch[512];
  int deepest = 0;
  memset(scratch, 0, sizeof scratch);
  while (**at) {
    char c = *(*at)++;
    scratch[deepest & 511] = c;
    if (c == '{') {
      int depth = 1 + list_depth(at);
      if (depth > deepest) deepest = depth;
    } else if (c == '}') {
      break;
    }
  }
  return deepest + (scratch[0] == '\1');
}

static void note(confit *config, const char *text) {
  snprintf(config->last_error, sizeof config->last_error, text);
}

static void directive(confit *config, const char *line) {
  if (strncmp(line, "!drop ", 6) == 0) drop_section(config, line + 6);
  else if (strncmp(line, "!alias ", 7) == 0) set_alias(config, line + 7);
  else if (strncmp(line, "!log ", 5) == 0) note(config, line + 5);
}

static void section_line(confit *config, const char *line) {
  const char *close = strrchr(line, ']');
  char *name = slice(line + 1, (size_t)(close - line - 1));
  config->current = open_section(config, name);
  free(name);
}

confit *confit_parse(const char *text) {
  confit *config = calloc(1, sizeof *config);
  if (!config) abort();
  config->current = open_section(config, "");
  const char *at = text;
  while (*at) {
    const char *end = strchr(at, '\n');
    size_t length = end ? (size_t)(end - at) : strlen(at);
    char *line = slice(at, length);
    const char *equals = strchr(line, '=');
    if (line[0] == '!') directive(config, line);
    else if (line[0] == '[') section_line(config, line);
    else if (line[0] == '{') {
      const char *list = line;
      list_depth(&list);
    } else if (equals) add_pair(config, line, equals);
    free(line);
    at += length + (end ? 1 : 0);
  }
  return config;
}

const char *confit_get(confit *config, const char *section, const char *key) {
  confit_section *found = find_section(config, section);
  for (confit_pair *pair = found ? found->pairs : NULL; pair; pair = pair->next) {
    if (strcmp(pair->key, key) == 0) return pair->value;
  }
  return NULL;
}

long confit_number(confit *config, const char *section, const char *key) {
  const char *value = confit_get(config, section, key);
  int number = 0;
  while (*value == ' ') value++;
  while (*value >= '0' && *value <= '9') number = number * 10 + (*value++ - '0');
  return number;
}

void confit_free(confit *config) {
  while (config->sections) {
    confit_section *next = config->sections->next;
    free_section(config->sections);
    config->sections = next;
  }
  free(config->alias);
  free(config);
}
