#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cursor {
  const uint8_t *p;
  int left;
};

struct member {
  char name[256];
  unsigned long size;
  char comment[1024];
};

static int take(struct cursor *c, void *to, int n) {
  if (n > c->left) return -1;
  memcpy(to, c->p, (size_t)n);
  c->p += n;
  c->left -= n;
  return 0;
}

static int take_u32(struct cursor *c, unsigned long *out) {
  uint8_t b[4];
  if (take(c, b, 4)) return -1;
  *out = b[0] | (unsigned long)b[1] << 8 | (unsigned long)b[2] << 16 | (unsigned long)b[3] << 24;
  return 0;
}

/* Two bytes, little endian. */
static int take_length(struct cursor *c, int *out) {
  uint8_t b[2];
  if (take(c, b, 2)) return -1;
  *out = (int16_t)(b[0] | b[1] << 8);
  return 0;
}

static int read_member(struct cursor *c, struct member *m) {
  uint8_t n;
  int length;
  memset(m, 0, sizeof *m);
  if (take(c, &n, 1) || take(c, m->name, n) || take_u32(c, &m->size)) return -1;
  if (take_length(c, &length)) return -1;
  if (length >= (int)sizeof m->comment) {
    /* too long to show */
    if (length > c->left) return -1;
    c->p += length;
    c->left -= length;
    strcpy(m->comment, "(long comment)");
    return 0;
  }
  return take(c, m->comment, length);
}

static void print_member(const struct member *m, int verbose) {
  const char *slash = strrchr(m->name, '/');
  printf("%8lu %s", m->size, verbose || !slash ? m->name : slash + 1);
  if (m->comment[0]) printf("  ; %s", m->comment);
  if (m->name[0] && m->name[strlen(m->name) - 1] == '/') printf("  (folder)");
  putchar('\n');
}

int main(int argc, char **argv) {
  int verbose = argc > 2 && strcmp(argv[1], "-v") == 0;
  FILE *in = argc > 1 ? fopen(argv[argc - 1], "rb") : stdin;
  if (in == NULL) return perror(argv[argc - 1]), 2;
  uint8_t *data = malloc(1 << 16);
  struct cursor c = {data, (int)fread(data, 1, 1 << 16, in)};
  uint8_t magic[5];
  unsigned long total = 0;
  int n, bad = 0;
  if (take(&c, magic, 5) || memcmp(magic, "SKP2", 4) != 0) {
    puts("not an archive");
    free(data);
    return 1;
  }
  for (n = 0; n < magic[4] && !bad; n++) {
    struct member m;
    bad = read_member(&c, &m);
    if (bad) break;
    print_member(&m, verbose);
    total += m.size;
  }
  printf("%d members, %lu bytes%s\n", n, total, bad ? ", cut off" : "");
  free(data);
  return bad ? 1 : 0;
}
