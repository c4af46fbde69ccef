#ifndef TARLET_H
#define TARLET_H
#include <stddef.h>
#include <stdint.h>

/* A tarlet archive is "TRL1", then entries. Each entry is a kind byte, a name length byte, the name,
   a 16-bit little-endian size and that many bytes. Kinds: 'f' file, 'l' link, 'i' index, 'x' comment. */

typedef struct tarlet_entry {
  char kind;
  char *name;
  uint8_t *data;
  size_t size;
  struct tarlet_entry *link;
} tarlet_entry;

typedef struct {
  tarlet_entry *entries[64];
  size_t count;
  uint32_t *index;
  char *comment;
} tarlet;

tarlet *tarlet_open(const uint8_t *bytes, size_t length);
tarlet_entry *tarlet_find(tarlet *archive, const char *name);
size_t tarlet_link_size(tarlet *archive, const char *name);
int tarlet_extract(tarlet *archive, const char *folder);
void tarlet_close(tarlet *archive);
#endif
