import { createHash } from 'node:crypto'
import type { Ask, Asking, Ran, RunAsk, Tools } from '../core/validation/ask.ts'
import { type Proof, type Reproducer, SETTINGS } from '../core/validation/proof.ts'
import type { Recipe } from '../core/validation/recipe.ts'
import type { DrivePlan } from '../core/validation/run/drive.ts'
import { parseCrashText } from '../formats/crash/crash-text.ts'
import { weaknessesOfCrash } from '../formats/crash/crash-weakness.ts'

// Answers what validation asks, as a sandbox would, with a target that is a function: no process is started.

/** What an invented target does with its input. */
export interface FakeRun {
  readonly exit?: number
  readonly signal?: string
  readonly stopped?: 'wall-time' | 'cpu-time' | 'memory' | 'files' | 'closed' | 'lost'
  readonly stdout?: string
  readonly stderr?: string
  /** A server: what its sanitizers wrote. */
  readonly logs?: string
  readonly isReady?: boolean
  /** The file its oracle looks for is there. */
  readonly fileThere?: boolean
}

export interface FakeWorld {
  /** The input of a command; of a server all its requests, joined. `tree`: the depot entry it runs in. */
  readonly target: (input: string, tree: string, asked: RunAsk) => FakeRun
  /** Whether a build of this source works; `patch` where it is one of a patch. */
  readonly builds?: (source: string, patch: string | null) => boolean
  readonly history?: readonly string[]
  readonly inTree?: Readonly<Record<string, string>>
}

export interface FakeTalk<T> {
  readonly value: T
  readonly asks: readonly Ask[]
  /** Every run, also those that were asked for together. */
  readonly runs: readonly RunAsk[]
  readonly products: ReadonlyMap<string, string>
}

const TIER = { tier: 'namespace', says: 'invented', memory: 'cgroup-v2' } as const

/** Tools as the runner has them, but for splitting logs: reports begin at `==n==ERROR`. */
export const FAKE_TOOLS: Tools = {
  readCrashes: (log) =>
    log.split(/^(?===\d+==ERROR)/m).flatMap((part) => {
      const read = parseCrashText(part)
      return read === null ? [] : [{ crash: read.crash, stack: read.stack, message: read.message }]
    }),
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  weaknessOf: (crash) => weaknessesOfCrash(crash)[0] ?? null,
}

/** An AddressSanitizer report of that kind, innermost function first. */
export function asanLog(kind: string, functions: readonly string[], pid = 7): string {
  const frames = functions.map((name, i) => `    #${i} 0x55${i} in ${name} /work/src/demo.c:${10 + i}:3`)
  return [
    `==${pid}==ERROR: AddressSanitizer: ${kind} on address 0x602000000011 at pc 0x1 bp 0x2 sp 0x3`,
    'WRITE of size 4 at 0x602000000011 thread T0',
    ...frames,
    `SUMMARY: AddressSanitizer: ${kind} /work/src/demo.c:10:3 in ${functions[0]}`,
    `==${pid}==ABORTING`,
    '',
  ].join('\n')
}

/** Drives a generator to its end against an invented world and keeps what it asked. */
export function talk<T>(asking: Asking<T>, world: FakeWorld, inputs: ReadonlyMap<string, string>): FakeTalk<T> {
  const asks: Ask[] = []
  const runs: RunAsk[] = []
  const products = new Map<string, string>()
  const trees = new Map<string, { source: string; patch: string | null }>()
  const one = (asked: RunAsk): Ran => {
    runs.push(asked)
    return asked.keep === null ? ranOf(asked, world) : buildOf(asked, world, trees)
  }
  let step = asking.next()
  while (!step.done) {
    asks.push(step.value)
    if (asks.length > 20_000) throw new Error('it never ends')
    step = asking.next(answerTo(step.value, one))
  }
  return { value: step.value, asks, runs, products }

  function answerTo(asked: Ask, run: (asked: RunAsk) => Ran): unknown {
    switch (asked.ask) {
      case 'run':
        return run(asked)
      case 'runs':
        return asked.runs.map(run)
      case 'has':
        return trees.has(asked.entry) ? factsOf(asked.entry) : null
      case 'input':
        return new TextEncoder().encode(inputs.get(asked.digest) ?? '')
      case 'source':
        return { entry: `src-${asked.revision ?? 'base'}`, digest: `source ${asked.revision ?? 'base'}` }
      case 'history':
        return world.history ?? null
      case 'product':
        products.set(asked.name, text(asked.bytes))
        return { digest: `sha256:${createHash('sha256').update(asked.bytes).digest('hex')}` }
      case 'tell':
        return null
    }
  }
}

function buildOf(asked: RunAsk, world: FakeWorld, trees: Map<string, { source: string; patch: string | null }>): Ran {
  const from = asked.mounts[0]!.entry
  const patch = asked.files.find((file) => file.path.endsWith('.patch'))
  const own = trees.get(from)
  const tree = { source: own?.source ?? from, patch: patch === undefined ? null : text(patch.bytes) }
  const builds = world.builds?.(tree.source, tree.patch) ?? true
  if (!builds)
    return {
      ...ran(1),
      stderr: bytes("demo.c:3:1: error: expected ';'\n"),
      got: new Map([['/out/weir-step', bytes('git apply -p1')]]),
    }
  const entry = asked.keep!.entry
  trees.set(entry, tree)
  names.set(entry, tree.patch === null ? tree.source : `${tree.source}+${tree.patch}`)
  return { ...ran(0), kept: factsOf(entry), got: new Map([['/out/weir-step', bytes('git apply -p1')]]) }
}

