#include "tagbox.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct tags tags;
  tags_read(&tags, data, size);
  tags_free(&tags);
  return 0;
}
