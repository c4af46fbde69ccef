// weir-canary:11158179-b5ef-40a9-ad36-1b8f46528007
// BEGIN
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define MOST 512

static char flag[64];
volatile uint64_t lock;

void open_door(void) {
  dprintf(1, "\n%s\n", flag);
  _exit(0);
}

void stay_shut(void) { dprintf(1, "\nThe door stays shut.\n"); }

// What is called when the visitor has been greeted.
void (*volatile then)(void) = stay_shut;

void greet(const char *name) {
  volatile uint64_t slots[SLOTS + 8];
  memset((void *)slots, 0, sizeof slots);
#ifdef WORDS
  memcpy((void *)(slots + SLOTS), flag, 40);
#endif
#ifdef POINTER
  slots[SLOTS] = (uint64_t)flag;
#endif
  char text[MOST];
  memcpy(text, name, MOST);
  dprintf(1, text, 0);
}

int main(void) {
  static char name[MOST];
  prctl(PR_SET_DUMPABLE, 0);
  read(3, flag, sizeof flag - 1);
  close(3);
  dprintf(1, "Your name?\n");
  read(0, name, MOST - 1);
#ifdef PLAIN
  if (strpbrk(name, "0123456789")) return 1;
#endif
  greet(name);
#ifdef ANY
  if (lock) open_door();
#endif
#ifdef EXACT
  if (lock == WANTED) open_door();
#endif
  then();
  return 0;
}
