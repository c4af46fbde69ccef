#include "headway.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) return 0;
  if (data[0] == 'c') return hw_chunk_size((const char *)data + 1, size - 1) == 7 ? 0 : 0;
  char *bytes = malloc(size);
  memcpy(bytes, data, size);
  hw_message message;
  if (hw_parse(&message, bytes, size) >= 0) {
    const char *cookie = hw_get(&message, "Cookie");
    if (cookie) {
      char *out = malloc(strlen(cookie) + 1);
      hw_decode(cookie, out);
      free(out);
    }
    hw_content_length(&message);
    if (message.status) hw_reason(message.status);
    if (message.status == 206) {
      long first, last;
      hw_range(&message, &first, &last);
    }
  }
  hw_free(&message);
  free(bytes);
  return 0;
}
