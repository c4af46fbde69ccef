#include "colset.h"
#include <algorithm>

static bool read_ranges(const std::string &line, std::vector<Range> &ranges) {
  size_t at = 0;
  while (at < line.size()) {
    size_t number[2] = {0, 0};
    int which = 0, digits = 0;
    for (; at < line.size() && line[at] != ','; at++) {
      if (line[at] == '-' && which == 0 && digits > 0) {
        which = 1;
        digits = 0;
      } else if (line[at] >= '0' && line[at] <= '9' && digits++ < 4) {
        number[which] = number[which] * 10 + static_cast<size_t>(line[at] - '0');
      } else {
        return false;
      }
    }
    at++;
    if (digits == 0 || number[0] == 0) return false;
    ranges.push_back({number[0], which ? number[1] : number[0]});
  }
  return !ranges.empty() && ranges.size() < 50;
}

static Row read_row(const std::string &line, std::string &pool) {
  Row row;
  row.reserve(1 + static_cast<size_t>(std::count(line.begin(), line.end(), ',')));
  row.push_back({pool.size(), 0});
  bool quoted = false;
  for (size_t i = 0; i < line.size(); i++) {
    char c = line[i];
    if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') pool += line[i++];
    else if (c == '"') quoted = !quoted;
    else if (c == ',' && !quoted) row.push_back({pool.size(), 0});
    else pool += c;
    row.back().size = pool.size() - row.back().at;
  }
  return row;
}

bool read_table(const std::string &text, Table &table) {
  size_t at = 0;
  while (at < text.size()) {
    size_t end = text.find('\n', at);
    if (end == std::string::npos) end = text.size();
    std::string line = text.substr(at, end - at);
    if (at == 0) {
      if (!read_ranges(line, table.ranges)) return false;
    } else if (!line.empty() && line[0] != '#') {
      table.rows.push_back(read_row(line, table.pool));
    }
    at = end + 1;
  }
  return !table.ranges.empty();
}

std::string select_columns(const Table &table) {
  std::string out;
  for (const Row &row : table.rows) {
    bool first = true;
    for (const Range &range : table.ranges) {
      size_t to = range.to;
      if (range.from > row.size()) continue;
      for (size_t n = range.from; n <= to; n++) {
        if (!first) out += " | ";
        const Field field = row[n - 1];
        if (field.at <= table.pool.size()) out.append(table.pool, field.at, field.size);
        first = false;
      }
    }
    out += '\n';
  }
  return out;
}
