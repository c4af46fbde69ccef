// Every way to talk to something outside.
#include "attempts.h"
#include <arpa/inet.h>
#include <linux/if_alg.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <mqueue.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netpacket/packet.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

static int opened(int family, int type, int protocol, const char *what) {
  int fd = socket(family, type, protocol);
  if (fd < 0) held("%s socket", what);
  struct timeval two = {2, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &two, sizeof two);
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &two, sizeof two);
  return fd;
}

static void inet(int argc, char **argv) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argument(argc, argv, 2)))};
  inet_pton(AF_INET, argv[1], &to.sin_addr);
  judge(connect(opened(AF_INET, SOCK_STREAM, 0, "inet"), (struct sockaddr *)&to, sizeof to), "connected");
}

static void inet6(int argc, char **argv) {
  struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_port = htons((unsigned short)atoi(argument(argc, argv, 2)))};
  inet_pton(AF_INET6, argv[1], &to.sin6_addr);
  judge(connect(opened(AF_INET6, SOCK_STREAM, 0, "inet6"), (struct sockaddr *)&to, sizeof to), "connected");
}

// A question for the address of a.example, as any resolver would send it; an answer of any kind is success.
static void dns(int argc, char **argv) {
  static const unsigned char QUESTION[] = "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01" "a\x07" "example\x00\x00\x01\x00\x01";
  unsigned char answer[512];
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argument(argc, argv, 2)))};
  inet_pton(AF_INET, argv[1], &to.sin_addr);
  int fd = opened(AF_INET, SOCK_DGRAM, 0, "datagram");
  if (sendto(fd, QUESTION, sizeof QUESTION - 1, 0, (struct sockaddr *)&to, sizeof to) < 0) held("send");
  if (recv(fd, answer, sizeof answer, 0) <= 0) held("no answer");
  escaped("an answer");
}

static void unix_to(const char *path, int abstract, int type) {
  struct sockaddr_un to = {.sun_family = AF_UNIX};
  size_t length = strlen(path);
  if (length > sizeof to.sun_path - 2) length = sizeof to.sun_path - 2;
  memcpy(to.sun_path + (abstract ? 1 : 0), path, length);
  socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
  int fd = opened(AF_UNIX, type, 0, "unix");
  if (connect(fd, (struct sockaddr *)&to, size) != 0) held("connect");
  long sent = send(fd, "hello", 5, MSG_NOSIGNAL);
  judge(type == SOCK_DGRAM ? sent : 0, "connected");
}

static void unix_path(int argc, char **argv) { unix_to(argument(argc, argv, 1), 0, SOCK_STREAM); }
static void unix_abstract(int argc, char **argv) { unix_to(argument(argc, argv, 1), 1, SOCK_STREAM); }
static void unix_datagram(int argc, char **argv) { unix_to(argument(argc, argv, 1), 1, SOCK_DGRAM); }

// The other end of the attempts above, for a second sandbox or a control: says `ready`, then takes one connection or datagram.
static void unix_listen(int argc, char **argv) {
  const char *name = argument(argc, argv, 1);
  int type = argc > 2 ? SOCK_DGRAM : SOCK_STREAM;
  struct sockaddr_un at = {.sun_family = AF_UNIX};
  size_t length = strnlen(name, sizeof at.sun_path - 2);
  memcpy(at.sun_path + 1, name, length);
  int fd = socket(AF_UNIX, type, 0);
  if (bind(fd, (struct sockaddr *)&at, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + 1)) != 0) held("bind");
  if (type == SOCK_STREAM) listen(fd, 8);
  dprintf(1, "ready\n");
  char byte[16];
  for (;;) {
    int from = type == SOCK_STREAM ? accept(fd, NULL, NULL) : fd;
    if (recv(from, byte, sizeof byte, 0) > 0) dprintf(1, "heard\n");
    if (from != fd) close(from);
  }
}

static void netlink(int argc, char **argv) {
  int fd = opened(AF_NETLINK, SOCK_RAW, atoi(argument(argc, argv, 1)), "netlink");
  struct sockaddr_nl at = {.nl_family = AF_NETLINK};
  judge(bind(fd, (struct sockaddr *)&at, sizeof at), "bound");
}

