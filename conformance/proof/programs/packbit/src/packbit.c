#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct bits {
  const uint8_t *data;
  size_t size, at; /* bits */
};

static int get(struct bits *b, unsigned n, uint32_t *out) {
  uint32_t value = 0;
  if (b->at + n > b->size) return -1;
  for (unsigned i = 0; i < n; i++, b->at++) value = value << 1 | (b->data[b->at >> 3] >> (7 - (b->at & 7)) & 1);
  *out = value;
  return 0;
}

struct field {
  uint32_t width, is_signed, scale;
};

static const char letters[] = "abcdefghijklmnop";

/* The largest number that a field of that width holds. */
static uint32_t most(uint32_t width) { return (1u << width) - 1; }

static int64_t value_of(const struct field *f, uint32_t raw) {
  int64_t value = raw;
  if (f->is_signed && raw > most(f->width) / 2) value -= (int64_t)most(f->width) + 1;
  return value * (int64_t)f->scale;
}

/* Four bits: how many fields; each field six bits width, one bit sign, eight bits scale; then rows until the data ends. */
static int table(struct bits *b) {
  struct field fields[16];
  uint32_t count, raw, total = 0;
  int rows = 0;
  if (get(b, 4, &count)) return puts("empty"), 1;
  for (uint32_t i = 0; i < count; i++) {
    if (get(b, 6, &fields[i].width) || get(b, 1, &fields[i].is_signed) || get(b, 8, &fields[i].scale)) return puts("cut off"), 1;
    if (fields[i].width == 0) return puts("a field without width"), 1;
    printf("%c: %u bits, up to %u\n", letters[i], fields[i].width, most(fields[i].width));
    total += fields[i].width;
  }
  if (total == 0) return 0;
  while (b->at + total <= b->size) {
    for (uint32_t i = 0; i < count; i++) {
      if (get(b, fields[i].width, &raw)) return 1;
      printf("%s%lld", i ? " " : "", (long long)value_of(&fields[i], raw));
    }
    putchar('\n');
    rows++;
  }
  printf("%d rows\n", rows);
  return 0;
}

int main(int argc, char **argv) {
  static uint8_t data[4096];
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  size_t size = fread(data, 1, sizeof data, in);
  struct bits b = {data, size * 8, 0};
  return table(&b);
}
