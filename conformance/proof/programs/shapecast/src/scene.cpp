#include "scene.h"
#include <cstdio>

Node *Scene::find(const std::string &id) const {
  auto found = nodes_.find(id);
  return found == nodes_.end() ? nullptr : found->second.get();
}

bool Scene::attach(const std::string &child, const std::string &parent) {
  Node *to = find(parent);
  if (find(child) == nullptr || to == nullptr || child == parent) return false;
  static_cast<Group *>(to)->children.push_back(child);
  return true;
}

// Grows a circle, or everything in a group.
bool Scene::scale(const std::string &id, double by) {
  Node *node = find(id);
  if (node == nullptr || node->kind == Kind::label) return false;
  if (node->kind == Kind::circle) static_cast<Circle *>(node)->radius *= by;
  else static_cast<Group *>(node)->scale *= by;
  return true;
}

bool Scene::rename(const std::string &id, const std::string &text) {
  Node *node = find(id);
  if (node == nullptr || node->kind != Kind::label) return false;
  static_cast<Label *>(node)->text = text;
  return true;
}

void Scene::print(const std::string &id, int depth) const {
  const Node *node = find(id);
  if (node == nullptr || depth > 8) return;
  std::printf("%*s%s", depth * 2, "", id.c_str());
  switch (node->kind) {
    case Kind::circle: std::printf(" circle %.2f\n", static_cast<const Circle *>(node)->radius); break;
    case Kind::label: std::printf(" label %s\n", static_cast<const Label *>(node)->text.c_str()); break;
    case Kind::group: {
      const Group *group = static_cast<const Group *>(node);
      std::printf(" group x%.2f\n", group->scale);
      for (const std::string &child : group->children) print(child, depth + 1);
      break;
    }
  }
}
