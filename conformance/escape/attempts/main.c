#include "attempts.h"
#include <sched.h>
#include <stdarg.h>
#include <sys/mount.h>
#include <sys/wait.h>

static const struct attempt *const AREAS[] = {FILES,  PROCFS,  NETWORK, PROCESSES, NAMESPACES, PRIVILEGES,
                                              MOUNTS, KERNEL, DEVICES, BOMBS,     TIME,       OUTPUT};

static void tell(const char *head, const char *format, va_list rest) {
  char line[512];
  int at = snprintf(line, sizeof line, "%s ", head);
  int more = vsnprintf(line + at, sizeof line - (size_t)at - 1, format, rest);
  size_t length = (size_t)at + (more < 0 ? 0 : (size_t)more);
  if (length > sizeof line - 2) length = sizeof line - 2;
  for (size_t n = 0; n < length; n++)
    if (line[n] == '\n') line[n] = ' ';
  line[length++] = '\n';
  for (size_t sent = 0; sent < length;) {
    ssize_t n = write(1, line + sent, length - sent);
    if (n <= 0) break;
    sent += (size_t)n;
  }
}

_Noreturn void escaped(const char *format, ...) {
  va_list rest;
  va_start(rest, format);
  tell("ESCAPED", format, rest);
  va_end(rest);
  _exit(0);
}

_Noreturn void held(const char *format, ...) {
  const char *name = strerrorname_np(errno);
  char head[64];
  snprintf(head, sizeof head, "held %s", errno == 0 || name == NULL ? "-" : name);
  va_list rest;
  va_start(rest, format);
  tell(head, format, rest);
  va_end(rest);
  _exit(0);
}

_Noreturn void judge(long result, const char *what) {
  if (result >= 0) {
    errno = 0;
    escaped("%s", what);
  }
  held("%s", what);
}

const char *argument(int argc, char **argv, int n) {
  if (n < argc) return argv[n];
  fprintf(stderr, "%s: argument %d is missing\n", argv[0], n);
  _exit(2);
}

int holds_marker(int fd, const char *marker) {
  enum { MOST = 4 << 20 };
  char *text = malloc(MOST);
  size_t have = 0;
  while (text != NULL && have < MOST) {
    ssize_t n = read(fd, text + have, MOST - have);
    if (n <= 0) break;
    have += (size_t)n;
  }
  int found = text != NULL && memmem(text, have, marker, strlen(marker)) != NULL;
  free(text);
  return found;
}

static void put_line(const char *path, const char *text) {
  int fd = open(path, O_WRONLY);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) {
    perror(path);
    _exit(3);
  }
  close(fd);
}

// A throw-away machine for controls: the caller is root in namespaces of its own, and nothing of the host's is touched.
static void enter_namespaces(void) {
  char map[64];
  uid_t uid = getuid();
  gid_t gid = getgid();
  int all = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWPID | CLONE_NEWCGROUP;
  if (unshare(all) != 0) {
    perror("unshare");
    _exit(3);
  }
  put_line("/proc/self/setgroups", "deny");
  snprintf(map, sizeof map, "0 %u 1", uid);
  put_line("/proc/self/uid_map", map);
  snprintf(map, sizeof map, "0 %u 1", gid);
  put_line("/proc/self/gid_map", map);
  if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
    perror("make mounts private");
    _exit(3);
  }
  pid_t child = fork();
  if (child != 0) {
    int status = 0;
    waitpid(child, &status, 0);
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  }
}

int main(int argc, char **argv) {
  setvbuf(stdout, NULL, _IONBF, 0);
  if (argc > 1 && strcmp(argv[1], "in-namespaces") == 0) {
    enter_namespaces();
    argc--;
    argv++;
  }
  for (size_t n = 0; argc > 1 && n < sizeof AREAS / sizeof *AREAS; n++) {
    for (const struct attempt *one = AREAS[n]; one->name != NULL; one++) {
      if (strcmp(one->name, argv[1]) != 0) continue;
      errno = 0;
      one->run(argc - 1, argv + 1);
      return 0;
    }
  }
  fprintf(stderr, "attempts: no attempt %s\n", argc > 1 ? argv[1] : "named");
  return 2;
}
