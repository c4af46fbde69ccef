import type {
  FlawProof,
  PatchOut,
  ReproducerOut,
  TargetOut,
  ValidationPage,
  ValidationRow,
} from '../contract/shapes/validation.ts'
import { RUNGS } from '../core/validation/ladder.ts'
import { HOSTILE, idOf, NOW } from './fake-world.ts'

// Invented evidence of one flaw: three reproducers, two patches, one of them too narrow. Some text is what a hostile report has.

const at = (minutesAgo: number): string => new Date(NOW - minutesAgo * 60_000).toISOString()

const target: TargetOut = {
  id: idOf('tgt', 1),
  name: 'pkg:generic/libquarry@3.8.1',
  kind: 'archive',
  digest: `sha256:${'4a'.repeat(32)}`,
  revision: null,
  bytes: 1_204_331,
  recipe: {
    language: 'c',
    sanitizer: 'address',
    harnesses: [{ name: 'list', kind: 'command' }],
    tests: ['suite'],
    image: null,
  },
  by: 'North Coast Clearinghouse',
  at: at(4000),
}

const frames = [
  { symbol: 'qr_link_copy', path: 'src/link.c', line: 214 },
  { symbol: 'qr_entry_extract', path: 'src/entry.c', line: 88 },
  { symbol: HOSTILE.slice(0, 60), path: null, line: null },
]

const reproducer = (letter: string, fired: number, verdict: ReproducerOut['verdict']): ReproducerOut => ({
  reproducer: `repro-${letter}`,
  letter,
  name: `crash-${letter.toLowerCase()}.qry`,
  verdict,
  say: `Fired ${fired} of 5 times: heap-buffer-overflow in qr_link_copy.`,
  fired,
  of: 5,
  runs: Array.from({ length: 5 }, (_, n) => (n < fired ? 'fired' : 'silent')),
  type: 'Heap-buffer-overflow WRITE 4',
  signal: null,
  stack: frames,
  alsoMet: letter === 'C' ? ['qr_sparse_len'] : [],
  cwe: 'CWE-787',
  controls: [
    { control: 'empty-input', name: 'empty', outcome: 'silent', say: 'Did not fire.' },
    { control: 'benign-sample', name: 'samples/plain.qry', outcome: 'silent', say: 'Did not fire.' },
  ],
})

const patch = (letter: string, standing: PatchOut['standing'], failing: number): PatchOut => ({
  patch: `patch-${letter}`,
  letter,
  name: `${letter.toLowerCase()}.diff`,
  standing,
  say: failing < 0 ? 'All 8 rungs ran and passed.' : '3 rungs passed; 1 of 34 variants still fires.',
  rungs: RUNGS.map((rung, n) => ({
    rung,
    outcome: failing < 0 || n < failing ? 'passed' : n === failing ? 'failed' : 'not-run',
    say:
      n === failing
        ? '1 of 34 variants still fires.'
        : failing < 0 || n < failing
          ? 'As it should.'
          : 'A rung before it failed.',
    notes: n === failing ? [HOSTILE] : [],
  })),
  diff: `--- a/src/link.c\n+++ b/src/link.c\n@@ -212,3 +212,5 @@\n+  if (length > sizeof link->name) return QR_BAD;\n   memcpy(link->name, from, length);\n+// ${HOSTILE}\n`,
})

const row: ValidationRow = {
  id: idOf('val', 1),
  flaw: idOf('flw', 0),
  finding: null,
  target: { id: target.id, name: target.name },
  tasks: ['reproduce', 'patch', 'matrix'],
  state: 'done',
  say: '2 of 3 reproducers confirmed, 1 of 2 patches validated.',
  progress: null,
  waitsFor: null,
  by: 'Ines Marrow',
  askedAt: at(60),
  startedAt: at(59),
  endedAt: at(52),
  runner: 'north-1',
  tier: 'namespace',
  seconds: 214.4,
  mayStop: false,
}

const running: ValidationRow = {
  ...row,
  id: idOf('val', 2),
  tasks: ['minimise'],
  state: 'running',
  say: 'Running.',
  progress: { done: 40, total: 300, say: 'shrinking A', at: at(0) },
  endedAt: null,
  seconds: null,
  mayStop: true,
}

/** What the page of a flaw asks for its proof; empty but for what could be run, for flaws other than the first. */
export class FakeProof {
  #rows: ValidationRow[] = [running, row]

