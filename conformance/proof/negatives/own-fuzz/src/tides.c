#include "tides.h"
#include <string.h>

/* How many lines of a text begin with `high` or `low`. */
int count_marks(const char *text) {
  int n = 0;
  for (const char *p = text; p && *p; p = strchr(p, '\n')) {
    while (*p == '\n') p++;
    if (strncmp(p, "high", 4) == 0 || strncmp(p, "low", 3) == 0) n++;
    if (*p == 0) break;
    p++;
  }
  return n;
}
