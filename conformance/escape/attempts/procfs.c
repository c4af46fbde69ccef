// Environment, inherited descriptors and what /proc shows and takes.
#include "attempts.h"
#include <dirent.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

extern char **environ;

static void own_environment(int argc, char **argv) {
  for (char **one = environ; *one != NULL; one++)
    if (strstr(*one, argument(argc, argv, 1)) != NULL) escaped("%.40s", *one);
  held("not in the environment");
}

// Every process that is to be seen, its environment, arguments or memory map: `file` names which. The marker is given backwards,
// so that our own arguments, and those of whoever carries them, do not hold it.
static void every_process(int argc, char **argv) {
  const char *given = argument(argc, argv, 1), *file = argument(argc, argv, 2);
  char marker[256] = "";
  size_t length = strnlen(given, sizeof marker - 1);
  for (size_t n = 0; n < length; n++) marker[n] = given[length - 1 - n];
  DIR *folder = opendir("/proc");
  if (folder == NULL) held("open /proc");
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9' || atoi(entry->d_name) == getpid()) continue;
    char path[512];
    snprintf(path, sizeof path, "/proc/%s/%s", entry->d_name, file);
    int fd = open(path, O_RDONLY);
    if (fd < 0) continue;
    if (holds_marker(fd, marker)) escaped("in %s", path);
    close(fd);
  }
  errno = 0;
  held("in no process");
}

// Anything beyond the three standard streams is a gift.
static void descriptors(int argc, char **argv) {
  (void)argc, (void)argv;
  for (int fd = 3; fd < 4096; fd++) {
    struct stat facts;
    if (fstat(fd, &facts) == 0) escaped("descriptor %d of mode %o", fd, facts.st_mode);
  }
  held("only the standard streams");
}

// A directory among the standard streams or beyond would lead upwards.
static void descriptor_up(int argc, char **argv) {
  for (int fd = 0; fd < 4096; fd++) {
    int found = openat(fd, argument(argc, argv, 1), O_RDONLY);
    if (found >= 0) escaped("through descriptor %d", fd);
  }
  held("no descriptor leads anywhere");
}

static void descriptor_socket(int argc, char **argv) {
  (void)argc, (void)argv;
  for (int fd = 3; fd < 4096; fd++) {
    struct stat facts;
    if (fstat(fd, &facts) == 0 && S_ISSOCK(facts.st_mode) && send(fd, "x", 1, MSG_DONTWAIT | MSG_NOSIGNAL) == 1)
      escaped("sent through descriptor %d", fd);
  }
  held("no socket among the descriptors");
}

// Kernel addresses are zero to those who may not know them.
static void kernel_addresses(int argc, char **argv) {
  FILE *file = fopen(argc > 1 ? argv[1] : "/proc/kallsyms", "r");
  if (file == NULL) held("open");
  char line[512];
  for (int n = 0; n < 2000 && fgets(line, sizeof line, file) != NULL; n++)
    if (strtoull(line, NULL, 16) != 0) escaped("%.60s", line);
  held("all addresses are zero");
}

const struct attempt PROCFS[] = {{"own-environment", own_environment}, {"every-process", every_process},
                                 {"descriptors", descriptors},         {"descriptor-up", descriptor_up},
                                 {"descriptor-socket", descriptor_socket}, {"kernel-addresses", kernel_addresses},
                                 {NULL, NULL}};
