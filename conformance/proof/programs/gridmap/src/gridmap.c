#include "gridmap.h"
#include <stdlib.h>
#include <string.h>

static uint32_t u32(const uint8_t *p) {
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static int set_cell(struct map *map, uint32_t x, uint32_t y, uint8_t value) {
  if (x >= map->width || y >= map->height) return -1;
  uint8_t *at = map->cells + ((size_t)y * map->width + x) * map->cell;
  memset(at, 0, map->cell);
  at[0] = value;
  map->written++;
  return 0;
}

/* Operations: 's' x y v sets one cell, 'r' x y v n a run to the right, 'f' v everything. Coordinates are 32 bits. */
static const char *apply(struct map *map, const uint8_t *p, const uint8_t *end) {
  while (p < end) {
    uint8_t op = *p++;
    if (op == 's' || op == 'r') {
      size_t need = op == 's' ? 9 : 10;
      if ((size_t)(end - p) < need) return "operation is cut off";
      uint32_t n = op == 's' ? 1 : p[9];
      for (uint32_t i = 0; i < n; i++)
        if (set_cell(map, u32(p) + i, u32(p + 4), p[8])) return "cell is outside";
      p += need;
    } else if (op == 'f') {
      if (p >= end) return "operation is cut off";
      if ((uint64_t)map->width * map->height > 4096) return "too many cells to fill";
      for (uint32_t y = 0; y < map->height; y++)
        for (uint32_t x = 0; x < map->width; x++) set_cell(map, x, y, *p);
      p++;
    } else {
      return "unknown operation";
    }
  }
  return NULL;
}

const char *map_read(struct map *map, const uint8_t *data, size_t size) {
  memset(map, 0, sizeof *map);
  if (size < 14 || memcmp(data, "GMAP", 4) != 0) return "not a map";
  map->width = u32(data + 4);
  map->height = u32(data + 8);
  map->cell = (uint16_t)(data[12] | data[13] << 8);
  if (map->cell != 1 && map->cell != 2 && map->cell != 4) return "odd size of cells";
  uint32_t bytes = map->width * map->height * map->cell;
  if (bytes > 1u << 20) return "map is too large";
  map->cells = calloc(bytes ? bytes : 1, 1);
  if (map->cells == NULL) return "no memory";
  return apply(map, data + 14, data + size);
}

uint32_t map_sum(const struct map *map) {
  uint32_t sum = 0;
  if (map->cells == NULL || (uint64_t)map->width * map->height > 1u << 20) return 0;
  for (size_t i = 0; i < (size_t)map->width * map->height; i++) sum += map->cells[i * map->cell] * (uint32_t)(i % 7 + 1);
  return sum;
}

void map_free(struct map *map) { free(map->cells); }
