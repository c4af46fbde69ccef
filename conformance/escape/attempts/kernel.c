// Parts of the kernel that a reproducer has no business with. None of these does harm where it works.
#include "attempts.h"
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <sys/fanotify.h>
#include <sys/io.h>
#include <sys/klog.h>
#include <sys/personality.h>
#include <sys/quota.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#if defined(__x86_64__)
#include <asm/ldt.h>
#endif

static void io_ring(int argc, char **argv) {
  (void)argc, (void)argv;
  struct io_uring_params params = {0};
  judge(syscall(SYS_io_uring_setup, 4, &params), "a ring");
}

static void bpf_map(int argc, char **argv) {
  (void)argc, (void)argv;
  union bpf_attr attr = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
  judge(syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof attr), "a map");
}

static void bpf_program(int argc, char **argv) {
  (void)argc, (void)argv;
  struct bpf_insn body[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = 0}, {.code = BPF_JMP | BPF_EXIT}};
  union bpf_attr attr = {.prog_type = BPF_PROG_TYPE_SOCKET_FILTER, .insn_cnt = 2};
  attr.insns = (unsigned long long)(size_t)body;
  attr.license = (unsigned long long)(size_t) "Apache";
  judge(syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof attr), "a program");
}

static void add_key(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(syscall(SYS_add_key, "user", "weir-escape", "x", 1, KEY_SPEC_PROCESS_KEYRING), "a key");
}

static void key_control(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_USER_KEYRING, 1), "the user's keyring");
}

// Reaching the kernel's search is enough: no such key is an answer, not a wall.
static void request_key(int argc, char **argv) {
  (void)argc, (void)argv;
  long key = syscall(SYS_request_key, "user", "weir-escape", NULL, 0);
  if (key < 0 && (errno == ENOKEY || errno == ENOENT)) key = 0;
  judge(key, "searched the keyrings");
}

static void perf_open(int argc, char **argv) {
  (void)argc, (void)argv;
  struct perf_event_attr attr = {.type = PERF_TYPE_SOFTWARE, .size = sizeof attr, .config = PERF_COUNT_SW_TASK_CLOCK,
                                 .exclude_kernel = 1, .exclude_hv = 1};
  judge(syscall(SYS_perf_event_open, &attr, 0, -1, -1, 0), "a counter");
}

static void fault_handler(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(syscall(SYS_userfaultfd, O_CLOEXEC | 1), "page faults of our own");
}

// With nothing to load: as root this only forgets a kernel that nobody loaded.
static void kexec(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(syscall(SYS_kexec_load, 0, 0, NULL, 0), "another kernel");
}

// Garbage that a kernel which takes modules refuses by its form, after the question of privilege.
static void module(int argc, char **argv) {
  (void)argc, (void)argv;
  long done = syscall(SYS_init_module, "garbage", 7ul, "");
  if (done < 0 && (errno == ENOEXEC || errno == EINVAL || errno == EFAULT)) done = 0;
  judge(done, "the kernel looked at a module");
}

static void quota(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(quotactl(QCMD(Q_SYNC, USRQUOTA), NULL, 0, NULL), "quotas");
}

// A wrong magic number is refused after the question of privilege, so nothing restarts.
static void restart(int argc, char **argv) {
  (void)argc, (void)argv;
  long done = syscall(SYS_reboot, 1, 2, 3, NULL);
  if (done < 0 && errno == EINVAL) done = 0;
  judge(done, "may restart the machine");
}

static void swap_on(int argc, char **argv) {
  long done = swapon(argument(argc, argv, 1), 0);
  if (done < 0 && (errno == EINVAL || errno == ENOTBLK)) done = 0;
  judge(done, "the kernel looked at a swap file");
}

// Sets the clock's tick to what it is.
static void set_clock(int argc, char **argv) {
  (void)argc, (void)argv;
  struct timex now = {.modes = 0};
  adjtimex(&now);
  now.modes = ADJ_TICK;
  judge(adjtimex(&now), "may turn the clock");
}

static void rename_host(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(sethostname("escaped", 7), "renamed the host");
}

static void kernel_log(int argc, char **argv) {
  (void)argc, (void)argv;
  char text[4096];
  judge(klogctl(3, text, sizeof text), "read the kernel's log");
}

static void real_time(int argc, char **argv) {
  (void)argc, (void)argv;
  struct sched_param param = {.sched_priority = 1};
  judge(sched_setscheduler(0, SCHED_FIFO, &param), "before every other process");
}

static void watch_files(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(fanotify_init(FAN_CLASS_NOTIF | FAN_REPORT_FID, O_RDONLY), "watches a file system");
}

static void odd_personality(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(personality(PER_LINUX | MMAP_PAGE_ZERO | READ_IMPLIES_EXEC | ADDR_COMPAT_LAYOUT), "old and odd behaviour");
}


#if defined(__x86_64__)
static void crashed(int signal) {
  errno = ENOSYS;
  held("signal %d", signal);
}

// The filter judges 64-bit numbers; here 20 is getpid of the old 32-bit table.
static void foreign_call(int argc, char **argv) {
  (void)argc, (void)argv;
  signal(SIGSEGV, crashed);
  signal(SIGILL, crashed);
  long got;
  __asm__ volatile("int $0x80" : "=a"(got) : "a"(20L) : "memory", "r8", "r9", "r10", "r11");
  if (got == getpid()) escaped("a call of the 32-bit table");
  errno = ENOSYS;
  held("answered %ld", got);
}

static void x32_call(int argc, char **argv) {
  (void)argc, (void)argv;
  long got = syscall(0x40000000L | SYS_getpid);
  if (got == getpid()) escaped("a call of the x32 table");
  held("answered %ld", got);
}

static void segments(int argc, char **argv) {
  (void)argc, (void)argv;
  struct user_desc entry = {.entry_number = 0, .limit = 0xfffff, .limit_in_pages = 1, .seg_32bit = 1};
  judge(syscall(SYS_modify_ldt, 1, &entry, sizeof entry), "a segment of our own");
}

static void ports(int argc, char **argv) {
  (void)argc, (void)argv;
  judge(ioperm(0x80, 1, 1), "a port of the machine");
}
#else
static void none_here(int argc, char **argv) {
  (void)argc, (void)argv;
  errno = ENOSYS;
  held("no such thing on this processor");
}
#define foreign_call none_here
#define x32_call none_here
#define segments none_here
#define ports none_here
#endif

const struct attempt KERNEL[] = {{"io-ring", io_ring},         {"bpf-map", bpf_map},
                                 {"bpf-program", bpf_program}, {"add-key", add_key},
                                 {"key-control", key_control}, {"request-key", request_key},
                                 {"perf-open", perf_open},     {"fault-handler", fault_handler},
                                 {"kexec", kexec},             {"module", module},
                                 {"quota", quota},             {"restart", restart},
                                 {"swap-on", swap_on},         {"set-clock", set_clock},
                                 {"rename-host", rename_host}, {"kernel-log", kernel_log},
                                 {"real-time", real_time},     {"watch-files", watch_files},
                                 {"odd-personality", odd_personality}, 
                                 {"foreign-call", foreign_call}, {"x32-call", x32_call},
                                 {"segments", segments},       {"ports", ports},
                                 {NULL, NULL}};
