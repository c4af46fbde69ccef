#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

// Decodes PXM pictures: "PX", a kind byte (r run-length, p palette, s scaled, t tiles), width and height bytes, then pixels.
namespace pixmill {

struct Picture {
  int width = 0;
  int height = 0;
  uint8_t *pixels = nullptr;
};

class Decoder {
 public:
  Decoder(const uint8_t *bytes, size_t length) : bytes_(bytes), length_(length) {}
  bool decode(Picture &out);

 private:
  bool runs(Picture &out);
  bool palette(Picture &out);
  bool scaled(Picture &out);
  bool tiles(Picture &out);
  uint8_t next() { return at_ < length_ ? bytes_[at_++] : 0; }
  bool more() const { return at_ < length_; }

  const uint8_t *bytes_;
  size_t length_;
  size_t at_ = 0;
};

void release(Picture &picture);
}  // namespace pixmill
