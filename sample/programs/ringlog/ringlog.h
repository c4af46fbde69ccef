#ifndef RINGLOG_H
#define RINGLOG_H
#include <pthread.h>
#include <stddef.h>

/* A ring of log lines shared by threads, with counters and a sink that may be swapped while it runs. */

typedef struct {
  char *prefix;
  int written;
} rl_sink;

typedef struct {
  char lines[64][48];
  unsigned head;
  unsigned dropped;
  int closed;
  rl_sink *sink;
  pthread_mutex_t ring_lock;
  pthread_mutex_t sink_lock;
} rl_log;

rl_log *rl_open(const char *prefix);
void rl_write(rl_log *log, const char *line);
unsigned rl_drain(rl_log *log);
void rl_swap_sink(rl_log *log, const char *prefix);
void rl_flush(rl_log *log);
void rl_drop(rl_log *log);
int rl_closed(const rl_log *log);
void rl_close(rl_log *log);
#endif
