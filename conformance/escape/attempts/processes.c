// Reaching other processes: signals, tracing, memory, descriptors, scheduling.
#include "attempts.h"
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>

// What others reach for: it says `ready PID ADDRESS FD` and lives until its input ends.
static char secret[64];

static void victim(int argc, char **argv) {
  snprintf(secret, sizeof secret, "%s", argument(argc, argv, 1));
  prctl(PR_SET_DUMPABLE, 1);
  int fd = open("/dev/null", O_RDWR);
  dprintf(1, "ready %d %llu %d\n", getpid(), (unsigned long long)(size_t)secret, fd);
  char byte;
  while (read(0, &byte, 1) > 0) dprintf(1, "%s\n", secret);
}

static pid_t pid_of(int argc, char **argv) { return (pid_t)atoi(argument(argc, argv, 1)); }
static void *address_of(int argc, char **argv) { return (void *)(size_t)strtoull(argument(argc, argv, 2), NULL, 10); }

static void send_signal(int argc, char **argv) { judge(kill(pid_of(argc, argv), SIGTERM), "signalled"); }

// Everything that can be reached; used inside only, where it must reach nothing but what is inside.
static void signal_all(int argc, char **argv) {
  pid_t given = pid_of(argc, argv);
  if (argc > 2) judge(kill(given, SIGKILL), "killed it");
  pid_t child = fork();
  if (child == 0) {
    for (;;) pause();
  }
  int all = kill(-1, SIGKILL);
  int one = kill(given, SIGKILL);
  if (one == 0) escaped("killed a process of the host's");
  held("kill all said %d", all);
}

static void pidfd_signal(int argc, char **argv) {
  int fd = (int)syscall(SYS_pidfd_open, pid_of(argc, argv), 0);
  if (fd < 0) held("pidfd_open");
  judge(syscall(SYS_pidfd_send_signal, fd, SIGCONT, NULL, 0), "signalled through a pidfd");
}

static void pidfd_steal(int argc, char **argv) {
  int fd = (int)syscall(SYS_pidfd_open, pid_of(argc, argv), 0);
  if (fd < 0) held("pidfd_open");
  judge(syscall(SYS_pidfd_getfd, fd, atoi(argument(argc, argv, 3)), 0), "took a descriptor");
}

static void trace_attach(int argc, char **argv) {
  pid_t pid = pid_of(argc, argv);
  if (ptrace(PTRACE_ATTACH, pid, NULL, NULL) != 0) held("attach");
  waitpid(pid, NULL, __WALL);
  ptrace(PTRACE_DETACH, pid, NULL, NULL);
  escaped("attached");
}

// A tracer of its own child has the kernel's whole tracing code to play with.
static void trace_child(int argc, char **argv) {
  (void)argc, (void)argv;
  pid_t child = fork();
  if (child == 0) {
    long traced = ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    _exit(traced == 0 ? 0 : errno);
  }
  int status = 0;
  waitpid(child, &status, 0);
  errno = WEXITSTATUS(status);
  judge(errno == 0 ? 0 : -1, "traced");
}

static void memory_read(int argc, char **argv) {
  char got[64] = "";
  struct iovec here = {got, 32}, there = {address_of(argc, argv), 32};
  judge(process_vm_readv(pid_of(argc, argv), &here, 1, &there, 1, 0), "read its memory");
}

static void memory_write(int argc, char **argv) {
  char word[] = "overwritten";
  struct iovec here = {word, sizeof word}, there = {address_of(argc, argv), sizeof word};
  judge(process_vm_writev(pid_of(argc, argv), &here, 1, &there, 1, 0), "wrote its memory");
}

static void memory_file(int argc, char **argv) {
  char path[64], word[] = "overwritten";
  snprintf(path, sizeof path, "/proc/%d/mem", pid_of(argc, argv));
  int fd = open(path, O_RDWR);
  if (fd < 0) held("open %s", path);
  judge(pwrite(fd, word, sizeof word, (off_t)(size_t)address_of(argc, argv)), "wrote its memory");
}

static void slow_down(int argc, char **argv) { judge(setpriority(PRIO_PROCESS, (id_t)pid_of(argc, argv), 19), "slowed it down"); }

static void pin(int argc, char **argv) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(0, &one);
  judge(sched_setaffinity(pid_of(argc, argv), sizeof one, &one), "pinned it");
}

static void limit_other(int argc, char **argv) {
  struct rlimit old;
  judge(prlimit(pid_of(argc, argv), RLIMIT_NOFILE, NULL, &old), "read its limits");
}

// The first process inside must outlive a signal from any other.
static void kill_first(int argc, char **argv) {
  pid_t first = pid_of(argc, argv);
  static const int SIGNALS[] = {SIGTERM, SIGSEGV, SIGSYS, SIGSTOP, SIGKILL};
  for (size_t n = 0; n < sizeof SIGNALS / sizeof *SIGNALS; n++) kill(first, SIGNALS[n]);
  usleep(100000);
  if (kill(first, 0) != 0) escaped("it is gone");
  char path[64], text[512] = "";
  snprintf(path, sizeof path, "/proc/%d/stat", first);
  int fd = open(path, O_RDONLY);
  if (fd >= 0 && read(fd, text, sizeof text - 1) > 0 && (strstr(text, ") Z") || strstr(text, ") T") || strstr(text, ") X")))
    escaped("it is stopped or dead");
  held("it lives");
}

const struct attempt PROCESSES[] = {{"victim", victim},
                                    {"send-signal", send_signal},
                                    {"signal-all", signal_all},
                                    {"pidfd-signal", pidfd_signal},
                                    {"pidfd-steal", pidfd_steal},
                                    {"trace-attach", trace_attach},
                                    {"trace-child", trace_child},
                                    {"memory-read", memory_read},
                                    {"memory-write", memory_write},
                                    {"memory-file", memory_file},
                                    {"slow-down", slow_down},
                                    {"pin", pin},
                                    {"limit-other", limit_other},
                                    {"kill-first", kill_first},
                                    {NULL, NULL}};
