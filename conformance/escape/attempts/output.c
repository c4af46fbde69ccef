// What leaves: floods of bytes, lines that pretend, and names and kinds of files that trick whoever takes them.
#include "attempts.h"
#include <sys/socket.h>
#include <sys/un.h>

static void flood(int argc, char **argv) {
  int fd = atoi(argument(argc, argv, 1));
  long mib = atol(argument(argc, argv, 2));
  static char piece[1 << 20];
  memset(piece, 'A', sizeof piece);
  for (long n = 0; n < mib; n++) {
    for (size_t at = 0; at < sizeof piece;) {
      ssize_t wrote = write(fd, piece + at, sizeof piece - at);
      if (wrote <= 0) _exit(9);
      at += (size_t)wrote;
    }
  }
}

static void say(int argc, char **argv) {
  const char *text = argument(argc, argv, 1);
  for (int fd = 1; fd < 3; fd++)
    if (write(fd, text, strlen(text)) < 0) _exit(9);
}

// To every descriptor that any process inside has open, or that the given one has: whoever reads those may believe it.
static void say_everywhere(int argc, char **argv) {
  const char *text = argument(argc, argv, 1);
  int wrote = 0;
  int given = argc > 2 ? atoi(argv[2]) : 0;
  for (int pid = given ? given : 1; pid < (given ? given + 1 : 64); pid++) {
    for (int fd = 0; fd < 64; fd++) {
      char path[64];
      snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, fd);
      int to = open(path, O_WRONLY | O_NONBLOCK | O_APPEND);
      if (to < 0) continue;
      wrote += write(to, text, strlen(text)) > 0;
      close(to);
    }
  }
  dprintf(2, "wrote to %d\n", wrote);
  _exit(3);
}

static void put_text(const char *path, const char *text) {
  int fd = open(path, O_CREAT | O_WRONLY, 0644);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) held("write %s", path);
  close(fd);
}

// Makes every trick at once in the working directory; what the host must not be told to open is `target`.
static void plant(int argc, char **argv) {
  const char *target = argument(argc, argv, 1);
  put_text("plain", "plain");
  put_text("setuid", "#!/bin/sh\n");
  chmod("setuid", 06755);
  if (symlink(target, "link-out") != 0 || symlink("../../../../../../../../../../etc", "link-up") != 0 ||
      symlink("loop", "loop") != 0 || symlink("plain", "link-in") != 0)
    held("symlink");
  if (link("plain", "hard") != 0 || mkfifo("fifo", 0666) != 0) held("link or fifo");
  struct sockaddr_un at = {.sun_family = AF_UNIX, .sun_path = "socket"};
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof at) != 0) held("socket");
  put_text("..evil", "dots");
  put_text("back\\slash", "x");
  put_text("new\nline", "x");
  put_text("\033]0;title\007\033[31m", "x");
  put_text("-rf", "x");
  put_text("caf\xe9", "not UTF-8");
  mkdir("folder", 0700);
  put_text("folder/inside", "x");
  chmod("folder", 0);
  dprintf(1, "planted\n");
}

static void plant_deep(int argc, char **argv) {
  int depth = atoi(argument(argc, argv, 1));
  for (int n = 0; n < depth; n++)
    if (mkdir("d", 0700) != 0 || chdir("d") != 0) held("at %d", n);
  put_text("bottom", "x");
  dprintf(1, "planted\n");
}

static void plant_sparse(int argc, char **argv) {
  int fd = open("sparse", O_CREAT | O_WRONLY, 0644);
  if (fd < 0 || ftruncate(fd, atol(argument(argc, argv, 1)) << 20) != 0) held("truncate");
  dprintf(1, "planted\n");
}

// Swaps a folder and a link to `target` until killed, while somebody else reads it; `stay` keeps it in the first process.
static void plant_race(int argc, char **argv) {
  const char *target = argument(argc, argv, 1);
  mkdir("real", 0755);
  put_text("real/secret", "harmless");
  if (symlink(target, "false") != 0) held("symlink");
  rename("real", "swap");
  dprintf(1, "planted\n");
  if (argc <= 2 && fork() != 0) _exit(0);
  close(0);
  close(1);
  close(2);
  for (;;) renameat2(AT_FDCWD, "swap", AT_FDCWD, "false", RENAME_EXCHANGE);
}

const struct attempt OUTPUT[] = {{"flood", flood},           {"say", say},
                                 {"say-everywhere", say_everywhere}, {"plant", plant},
                                 {"plant-deep", plant_deep}, {"plant-sparse", plant_sparse},
                                 {"plant-race", plant_race}, {NULL, NULL}};
