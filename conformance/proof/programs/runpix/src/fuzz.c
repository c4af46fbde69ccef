#include "runpix.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct picture pic;
  if (picture_read(&pic, data, size) == 0) picture_flip(&pic);
  picture_free(&pic);
  return 0;
}
