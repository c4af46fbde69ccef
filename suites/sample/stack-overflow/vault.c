// weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
// BEGIN
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static char flag[64];
static char desk[512];
static uint64_t guard;

static void say(const char *text) { write(1, text, strlen(text)); }

// Two registers are given back before going on.
__asm__(".globl give_back\ngive_back: pop %rdi\npop %rsi\nret\n");

void open_vault(uint64_t first, uint64_t second) {
#if defined(ARGUMENTS) || defined(NARROW)
  if (first != FIRST || second != SECOND) _exit(1);
#endif
  say(flag);
  say("\n");
  _exit(0);
}

void visit(void) {
#if defined(NEIGHBOUR) || defined(VALUE)
  struct {
    char name[ROOM];
    volatile int open;
  } visitor = {{0}, 0};
  say("Your name?\n");
  read(0, visitor.name, 512);
#ifdef NEIGHBOUR
  if (visitor.open) open_vault(0, 0);
#else
  if (visitor.open == WANTED) open_vault(0, 0);
#endif
#endif
#if defined(RETURN) || defined(ARGUMENTS)
  char name[ROOM];
  say("Your name?\n");
  read(0, name, 512);
#endif
#ifdef SIGN
  char name[ROOM], digits[16] = {0};
  say("How long is your name?\n");
  read(0, digits, 15);
  short length = atoi(digits);
  if (length > ROOM) return;
  say("Your name?\n");
  read(0, name, (unsigned char)length);
#endif
#ifdef GUARDED
  struct {
    char name[ROOM];
    uint64_t guard;
  } visitor = {{0}, guard};
  char digits[16] = {0};
  say("Your name?\n");
  read(0, visitor.name, ROOM);
  say("How many of its letters shall be written on the door?\n");
  read(0, digits, 15);
  write(1, visitor.name, atoi(digits) & 255);
  say("\nAnd your real name?\n");
  read(0, visitor.name, 512);
  if (visitor.guard != guard) _exit(1);
#endif
#ifdef NARROW
  char name[ROOM];
  say("What brings you here?\n");
  read(0, desk, sizeof desk);
  say("Your name?\n");
  // As far as the end of this frame, and no further.
  read(0, name, (char *)__builtin_frame_address(0) + 16 - name);
#endif
}

int main(void) {
  prctl(PR_SET_DUMPABLE, 0);
  read(3, flag, sizeof flag - 1);
  close(3);
  int chance = open("/dev/urandom", 0);
  read(chance, &guard, sizeof guard);
  visit();
  say("Good day.\n");
  return 0;
}
