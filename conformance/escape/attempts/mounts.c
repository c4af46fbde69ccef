// Changing what the file tree is made of.
#include "attempts.h"
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/syscall.h>

// glibc has no names for these before 2.36.
enum { AT_THIS = AT_FDCWD, CLONE_TREE = 1 | 0x8000 };

static const char *here(void) {
  static char path[32];
  snprintf(path, sizeof path, "spot-%d", getpid());
  mkdir(path, 0700);
  return path;
}

static void mount_bind(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(mount("/", here(), NULL, MS_BIND | MS_REC, NULL), "bound");
}

static void mount_tmpfs(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(mount("none", here(), "tmpfs", 0, "size=1g"), "a tmpfs of our own size");
}

static void mount_kind(int argc, char **argv) {
  judge(mount("none", here(), argument(argc, argv, 1), 0, NULL), argv[1]);
}

static void mount_overlay(int argc, char **argv) {
  (void)argc, (void)argv;
  const char *spot = here();
  char options[256];
  // An upper layer must not be an overlay itself, so it stands in a tmpfs where one can be had.
  mount("none", spot, "tmpfs", 0, NULL);
  char upper[64], work[64];
  snprintf(upper, sizeof upper, "%s/upper", spot);
  snprintf(work, sizeof work, "%s/work", spot);
  mkdir(upper, 0700);
  mkdir(work, 0700);
  snprintf(options, sizeof options, "lowerdir=/usr,upperdir=%s,workdir=%s", upper, work);
  judge(mount("overlay", spot, "overlay", 0, options), "a writable /usr");
}

// Where it can, the control makes a read-only mount first and makes that writable.
static void remount(int argc, char **argv) {
  const char *path = argument(argc, argv, 1);
  if (strcmp(path, "own") == 0) {
    path = here();
    mount(path, path, NULL, MS_BIND, NULL);
    mount(NULL, path, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL);
  }
  judge(mount(NULL, path, NULL, MS_BIND | MS_REMOUNT, NULL), "writable again");
}

static void take_off(int argc, char **argv) {
  const char *path = argument(argc, argv, 1);
  if (strcmp(path, "own") == 0) {
    path = here();
    mount("none", path, "tmpfs", 0, NULL);
  }
  judge(umount2(path, MNT_DETACH), "taken off");
}

static void pivot(int argc, char **argv) {
  (void)argc, (void)argv;
  const char *spot = here();
  mount(spot, spot, NULL, MS_BIND, NULL);
  if (chdir(spot) != 0) held("chdir");
  judge(syscall(SYS_pivot_root, ".", "."), "another root");
}

// The old trick: a root within the root, and a working directory above it.
static void chroot_out(int argc, char **argv) {
  const char *target = argument(argc, argv, 1);
  const char *outer = here();
  if (argc > 2 && chroot(outer) != 0) held("first chroot");
  if (argc > 2 && chdir("/") != 0) held("chdir");
  mkdir("inner", 0700);
  if (argc <= 2 && chdir(outer) != 0) held("chdir");
  mkdir("inner", 0700);
  if (chroot("inner") != 0) held("chroot");
  for (int n = 0; n < 64; n++)
    if (chdir("..") != 0) break;
  if (chroot(".") != 0) held("second chroot");
  judge(open(target, O_RDONLY), "out of the root");
}

static void tree_clone(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(syscall(SYS_open_tree, AT_THIS, "/", CLONE_TREE), "a copy of the mount");
}

static void tree_move(int argc, char **argv) {
  (void)argc, (void)argv;
  int copy = (int)syscall(SYS_open_tree, AT_THIS, "/", CLONE_TREE);
  judge(syscall(SYS_move_mount, copy < 0 ? AT_THIS : copy, copy < 0 ? "/usr" : "", AT_THIS, here(), copy < 0 ? 0 : 4),
        "moved a mount");
}

static void fs_open(int argc, char **argv) { judge(syscall(SYS_fsopen, argument(argc, argv, 1), 0), "a file system to set up"); }

static void fs_pick(int argc, char **argv) {
  (void)argv;
  const char *path = argc > 1 ? "/" : here();
  if (argc <= 1) mount("none", path, "tmpfs", 0, NULL);
  judge(syscall(SYS_fspick, AT_THIS, path, 0), "a file system to set up anew");
}

static void set_attributes(int argc, char **argv) {
  (void)argc, (void)argv;
  struct mount_attr attributes = {.attr_clr = MOUNT_ATTR_NOEXEC};
  const char *path = argc > 1 ? "/" : here();
  if (argc <= 1) mount("none", path, "tmpfs", 0, NULL);
  judge(syscall(SYS_mount_setattr, AT_THIS, path, 0, &attributes, sizeof attributes), "changed a mount");
}

const struct attempt MOUNTS[] = {{"mount-bind", mount_bind},   {"mount-tmpfs", mount_tmpfs},
                                 {"mount-kind", mount_kind},   {"mount-overlay", mount_overlay},
                                 {"remount", remount},         {"take-off", take_off},
                                 {"pivot", pivot},             {"chroot-out", chroot_out},
                                 {"tree-clone", tree_clone},   {"tree-move", tree_move},
                                 {"fs-open", fs_open},         {"fs-pick", fs_pick},
                                 {"set-attributes", set_attributes}, {NULL, NULL}};
