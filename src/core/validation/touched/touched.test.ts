import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { confine } from '../diff/confine.ts'
import { parseDiff } from '../diff/parse-diff.ts'
import { findingsOf } from './touched-code.ts'
import { touchedFile } from './touched-file.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const REPRODUCER = bytes(`MAGIC-4711\n${'A'.repeat(122)}`)

/** A patch of one file, written as its lines before and after, through the checks. */
function found(path: string, lines: readonly string[], reproducer = REPRODUCER, benign: readonly Uint8Array[] = []) {
  const before = lines.filter((line) => line[0] !== '+').map((line) => line.slice(1))
  const after = lines.filter((line) => line[0] !== '-').map((line) => line.slice(1))
  const head = `--- a/${path}\n+++ b/${path}\n@@ -1,${before.length} +1,${after.length} @@\n`
  const read = parseDiff(bytes(`${head}${lines.join('\n')}\n`))
  assert.ok(read.ok, JSON.stringify(read))
  const confined = confine(read.files, 1)
  assert.ok(confined.ok)
  const files = confined.files.map((change) => touchedFile(change, before.join('\n'), after.join('\n')))
  const sha256 = (of: Uint8Array) => createHash('sha256').update(of).digest()
  return findingsOf(files, { reproducers: [reproducer], benign, sha256 })
}

const failing = (...given: Parameters<typeof found>) =>
  found(...given)
    .filter(({ fails }) => fails)
    .map(({ say }) => say)
    .join(' ')

const BODY = [
  ' int parse(char *p, int n) {',
  '   char b[64];',
  '   int i = 0;',
  '   while (i < n) {',
  '     b[i] = p[i];',
  '     i++;',
  '   }',
  '   return b[0];',
  ' }',
]

test('what a maintainer would write is not held against it', () => {
  const right = (path: string, lines: readonly string[]) => assert.equal(failing(path, lines), '')
  right('src/a.c', [
    ...BODY.slice(0, 3),
    '-  while (i < n) {',
    '+  if (n < 0) return -1;',
    '+  while (i < n && i < 64) {',
    ...BODY.slice(4),
  ])
  right('src/a.c', [...BODY.slice(0, 3), '+  if (n > 64) {', '+    errors++;', '+    return -1;', '+  }', ...BODY.slice(3)])
  right('src/a.c', [' void f(struct node *n) {', '   free(n->name);', '-  free(n->name);', '   free(n);', ' }'])
  right('src/a.c', [
    ' switch (kind) {',
    '   case 1:',
    '+    if (n > 8) goto bad;',
    '+    break;',
    '   default:',
    '     return 0;',
    ' }',
  ])
  right('src/a.js', [
    ' function set(o, k, v) {',
    "+  if (k === '__proto__' || k === 'constructor') return",
    '   o[k] = v',
    ' }',
  ])
  right('a.py', [
    ' def load(text):',
    '-    return eval(text)',
    '+    try:',
    '+        return ast.literal_eval(text)',
    '+    except ValueError as wrong:',
    '+        raise BadText(text) from wrong',
  ])
  right('a.py', [
    ' def target(name):',
    '+    if ".." in name:',
    '+        raise BadName(',
    '+            name)',
    '     return join(ROOT, name)',
  ])
  right('Makefile', [' CFLAGS = -O1', '-OBJS = a.o b.o', '+OBJS = a.o b.o c.o'])
})

