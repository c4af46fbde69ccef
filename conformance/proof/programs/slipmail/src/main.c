#include "address.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int is_address_header(const char *line) {
  static const char *const names[] = {"From:", "To:", "Cc:", "Reply-To:"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strncasecmp(line, names[i], strlen(names[i])) == 0) return (int)strlen(names[i]);
  return 0;
}

/* Prints the addresses and the subject of a mail's head; a line that starts with a blank belongs to the one before. */
int main(int argc, char **argv) {
  FILE *in = argc > 1 ? fopen(argv[1], "rb") : stdin;
  if (in == NULL) return perror(argv[1]), 2;
  char line[4096], head[8192] = "";
  int more = 1;
  while (more) {
    more = fgets(line, sizeof line, in) != NULL;
    if (more) line[strcspn(line, "\r\n")] = 0;
    if (more && (line[0] == ' ' || line[0] == '\t')) {
      if (strlen(head) + strlen(line) + 1 < sizeof head) strcat(head, line);
      continue;
    }
    int skip = is_address_header(head);
    if (skip) {
      printf("%.*s\n", skip - 1, head);
      for (const char *p = head + skip; p != NULL;) p = address_print(p, stdout);
    } else if (strncasecmp(head, "Subject:", 8) == 0) {
      printf("Subject\n  %s\n", head + 8 + strspn(head + 8, " "));
    }
    if (more && line[0] == 0) break;
    strcpy(head, more ? line : "");
  }
  return 0;
}
