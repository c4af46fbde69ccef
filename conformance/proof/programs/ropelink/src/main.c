#include "store.h"
#include <string.h>

static char *trimmed(char *s) {
  s += strspn(s, " \t");
  size_t n = strlen(s);
  while (n > 0 && strchr(" \t\r\n", s[n - 1])) s[--n] = 0;
  return s;
}

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  struct store store = {0};
  int keep = 0; /* `!keep`: leave memory to the end of the process */
  char line[1024];
  for (int n = 1; n < 5000 && fgets(line, sizeof line, in); n++) {
    char *key = trimmed(line), *value;
    int bad = 0;
    if (*key == 0 || *key == '#') continue;
    if (strcmp(key, "!keep") == 0) {
      keep = 1;
      continue;
    }
    if (strncmp(key, "alias ", 6) == 0 && (value = strchr(key, '='))) {
      *value++ = 0;
      bad = store_alias(&store, trimmed(key + 6), trimmed(value));
    } else if ((value = strstr(key, "+="))) {
      *value = 0;
      bad = store_append(&store, trimmed(key), trimmed(value + 2));
    } else if ((value = strchr(key, '='))) {
      *value++ = 0;
      bad = store_set(&store, trimmed(key), trimmed(value));
    } else {
      bad = 1;
    }
    if (bad) printf("line %d is left out\n", n);
  }
  store_print(&store, stdout);
  fflush(stdout);
  if (!keep) store_free(&store);
  return 0;
}
