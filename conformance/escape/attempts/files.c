// Files of the host and of other runs.
#include "attempts.h"
#include <dirent.h>
#include <ftw.h>

static void read_path(int argc, char **argv) {
  int fd = open(argument(argc, argv, 1), O_RDONLY | O_NONBLOCK);
  if (fd < 0) held("open %s", argv[1]);
  char byte[64];
  ssize_t n = read(fd, byte, sizeof byte);
  if (n <= 0) held("read %s", argv[1]);
  escaped("read %zd bytes of %s", n, argv[1]);
}

// Only opens: what stands there is left alone even where it works.
static void open_write(int argc, char **argv) {
  judge(open(argument(argc, argv, 1), O_WRONLY), "opened for writing");
}

static void write_path(int argc, char **argv) {
  int fd = open(argument(argc, argv, 1), O_WRONLY);
  if (fd < 0) held("open %s", argv[1]);
  const char *text = argument(argc, argv, 2);
  judge(write(fd, text, strlen(text)), "wrote");
}

static void create_in(int argc, char **argv) {
  char path[4096];
  snprintf(path, sizeof path, "%s/escaped-%d", argument(argc, argv, 1), getpid());
  judge(open(path, O_CREAT | O_EXCL | O_WRONLY, 0600), path);
}

static void list_folder(int argc, char **argv) {
  DIR *folder = opendir(argument(argc, argv, 1));
  if (folder == NULL) held("open %s", argv[1]);
  int count = 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) count += entry->d_name[0] != '.';
  if (count == 0) held("%s is empty", argv[1]);
  escaped("%d names in %s", count, argv[1]);
}

static void change_mode(int argc, char **argv) { judge(chmod(argument(argc, argv, 1), 0777), "changed the mode"); }

static void remove_file(int argc, char **argv) { judge(unlink(argument(argc, argv, 1)), "removed"); }

static void hard_link(int argc, char **argv) {
  char name[64];
  snprintf(name, sizeof name, "linked-%d", getpid());
  judge(link(argument(argc, argv, 1), name), "linked");
}

static void dot_dot(int argc, char **argv) {
  char path[8192] = "";
  for (int n = 0; n < 64; n++) strcat(path, "../");
  strncat(path, argument(argc, argv, 1), 4096);
  char *again[] = {argv[0], path, NULL};
  read_path(2, again);
}

static void through_symlink(int argc, char **argv) {
  char name[64];
  snprintf(name, sizeof name, "way-%d", getpid());
  if (symlink(argument(argc, argv, 1), name) != 0) held("symlink");
  char *again[] = {argv[0], name, NULL};
  read_path(2, again);
}

// Through every process that is to be seen: its root, its working directory, its descriptors.
static void through_proc(int argc, char **argv) {
  const char *target = argument(argc, argv, 1);
  DIR *folder = opendir("/proc");
  if (folder == NULL) held("open /proc");
  int last = 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
    static const char *const WAYS[] = {"root", "cwd/../../../../../..", "cwd"};
    for (size_t n = 0; n < sizeof WAYS / sizeof *WAYS; n++) {
      char path[8192];
      snprintf(path, sizeof path, "/proc/%s/%s/%s", entry->d_name, WAYS[n], target);
      int fd = open(path, O_RDONLY);
      if (fd >= 0) escaped("opened %s", path);
      last = errno;
    }
  }
  errno = last;
  held("no process leads to %s", target);
}

static const char *wanted;

static int look(const char *path, const struct stat *facts, int kind, struct FTW *where) {
  (void)where;
  if (strstr(path, wanted) != NULL) escaped("found the name %s", path);
  if (kind != FTW_F || !S_ISREG(facts->st_mode)) return 0;
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  if (fd < 0) return 0;
  if (holds_marker(fd, wanted)) escaped("found it in %s", path);
  close(fd);
  return 0;
}

static void find_marker(int argc, char **argv) {
  wanted = argument(argc, argv, 1);
  for (int n = 2; n < argc; n++) nftw(argv[n], look, 32, FTW_PHYS);
  errno = 0;
  held("not found");
}

// A handle is a file's name below all mounts and permissions.
static void by_handle(int argc, char **argv) {
  struct {
    struct file_handle head;
    unsigned char body[MAX_HANDLE_SZ];
  } room = {.head = {.handle_bytes = MAX_HANDLE_SZ}};
  int mount_id = 0;
  if (name_to_handle_at(AT_FDCWD, argument(argc, argv, 1), &room.head, &mount_id, 0) != 0) {
    int first = errno;
    // The root of most file systems: inode 2, generation 0.
    unsigned int root[2] = {2, 0};
    room.head.handle_bytes = sizeof root;
    room.head.handle_type = 1;
    memcpy(room.head.f_handle, root, sizeof root);
    errno = first;
  }
  int here = open("/", O_RDONLY | O_DIRECTORY);
  judge(open_by_handle_at(here, &room.head, O_RDONLY), "opened by handle");
}

// For a second sandbox: a file that another looks for.
static void leave(int argc, char **argv) {
  const char *text = argument(argc, argv, 2);
  int fd = open(argv[1], O_CREAT | O_WRONLY, 0666);
  if (fd < 0 || write(fd, text, strlen(text)) < 0) held("create %s", argv[1]);
  dprintf(1, "left\n");
}

static void host_name(int argc, char **argv) {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  if (strcmp(name, argument(argc, argv, 1)) == 0) escaped("the host is called %s", name);
  held("called %s", name);
}

const struct attempt FILES[] = {
    {"read-path", read_path},       {"open-write", open_write},   {"write-path", write_path},
    {"create-in", create_in},       {"list-folder", list_folder}, {"change-mode", change_mode},
    {"remove-file", remove_file},   {"hard-link", hard_link},     {"dot-dot", dot_dot},
    {"through-symlink", through_symlink}, {"through-proc", through_proc}, {"find-marker", find_marker},
    {"by-handle", by_handle},       {"leave", leave},
    {"host-name", host_name},     {NULL, NULL}};
