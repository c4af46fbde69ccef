#include "confit.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  if (!text) return 0;
  memcpy(text, data, size);
  text[size] = '\0';
  confit *config = confit_parse(text);
  if (confit_get(config, "net", "port")) confit_number(config, "net", "port");
  if (strstr(text, "limit")) confit_number(config, "net", "limit");
  confit_free(config);
  free(text);
  return 0;
}
