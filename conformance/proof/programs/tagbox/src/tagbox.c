#include "tagbox.h"
#include <stdlib.h>
#include <string.h>

#define FIRST_CAP 16

static int text_append(struct text *text, const uint8_t *from, size_t n) {
  if (text->data == NULL) {
    text->cap = FIRST_CAP > n + 1 ? FIRST_CAP : n + 1;
    text->data = malloc(text->cap);
    if (text->data == NULL) return -1;
  } else if (text->used + n + 1 > text->cap) {
    size_t cap = text->cap * 2;
    char *more = realloc(text->data, cap);
    if (more == NULL) return -1;
    text->data = more;
    text->cap = cap;
  }
  memcpy(text->data + text->used, from, n);
  text->used += n;
  text->data[text->used] = 0;
  return 0;
}

static int text_set(struct text *text, const uint8_t *from, size_t n) {
  free(text->data);
  memset(text, 0, sizeof *text);
  return text_append(text, from, n);
}

static int read_comment(struct tags *tags, const uint8_t *body, size_t n) {
  if (n < 3) return -1;
  memcpy(tags->language, body, 3);
  return text_set(&tags->comment, body + 3, n - 3);
}

static int read_number(unsigned *out, const uint8_t *body, size_t n) {
  if (n != 2) return -1;
  *out = (unsigned)body[0] << 8 | body[1];
  return 0;
}

static int read_record(struct tags *tags, uint8_t kind, const uint8_t *body, size_t n) {
  switch (kind) {
    case 'T': return text_set(&tags->title, body, n);
    case 'A': return text_set(&tags->artist, body, n);
    case 'C': return read_comment(tags, body, n);
    case '+': /* the comment goes on */
      return text_append(&tags->comment, body, n);
    case '&': /* one more artist */
      if (tags->artist.data && text_append(&tags->artist, (const uint8_t *)", ", 2)) return -1;
      return text_append(&tags->artist, body, n);
    case 'Y': return read_number(&tags->year, body, n);
    case 'N':
      if (n != 4) return -1;
      return read_number(&tags->track, body, 2) || read_number(&tags->tracks, body + 2, 2) ? -1 : 0;
    case 'P': tags->picture_bytes += n; return 0;
    default: tags->unknown++; return 0;
  }
}

int tags_read(struct tags *tags, const uint8_t *data, size_t size) {
  memset(tags, 0, sizeof *tags);
  if (size < 4 || memcmp(data, "TBX1", 4) != 0) return 1;
  size_t at = 4;
  for (int record = 1; at < size; record++) {
    if (size - at < 3) return record;
    uint8_t kind = data[at];
    size_t n = (size_t)data[at + 1] << 8 | data[at + 2];
    at += 3;
    if (n > size - at) return record;
    if (read_record(tags, kind, data + at, n)) return record;
    at += n;
  }
  return 0;
}

void tags_free(struct tags *tags) {
  free(tags->title.data);
  free(tags->artist.data);
  free(tags->comment.data);
}
