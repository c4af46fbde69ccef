// What a program inside may ask of the kernel. Whatever stands in neither list is answered ENOSYS, as by a kernel that does not
// know it, so that programs fall back; what stands under REFUSED is answered EPERM, as by a kernel that forbids it.

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

/** Allowed whatever the arguments are. */
export const ALLOWED: readonly string[] = words(`
  read write open openat openat2 creat close close_range lseek pread64 pwrite64 readv writev preadv pwritev preadv2 pwritev2
  stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat statfs fstatfs getdents getdents64
  getcwd chdir fchdir rename renameat renameat2 mkdir mkdirat rmdir link linkat unlink unlinkat symlink symlinkat
  mknod mknodat chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat umask utime utimes utimensat futimesat
  truncate ftruncate fallocate fadvise64 readahead fsync fdatasync sync syncfs sync_file_range sendfile copy_file_range
  splice tee flock fcntl dup dup2 dup3 pipe pipe2 getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
  setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
  select pselect6 poll ppoll epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
  eventfd eventfd2 signalfd signalfd4 timerfd_create timerfd_settime timerfd_gettime
  inotify_init inotify_init1 inotify_add_watch inotify_rm_watch
  mmap munmap mprotect mremap msync madvise mincore brk mlock mlock2 munlock mlockall munlockall
  pkey_mprotect pkey_alloc pkey_free mbind get_mempolicy set_mempolicy membarrier cachestat map_shadow_stack
  fork vfork execve execveat exit exit_group wait4 waitid getpid getppid gettid getpgid setpgid getpgrp getsid setsid
  set_tid_address set_robust_list get_robust_list rseq futex futex_waitv futex_wake futex_wait futex_requeue
  tkill tgkill rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigqueueinfo rt_tgsigqueueinfo
  rt_sigsuspend sigaltstack pause restart_syscall pidfd_open pidfd_send_signal
  getuid geteuid getgid getegid getgroups getresuid getresgid setuid setgid setreuid setregid setresuid setresgid
  setgroups setfsuid setfsgid capget capset prctl arch_prctl seccomp
  getrlimit setrlimit getrusage getpriority setpriority ioprio_get ioprio_set getcpu
  sched_yield sched_getaffinity sched_setaffinity sched_getparam sched_setparam sched_getscheduler sched_setscheduler
  sched_getattr sched_setattr sched_get_priority_max sched_get_priority_min sched_rr_get_interval
  nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time times alarm getitimer setitimer
  timer_create timer_settime timer_gettime timer_getoverrun timer_delete
  uname sysinfo getrandom
  connect accept accept4 bind listen getsockname getpeername setsockopt getsockopt shutdown
  sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg
  semget semop semtimedop semctl msgget msgsnd msgrcv msgctl shmat shmdt shmctl
  mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr
`)

/** Memory that shows in no process's resident set: allowed where a cgroup counts it, unknown where memory is held by watching. */
export const UNSEEN_MEMORY: readonly string[] = words('memfd_create shmget')

/** Answered EPERM: known ways into the kernel, into other processes, or out of a namespace. */
export const REFUSED: readonly string[] = words(`
  ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_getfd move_pages migrate_pages
  bpf perf_event_open io_uring_setup io_uring_enter io_uring_register userfaultfd vmsplice
  keyctl add_key request_key
  mount umount2 pivot_root chroot move_mount open_tree fsopen fsconfig fsmount fspick mount_setattr
  unshare setns name_to_handle_at open_by_handle_at fanotify_init fanotify_mark
  kexec_load kexec_file_load init_module finit_module delete_module reboot swapon swapoff quotactl quotactl_fd acct vhangup
  settimeofday clock_settime adjtimex clock_adjtime sethostname setdomainname syslog iopl ioperm
`)
