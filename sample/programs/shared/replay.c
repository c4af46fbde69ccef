/* Runs a fuzz target once over each file named on the command line, so that a crash found elsewhere can be replayed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    FILE *in = fopen(argv[i], "rb");
    if (!in) return 2;
    uint8_t *bytes = malloc(65536);
    size_t length = fread(bytes, 1, 65536, in);
    fclose(in);
    bytes = realloc(bytes, length ? length : 1);
    LLVMFuzzerTestOneInput(bytes, length);
    free(bytes);
  }
  return 0;
}
