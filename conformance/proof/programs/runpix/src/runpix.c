#include "runpix.h"
#include <stdlib.h>
#include <string.h>

enum { MODE_GREY = 0, MODE_INDEXED = 1 };
#define MOST_COLOURS 16

struct reader {
  const uint8_t *p, *end;
};

static int next(struct reader *r) { return r->p < r->end ? *r->p++ : -1; }

static int put(struct picture *pic, size_t *at, const uint8_t *palette, unsigned value) {
  if (*at >= (size_t)pic->width * pic->height) return -1;
  uint8_t *pixel = pic->pixels + 3 * *at;
  if (pic->mode == MODE_INDEXED) {
    if (value > pic->colours) return -1;
    memcpy(pixel, palette + 3 * value, 3);
  } else {
    memset(pixel, (int)value, 3);
  }
  ++*at;
  return 0;
}

/* Codes: 0..127 that many literal values + 1 follow; 128..255 the next value (code - 126) times. */
static int unpack(struct picture *pic, struct reader *r, const uint8_t *palette) {
  size_t at = 0;
  int code;
  while ((code = next(r)) >= 0) {
    int n = code < 128 ? code + 1 : code - 126;
    int value = code < 128 ? -1 : next(r);
    while (n-- > 0) {
      if (code < 128) value = next(r);
      if (value < 0) return -1;
      if (put(pic, &at, palette, (unsigned)value)) return -1;
    }
  }
  return at == (size_t)pic->width * pic->height ? 0 : -1;
}

int picture_read(struct picture *pic, const uint8_t *data, size_t size) {
  struct reader r = {data, data + size};
  uint8_t *palette = NULL;
  memset(pic, 0, sizeof *pic);
  if (size < 7 || memcmp(data, "RPX", 3) != 0) return -1;
  pic->width = data[3];
  pic->height = data[4];
  pic->mode = data[5];
  pic->colours = data[6];
  r.p += 7;
  if (pic->width == 0 || pic->height == 0 || pic->mode > MODE_INDEXED || pic->colours > MOST_COLOURS) return -1;
  size_t bytes = 3 * (size_t)pic->colours;
  if ((size_t)(r.end - r.p) < bytes) return -1;
  if (pic->mode == MODE_INDEXED) {
    palette = malloc(bytes ? bytes : 1);
    if (palette == NULL) return -1;
    memcpy(palette, r.p, bytes);
  }
  r.p += bytes;
  pic->pixels = calloc((size_t)pic->width * pic->height, 3);
  int bad = pic->pixels == NULL || unpack(pic, &r, palette);
  free(palette);
  return bad ? -1 : 0;
}

void picture_flip(struct picture *pic) {
  for (unsigned y = 0; y < pic->height / 2; y++)
    for (unsigned x = 0; x < 3u * pic->width; x++) {
      uint8_t *a = pic->pixels + 3u * pic->width * y + x;
      uint8_t *b = pic->pixels + 3u * pic->width * (pic->height - 1 - y) + x;
      uint8_t t = *a;
      *a = *b;
      *b = t;
    }
}

void picture_free(struct picture *pic) { free(pic->pixels); }
