#include <cstdio>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

struct Handler {
  std::string name;
  bool once = false;
  std::string also;  // joins this event when called
  int calls = 0;
};

class Bus {
 public:
  void on(const std::string &event, const std::string &name, bool once, const std::string &also = "") {
    Handler handler;
    handler.name = name;
    handler.once = once;
    handler.also = also;
    handlers_[event].push_back(handler);
  }

  bool off(const std::string &event, const std::string &name) {
    auto &list = handlers_[event];
    for (size_t i = 0; i < list.size(); i++) {
      if (list[i].name == name) {
        list.erase(list.begin() + static_cast<long>(i));
        return true;
      }
    }
    return false;
  }

  void emit(const std::string &event) {
    auto found = handlers_.find(event);
    if (found == handlers_.end()) {
      std::printf("%s: nobody\n", event.c_str());
      return;
    }
    auto &list = found->second;
    for (auto it = list.begin(); it != list.end();) {
      it->calls++;
      std::printf("%s -> %s\n", event.c_str(), it->name.c_str());
      if (!it->also.empty()) on(it->also, it->name + "'", false);
      it = it->once ? list.erase(it) : it + 1;
    }
  }

  void print() const {
    for (const auto &[event, list] : handlers_) {
      std::printf("%s:", event.c_str());
      for (const auto &handler : list) std::printf(" %s%s/%d", handler.name.c_str(), handler.once ? "!" : "", handler.calls);
      std::printf("\n");
    }
  }

 private:
  std::map<std::string, std::vector<Handler>> handlers_;
};

// on EVENT NAME | once EVENT NAME | join EVENT NAME OTHER | off EVENT NAME | emit EVENT | print
int main(int argc, char **argv) {
  if (argc < 2) return 2;
  std::ifstream in(argv[1]);
  std::string line;
  Bus bus;
  int number = 0;
  while (std::getline(in, line) && number < 500) {
    std::istringstream words(line);
    std::string verb, event, name, other;
    words >> verb >> event >> name >> other;
    number++;
    if (verb == "on" && !name.empty()) bus.on(event, name, false);
    else if (verb == "once" && !name.empty()) bus.on(event, name, true);
    else if (verb == "join" && !other.empty()) bus.on(event, name, false, other);
    else if (verb == "off" && !name.empty()) std::printf("%s\n", bus.off(event, name) ? "gone" : "was not there");
    else if (verb == "emit" && !event.empty()) bus.emit(event);
    else if (verb == "print") bus.print();
    else if (!verb.empty()) std::printf("line %d: what is %s?\n", number, verb.c_str());
  }
  return 0;
}
