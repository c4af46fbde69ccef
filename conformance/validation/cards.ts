import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

// A card file of our own with planted bugs, small enough that a build takes a moment. Every line is `KEY VALUE`. Names and titles
// are copied by one function that has no bound; shelves and rows are counted by one that does not look at the index: two bugs with
// two ways to each.

export const PURL = 'pkg:generic/cards'

const CARDS_C = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELD 16

struct card {
  char *name;
  char *title;
  int shelf;
  int row;
};

static int counts[8];

/* Copies a value into a field. */
static void put_text(char *field, const char *value) {
  size_t n = strlen(value);
  memcpy(field, value, n + 1);
}

static void take_name(struct card *card, const char *value) {
  put_text(card->name, value);
}

static void take_title(struct card *card, const char *value) {
  put_text(card->title, value);
}

/* Counts a card where it stands. */
static void mark(int place) {
  counts[place]++;
}

static void take_shelf(struct card *card, const char *value) {
  card->shelf = atoi(value);
  mark(card->shelf);
}

static void take_row(struct card *card, const char *value) {
  card->row = atoi(value);
  mark(card->row);
}

static void take_line(struct card *card, char *line) {
  char *value = strchr(line, ' ');
  if (value == NULL) return;
  *value++ = 0;
  if (strcmp(line, "name") == 0) take_name(card, value);
  else if (strcmp(line, "title") == 0) take_title(card, value);
  else if (strcmp(line, "shelf") == 0) take_shelf(card, value);
  else if (strcmp(line, "row") == 0) take_row(card, value);
  else printf("skipped %s\\n", line);
}

int main(int argc, char **argv) {
  char line[256];
  struct card card = {0};
  FILE *in = argc > 1 ? fopen(argv[1], "r") : stdin;
  if (in == NULL) return 2;
  card.name = calloc(1, FIELD);
  card.title = calloc(1, FIELD);
  while (fgets(line, sizeof line, in) != NULL) {
    line[strcspn(line, "\\n")] = 0;
    take_line(&card, line);
  }
  printf("%s / %s on %d, %d\\n", card.name, card.title, card.shelf, card.row);
  free(card.name);
  free(card.title);
  return 0;
}
`

const TEST_SH = `printf 'name ann\\ntitle notes\\nshelf 3\\nrow 1\\n' | ./cards | grep -q '^ann / notes on 3, 1$'
printf 'colour red\\n' | ./cards | grep -q '^skipped colour$'
`

const LONG = 'x'.repeat(60)

/** Inputs by what they do. */
export const INPUTS = {
  name: `name ${LONG}\n`,
  title: `title ${LONG}\n`,
  shelf: 'shelf 9\n',
  row: 'row 9\n',
  benign: 'name ann\ntitle notes\nshelf 3\nrow 1\ncolour red\n',
} as const

/** A unified diff of cards.c: `before` becomes `after`. */
function diff(before: string, after: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'weir-cards-'))
  try {
    if (!CARDS_C.includes(before)) throw new Error(`the program has no ${before}`)
    for (const [side, text] of [
      ['a', CARDS_C],
      ['b', CARDS_C.replace(before, after)],
    ] as const) {
      mkdirSync(join(folder, side))
      writeFileSync(join(folder, side, 'cards.c'), text)
    }
    execFileSync('git', ['diff', '--no-index', '--no-prefix', 'a', 'b'], { cwd: folder, encoding: 'utf8' })
  } catch (error) {
    const { stdout } = error as { stdout?: string }
    if (stdout) return stdout
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  throw new Error('the two are the same')
}

const BOUND = '  if (n >= FIELD) n = FIELD - 1;\n  memcpy(field, value, n);\n  field[n] = 0;\n'

/** Patches by what they mend. */
export const PATCHES = {
  /** The cause: both ways to it are shut. */
  text: () => diff('  memcpy(field, value, n + 1);\n', BOUND),
  /** The cause in other words. */
  textToo: () =>
    diff('  size_t n = strlen(value);\n  memcpy(field, value, n + 1);\n', '  snprintf(field, FIELD, "%s", value);\n'),
  /** The other cause. */
  mark: () => diff('  counts[place]++;\n', '  if (place >= 0 && place < 8) counts[place]++;\n'),
  /** One way to that only. */
  row: () => diff('  mark(card->row);\n', '  if (card->row >= 0 && card->row < 8) mark(card->row);\n'),
}

export const RECIPE = {
  version: 'weir-recipe/1',
  language: 'c',
  sanitizer: 'address',
  build: ['$CC $CFLAGS -o cards cards.c'],
  harnesses: [{ name: 'cards', kind: 'command', run: ['/work/src/cards', '@@'] }],
  tests: [{ name: 'suite', run: 'sh -e test.sh' }],
} as const

/** Lays the program down as a folder. */
export function writeCards(folder: string, more: Readonly<Record<string, string>> = {}): string {
  for (const [name, text] of Object.entries({ 'cards.c': CARDS_C, 'test.sh': TEST_SH, ...more })) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return folder
}
