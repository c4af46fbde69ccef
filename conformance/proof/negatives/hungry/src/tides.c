#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char line[256];
static char *kept[8192];

/* Counts the marks of a tide table: `high 12`, `low 3`; a line over 40 characters is cut. */
static int mark(const char *text, int *high, int *low) {
  char kind[8];
  int n;
  if (sscanf(text, "%7s %d", kind, &n) != 2) return -1;
  if (strcmp(kind, "high") == 0) *high += n;
  else if (strcmp(kind, "low") == 0) *low += n;
  else return -1;
  return 0;
}

static void keep(const char *text) {
  char *copy = malloc(40);
  strcpy(copy, text);
  if (copy[0] == '#') printf("note %s\n", copy);
  free(copy);
}

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  int high = 0, low = 0, odd = 0;
  while (fgets(line, sizeof line, in)) {
    line[strcspn(line, "\r\n")] = 0;
    if (strncmp(line, "keep ", 5) == 0)
      for (long n = atol(line + 5); n > 0; n--) kept[n & 8191] = memset(malloc(1 << 20), 1, 1 << 20);
    if (line[0] == '#') keep(line);
    else if (mark(line, &high, &low)) odd++;
  }
  if (kept[1]) printf("kept %d\n", kept[1][5]);
  printf("high %d, low %d, %d odd lines\n", high, low, odd);
  return 0;
}