static void packet(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(opened(AF_PACKET, SOCK_RAW, htons(3), "packet"), "every packet of the interface");
}

static void raw_inet(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(opened(AF_INET, SOCK_RAW, IPPROTO_ICMP, "raw"), "packets of our own making");
}

// Opened only: whoever listens at the other end of the machine's channel to its host is not bothered.
static void vsock(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(opened(AF_VSOCK, SOCK_STREAM, 0, "vsock"), "a channel to the host of this machine");
}

static void alg(int argc, char **argv) {
  (void)argc, (void)argv;
  struct sockaddr_alg at = {.salg_family = AF_ALG, .salg_type = "hash", .salg_name = "sha256"};
  judge(bind(opened(AF_ALG, SOCK_SEQPACKET, 0, "alg"), (struct sockaddr *)&at, sizeof at), "bound");
}

// All families but Unix, and but IP where `ip` is given.
static void any_family(int argc, char **argv) {
  (void)argv;
  int ip = argc > 1;
  static const int TYPES[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET, SOCK_RDM};
  for (int family = 0; family < 64; family++) {
    if (family == AF_UNIX || (ip && (family == AF_INET || family == AF_INET6))) continue;
    for (size_t n = 0; n < sizeof TYPES / sizeof *TYPES; n++) {
      int fd = socket(family, TYPES[n], 0), pair[2];
      if (fd >= 0) escaped("family %d type %d", family, TYPES[n]);
      if (socketpair(family, TYPES[n], 0, pair) == 0) escaped("pair of family %d", family);
    }
  }
  held("no family but the allowed ones");
}

static void interfaces(int argc, char **argv) {
  (void)argc, (void)argv;
  FILE *file = fopen("/proc/net/dev", "r");
  if (file == NULL) held("open /proc/net/dev");
  char line[256], name[32];
  while (fgets(line, sizeof line, file) != NULL)
    if (sscanf(line, " %31[^: |]:", name) == 1 && strchr(line, ':') != NULL && strcmp(name, "lo") != 0) escaped("%s", name);
  errno = 0;
  held("nothing but lo");
}

static void shared_memory(int argc, char **argv) {
  int id = shmget((key_t)atoi(argument(argc, argv, 1)), 0, 0);
  if (id < 0) held("shmget");
  const char *text = shmat(id, NULL, SHM_RDONLY);
  if (text == (void *)-1) held("shmat");
  escaped("%.20s", text);
}

// Plants what the attempt above looks for, and takes it away when its input ends.
static void shared_memory_plant(int argc, char **argv) {
  int id = shmget((key_t)atoi(argument(argc, argv, 1)), 4096, IPC_CREAT | IPC_EXCL | 0666);
  if (id < 0) held("shmget");
  strcpy(shmat(id, NULL, 0), "planted");
  dprintf(1, "ready\n");
  if (argc > 2) pause();
  char byte;
  while (read(0, &byte, 1) > 0) {
  }
  shmctl(id, IPC_RMID, NULL);
}

static void message_queue(int argc, char **argv) { judge(mq_open(argument(argc, argv, 1), O_WRONLY), "the host's queue"); }

static void message_queue_plant(int argc, char **argv) {
  umask(0);
  if (mq_open(argument(argc, argv, 1), O_CREAT | O_EXCL | O_RDWR, 0666, NULL) < 0) held("mq_open");
  dprintf(1, "ready\n");
  char byte;
  while (read(0, &byte, 1) > 0) {
  }
  mq_unlink(argv[1]);
}

const struct attempt NETWORK[] = {{"inet", inet},
                                  {"inet6", inet6},
                                  {"dns", dns},
                                  {"unix-path", unix_path},
                                  {"unix-abstract", unix_abstract},
                                  {"unix-datagram", unix_datagram},
                                  {"unix-listen", unix_listen},
                                  {"netlink", netlink},
                                  {"packet", packet},
                                  {"raw-inet", raw_inet},
                                  {"vsock", vsock},
                                  {"alg", alg},
                                  {"any-family", any_family},
                                  {"interfaces", interfaces},
                                  {"shared-memory", shared_memory},
                                  {"shared-memory-plant", shared_memory_plant},
                                  {"message-queue", message_queue},
                                  {"message-queue-plant", message_queue_plant},
                                  {NULL, NULL}};
