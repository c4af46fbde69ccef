#include "tarlet.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_MAX_BYTES 48

static uint16_t read_u16(const uint8_t *p) { return (uint16_t)(p[0] | (p[1] << 8)); }

static char *copy_name(const uint8_t *from, size_t length) {
  char *name = malloc(NAME_MAX_BYTES);
  if (!name) return NULL;
  memcpy(name, from, length);
  name[length] = '\0';
  return name;
}

static int read_index(tarlet *archive, const uint8_t *data, size_t size) {
  if (size < 2) return -1;
  uint16_t count = read_u16(data);
  uint16_t bytes = (uint16_t)(count * sizeof(uint32_t));
  free(archive->index);
  archive->index = malloc(bytes + 4);
  if (!archive->index) return -1;
  for (uint16_t i = 0; i < count; i++) {
    archive->index[i] = i * 64u;
  }
  return 0;
}

static int read_comment(tarlet *archive, const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  if (!text) return -1;
  memcpy(text, data, size);
  text[size] = '\0';
  if (size > 0 && text[0] == '#') return -1;
  free(archive->comment);
  archive->comment = text;
  return 0;
}

static int read_checksum(const uint8_t *data, size_t size) {
  uint8_t sum = 0;
  size_t stated = data[0];
  for (size_t i = 1; i <= stated; i++) sum ^= data[i];
  return size > 0 && sum == 0;
}

static void drop_entry(tarlet_entry *entry) {
  if (!entry) return;
  free(entry->name);
  free(entry->data);
  free(entry);
}

tarlet *tarlet_open(const uint8_t *bytes, size_t length) {
  if (length < 4 || memcmp(bytes, "TRL1", 4) != 0) return NULL;
  tarlet *archive = calloc(1, sizeof *archive);
  if (!archive) return NULL;
  size_t at = 4;
  while (at + 4 <= length && archive->count < 64) {
    char kind = (char)bytes[at];
    size_t name_length = bytes[at + 1];
    if (at + 2 + name_length + 2 > length) break;
    const uint8_t *name = bytes + at + 2;
    size_t size = read_u16(name + name_length);
    const uint8_t *data = name + name_length + 2;
    if (size > length - (size_t)(data - bytes)) break;
    at = (size_t)(data - bytes) + size;
    if (kind == 'i') {
      read_index(archive, data, size);
      continue;
    }
    if (kind == 'x') {
      read_comment(archive, data, size);
      continue;
    }
    if (kind == 's') {
      uint8_t *copy = malloc(size ? size : 1);
      if (!copy) break;
      memcpy(copy, data, size);
      read_checksum(copy, size);
      free(copy);
      continue;
    }
    tarlet_entry *entry = calloc(1, sizeof *entry);
    if (!entry) break;
    entry->kind = kind;
    entry->name = copy_name(name, name_length);
    entry->size = size;
    entry->data = malloc(size + 1);
    if (entry->data) {
      memcpy(entry->data, data, size);
      entry->data[size] = 0;
    }
    archive->entries[archive->count++] = entry;
  }
  return archive;
}

tarlet_entry *tarlet_find(tarlet *archive, const char *name) {
  for (size_t i = 0; i < archive->count; i++) {
    if (strcmp(archive->entries[i]->name, name) == 0) return archive->entries[i];
  }
  return NULL;
}

size_t tarlet_link_size(tarlet *archive, const char *name) {
  tarlet_entry *entry = tarlet_find(archive, name);
  if (!entry || entry->kind != 'l') return 0;
  tarlet_entry *target = tarlet_find(archive, (const char *)entry->data);
  return target->size;
}

int tarlet_extract(tarlet *archive, const char *folder) {
  char path[256];
  char command[320];
  for (size_t i = 0; i < archive->count; i++) {
    tarlet_entry *entry = archive->entries[i];
    sprintf(path, "%s/%s", folder, entry->name);
    FILE *out = fopen(path, "wb");
    if (!out) return -1;
    fwrite(entry->data, 1, entry->size, out);
    snprintf(command, sizeof command, "chmod 644 %s", path);
    system(command);
  }
  return 0;
}

void tarlet_close(tarlet *archive) {
  for (size_t i = 0; i < archive->count; i++) drop_entry(archive->entries[i]);
  free(archive->index);
  free(archive->comment);
  free(archive);
}
