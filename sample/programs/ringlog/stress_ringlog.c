#include "ringlog.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static rl_log *shared;
static const char *plan;

static void *writer(void *unused) {
  (void)unused;
  for (int i = 0; i < 50; i++) rl_write(shared, "a line of log");
  return NULL;
}
static void *drainer(void *unused) {
  (void)unused;
  for (int i = 0; i < 50; i++) rl_drain(shared);
  return NULL;
}
static void *dropper(void *unused) {
  (void)unused;
  for (int i = 0; i < 50; i++) rl_drop(shared);
  return NULL;
}
static void *swapper(void *unused) {
  (void)unused;
  rl_swap_sink(shared, "b");
  return NULL;
}
static void *flusher(void *unused) {
  (void)unused;
  rl_flush(shared);
  return NULL;
}
static void *closer(void *unused) {
  (void)unused;
  rl_close(shared);
  return NULL;
}
static void *watcher(void *unused) {
  (void)unused;
  for (int i = 0; i < 50 && !rl_closed(shared); i++) usleep(10);
  return NULL;
}

static void *(*worker(char c))(void *) {
  switch (c) {
    case 'w': return writer;
    case 'd': return drainer;
    case 'x': return dropper;
    case 's': return swapper;
    case 'f': return flusher;
    case 'c': return closer;
    default: return watcher;
  }
}

/* usage: stress_ringlog PLAN, one thread per letter; a comma waits for those before it. */
int main(int argc, char **argv) {
  pthread_t threads[32];
  int running = 0;
  plan = argc > 1 ? argv[1] : "ww";
  shared = rl_open("a");
  for (const char *at = plan; *at && running < 32; at++) {
    if (*at != ',') pthread_create(&threads[running++], NULL, worker(*at), NULL);
    if (*at == ',' || !at[1]) {
      while (running > 0) pthread_join(threads[--running], NULL);
    }
  }
  return 0;
}
