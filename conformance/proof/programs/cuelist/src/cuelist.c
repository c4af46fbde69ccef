#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cue {
  char *title;
  int seconds;
  struct cue *next;
};

static struct cue *first, *marked;
static int lines, errors;

static struct cue *find(const char *title, struct cue ***link) {
  struct cue **at = &first;
  while (*at && strcmp((*at)->title, title) != 0) at = &(*at)->next;
  if (link) *link = at;
  return *at;
}

static void add(const char *title) {
  struct cue **end = &first;
  while (*end) end = &(*end)->next;
  struct cue *cue = calloc(1, sizeof *cue);
  cue->title = strdup(title);
  cue->seconds = 30;
  *end = cue;
}

static void unlink_cue(struct cue **link) {
  struct cue *gone = *link;
  *link = gone->next;
  free(gone->title);
  free(gone);
}

static void drop(const char *title) {
  struct cue **link;
  if (find(title, &link) == NULL) {
    errors++;
    return;
  }
  unlink_cue(link);
}

/* Drops whatever is longer than that. */
static void trim(int seconds) {
  struct cue **at = &first;
  while (*at) {
    if ((*at)->seconds > seconds) unlink_cue(at);
    else at = &(*at)->next;
  }
}

static void mark(const char *title) {
  struct cue *cue = find(title, NULL);
  if (cue) marked = cue;
  else errors++;
}

static void show(void) {
  int total = 0;
  for (struct cue *cue = first; cue; cue = cue->next) {
    printf("%c %-20s %d\n", cue == marked ? '*' : ' ', cue->title, cue->seconds);
    total += cue->seconds;
  }
  printf("= %d seconds\n", total);
}

static void command(char *line) {
  char *rest = line + strcspn(line, " ");
  if (*rest) *rest++ = 0;
  if (strcmp(line, "add") == 0) add(rest);
  else if (strcmp(line, "drop") == 0) drop(rest);
  else if (strcmp(line, "trim") == 0) trim(atoi(rest));
  else if (strcmp(line, "mark") == 0) mark(rest);
  else if (strcmp(line, "length") == 0 && marked) marked->seconds = atoi(rest);
  else if (strcmp(line, "rename") == 0 && marked) {
    free(marked->title);
    marked->title = strdup(rest);
  } else if (strcmp(line, "show") == 0) show();
  else if (*line) errors++;
}

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  char line[512];
  while (lines < 1000 && fgets(line, sizeof line, in)) {
    line[strcspn(line, "\r\n")] = 0;
    command(line);
    lines++;
  }
  if (errors) printf("%d lines were not understood\n", errors);
  while (first) unlink_cue(&first);
  return 0;
}
