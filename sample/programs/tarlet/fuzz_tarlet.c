#include "tarlet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  tarlet *archive = tarlet_open(data, size);
  if (!archive) return 0;
  for (size_t i = 0; i < archive->count; i++) tarlet_link_size(archive, archive->entries[i]->name);
  tarlet_close(archive);
  return 0;
}
