// Becoming somebody else, or somebody more.
#include "attempts.h"
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>

static void become_root(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(setresuid(0, 0, 0), "user 0");
}

static void join_groups(int argc, char **argv) {
  (void)argc, (void)argv;
  gid_t groups[] = {0, 4, 6};
  judge(setgroups(3, groups), "groups of root, logs and disks");
}

static void raise_capabilities(int argc, char **argv) {
  (void)argc, (void)argv;
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2] = {{1u << CAP_SYS_ADMIN, 1u << CAP_SYS_ADMIN, 0}, {0, 0, 0}};
  judge(syscall(SYS_capset, &head, data), "CAP_SYS_ADMIN");
}

static void any_capability(int argc, char **argv) {
  (void)argc, (void)argv;
  FILE *file = fopen("/proc/self/status", "r");
  if (file == NULL) held("open");
  char line[256];
  while (fgets(line, sizeof line, file) != NULL) {
    unsigned long long set = 0;
    if (strncmp(line, "CapBnd", 6) == 0) continue;
    if (strncmp(line, "Cap", 3) == 0 && sscanf(line + 7, "%llx", &set) == 1 && set != 0) escaped("%.40s", line);
  }
  held("none");
}

// Tells who the program runs as: `privileged` runs itself again through a file with the setuid bit.
static void who(int argc, char **argv) {
  (void)argc, (void)argv;
  if (geteuid() != getuid() || getegid() != getgid()) escaped("runs as %u:%u", geteuid(), getegid());
  held("runs as itself");
}

static void run_file(int argc, char **argv) {
  const char *file = argument(argc, argv, 1);
  execl(file, file, "who", (char *)NULL);
  held("exec %s", file);
}

static void own_setuid(int argc, char **argv) {
  const char *from = argument(argc, argv, 1);
  char room[65536];
  int in = open(from, O_RDONLY), out = open("own-setuid", O_CREAT | O_TRUNC | O_WRONLY, 0755);
  if (in < 0 || out < 0) held("copy");
  for (ssize_t n; (n = read(in, room, sizeof room)) > 0;)
    if (write(out, room, (size_t)n) != n) held("copy");
  close(out);
  if (argc > 2 && chown("own-setuid", (uid_t)atoi(argv[2]), (gid_t)atoi(argv[2])) != 0) held("chown");
  if (chmod("own-setuid", 06755) != 0) held("chmod");
  if (argc > 2) {
    if (setgroups(0, NULL) != 0 || setresgid(65533, 65533, 65533) != 0 || setresuid(65533, 65533, 65533) != 0) held("drop");
  }
  execl("./own-setuid", "own-setuid", "who", (char *)NULL);
  held("exec");
}

// Starts a setuid program of the system with no terminal and looks who it became before it can ask for a password.
static void system_setuid(int argc, char **argv) {
  int stuck[2];
  if (pipe(stuck) != 0) held("pipe");
  pid_t child = fork();
  if (child == 0) {
    dup2(stuck[0], 0);
    int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    execv(argument(argc, argv, 1), argv + 1);
    _exit(127);
  }
  unsigned real = 0, effective = 0;
  for (int n = 0; n < 400; n++) {
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", child);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
      if (sscanf(line, "Uid:\t%u\t%u", &real, &effective) == 2 && effective == 0 && real != 0) {
        kill(child, SIGKILL);
        escaped("%s runs as user 0", argv[1]);
      }
    }
    if (file != NULL) fclose(file);
    if (waitpid(child, NULL, WNOHANG) != 0) break;
    usleep(1000);
  }
  kill(child, SIGKILL);
  errno = 0;
  held("%s runs as %u", argv[1], effective);
}

static void file_capability(int argc, char **argv) {
  int fd = open("with-capability", O_CREAT | O_WRONLY, 0755);
  if (fd < 0) held("create");
  struct vfs_cap_data data = {.magic_etc = VFS_CAP_REVISION_2 | VFS_CAP_FLAGS_EFFECTIVE, .data = {{1u << CAP_SYS_ADMIN, 0}, {0, 0}}};
  (void)argc, (void)argv;
  judge(fsetxattr(fd, "security.capability", &data, sizeof data, 0), "a file with CAP_SYS_ADMIN");
}

static void raise_limit(int argc, char **argv) {
  (void)argc, (void)argv;
  struct rlimit limit;
  static const int LIMITS[] = {RLIMIT_NPROC, RLIMIT_CORE, RLIMIT_CPU, RLIMIT_FSIZE, RLIMIT_NOFILE};
  for (size_t n = 0; n < sizeof LIMITS / sizeof *LIMITS; n++) {
    getrlimit(LIMITS[n], &limit);
    if (limit.rlim_max == RLIM_INFINITY) continue;
    limit.rlim_max += 1;
    if (setrlimit(LIMITS[n], &limit) == 0) escaped("limit %d raised", LIMITS[n]);
  }
  held("no limit can be raised");
}

static void first_in_line(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(setpriority(PRIO_PROCESS, 0, -20), "before everybody else");
}

static void new_privileges(int argc, char **argv) {
  (void)argc, (void)argv;
  if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0) escaped("may gain privileges");
  judge(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0), "may gain privileges again");
}

const struct attempt PRIVILEGES[] = {{"become-root", become_root},
                                     {"join-groups", join_groups},
                                     {"raise-capabilities", raise_capabilities},
                                     {"any-capability", any_capability},
                                     {"who", who},
                                     {"run-file", run_file},
                                     {"own-setuid", own_setuid},
                                     {"system-setuid", system_setuid},
                                     {"file-capability", file_capability},
                                     {"raise-limit", raise_limit},
                                     {"first-in-line", first_in_line},
                                     {"new-privileges", new_privileges},
                                     {NULL, NULL}};
