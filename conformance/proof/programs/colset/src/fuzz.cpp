#include <cstdint>
#include "colset.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Table table;
  if (read_table(std::string(reinterpret_cast<const char *>(data), size), table)) select_columns(table);
  return 0;
}
