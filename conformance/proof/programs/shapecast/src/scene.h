#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

enum class Kind { group, circle, label };

struct Node {
  explicit Node(Kind k) : kind(k) {}
  virtual ~Node() = default;
  Kind kind;
};

struct Group : Node {
  Group() : Node(Kind::group) {}
  std::vector<std::string> children;
  double scale = 1;
};

struct Circle : Node {
  explicit Circle(double r) : Node(Kind::circle), radius(r) {}
  double radius;
};

struct Label : Node {
  explicit Label(const std::string &t) : Node(Kind::label), text(t) {}
  std::string text;
};

class Scene {
 public:
  void add(const std::string &id, std::unique_ptr<Node> node) { nodes_[id] = std::move(node); }
  bool attach(const std::string &child, const std::string &parent);
  bool scale(const std::string &id, double by);
  bool rename(const std::string &id, const std::string &text);
  void print(const std::string &id, int depth) const;

 private:
  Node *find(const std::string &id) const;
  std::map<std::string, std::unique_ptr<Node>> nodes_;
};
