#include "mustang.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  std::string source(reinterpret_cast<const char *>(data), size);
  mustang::Template page(source);
  page.partial("p", source);
  page.partial("foot", "-- {{user}}");
  std::map<std::string, mustang::Value> values;
  values["user"] = {"Ada Lovelace of the Analytical Engine", {}};
  values["e"] = {"", {}};
  values["list"] = {"", {"one", "two", "three"}};
  page.render(values);
  return 0;
}
