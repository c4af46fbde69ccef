import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { LocalJob, RunnerLine } from '../contract/runner.ts'
import { canonicalJson } from '../core/validation/signed/canonical.ts'
import type { Envelope, ValidationStatement } from '../core/validation/statement.ts'
import { openGround } from './ground.ts'
import { runLocal } from './local.ts'
import { openState, type State } from './state-folder.ts'
import type { Ground } from './take-up.ts'

const PROGRAM = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int copy_name(const char *text, size_t length) {
  char *name = malloc(16);
  memcpy(name, text, length);
  int sum = 0;
  for (size_t i = 0; i < length; i++) sum += name[i];
  free(name);
  return sum;
}
int main(int count, char **words) {
  static char text[256];
  FILE *file = count > 1 ? fopen(words[1], "rb") : NULL;
  if (!file) return 2;
  size_t length = fread(text, 1, sizeof text, file);
  if (length < 2 || text[0] != 'N') { puts("no name"); return 0; }
  printf("sum %d\\n", copy_name(text + 1, length - 1));
  return 0;
}
`
const diff = (from: string, to: string, line: number, before: string, after: string) =>
  `--- a/name.c\n+++ b/name.c\n@@ -${line},3 +${line},3 @@\n ${before}\n-${from}\n+${to}\n ${after}\n`
const COPY = ['  char *name = malloc(16);', '  memcpy(name, text, length);', '  int sum = 0;'] as const
const FILES = {
  'src/name.c': PROGRAM,
  'crash.bin': `N${'a'.repeat(40)}`,
  'samples/short': 'Nab',
  'samples/other': 'other',
  'samples/full': `N${'c'.repeat(16)}`,
  'right.diff': diff(COPY[1], '  if (length > 16) length = 16; memcpy(name, text, length);', 5, COPY[0], COPY[2]),
  'only-this.diff': diff(COPY[1], '  if (length == 40) return 0; memcpy(name, text, length);', 5, COPY[0], COPY[2]),
}
const PROOF = {
  weir: 'proof/1',
  target: { name: 'pkg:generic/name@1', source: 'src' },
  recipe: {
    version: 'weir-recipe/1',
    image: null,
    language: 'c',
    sanitizer: 'address',
    env: {},
    configure: [],
    build: ['$CC $CFLAGS -g -o name name.c'],
    harnesses: [{ name: 'name', kind: 'command', run: ['/work/src/name', '@@'] }],
    tests: [],
    benign: [],
    limits: { build: {}, run: {} },
  },
  reproducers: [{ id: 'A', file: 'crash.bin', claims: { kind: 'heap-buffer-overflow', symbol: 'copy_name' } }],
  benign: ['samples'],
  patches: [
    { id: 'right', file: 'right.diff' },
    { id: 'only-this', file: 'only-this.diff' },
  ],
  settings: { variants: 20, refuzzSeconds: 0, runs: 3 },
}
type Line<E extends RunnerLine['event']> = Extract<RunnerLine, { event: E }>
const statementOf = ({ payload }: Envelope) => JSON.parse(Buffer.from(payload, 'base64').toString()) as ValidationStatement

describe('a validation in a sandbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-validate-'))
  let state: State
  let ground: Ground

  before(() => {
    // The sandboxes have uids of their own and pass through here to the depot.
    chmodSync(folder, 0o711)
    write(FILES)
    state = openState(join(folder, 'state'))
    ground = openGround(state)
  })
  after(async () => {
    await ground.client.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
  }
  async function local<E extends RunnerLine['event']>(
    job: LocalJob,
    event: E,
    signal = new AbortController().signal,
  ): Promise<Line<E>> {
    const lines: RunnerLine[] = []
    await runLocal(job, state, ground, (line) => lines.push(line), signal)
    return lines.find((line): line is Line<E> => line.event === event)!
  }
  const validateJob = (proof: object, out: string | null = null, name = 'weir-proof.json'): LocalJob => {
    write({ [name]: JSON.stringify({ ...PROOF, ...proof }) })
    return { do: 'validate', proofFile: join(folder, name), out, tasks: null, settings: {} }
  }

  test('confirms, judges patches, and says the same twice', async () => {
    const one = await local(validateJob({}, join(folder, 'out')), 'done')
    const [verdict] = one.outcome.reproducers
    assert.deepEqual([verdict?.verdict, verdict?.fired, verdict?.of], ['confirmed', 3, 3], verdict?.say)
    const standing = Object.fromEntries(one.outcome.patches.map(({ patch, standing, say }) => [patch, `${standing}: ${say}`]))
    assert.match(standing['right'] ?? '', /^validated/)
    assert.match(standing['only-this'] ?? '', /^rejected/)
    assert.equal(one.files.length, 4)
    assert.match(readFileSync(join(folder, 'out', 'log.txt'), 'utf8'), /heap-buffer-overflow/)

    const two = await local(validateJob({}), 'done')
    const [first, second] = [statementOf(one.envelope), statementOf(two.envelope)]
    assert.notDeepEqual(first.predicate.varying, second.predicate.varying)
    const plain = (statement: ValidationStatement) => ({ ...statement, predicate: { ...statement.predicate, varying: null } })
    assert.equal(canonicalJson(plain(first)), canonicalJson(plain(second)))
  })

  test('runs a statement again and says whether it agrees', async () => {
    await local(validateJob({ tasks: ['reproduce'] }, join(folder, 'short')), 'done')
    const statement = join(folder, 'short', 'statement.json')
    const replay = { do: 'replay', statement, proofFile: join(folder, 'weir-proof.json'), out: null } as const
    assert.deepEqual((await local(replay, 'replayed')).differs, [])
    writeFileSync(join(folder, 'crash.bin'), 'Nok')
    const other = await local(replay, 'replayed')
    assert.equal(other.agrees, false)
    assert.match(other.differs.join('\n'), /The verdict on A was confirmed, now not-reproduced/)
    write(FILES)
  })

  test('builds a revision of a repository and of a bundle, and holds the flaw’s parent against it', async () => {
    const repo = join(folder, 'repo')
    const git = (...words: string[]) => {
      const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main']
      const ran = spawnSync('git', [...identity, ...words], { cwd: repo, encoding: 'utf8' })
      assert.equal(ran.status, 0, ran.stderr)
      return ran.stdout.trim()
    }
    write({
      'repo/name.c': PROGRAM.replace('memcpy(name, text, length)', 'memcpy(name, text, length > 16 ? (length = 16) : length)'),
    })
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'right')
    const parent = git('rev-parse', 'HEAD')
    write({ 'repo/name.c': PROGRAM })
    git('commit', '-qam', 'wrong')
    git('tag', 'v1')
    write({ 'repo/name.c': 'int main(void) { return 0; }' })
    git('commit', '-qam', 'later')
    git('bundle', 'create', '-q', join(folder, 'repo.bundle'), '--all')
    const quick = { patches: [], tasks: ['reproduce'] }
    for (const source of ['repo', 'repo.bundle']) {
      const target = { name: 'x', source, revision: 'v1', introducedAfter: parent }
      const { outcome } = await local(validateJob({ ...quick, target }), 'done')
      assert.equal(outcome.reproducers[0]?.verdict, 'confirmed', outcome.reproducers[0]?.say)
      const control = outcome.reproducers[0]?.controls.find((one) => one.control === 'parent-of-introducing')
      assert.equal(control?.outcome, 'silent', control?.say)
    }
    const gone = validateJob({ ...quick, target: { name: 'x', source: 'repo', revision: 'v9' } })
    await assert.rejects(local(gone, 'done'), { code: 'source.no-revision' })
  })

  test('understands a project of the OSS-Fuzz layout', {
    skip: spawnSync('clang', ['--version']).error !== undefined,
  }, async () => {
    write({
      'fuzz/project.yaml': 'language: c\nmain_repo: "https://example.org/name.git"\n',
      'fuzz/Dockerfile': 'FROM base\nRUN apt-get install -y zlib1g-dev\nWORKDIR $SRC/name\nCOPY build.sh fuzz.c $SRC/\n',
      'fuzz/build.sh':
        '#!/bin/bash -eu\n$CC $CFLAGS -Dmain=old_main -c name.c -o $WORK/name.o\n$CC $CFLAGS $SRC/fuzz.c $WORK/name.o -o $OUT/fuzz_name $LIB_FUZZING_ENGINE\n' +
        'printf Nabc > $WORK/seed\npython3 -m zipfile -c $OUT/fuzz_name_seed_corpus.zip $WORK/seed\n',
      'fuzz/fuzz.c':
        '#include <stdint.h>\n#include <stddef.h>\n#include <stdlib.h>\n#include <string.h>\n' +
        'static int sum(const uint8_t *d, size_t n) { char *p = malloc(8); memcpy(p, d, n); int s = p[0]; free(p); return s; }\nstatic volatile int kept;\n' +
        'int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) { if (size > 0 && data[0] == 78) kept = sum(data, size); return 0; }\n',
    })
    const lines: RunnerLine[] = []
    const job = validateJob({
      recipe: { ossFuzz: 'fuzz' },
      reproducers: [{ id: 'A', file: 'crash.bin', claims: { symbol: 'sum' } }],
      benign: [],
      patches: [],
    })
    await runLocal(job, state, ground, (line) => lines.push(line), new AbortController().signal)
    const done = lines.find((line): line is Line<'done'> => line.event === 'done')
    const [verdict] = done!.outcome.reproducers
    assert.equal(verdict?.verdict, 'confirmed', verdict?.say)
    assert.ok(verdict?.controls.some(({ control, outcome }) => control === 'benign-sample' && outcome === 'silent'))
    assert.ok(lines.some((line) => line.event === 'progress' && /^Not run: "RUN apt-get/.test(line.say)))
  })

  test('stops within a second when it is told to, and leaves nothing of the job', async () => {
    const stopper = new AbortController()
    const recipe = { ...PROOF.recipe, build: ['sleep 60'] }
    const work = local(validateJob({ recipe }), 'done', stopper.signal)
    setTimeout(() => stopper.abort(new DOMException('stopped', 'AbortError')), 700)
    const began = performance.now()
    await assert.rejects(work, { name: 'AbortError' })
    assert.ok(performance.now() - began < 20_000, 'what sleeps for a minute is not waited for')
  })

  test('where the wall is weaker than asked for, nothing is run', async () => {
    const { here } = await local({ do: 'tiers' }, 'tiers')
    assert.notEqual(here.length, 0)
    if (here.some(({ tier }) => tier === 'gvisor')) return
    const strict = validateJob({ settings: { floor: 'gvisor' } })
    await assert.rejects(local(strict, 'done'), { code: 'sandbox.below-floor' })
  })
})
