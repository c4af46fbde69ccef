#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { KIND_WHOLE = 0, KIND_FLOAT = 1, KIND_ULAW = 2 };

struct format {
  uint32_t rate;
  uint8_t channels, kind;
  uint16_t bits; /* of a whole-number sample; files of the first version do not say, their samples have 8 */
};

static uint16_t u16(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }

static int read_format(struct format *f, const uint8_t *p, unsigned n) {
  if (n < 6) return -1;
  f->rate = u16(p) | (uint32_t)u16(p + 2) << 16;
  f->channels = p[4];
  f->kind = p[5];
  if (n >= 8) f->bits = u16(p + 6);
  return f->channels == 0 || f->channels > 8 || f->rate == 0 ? -1 : 0;
}

static unsigned sample_bytes(const struct format *f) {
  if (f->kind == KIND_FLOAT) return 4;
  if (f->kind == KIND_ULAW) return 1;
  if (f->bits > 16) return 3;
  return f->bits > 8 ? 2 : 1;
}

static void print_sound(const struct format *f, unsigned bytes) {
  static const char *const kinds[] = {"whole numbers", "float", "u-law"};
  unsigned frame = sample_bytes(f) * f->channels;
  printf("%s, %u channels, %u a second\n", f->kind < 3 ? kinds[f->kind] : "unknown kind", f->channels, f->rate);
  printf("%u frames of %u bytes, %u ms\n", bytes / frame, frame, (unsigned)(1000ull * (bytes / frame) / f->rate));
}

static int peak(const uint8_t *p, unsigned n) {
  int most = 0;
  for (unsigned i = 0; i < n; i++) {
    int v = p[i] > 128 ? p[i] - 128 : 128 - p[i];
    if (v > most) most = v;
  }
  return most;
}

static int play(const uint8_t *data, size_t size) {
  struct format format;
  int known = 0;
  size_t at = 3;
  if (size < 3 || memcmp(data, "MXW", 3) != 0) return puts("not a sound file"), 1;
  while (size - at >= 3) {
    uint8_t type = data[at];
    unsigned n = u16(data + at + 1);
    at += 3;
    if (n > size - at) return puts("cut off"), 1;
    if (type == 'f') {
      if (read_format(&format, data + at, n)) return puts("odd format"), 1;
      known = 1;
    } else if (type == 'd' && known) {
      print_sound(&format, n);
      if (format.kind == KIND_ULAW) printf("peak %d\n", peak(data + at, n));
    } else if (type == 't') {
      printf("title %.*s\n", (int)n, (const char *)data + at);
    }
    at += n;
  }
  return known ? 0 : 1;
}

int main(int argc, char **argv) {
  static uint8_t data[1 << 16];
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  return play(data, fread(data, 1, sizeof data, in));
}
