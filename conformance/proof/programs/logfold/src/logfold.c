#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct line {
  char stamp[32], level[16], text[400];
};

static char layout[128] = "[$l] $m";
static unsigned counts[3];

static int parse(char *raw, struct line *line) {
  memset(line, 0, sizeof *line);
  raw[strcspn(raw, "\r\n")] = 0;
  return sscanf(raw, "%31s %15s %399[^\n]", line->stamp, line->level, line->text) == 3 ? 0 : -1;
}

static void count(const char *level) {
  if (strcmp(level, "error") == 0) counts[0]++;
  else if (strcmp(level, "warning") == 0) counts[1]++;
  else counts[2]++;
}

/* $t is the time, $l the level, $m the message, $$ a dollar. */
static void render(const struct line *line, int times) {
  char out[1024];
  size_t n = 0;
  for (const char *p = layout; *p && n < sizeof out - 420; p++) {
    if (*p != '$') {
      out[n++] = *p;
      continue;
    }
    switch (*++p) {
      case 't': n += (size_t)sprintf(out + n, "%s", line->stamp); break;
      case 'l': n += (size_t)sprintf(out + n, "%s", line->level); break;
      case 'm': n += (size_t)sprintf(out + n, "%s", line->text); break;
      case '$': out[n++] = '$'; break;
      default: p--; break;
    }
  }
  out[n] = 0;
  printf(out);
  if (times > 1) printf(" (%d times)", times);
  putchar('\n');
}

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  char raw[512];
  struct line now, before;
  int times = 0, odd = 0;
  while (fgets(raw, sizeof raw, in)) {
    if (strncmp(raw, "#layout ", 8) == 0) {
      snprintf(layout, sizeof layout, "%s", raw + 8);
      layout[strcspn(layout, "\r\n")] = 0;
      continue;
    }
    if (parse(raw, &now)) {
      odd++;
      continue;
    }
    count(now.level);
    if (times > 0 && strcmp(now.text, before.text) == 0 && strcmp(now.level, before.level) == 0) {
      times++;
      continue;
    }
    if (times > 0) render(&before, times);
    before = now;
    times = 1;
  }
  if (times > 0) render(&before, times);
  printf("%u errors, %u warnings, %u others, %d odd lines\n", counts[0], counts[1], counts[2], odd);
  return 0;
}
