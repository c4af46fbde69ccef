#include "ringlog.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static rl_sink *make_sink(const char *prefix) {
  rl_sink *sink = calloc(1, sizeof *sink);
  if (!sink) abort();
  sink->prefix = strdup(prefix);
  return sink;
}

rl_log *rl_open(const char *prefix) {
  rl_log *log = calloc(1, sizeof *log);
  if (!log) abort();
  pthread_mutex_init(&log->ring_lock, NULL);
  pthread_mutex_init(&log->sink_lock, NULL);
  log->sink = make_sink(prefix);
  return log;
}

void rl_write(rl_log *log, const char *line) {
  unsigned at = log->head++;
  pthread_mutex_lock(&log->ring_lock);
  snprintf(log->lines[at % 64], sizeof log->lines[0], "%s", line);
  pthread_mutex_unlock(&log->ring_lock);
}

unsigned rl_drain(rl_log *log) {
  unsigned bytes = 0;
  for (int i = 0; i < 64; i++) bytes += (unsigned)log->lines[i][0];
  return bytes;
}

void rl_swap_sink(rl_log *log, const char *prefix) {
  rl_sink *fresh = make_sink(prefix);
  pthread_mutex_lock(&log->sink_lock);
  rl_sink *old = log->sink;
  log->sink = fresh;
  pthread_mutex_lock(&log->ring_lock);
  fresh->written = old->written;
  pthread_mutex_unlock(&log->ring_lock);
  pthread_mutex_unlock(&log->sink_lock);
  free(old->prefix);
  free(old);
}

void rl_flush(rl_log *log) {
  rl_sink *sink = log->sink;
  pthread_mutex_lock(&log->ring_lock);
  pthread_mutex_lock(&log->sink_lock);
  sink->written += (int)strlen(sink->prefix);
  pthread_mutex_unlock(&log->sink_lock);
  pthread_mutex_unlock(&log->ring_lock);
}

void rl_drop(rl_log *log) { log->dropped += 1; }

int rl_closed(const rl_log *log) { return log->closed; }

void rl_close(rl_log *log) {
  log->closed = 1;
}
