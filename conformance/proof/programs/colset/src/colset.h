#pragma once
#include <string>
#include <vector>

struct Field {
  size_t at, size;  // in the table's pool
};

using Row = std::vector<Field>;

struct Range {
  size_t from, to;  // from 1, both included
};

struct Table {
  std::vector<Range> ranges;
  std::vector<Row> rows;
  std::string pool;
};

// First line: columns such as `1,3-4`; then comma separated rows, quoted fields allowed.
bool read_table(const std::string &text, Table &table);
std::string select_columns(const Table &table);