// What a built tree was made from, so that targets can tell trees apart.
const names = new Map<string, string>()

function ranOf(asked: RunAsk, world: FakeWorld): Ran {
  const tree = names.get(asked.mounts[0]?.entry ?? '') ?? ''
  if (asked.purpose.startsWith('gather')) return gathered(world)
  if (asked.argv[1] === '/weir/inside/driver.mjs') return drivenOf(asked, world, tree)
  const input = asked.files.find((file) => file.path.startsWith('/in/input'))
  const did = world.target(input === undefined ? '' : text(input.bytes), tree, asked)
  const got = new Map(did.fileThere === true ? asked.get.map((path) => [path, bytes('')] as const) : [])
  const end = did.stopped
    ? { how: did.stopped }
    : did.signal
      ? { how: 'ended' as const, exit: null, signal: did.signal }
      : { how: 'ended' as const, exit: did.exit ?? 0, signal: null }
  return { ...ran(0), end, stdout: bytes(did.stdout ?? ''), stderr: bytes(did.stderr ?? ''), got }
}

function drivenOf(asked: RunAsk, world: FakeWorld, tree: string): Ran {
  const plan = JSON.parse(text(asked.stdin!)) as DrivePlan
  const laid = new Map(asked.files.map((file) => [file.path, text(file.bytes)]))
  const results: object[] = []
  for (const item of plan.items) {
    const wanted = item.server === null ? /^\/in\/input/ : /^\/in\/request-/
    const input = item.lay.filter(({ to }) => wanted.test(to)).map(({ from }) => laid.get(from) ?? '')
    const did = world.target(input.join(''), tree, asked)
    if (did.stopped === 'memory' || did.stopped === 'lost') return { ...ran(0), end: { how: did.stopped } }
    results.push({
      how: did.stopped ? 'wall-time' : did.isReady === false ? 'not-ready' : 'ended',
      exit: did.signal ? null : (did.exit ?? 0),
      signal: did.signal ?? null,
      died: did.signal !== undefined,
      found: did.fileThere === true,
      stdout: base64(item.server === null ? (did.stdout ?? '') : ''),
      stderr: base64(did.stderr ?? ''),
      logs: base64(did.logs ?? ''),
      answers: item.server === null ? [] : [base64(did.stdout ?? '')],
    })
  }
  return { ...ran(0), got: new Map([['/out/weir-report.json', bytes(JSON.stringify({ results }))]]) }
}

function gathered(world: FakeWorld): Ran {
  const files = Object.entries(world.inTree ?? {})
  const got = new Map(files.map(([, content], i) => [`/out/benign/${i}`, bytes(content)]))
  got.set('/out/benign/names', bytes(files.map(([name]) => `./${name}\n`).join('')))
  return { ...ran(0), got }
}

function ran(exit: number): Ran {
  return {
    end: { how: 'ended', exit, signal: null },
    stdout: new Uint8Array(),
    stderr: new Uint8Array(),
    dropped: false,
    wallMs: 5,
    peakBytes: null,
    tier: TIER,
    got: new Map(),
    kept: null,
  }
}

function factsOf(entry: string) {
  return { entry, digest: createHash('sha256').update(entry).digest('hex'), files: 3, bytes: 100, leftOut: [] }
}

/** A recipe with one command harness `demo`. */
export const FAKE_RECIPE: Recipe = {
  version: 'weir-recipe/1',
  image: null,
  language: 'c',
  sanitizer: 'address',
  env: {},
  configure: [],
  build: ['$CC $CFLAGS -o demo demo.c'],
  harnesses: [{ name: 'demo', kind: 'command', run: ['/work/src/demo', '@@'] }],
  tests: [],
  benign: [],
  limits: { build: {}, run: {} },
}

/** A reproducer `A` whose input holds these words, for `talk`'s inputs under the digest `sha256:A`. */
export const FAKE_REPRODUCER: Reproducer = {
  id: 'A',
  harness: 'demo',
  input: { kind: 'file', input: { digest: 'sha256:A', name: 'a.bin', bytes: 3 } },
  files: [],
  oracle: { kind: 'crash' },
  claim: { tool: null, kind: null, symbol: null, path: null, cwe: null },
}

/** A proof of that recipe and reproducer, changed as asked. */
export function fakeProof(change: Partial<Proof> = {}): Proof {
  return {
    version: 'weir-proof/1',
    target: {
      name: 'pkg:generic/demo@1',
      source: { kind: 'archive', input: { digest: 'sha256:src', name: 'demo.tar', bytes: 9 } },
      introducedAfter: null,
    },
    recipe: FAKE_RECIPE,
    reproducers: [FAKE_REPRODUCER],
    benign: [],
    patches: [],
    tasks: ['reproduce'],
    settings: { ...SETTINGS, variants: 0, refuzzSeconds: 0 },
    ...change,
  }
}

function bytes(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}

function text(content: Uint8Array): string {
  return new TextDecoder().decode(content)
}

function base64(content: string): string {
  return Buffer.from(content).toString('base64')
}
