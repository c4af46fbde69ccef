// Staying longer than allowed. Each takes how many milliseconds it wants and succeeds when it has had them.
#include "attempts.h"
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

static long now_ms(clockid_t clock) {
  struct timespec at;
  clock_gettime(clock, &at);
  return at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static long wanted_ms(int argc, char **argv) { return atol(argument(argc, argv, 1)); }

static void sleep_long(int argc, char **argv) {
  usleep((useconds_t)wanted_ms(argc, argv) * 1000);
  escaped("slept it all");
}

static void deaf(int argc, char **argv) {
  long until = now_ms(CLOCK_MONOTONIC) + wanted_ms(argc, argv);
  for (int n = 1; n < 65; n++) signal(n, SIG_IGN);
  while (now_ms(CLOCK_MONOTONIC) < until) usleep(10000);
  escaped("heard no signal");
}

static void spin(int argc, char **argv) {
  long wanted = wanted_ms(argc, argv);
  while (now_ms(CLOCK_PROCESS_CPUTIME_ID) < wanted) {
  }
  escaped("%ld ms of CPU", wanted);
}

// The soft limit's signal is ignored; the hard limit must do.
static void spin_deaf(int argc, char **argv) {
  signal(SIGXCPU, SIG_IGN);
  spin(argc, argv);
}

// Stopped with all its children, it cannot even be asked.
static void stopped(int argc, char **argv) {
  long wanted = wanted_ms(argc, argv), from = now_ms(CLOCK_MONOTONIC);
  pid_t parent = getpid(), child = fork();
  if (child == 0) {
    usleep((useconds_t)wanted * 1000);
    kill(parent, SIGCONT);
    _exit(0);
  }
  raise(SIGSTOP);
  if (now_ms(CLOCK_MONOTONIC) - from >= wanted) escaped("stopped and back again");
  held("came back too early");
}

static void drip(int argc, char **argv) {
  long until = now_ms(CLOCK_MONOTONIC) + wanted_ms(argc, argv);
  while (now_ms(CLOCK_MONOTONIC) < until) {
    if (write(1, ".\n", 2) != 2) held("write");
    usleep(50000);
  }
  escaped("dripped it all");
}

static void quiet(int argc, char **argv) {
  int say = dup(1);
  close(0);
  close(1);
  close(2);
  usleep((useconds_t)wanted_ms(argc, argv) * 1000);
  dup2(say, 1);
  escaped("lived without streams");
}

// Leaves its session and its parent, keeps the streams or not, and touches a file or answers late.
static void daemon_stays(int argc, char **argv) {
  long wanted = wanted_ms(argc, argv);
  int keep = strcmp(argument(argc, argv, 2), "keep") == 0;
  if (fork() == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    prctl(PR_SET_NAME, "weir-stays");
    if (!keep) {
      close(0);
      close(1);
      close(2);
    }
    usleep((useconds_t)wanted * 1000);
    if (argc > 3) {
      int fd = open(argv[3], O_CREAT | O_WRONLY, 0666);
      if (fd >= 0 && write(fd, "late", 4) == 4) close(fd);
    }
    if (keep) escaped("outlived its parent");
    _exit(0);
  }
  wait(NULL);
  dprintf(1, "parent is done\n");
  _exit(0);
}

static void core_dump(int argc, char **argv) {
  (void)argc, (void)argv;
  struct rlimit most;
  getrlimit(RLIMIT_CORE, &most);
  most.rlim_cur = most.rlim_max;
  setrlimit(RLIMIT_CORE, &most);
  pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_DUMPABLE, 1);
    abort();
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WCOREDUMP(status)) escaped("a core was written");
  errno = 0;
  held("no core");
}

const struct attempt TIME[] = {{"sleep-long", sleep_long}, {"deaf", deaf},   {"spin", spin},   {"spin-deaf", spin_deaf},
                               {"stopped", stopped},       {"drip", drip},   {"quiet", quiet}, {"daemon-stays", daemon_stays},
                               {"core-dump", core_dump},   {NULL, NULL}};
