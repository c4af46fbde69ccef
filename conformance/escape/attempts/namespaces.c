// Namespaces of one's own open most of the kernel's attack surface again.
#include "attempts.h"
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static const struct {
  const char *name;
  unsigned long flag;
} KINDS[] = {{"user", CLONE_NEWUSER}, {"mnt", CLONE_NEWNS},  {"net", CLONE_NEWNET},       {"pid", CLONE_NEWPID},
             {"ipc", CLONE_NEWIPC},   {"uts", CLONE_NEWUTS}, {"cgroup", CLONE_NEWCGROUP}, {"time", CLONE_NEWTIME}};

static unsigned long flag_of(const char *name) {
  for (size_t n = 0; n < sizeof KINDS / sizeof *KINDS; n++)
    if (strcmp(KINDS[n].name, name) == 0) return KINDS[n].flag;
  _exit(2);
}

static void by_unshare(int argc, char **argv) { judge(unshare((int)flag_of(argument(argc, argv, 1))), "unshared"); }

// A new user namespace together with the others is the way that needs no privilege.
static void by_unshare_all(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID), "unshared");
}

static void by_clone(int argc, char **argv) {
  unsigned long flag = flag_of(argument(argc, argv, 1));
  long child = syscall(SYS_clone, flag | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  if (child > 0) waitpid((pid_t)child, NULL, 0);
  judge(child, "cloned");
}

static void by_clone3(int argc, char **argv) {
  struct clone_args args = {.flags = flag_of(argument(argc, argv, 1)), .exit_signal = SIGCHLD};
  long child = syscall(SYS_clone3, &args, sizeof args);
  if (child == 0) _exit(0);
  if (child > 0) waitpid((pid_t)child, NULL, 0);
  judge(child, "cloned");
}

static void by_setns(int argc, char **argv) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/ns/%s", argument(argc, argv, 1), argument(argc, argv, 2));
  int fd = open(path, O_RDONLY);
  if (fd < 0) held("open %s", path);
  judge(setns(fd, 0), "entered");
}

static void by_pidfd(int argc, char **argv) {
  int fd = (int)syscall(SYS_pidfd_open, atoi(argument(argc, argv, 1)), 0);
  if (fd < 0) held("pidfd_open");
  judge(setns(fd, (int)flag_of(argument(argc, argv, 2))), "entered");
}

static void map_self(int argc, char **argv) {
  (void)argc, (void)argv;
  int fd = open("/proc/self/uid_map", O_WRONLY);
  if (fd < 0) held("open");
  judge(write(fd, "0 0 1", 5), "mapped");
}

// For the control of the attempt above: a namespace whose map is not yet written.
static void map_self_fresh(int argc, char **argv) {
  (void)argc, (void)argv;
  char map[64];
  snprintf(map, sizeof map, "0 %u 1", getuid());
  if (unshare(CLONE_NEWUSER) != 0) held("unshare");
  int fd = open("/proc/self/uid_map", O_WRONLY);
  if (fd < 0) held("open");
  judge(write(fd, map, strlen(map)), "mapped");
}

const struct attempt NAMESPACES[] = {{"by-unshare", by_unshare},   {"by-unshare-all", by_unshare_all},
                                     {"by-clone", by_clone},       {"by-clone3", by_clone3},
                                     {"by-setns", by_setns},       {"by-pidfd", by_pidfd},
                                     {"map-self", map_self},       {"map-self-fresh", map_self_fresh},
                                     {NULL, NULL}};
