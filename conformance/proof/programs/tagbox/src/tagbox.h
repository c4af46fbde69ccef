#ifndef TAGBOX_H
#define TAGBOX_H
#include <stddef.h>
#include <stdint.h>

struct text {
  char *data;
  size_t used, cap;
};

struct tags {
  struct text title, artist, comment;
  char language[4];
  unsigned year, track, tracks;
  size_t picture_bytes, unknown;
};

/* 0, or the number of the record that could not be read. */
int tags_read(struct tags *tags, const uint8_t *data, size_t size);
void tags_free(struct tags *tags);
#endif
