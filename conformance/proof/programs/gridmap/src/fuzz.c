#include "gridmap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct map map;
  if (map_read(&map, data, size) == NULL) map_sum(&map);
  map_free(&map);
  return 0;
}
