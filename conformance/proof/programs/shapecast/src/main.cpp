#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include "scene.h"

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  std::ifstream in(argv[1]);
  std::string line;
  Scene scene;
  for (int number = 1; number < 300 && std::getline(in, line); number++) {
    std::istringstream words(line);
    std::string verb, id, value;
    words >> verb >> id;
    std::getline(words >> std::ws, value);
    bool good = !id.empty();
    if (verb == "group" && good) scene.add(id, std::make_unique<Group>());
    else if (verb == "circle" && good) scene.add(id, std::make_unique<Circle>(std::atof(value.c_str())));
    else if (verb == "label" && good) scene.add(id, std::make_unique<Label>(value));
    else if (verb == "attach") good = scene.attach(id, value);
    else if (verb == "scale") good = scene.scale(id, std::atof(value.c_str()));
    else if (verb == "rename") good = scene.rename(id, value);
    else if (verb == "print") scene.print(id, 0);
    else if (!verb.empty()) good = false;
    if (!good && !verb.empty()) std::printf("line %d has no effect\n", number);
  }
  return 0;
}
