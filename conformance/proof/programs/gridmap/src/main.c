#include "gridmap.h"
#include <stdio.h>

static uint8_t data[1 << 16];

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  struct map map;
  const char *bad = map_read(&map, data, fread(data, 1, sizeof data, in));
  if (bad) printf("error: %s\n", bad);
  else printf("%ux%u, %u bytes a cell, %u written, sum %u\n", map.width, map.height, map.cell, map.written, map_sum(&map));
  map_free(&map);
  return bad ? 1 : 0;
}
