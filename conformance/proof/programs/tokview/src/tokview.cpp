#include <cctype>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using Values = std::map<std::string, std::string, std::less<>>;

static std::string upper(std::string_view text) {
  std::string out(text);
  for (char &c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

static std::string repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times && i < 9; i++) out += text;
  return out;
}

static std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Text that filters made, kept as long as the page is put together.
using Scratch = std::vector<std::string>;

static std::string_view kept(Scratch &scratch, const std::string &text) {
  scratch.push_back(text);
  return scratch.back();
}

// One filter over a value: upper, trim, first, rest, times2 to times9.
static std::string_view filtered(std::string_view value, std::string_view filter, Scratch &scratch) {
  if (filter == "upper") return kept(scratch, upper(value));
  if (filter.substr(0, 5) == "times" && filter.size() == 6) {
    return kept(scratch, repeat(value, static_cast<size_t>(filter[5] - '0')));
  }
  if (filter == "trim") return trim(value);
  if (filter == "first") return value.substr(0, value.find(' '));
  if (filter == "rest") {
    size_t space = value.find(' ');
    return space == std::string_view::npos ? std::string_view() : value.substr(space + 1);
  }
  return value;
}

static std::string_view expand(std::string_view expression, const Values &values, Scratch &scratch) {
  size_t bar = expression.find('|');
  auto found = values.find(trim(expression.substr(0, bar)));
  if (found == values.end()) return "?";
  std::string_view value = found->second;
  while (bar != std::string_view::npos) {
    expression.remove_prefix(bar + 1);
    bar = expression.find('|');
    value = filtered(value, trim(expression.substr(0, bar)), scratch);
  }
  return value;
}

static std::string render(std::string_view text, const Values &values) {
  std::vector<std::string_view> pieces;
  Scratch scratch;
  while (!text.empty()) {
    size_t open = text.find("{{");
    pieces.push_back(text.substr(0, open));
    if (open == std::string_view::npos) break;
    size_t close = text.find("}}", open);
    if (close == std::string_view::npos) {
      pieces.push_back("{{");
      break;
    }
    pieces.push_back(expand(text.substr(open + 2, close - open - 2), values, scratch));
    text.remove_prefix(close + 2);
  }
  std::string out;
  for (std::string_view piece : pieces) out += piece;
  return out;
}

// Lines `name: value` up to an empty line, then the template.
int main(int argc, char **argv) {
  if (argc < 2) return 2;
  std::ifstream in(argv[1], std::ios::binary);
  Values values;
  std::string line;
  while (std::getline(in, line) && !line.empty()) {
    size_t colon = line.find(':');
    if (colon != std::string::npos) values[line.substr(0, colon)] = line.substr(colon + 1);
  }
  std::stringstream rest;
  rest << in.rdbuf();
  std::fputs(render(rest.str(), values).c_str(), stdout);
  return 0;
}
