#include "pixmill.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  pixmill::Picture picture;
  pixmill::Decoder decoder(data, size);
  decoder.decode(picture);
  pixmill::release(picture);
  return 0;
}
