#include "tagbox.h"
#include <stdio.h>

static uint8_t data[1 << 16];

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  size_t size = fread(data, 1, sizeof data, in);
  struct tags tags;
  int bad = tags_read(&tags, data, size);
  if (bad) printf("record %d cannot be read\n", bad);
  if (tags.title.data) printf("title    %s\n", tags.title.data);
  if (tags.artist.data) printf("artist   %s\n", tags.artist.data);
  if (tags.comment.data) printf("comment  [%s] %s\n", tags.language, tags.comment.data);
  if (tags.year) printf("year     %u\n", tags.year);
  if (tags.track) printf("track    %u of %u\n", tags.track, tags.tracks);
  if (tags.picture_bytes) printf("picture  %zu bytes\n", tags.picture_bytes);
  if (tags.unknown) printf("unknown  %zu\n", tags.unknown);
  tags_free(&tags);
  return bad ? 1 : 0;
}
