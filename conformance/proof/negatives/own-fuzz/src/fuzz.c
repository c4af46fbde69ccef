#include <stdint.h>
#include <string.h>
#include "tides.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char text[64];
  memcpy(text, data, size);
  text[size] = 0;
  count_marks(text);
  return 0;
}
