#ifndef CONFIT_H
#define CONFIT_H
#include <stddef.h>

/* Reads INI text: [section], key = value, "!drop section", "!alias a b", "!log text", {nested {lists}}. */

typedef struct confit_pair {
  char *key;
  char *value;
  struct confit_pair *next;
} confit_pair;

typedef struct confit_section {
  char *name;
  confit_pair *pairs;
  struct confit_section *next;
} confit_section;

typedef struct {
  confit_section *sections;
  confit_section *current;
  char *alias;
  char last_error[64];
} confit;

confit *confit_parse(const char *text);
const char *confit_get(confit *config, const char *section, const char *key);
long confit_number(confit *config, const char *section, const char *key);
void confit_free(confit *config);
#endif
