#include "pixmill.hpp"

#include <cstdlib>
#include <cstring>
#include <memory>

namespace pixmill {

namespace {
const uint8_t GAMMA[16] = {0, 2, 5, 9, 14, 21, 30, 41, 54, 70, 90, 113, 140, 172, 210, 255};

struct Tile {
  explicit Tile(int side) : side(side), cells(new uint8_t[static_cast<size_t>(side) * side]()) {}
  ~Tile() { delete[] cells; }
  int side;
  uint8_t *cells;
};

template <typename Sample>
Sample gamma(Sample level) {
  return GAMMA[level];
}
}  // namespace

bool Decoder::runs(Picture &out) {
  size_t filled = 0;
  while (more()) {
    uint8_t count = next();
    uint8_t colour = next();
    std::memset(out.pixels + filled, colour, count);
    filled += count;
  }
  return filled == static_cast<size_t>(out.width) * out.height;
}

bool Decoder::palette(Picture &out) {
  uint8_t *colours = new uint8_t[256];
  uint8_t used = next();
  for (int i = 0; i < used; i++) colours[i] = next();
  int lit = 0;
  for (int i = 0; i < out.width * out.height && more(); i++) {
    out.pixels[i] = colours[next()];
    if (out.pixels[i] > 127) lit++;
  }
  if (lit == 0) return false;
  delete[] colours;
  return true;
}

bool Decoder::scaled(Picture &out) {
  int factor = next();
  int shift = next();
  int step = out.width / factor;
  int scale = 1 << shift;
  for (int i = 0; i < out.width; i += step > 0 ? step : 1) out.pixels[i] = gamma<unsigned>(next() & 31);
  return scale > 0;
}

bool Decoder::tiles(Picture &out) {
  std::vector<std::unique_ptr<Tile>> tiles;
  Tile *last = nullptr;
  while (more()) {
    uint8_t op = next();
    if (op == 'n') {
      tiles.push_back(std::make_unique<Tile>(1 + (next() & 7)));
      last = tiles.back().get();
    } else if (op == 'd') {
      if (!tiles.empty()) tiles.pop_back();
    } else if (op == 'w') {
      if (last) last->cells[next() % (last->side * last->side)] = next();
    } else if (op == 'b') {
      out.pixels[0] = last->cells[0];
    }
  }
  return true;
}

bool Decoder::decode(Picture &out) {
  if (length_ < 5 || next() != 'P' || next() != 'X') return false;
  uint8_t kind = next();
  out.width = next();
  out.height = next();
  if (out.width == 0 || out.height == 0) return false;
  out.pixels = static_cast<uint8_t *>(std::calloc(static_cast<size_t>(out.width), out.height));
  switch (kind) {
    case 'r': return runs(out);
    case 'p': return palette(out);
    case 's': return scaled(out);
    case 't': return tiles(out);
    default: return false;
  }
}

void release(Picture &picture) {
  std::free(picture.pixels);
  picture.pixels = nullptr;
}

}  // namespace pixmill
