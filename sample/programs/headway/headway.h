#ifndef HEADWAY_H
#define HEADWAY_H
#include <stddef.h>
#include <stdint.h>

/* Reads the head of an HTTP/1.1 message, and chunk sizes, ranges and cookies in it. */

typedef struct {
  char *name;
  char *value;
} hw_header;

typedef struct {
  hw_header headers[32];
  int count;
  int status;
} hw_message;

int hw_parse(hw_message *message, const char *bytes, size_t length);
const char *hw_get(const hw_message *message, const char *name);
int hw_content_length(const hw_message *message);
int hw_chunk_size(const char *bytes, size_t length);
int hw_range(const hw_message *message, long *first, long *last);
const char *hw_reason(int status);
size_t hw_decode(const char *from, char *to);
void hw_free(hw_message *message);
#endif
