#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// A small template engine: {{name}}, {{#if name}}…{{/if}}, {{#each name}}…{{/each}}, {{>partial}}, {{name|filter:n}}.
namespace mustang {

struct Value {
  std::string text;
  std::vector<std::string> items;
};

class Template {
 public:
  explicit Template(std::string source) : source_(std::move(source)) {}
  std::string render(std::map<std::string, Value> &values);
  void partial(const std::string &name, const std::string &body) { partials_[name] = body; }

 private:
  std::string block(std::string_view body, std::map<std::string, Value> &values);
  std::string tag(std::string_view name, std::map<std::string, Value> &values);
  std::string each(std::string_view name, std::string_view body, std::map<std::string, Value> &values);
  std::string filter(std::string_view text, std::string_view spec);

  std::string source_;
  std::map<std::string, std::string> partials_;
};
}  // namespace mustang