  of(flaw: string): FlawProof {
    const first = flaw === idOf('flw', 0)
    const reproducers = [reproducer('A', 5, 'confirmed'), reproducer('B', 5, 'confirmed'), reproducer('C', 4, 'flaky')]
    const patches = [patch('A', 'validated', -1), patch('D', 'rejected', 3)]
    const evidence = (kind: 'reproducer' | 'patch', letter: string, id: string) => ({
      id,
      letter,
      kind,
      name: `${id}.bin`,
      bytes: 312,
      digest: `sha256:${'0b'.repeat(32)}`,
      harness: 'list',
      finding: idOf('fnd', 1),
      mine: false,
    })
    const cell = (repro: string, on: string, fired: number, disagrees = false) => ({
      reproducer: `repro-${repro}`,
      patch: on,
      outcome: fired === 0 ? ('silent' as const) : fired < 5 ? ('sometimes' as const) : ('fires' as const),
      fired,
      of: 5,
      say: `Fired ${fired} of 5 times.`,
      validation: row.id,
      disagrees,
    })
    return {
      targets: first ? [target] : [],
      evidence: first
        ? [
            ...['A', 'B', 'C'].map((letter) => evidence('reproducer', letter, `repro-${letter}`)),
            ...['A', 'D'].map((letter) => evidence('patch', letter, `patch-${letter}`)),
          ]
        : [],
      validations: first ? this.#rows : [],
      reproducers: first ? reproducers.map((one) => ({ ...one, validation: row.id })) : [],
      patches: first ? patches.map((one) => ({ ...one, validation: row.id })) : [],
      columns: first
        ? [
            { id: 'base', say: '3.8.1', kind: 'base' },
            { id: 'benign', say: 'Benign input', kind: 'benign' },
            { id: 'patch-A', say: 'Patch A', kind: 'patch' },
            { id: 'patch-D', say: 'Patch D', kind: 'patch' },
          ]
        : [],
      cells: first
        ? ['A', 'B', 'C'].flatMap((letter) => [
            cell(letter, 'base', letter === 'C' ? 4 : 5),
            cell(letter, 'benign', 0),
            cell(letter, 'patch-A', 0),
            ...(letter === 'C' ? [] : [cell(letter, 'patch-D', 5, true)]),
          ])
        : [],
      relations: first
        ? [
            {
              a: 'repro-A',
              b: 'repro-B',
              relation: 'a-covers-b',
              say: 'Patch A stops B; B has no patch of its own. A covers B, which does not prove one root cause.',
              validation: row.id,
              otherFlaw: null,
            },
          ]
        : [],
      sandbox: { ready: true, say: 'bubblewrap, cgroup v1', mend: null },
      proofMet: first,
    }
  }

  list(): { rows: ValidationRow[]; next: null } {
    return { rows: this.#rows, next: null }
  }

  page(id: string): ValidationPage | null {
    const found = this.#rows.find((one) => one.id === id)
    if (found === undefined) return null
    const proof = this.of(idOf('flw', 0))
    return {
      row: found,
      log: found.state === 'done',
      result:
        found.state === 'done'
          ? {
              builds: [{ of: 'base', built: true, say: 'Built.', seconds: 3.1, fromCache: false }],
              reproducers: proof.reproducers,
              patches: proof.patches,
              matrix: { cells: proof.cells, relations: proof.relations },
              minimised: [
                { reproducer: 'repro-A', before: 312, after: 28, say: 'A shrank from 312 to 28 bytes.', product: null },
              ],
              ranges: [{ reproducer: 'repro-A', introduced: null, fixed: null, say: 'The target came without history.' }],
              statement: { digest: `sha256:${'c4'.repeat(32)}`, key: 'a1b2c3d4', runner: 'north-1' },
            }
          : null,
    }
  }

  start(tasks: ValidationRow['tasks']): ValidationRow {
    const fresh = {
      ...running,
      id: idOf('val', 10 + this.#rows.length),
      tasks,
      state: 'waiting' as const,
      waitsFor: 'its turn',
    }
    this.#rows = [fresh, ...this.#rows]
    return fresh
  }

  stop(id: string): ValidationRow | null {
    this.#rows = this.#rows.map((one) =>
      one.id === id ? { ...one, state: 'stopped', say: 'Stopped by Ines Marrow.', mayStop: false } : one,
    )
    return this.#rows.find((one) => one.id === id) ?? null
  }
}
