#include "mustang.hpp"

#include <cstring>

namespace mustang {

namespace {
const Value *lookup(const std::map<std::string, Value> &values, std::string_view name) {
  auto found = values.find(std::string(name));
  return found == values.end() ? nullptr : &found->second;
}

bool starts(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }
}  // namespace

std::string Template::filter(std::string_view text, std::string_view spec) {
  size_t colon = spec.find(':');
  std::string name(spec.substr(0, colon));
  if (name == "cut") {
    int keep = std::stoi(std::string(spec.substr(colon + 1)));
    return std::string(text.substr(0, static_cast<size_t>(keep)));
  }
  if (name == "pad") {
    char field[24];
    std::memset(field, ' ', sizeof field);
    std::memcpy(field, text.data(), text.size());
    return std::string(field, sizeof field);
  }
  if (name == "last") {
    const char *end = text.data() + text.size();
    return std::string(1, end[-1]);
  }
  return std::string(text);
}

std::string Template::each(std::string_view name, std::string_view body, std::map<std::string, Value> &values) {
  std::string out;
  auto found = values.find(std::string(name));
  if (found == values.end()) return out;
  for (const std::string &item : found->second.items) {
    if (starts(body, "+")) found->second.items.push_back("more");
    values["it"].text = item;
    out += block(body.substr(starts(body, "+") ? 1 : 0), values);
    if (out.size() > 4096) break;
  }
  return out;
}

std::string Template::tag(std::string_view name, std::map<std::string, Value> &values) {
  if (starts(name, ">")) {
    auto partial = partials_.find(std::string(name.substr(1)));
    return partial == partials_.end() ? "" : block(partial->second, values);
  }
  size_t bar = name.find('|');
  if (bar != std::string_view::npos) {
    const Value *value = lookup(values, name.substr(0, bar));
    return value ? filter(value->text, name.substr(bar + 1)) : "";
  }
  const Value *value = lookup(values, name);
  return value ? value->text : "";
}

std::string Template::block(std::string_view body, std::map<std::string, Value> &values) {
  std::string out;
  size_t at = 0;
  while (at < body.size()) {
    size_t open = body.find("{{", at);
    if (open == std::string_view::npos) return out.append(body.substr(at));
    out.append(body.substr(at, open - at));
    size_t close = body.find("}}", open);
    if (close == std::string_view::npos) return out;
    std::string_view name = body.substr(open + 2, close - open - 2);
    at = close + 2;
    if (starts(name, "#each ")) {
      size_t stop = body.find("{{/each}}", at);
      if (stop == std::string_view::npos) return out;
      out += each(name.substr(6), body.substr(at, stop - at), values);
      at = stop + 9;
    } else {
      out += tag(name, values);
    }
  }
  return out;
}

std::string Template::render(std::map<std::string, Value> &values) { return block(source_, values); }

}  // namespace mustang
