// One attempt to get out of a sandbox, or to use more of the machine than it was given. An attempt ends by telling, on standard
// output, one line: `ESCAPED how` when it got what it wanted, `held ERRNO what` when it was refused.
#ifndef ATTEMPTS_H
#define ATTEMPTS_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

struct attempt {
  const char *name;
  void (*run)(int argc, char **argv);
};

extern const struct attempt FILES[], PROCFS[], NETWORK[], PROCESSES[], NAMESPACES[], PRIVILEGES[], MOUNTS[], KERNEL[], DEVICES[],
    BOMBS[], TIME[], OUTPUT[];

/** Tells success and ends. */
_Noreturn void escaped(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** Tells that it was refused, with the present errno, and ends. */
_Noreturn void held(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** Success when the call's result is not negative. */
_Noreturn void judge(long result, const char *what);
/** The n-th argument after the attempt's name, or ends with a usage error. */
const char *argument(int argc, char **argv, int n);
/** Whether `marker` stands in what can be read from `fd` (at most 4 MiB). */
int holds_marker(int fd, const char *marker);

#endif