test('code that can no longer run', () => {
  assert.match(failing('src/a.c', [...BODY.slice(0, 3), '+  return 0;', ...BODY.slice(3)]), /a\.c:4 leaves early/)
  assert.match(
    failing('src/a.c', [...BODY.slice(0, 3), '+#if 0', ...BODY.slice(3, 7), '+#endif', ...BODY.slice(7)]),
    /never holds/,
  )
  assert.match(
    failing('src/a.c', [...BODY.slice(0, 3), '-  while (i < n) {', '+  while (i < n && 0) {', ...BODY.slice(4)]),
    /never holds/,
  )
  assert.match(failing('a.py', [' def f(x):', '+    return None', '     y = g(x)', '     return y']), /a\.py:2 leaves early/)
  assert.match(failing('a.js', [' function f(x) {', '+  return', '   const y = g(x)', '   return y', ' }']), /leaves early/)
  const emptied = [
    '-  char b[64];',
    '-  int i = 0;',
    '-  while (i < n) {',
    '-    b[i] = p[i];',
    '-    i++;',
    '-  }',
    '-  return b[0];',
    '+  return 0;',
  ]
  assert.match(failing('src/a.c', [BODY[0]!, ...emptied, BODY[8]!]), /parse is all but empty/)
  assert.match(
    failing('src/a.c', [BODY[0]!, ...BODY.slice(1, 8).map((line) => `-${line.slice(1)}`), ' }']),
    /6 lines of code and puts in none/,
  )
  assert.match(
    failing('src/a.c', [...BODY.slice(0, 4), '-    b[i] = p[i];', '+    /* b[i] = p[i]; */', ...BODY.slice(5)]),
    /became comments/,
  )
})

test('tests, checks and switches', () => {
  assert.match(failing('tests/test_a.py', [' def test():', '-    assert f(3) == 4', '+    f(3)']), /checks of a test/)
  assert.match(failing('Makefile', ['-CFLAGS = -O1 -fsanitize=address', '+CFLAGS = -O1']), /hardens/)
  assert.match(failing('Makefile', ['-OBJS = a.o range.o', '+OBJS = a.o']), /range\.o is no longer built/)
  assert.match(failing('configure', ['-./c', '+./c --without-ranges']), /switched off/)
  assert.match(failing('a.h', ['-#define HAVE_RANGES 1', '+#define HAVE_RANGES 0']), /HAVE_RANGES is switched off/)
  assert.match(failing('a.c', ['+__attribute__((no_sanitize("address")))', ' int f(void);']), /kept from seeing/)
  assert.match(
    failing('a.c', [' int main(void) {', '+  signal(SIGSEGV, quit);', '   return run();', ' }']),
    /caught instead of prevented/,
  )
  assert.match(failing('a.py', [' try:', '     f()', '+except Exception:', '+    pass']), /catches everything and says nothing/)
  assert.match(failing('A.java', [' try { f();', '-}', '+} catch (Exception e) {', '+}']), /catches and says nothing/)
})

test('a feature whose name the code no longer knows', () => {
  const lines = [
    ' void run(char *w) {',
    '-  if (!strcmp(w, "range"))',
    '-    do_range(w);',
    '   if (!strcmp(w, "list"))',
    '     do_list(w);',
    ' }',
  ]
  assert.match(failing('a.c', lines), /no longer knows range/)
})

test('conditions that name this one input', () => {
  const add = (line: string) => [...BODY.slice(0, 3), `+  ${line}`, ...BODY.slice(3)]
  assert.match(failing('a.c', add('if (!memcmp(p, "MAGIC-4711", 10)) return -1;')), /bytes of the reproducer/)
  assert.match(failing('a.c', add(`if (n == ${REPRODUCER.length}) return -1;`)), /exact length/)
  const digest = createHash('sha256').update(REPRODUCER).digest('hex')
  assert.match(failing('a.c', add(`if (!strcmp(sum(p), "${digest}")) return -1;`)), /digest of the reproducer/)
  assert.match(failing('a.c', add('if (size == 0x41424344) return -1;'), bytes('xxABCDxx')), /a number of the reproducer/)
  // A word of the format, which harmless inputs hold too, may be asked for.
  assert.equal(failing('a.c', add('if (memcmp(p, "MAGIC-", 6)) return -1;'), REPRODUCER, [bytes('MAGIC-1\n')]), '')
  assert.equal(failing('a.c', add('if (n > 133) return -1;')), '')
})

test('whatever the texts, the checks end quickly and never throw', () => {
  const began = performance.now()
  for (const odd of [
    '{'.repeat(50_000),
    '(((('.repeat(20_000),
    '"'.repeat(20_000),
    '/*'.repeat(10_000),
    'return '.repeat(5_000),
    '\\'.repeat(20_000),
  ]) {
    for (const path of ['a.c', 'a.py', 'a.js', 'Makefile', 'tests/a.c']) found(path, [`+${odd}`, `-${odd}`, ' x'])
  }
  assert.ok(performance.now() - began < 8000)
})
