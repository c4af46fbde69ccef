#ifndef RUNPIX_H
#define RUNPIX_H
#include <stddef.h>
#include <stdint.h>

struct picture {
  unsigned width, height, mode, colours;
  uint8_t *pixels; /* red, green, blue */
};

int picture_read(struct picture *pic, const uint8_t *data, size_t size);
void picture_flip(struct picture *pic);
void picture_free(struct picture *pic);
#endif
