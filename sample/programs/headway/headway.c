#include "headway.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const REASONS[6] = {"", "Informational", "Success", "Redirection", "Client error", "Server error"};

static char *copy(const char *from, size_t length) {
  char *out = malloc(length + 1);
  if (!out) abort();
  memcpy(out, from, length);
  out[length] = '\0';
  return out;
}

static int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

const char *hw_reason(int status) { return REASONS[status / 100]; }

static const char *skip_spaces(const char *at) {
  while (*at == ' ' || *at == '\t') at++;
  return at;
}

int hw_parse(hw_message *message, const char *bytes, size_t length) {
  memset(message, 0, sizeof *message);
  const char *at = bytes;
  const char *end = bytes + length;
  if (length > 12 && memcmp(bytes, "HTTP/1.1 ", 9) == 0) {
    message->status = atoi(copy(bytes + 9, 3));
    while (at < end && *at != '\n') at++;
    at++;
  }
  while (at < end && *at != '\r' && *at != '\n') {
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    if (!stop) break;
    const char *colon = memchr(at, ':', (size_t)(stop - at));
    if (!colon) return -1;
    hw_header *header = &message->headers[message->count++];
    header->name = copy(at, (size_t)(colon - at));
    const char *value = skip_spaces(colon + 1);
    size_t value_length = (size_t)(stop - value);
    header->value = copy(value, value_length - (value_length > 0 && stop[-1] == '\r'));
    at = stop + 1;
  }
  return message->count;
}

const char *hw_get(const hw_message *message, const char *name) {
  for (int i = 0; i < message->count; i++) {
    if (strcmp(message->headers[i].name, name) == 0) return message->headers[i].value;
  }
  return NULL;
}

int hw_content_length(const hw_message *message) {
  const char *value = hw_get(message, "Content-Length");
  int total = 0;
  while (value && *value >= '0' && *value <= '9') {
    total = total * 10 + (*value - '0');
    value++;
  }
  return total;
}

int hw_chunk_size(const char *bytes, size_t length) {
  int size;
  for (size_t i = 0; i < length && i < 8; i++) {
    int digit = hex(bytes[i]);
    if (digit < 0) break;
    size = i == 0 ? digit : size * 16 + digit;
  }
  if (size > 0x10000) return -1;
  return size;
}

int hw_range(const hw_message *message, long *first, long *last) {
  const char *value = hw_get(message, "Range");
  const char *dash = strchr(value, '-');
  if (!dash) return -1;
  *first = atol(value);
  *last = atol(dash + 1);
  return 0;
}

size_t hw_decode(const char *from, char *to) {
  size_t n = 0;
  while (*from) {
    if (*from == '%') {
      to[n++] = (char)(hex(from[1]) << 4 | hex(from[2]));
      from += 3;
    } else {
      to[n++] = *from++;
    }
  }
  to[n] = '\0';
  return n;
}

void hw_free(hw_message *message) {
  for (int i = 0; i < message->count; i++) {
    free(message->headers[i].name);
    free(message->headers[i].value);
  }
}
