// More than a fair share: each is told how much to take and succeeds when it has all of it.
#include "attempts.h"
#include <pthread.h>
#include <signal.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <netinet/in.h>

enum { MIB = 1 << 20 };

// A child that goes when its parent goes, so that a control leaves nothing behind.
static pid_t fork_bound(void) {
  pid_t parent = getpid(), child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(0);
  }
  return child;
}

static long number(int argc, char **argv, int n) { return atol(argument(argc, argv, n)); }

static int *counter(void) {
  int *count = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (count == MAP_FAILED) held("mmap");
  return count;
}

static void forks(int argc, char **argv) {
  long wanted = number(argc, argv, 1);
  for (long n = 0; n < wanted; n++) {
    pid_t child = fork_bound();
    if (child < 0) held("%ld of %ld processes", n, wanted);
    if (child == 0) {
      for (;;) pause();
    }
  }
  escaped("%ld processes", wanted);
}

// Every child forks again; `wanted` bounds it, so that a control can be run.
static void fork_bomb(int argc, char **argv) {
  int wanted = (int)number(argc, argv, 1);
  int *alive = counter();
  pid_t first = getpid();
  __atomic_add_fetch(alive, 1, __ATOMIC_SEQ_CST);
  for (;;) {
    if (__atomic_load_n(alive, __ATOMIC_SEQ_CST) >= wanted) break;
    pid_t child = fork_bound();
    if (child == 0) __atomic_add_fetch(alive, 1, __ATOMIC_SEQ_CST);
  }
  if (getpid() != first) {
    for (;;) pause();
  }
  escaped("%d processes", wanted);
}

static void *wait_forever(void *unused) {
  (void)unused;
  for (;;) pause();
  return NULL;
}

static void threads(int argc, char **argv) {
  long wanted = number(argc, argv, 1);
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 64 << 10);
  for (long n = 0; n < wanted; n++) {
    pthread_t thread;
    int failed = pthread_create(&thread, &small, wait_forever, NULL);
    if (failed != 0) {
      errno = failed;
      held("%ld of %ld threads", n, wanted);
    }
  }
  escaped("%ld threads", wanted);
}

