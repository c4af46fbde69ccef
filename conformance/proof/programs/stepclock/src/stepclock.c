#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Frames a second as a fraction. */
struct rate {
  long long frames, seconds;
};

static struct rate rate = {25, 1};
static long long offset;

static int parse_rate(const char *text, struct rate *out) {
  struct rate r = {0, 1};
  if (sscanf(text, "%9lld/%9lld", &r.frames, &r.seconds) < 1) return -1;
  if (r.frames < 0 || r.seconds < 0) return -1;
  *out = r;
  return 0;
}

static long long to_ms(long long frame) { return frame * 1000 * rate.seconds / rate.frames; }
static long long to_frame(long long ms) { return ms * rate.frames / (1000 * rate.seconds); }

static void print_code(long long frame) {
  long long ms = to_ms(frame);
  printf("%02lld:%02lld:%02lld.%03lld\n", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

static int parse_code(const char *text, long long *ms) {
  int h, m, s, milli = 0;
  if (sscanf(text, "%3d:%2d:%2d.%3d", &h, &m, &s, &milli) < 3) return -1;
  *ms = ((h * 60LL + m) * 60 + s) * 1000 + milli;
  return *ms < 0 ? -1 : 0;
}

static int run(char *line) {
  char *rest = line + strcspn(line, " ");
  long long n;
  if (*rest) *rest++ = 0;
  if (strcmp(line, "rate") == 0) return parse_rate(rest, &rate);
  if (strcmp(line, "frame") == 0) {
    if (sscanf(rest, "%9lld", &n) != 1) return -1;
    print_code(n + offset);
    return 0;
  }
  if (strcmp(line, "at") == 0) {
    if (parse_code(rest, &n)) return -1;
    printf("frame %lld\n", to_frame(n) - offset);
    return 0;
  }
  if (strcmp(line, "offset") == 0) return sscanf(rest, "%9lld", &offset) == 1 ? 0 : -1;
  if (strcmp(line, "steps") == 0) {
    if (sscanf(rest, "%9lld", &n) != 1) return -1;
    for (long long i = 0; i < 4; i++) print_code(i * n);
    return 0;
  }
  return -1;
}

int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  char line[256];
  int bad = 0;
  for (int n = 1; n < 2000 && fgets(line, sizeof line, in); n++) {
    line[strcspn(line, "\r\n")] = 0;
    if (line[0] == 0 || run(line) == 0) continue;
    printf("line %d: not understood\n", n);
    bad = 1;
  }
  return bad;
}
