#ifndef GRIDMAP_H
#define GRIDMAP_H
#include <stddef.h>
#include <stdint.h>

struct map {
  uint32_t width, height;
  uint16_t cell; /* bytes of one cell: 1, 2 or 4 */
  uint8_t *cells;
  unsigned written;
};

const char *map_read(struct map *map, const uint8_t *data, size_t size);
uint32_t map_sum(const struct map *map);
void map_free(struct map *map);
#endif
