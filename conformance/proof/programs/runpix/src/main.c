#include "runpix.h"
#include <stdio.h>
#include <string.h>

static uint8_t data[1 << 16];

int main(int argc, char **argv) {
  int flip = argc > 2 && strcmp(argv[1], "-f") == 0;
  FILE *in = fopen(argv[1 + flip], "rb");
  if (in == NULL) return perror(argv[1 + flip]), 2;
  struct picture pic;
  int bad = picture_read(&pic, data, fread(data, 1, sizeof data, in));
  if (!bad) {
    if (flip) picture_flip(&pic);
    printf("P3 %u %u 255\n", pic.width, pic.height);
    for (unsigned i = 0; i < pic.width * pic.height; i++)
      printf("%d %d %d%c", pic.pixels[3 * i], pic.pixels[3 * i + 1], pic.pixels[3 * i + 2],
             (i + 1) % pic.width ? ' ' : '\n');
  } else {
    puts("not a picture");
  }
  picture_free(&pic);
  return bad ? 1 : 0;
}
