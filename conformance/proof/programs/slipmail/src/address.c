#include "address.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define NAME_MAX_LEN 64

static const char *skip_space(const char *p) {
  while (*p == ' ' || *p == '\t') p++;
  return p;
}

/* Copies a quoted display name without its quotes; a backslash takes the next character as it is. */
static const char *quoted(const char *p, char *name) {
  char *to = name;
  p++;
  while (*p && *p != '"') {
    if (*p == '\\' && p[1]) {
      p++;
      *to++ = *p++;
      continue;
    }
    *to++ = *p++;
  }
  *to = 0;
  return *p == '"' ? p + 1 : p;
}

/* Words up to the angle bracket, white space folded. */
static const char *plain(const char *p, char *name, size_t size) {
  size_t n = 0;
  while (*p && *p != '<' && *p != ',') {
    if (isspace((unsigned char)*p)) {
      p = skip_space(p);
      if (n > 0 && *p != '<' && n + 1 < size) name[n++] = ' ';
      continue;
    }
    if (n + 1 < size) name[n++] = *p;
    p++;
  }
  name[n] = 0;
  return p;
}

/* One `name <box@host>`; returns where the next one starts, or NULL at the end. */
const char *address_print(const char *p, FILE *out) {
  char name[NAME_MAX_LEN];
  char box[256];
  size_t n = 0;
  name[0] = 0;
  p = skip_space(p);
  if (*p == 0) return NULL;
  if (*p == '"') p = quoted(p, name);
  else if (strchr(p, '<')) p = plain(p, name, sizeof name);
  p = skip_space(p);
  if (*p == '<') p++;
  while (*p && *p != '>' && *p != ',') {
    if (n + 1 < sizeof box && !isspace((unsigned char)*p)) box[n++] = (char)tolower((unsigned char)*p);
    p++;
  }
  box[n] = 0;
  if (*p == '>') p++;
  p = skip_space(p);
  if (*p == ',') p++;
  fprintf(out, "  %s%s%s%s\n", name, name[0] ? " at " : "", box, strchr(box, '@') ? "" : " (no host)");
  return p;
}
