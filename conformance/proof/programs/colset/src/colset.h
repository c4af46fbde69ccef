#pragma once
#include <string>
#include <vector>

using Row = std::vector<std::string>;

struct Range {
  size_t from, to;  // from 1, both included
};

struct Table {
  std::vector<Range> ranges;
  std::vector<Row> rows;
};

// First line: columns such as `1,3-4`; then comma separated rows, quoted fields allowed.
bool read_table(const std::string &text, Table &table);
std::string select_columns(const Table &table);
