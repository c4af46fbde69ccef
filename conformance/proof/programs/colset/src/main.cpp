#include <cstdio>
#include "colset.h"

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? std::fopen(argv[1], "rb") : stdin;
  if (in == nullptr) return 2;
  static char data[1 << 16];
  std::string text(data, std::fread(data, 1, sizeof data, in));
  Table table;
  if (!read_table(text, table)) {
    std::puts("the first line is no list of columns");
    return 1;
  }
  std::fputs(select_columns(table).c_str(), stdout);
  return 0;
}