static void touch(long mib, const char *what) {
  for (long n = 0; n < mib; n++) {
    char *piece = mmap(NULL, MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (piece == MAP_FAILED) held("%ld of %ld MiB", n, mib);
    memset(piece, (int)n | 1, MIB);
  }
  if (what != NULL) escaped("%ld MiB of %s", mib, what);
}

static void memory(int argc, char **argv) { touch(number(argc, argv, 1), "memory"); }

// In one stroke, so that whoever only looks now and then comes late.
static void memory_at_once(int argc, char **argv) {
  long mib = number(argc, argv, 1);
  char *all = mmap(NULL, (size_t)mib * MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (all == MAP_FAILED) held("%ld MiB at once", mib);
  long mapped = 0;
  for (long n = 0; n < mib; n++) mapped += (all[n * (long)MIB] = 1);
  escaped("%ld MiB at once", mapped);
}

// Each of eight has its part, so that no single one is large.
static void memory_in_parts(int argc, char **argv) {
  long mib = number(argc, argv, 1);
  int *done = counter();
  for (int n = 0; n < 8; n++) {
    pid_t child = fork_bound();
    if (child < 0) held("fork");
    if (child == 0) {
      touch(mib / 8, NULL);
      __atomic_add_fetch(done, 1, __ATOMIC_SEQ_CST);
      for (;;) pause();
    }
  }
  while (__atomic_load_n(done, __ATOMIC_SEQ_CST) < 8 && waitpid(-1, NULL, WNOHANG) == 0) usleep(10000);
  int all = __atomic_load_n(done, __ATOMIC_SEQ_CST);
  if (all == 8) escaped("%ld MiB in eight parts", mib);
  held("%d of 8 parts", all);
}

static void fill_descriptor(int fd, long mib, const char *what) {
  static char piece[MIB];
  memset(piece, 7, sizeof piece);
  for (long n = 0; n < mib; n++) {
    for (size_t at = 0; at < sizeof piece;) {
      ssize_t wrote = write(fd, piece + at, sizeof piece - at);
      if (wrote <= 0) held("%ld of %ld MiB of %s", n, mib, what);
      at += (size_t)wrote;
    }
  }
}

// Memory that no process has mapped.
static void memory_file(int argc, char **argv) {
  long mib = number(argc, argv, 1);
  int fd = memfd_create("weir-escape", 0);
  if (fd < 0) held("memfd_create");
  fill_descriptor(fd, mib, "memfd");
  escaped("%ld MiB of memfd", mib);
}

static void memory_files(int argc, char **argv) {
  long mib = number(argc, argv, 1);
  for (long n = 0; n < mib; n++) {
    int fd = memfd_create("weir-escape", 0);
    if (fd < 0) held("memfd_create %ld", n);
    fill_descriptor(fd, 1, "memfd");
  }
  escaped("%ld MiB in %ld memfds", mib, mib);
}

// Segments stay when nobody is attached.
static void shared_segments(int argc, char **argv) {
  long mib = number(argc, argv, 1);
  int ids[4096];
  long n = 0;
  int failed = 0;
  for (; n < mib && n < 4096; n++) {
    ids[n] = shmget(IPC_PRIVATE, MIB, IPC_CREAT | 0600);
    char *at = ids[n] < 0 ? (char *)-1 : shmat(ids[n], NULL, 0);
    if (at == (char *)-1) {
      failed = errno;
      break;
    }
    memset(at, 1, MIB);
    shmdt(at);
  }
  for (long k = 0; k < n; k++) shmctl(ids[k], IPC_RMID, NULL);
  errno = failed;
  if (n < mib) held("%ld of %ld MiB of segments", n, mib);
  escaped("%ld MiB of segments", mib);
}

static void pipes(int argc, char **argv) {
  long mib = number(argc, argv, 1), have = 0;
  static char piece[1 << 16];
  while (have < mib * MIB) {
    int ends[2];
    if (pipe2(ends, O_NONBLOCK) != 0) held("%ld of %ld MiB in pipes", have / MIB, mib);
    fcntl(ends[1], F_SETPIPE_SZ, MIB);
    for (ssize_t n; (n = write(ends[1], piece, sizeof piece)) > 0;) have += n;
  }
  escaped("%ld MiB in pipes", mib);
}

// The same in many processes, each with its own descriptors.
static void pipes_everywhere(int argc, char **argv) {
  long mib = number(argc, argv, 1);
  int *total = counter();
  for (int n = 0; n < 40; n++) {
    pid_t child = fork_bound();
    if (child < 0) held("fork");
    if (child > 0) continue;
    static char piece[1 << 16];
    for (;;) {
      int ends[2];
      if (pipe2(ends, O_NONBLOCK) != 0) break;
      for (ssize_t sent; (sent = write(ends[1], piece, sizeof piece)) > 0;)
        __atomic_add_fetch(total, (int)(sent >> 10), __ATOMIC_SEQ_CST);
    }
    for (;;) pause();
  }
  for (int n = 0; n < 150 && *(volatile int *)total >> 10 < mib; n++) usleep(20000);
  // What a child that was ended had written is counted and no longer there: all must live, a moment later too.
  usleep(50000);
  if (waitpid(-1, NULL, WNOHANG) > 0) held("a process was ended after %d of %ld MiB in pipes", *total >> 10, mib);
  if (*total >> 10 >= mib) escaped("%ld MiB in pipes", mib);
  errno = EMFILE;
  held("%d of %ld MiB in pipes", *total >> 10, mib);
}

// In the buffers of sockets, by as many processes as it takes: no process has it mapped.
static void socket_buffers(int argc, char **argv) {
  long mib = number(argc, argv, 1), have = 0;
  static char piece[1 << 16];
  int *total = counter();
  for (;;) {
    int ends[2], size = 1 << 20, failed = 0;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
      failed = errno;
      pid_t child = fork_bound();
      if (child == 0) {
        for (int fd = 3; fd < 65536; fd++) close(fd);
        continue;
      }
      errno = failed;
      if (child < 0) break;
      waitpid(child, NULL, 0);
      break;
    }
    for (int n = 0; n < 2; n++) {
      setsockopt(ends[n], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
      for (ssize_t sent; (sent = send(ends[n], piece, sizeof piece, MSG_DONTWAIT)) > 0;)
        have = __atomic_add_fetch(total, (int)(sent >> 10), __ATOMIC_SEQ_CST);
    }
    if (have >= mib << 10) escaped("%ld MiB in sockets", mib);
  }
  held("%d of %ld MiB in sockets", *total >> 10, mib);
}

// The same over the loopback, where each connection may hold megabytes.
static void tcp_buffers(int argc, char **argv) {
  long mib = number(argc, argv, 1), have = 0;
  static char piece[1 << 16];
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof at;
  int server = socket(AF_INET, SOCK_STREAM, 0);
  if (server < 0 || bind(server, (struct sockaddr *)&at, size) != 0 || listen(server, 64) != 0) held("listen");
  getsockname(server, (struct sockaddr *)&at, &size);
  for (int n = 0; n < 1500 && have < mib << 20; n++) {
    int from = socket(AF_INET, SOCK_STREAM, 0);
    if (from < 0 || connect(from, (struct sockaddr *)&at, size) != 0) held("%ld of %ld MiB in connections", have >> 20, mib);
    if (accept(server, NULL, NULL) < 0) held("accept");
    for (int quiet = 0; quiet < 3;) {
      ssize_t sent = send(from, piece, sizeof piece, MSG_DONTWAIT);
      if (sent > 0) have += sent;
      else if (++quiet < 3) usleep(1000);
    }
  }
  if (have < mib << 20) held("%ld of %ld MiB in connections", have >> 20, mib);
  escaped("%ld MiB in connections", mib);
}

static void disk(int argc, char **argv) {
  long mib = number(argc, argv, 1);
  for (int n = 2; n < argc; n++) {
    char path[4096];
    snprintf(path, sizeof path, "%s/bomb-%d", argv[n], getpid());
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    if (fd < 0) held("create %s", path);
    if (argc == 3) unlink(path);
    fill_descriptor(fd, mib, argv[n]);
  }
  // A watcher may need a moment to see it.
  usleep(200000);
  escaped("%ld MiB in each", mib);
}

static void inodes(int argc, char **argv) {
  long wanted = number(argc, argv, 1);
  for (long n = 0; n < wanted; n++) {
    char path[64];
    snprintf(path, sizeof path, "inode-%ld", n);
    int fd = open(path, O_CREAT | O_WRONLY, 0600);
    if (fd < 0) held("%ld of %ld files", n, wanted);
    close(fd);
  }
  // A watcher may need a moment to see them.
  usleep(500000);
  escaped("%ld files", wanted);
}

static void open_files(int argc, char **argv) {
  long wanted = number(argc, argv, 1);
  for (long n = 0; n < wanted; n++)
    if (dup(0) < 0) held("%ld of %ld descriptors", n, wanted);
  escaped("%ld descriptors", wanted);
}

const struct attempt BOMBS[] = {{"forks", forks},
                                {"fork-bomb", fork_bomb},
                                {"threads", threads},
                                {"memory", memory},
                                {"memory-at-once", memory_at_once},
                                {"memory-in-parts", memory_in_parts},
                                {"memfd", memory_file},
                                {"memfds", memory_files},
                                {"shared-segments", shared_segments},
                                {"pipes", pipes},
                                {"pipes-everywhere", pipes_everywhere}, {"socket-buffers", socket_buffers}, {"tcp-buffers", tcp_buffers},
                                {"disk", disk},
                                {"inodes", inodes},
                                {"open-files", open_files},
                                {NULL, NULL}};
