// Devices, and terminals among them.
#include "attempts.h"
#include <dirent.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>

static void make_device(int argc, char **argv) {
  const char *kind = argument(argc, argv, 1);
  char path[64];
  snprintf(path, sizeof path, "device-%d", getpid());
  unsigned major = (unsigned)atoi(argument(argc, argv, 2)), minor = (unsigned)atoi(argument(argc, argv, 3));
  long made = mknod(path, (kind[0] == 'b' ? S_IFBLK : S_IFCHR) | 0600, makedev(major, minor));
  if (made == 0) unlink(path);
  judge(made, "made a device");
}

// A device of the host's that a program needs not: all but the harmless ones.
static void odd_devices(int argc, char **argv) {
  (void)argc, (void)argv;
  static const char *const FINE = " . .. null zero full random urandom tty ptmx pts shm fd stdin stdout stderr core mqueue ";
  DIR *folder = opendir("/dev");
  if (folder == NULL) held("open /dev");
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    char word[300];
    snprintf(word, sizeof word, " %s ", entry->d_name);
    if (strstr(FINE, word) == NULL) escaped("/dev/%s is there", entry->d_name);
  }
  held("only harmless ones");
}

static void open_device(int argc, char **argv) {
  judge(open(argument(argc, argv, 1), (argc > 2 ? O_WRONLY : O_RDONLY) | O_NONBLOCK | O_NOCTTY), "opened the device");
}

// Typing into the terminal of whoever started us, or into one of our own: the call itself is the danger.
static void type_into(int argc, char **argv) {
  unsigned long request = argument(argc, argv, 1)[0] == 's' ? TIOCSTI : TIOCLINUX;
  int worst = ENOTTY;
  for (int fd = 0; fd < 3; fd++) {
    if (ioctl(fd, request, "#") == 0) escaped("typed into descriptor %d", fd);
    if (errno != ENOTTY) worst = errno;
  }
  int tty = open("/dev/tty", O_RDWR | O_NOCTTY);
  if (tty >= 0 && ioctl(tty, request, "#") == 0) escaped("typed into the controlling terminal");
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) held("no terminal to be had");
  pid_t child = fork();
  if (child != 0) {
    for (char byte; read(master, &byte, 1) > 0;) {
    }
    _exit(0);
  }
  setsid();
  int slave = open(ptsname(master), O_RDWR);
  if (slave >= 0) ioctl(slave, TIOCSCTTY, 0);
  close(master);
  if (slave >= 0 && ioctl(slave, request, "#") == 0) escaped("typed into a terminal of our own");
  if (errno == ENOTTY) errno = worst;
  held("typing");
}

// The upper half is not ours to look at: a filter that compares 64 bits would let this through.
static void type_high(int argc, char **argv) {
  (void)argc, (void)argv;
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) held("no terminal to be had");
  setsid();
  int slave = open(ptsname(master), O_RDWR);
  if (slave < 0) held("open");
  ioctl(slave, TIOCSCTTY, 0);
  judge(ioctl(slave, (unsigned long)TIOCSTI | 0xdead00000000ul, "#"), "typed");
}

const struct attempt DEVICES[] = {{"make-device", make_device}, {"odd-devices", odd_devices}, {"open-device", open_device},
                                  {"type-into", type_into},     {"type-high", type_high},     {NULL, NULL}};
