import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { buildEnv, isHere, type OutsideRun, runOutside, SANITIZER_OPTIONS } from './outside-run.ts'

// The independent judge: shows without Weir that each program is what it claims to be. `node verify-outside.ts [NAME…]`.

interface Harness {
  readonly name: string
  readonly kind: string
  readonly run: readonly string[]
}

type Fires =
  | { kind: 'crash' }
  | { kind: 'exit'; code: number }
  | { kind: 'output'; contains: string }
  | { kind: 'file'; path: string }

export interface ProgramFile {
  readonly recipe: {
    readonly language: string
    readonly sanitizer: string
    readonly env: Readonly<Record<string, string>>
    readonly build: readonly string[]
    readonly harnesses: readonly Harness[]
    readonly tests: readonly { readonly run: string }[]
  }
  readonly reproducers: readonly { harness?: string; file: string; files?: readonly string[]; fires?: Fires }[]
  readonly benign: readonly (string | { harness: string; file: string })[]
  readonly patches: readonly { readonly id: string; readonly file: string }[]
  readonly settings?: Readonly<Record<string, number>>
}

const CRASH =
  /(?:ERROR|WARNING): \w+Sanitizer|runtime error: |ERROR: libFuzzer|^Traceback \(most recent|^Exception in thread|^Node\.js v\d/m

/** The proof file of a program's folder. */
export function readProgram(folder: string): ProgramFile {
  return JSON.parse(readFileSync(join(folder, 'weir-proof.json'), 'utf8')) as ProgramFile
}

/** What this machine lacks for a program, as a command; null where nothing is lacking. */
export function lacks(program: ProgramFile): string | null {
  const needed: Record<string, string> = { c: 'cc', 'c++': 'c++', python: 'python3', java: 'javac' }
  if (program.recipe.harnesses.some(({ kind }) => kind === 'libfuzzer') || program.recipe.sanitizer === 'memory')
    return isHere('clang') ? null : 'clang'
  const command = needed[program.recipe.language]
  return command === undefined || isHere(command) ? null : command
}

class Bench {
  readonly folder: string
  readonly program: ProgramFile
  private readonly scratch: string

  constructor(folder: string) {
    this.folder = folder
    this.program = readProgram(folder)
    this.scratch = mkdtempSync(join(tmpdir(), 'weir-outside-'))
  }

  /** A tree with that patch, built; or in words why there is none. */
  async build(patch: string | null): Promise<string | { readonly fails: string }> {
    const tree = join(this.scratch, patch ?? 'base')
    cpSync(join(this.folder, 'src'), tree, { recursive: true })
    const inputs: Record<string, string> = patch === null ? {} : { 'patch.diff': join(this.folder, patch) }
    const lines = patch === null ? [] : ['patch -p1 --no-backup-if-mismatch --fuzz=0 < /in/patch.diff']
    const script = ['set -eu', ...lines, ...this.program.recipe.build].join('\n')
    const env = { ...buildEnv(this.program.recipe.sanitizer), ...this.program.recipe.env }
    const spec = { tree, writable: true, inputs, env, cwd: '/work/src', seconds: 120 }
    const ran = await runOutside({ ...spec, argv: ['sh', '-c', script] })
    return ran.exit === 0 ? tree : { fails: `${patch ?? 'base'} does not build: ${ran.stdout}${ran.stderr}`.slice(0, 600) }
  }

  async run(tree: string, harness: Harness, file: string): Promise<OutsideRun & { fired: boolean }> {
    const { recipe, reproducers } = this.program
    const { fires = { kind: 'crash' }, files = [] } = reproducers[0]!
    const inputs: Record<string, string> = { input: file }
    for (const name of files) inputs[basename(name)] = join(this.folder, name)
    const argv = harness.run.map((word) => (word === '@@' ? '/in/input' : word))
    if (!argv.includes('/in/input')) argv.push('/in/input')
    if (harness.kind === 'libfuzzer') argv.push('-seed=1')
    const watched =
      fires.kind === 'file' ? `"$@"; s=$?; [ -e '${fires.path}' ] && echo FILE-IS-THERE >&2; exit $s` : 'exec "$@"'
    const env = { ...SANITIZER_OPTIONS, ...recipe.env }
    const spec = { tree, writable: false, inputs, env, cwd: '/work', seconds: 30 }
    const ran = await runOutside({ ...spec, argv: ['sh', '-c', watched, 'sh', ...argv] })
    const crashed = ran.signal !== null || CRASH.test(ran.stderr)
    const fired = {
      crash: crashed,
      exit: fires.kind === 'exit' && ran.exit === fires.code,
      output: fires.kind === 'output' && (ran.stdout + ran.stderr).includes(fires.contains),
      file: ran.stderr.includes('FILE-IS-THERE'),
    }[fires.kind]
    return { ...ran, fired }
  }

  async tests(tree: string): Promise<string | null> {
    const { recipe } = this.program
    const env = { ...SANITIZER_OPTIONS, ...recipe.env }
    for (const test of recipe.tests) {
      const argv = ['sh', '-c', test.run]
      const ran = await runOutside({ tree, writable: true, inputs: {}, env, cwd: '/work/src', seconds: 60, argv })
      if (ran.exit !== 0) return `tests fail: ${(ran.stdout + ran.stderr).slice(0, 400)}`
    }
    return null
  }

  close(): void {
    rmSync(this.scratch, { recursive: true, force: true })
  }
}

const answer = (ran: OutsideRun) => `${ran.exit ?? ran.signal}\n${ran.stdout}`

/** Everything that is not as it should be with a program, each in a sentence; empty where it is all right. */
export async function verifyOutside(folder: string): Promise<string[]> {
  const bench = new Bench(folder)
  try {
    return await verify(bench)
  } finally {
    bench.close()
  }
}

async function verify(bench: Bench): Promise<string[]> {
  const wrong: string[] = []
  const { recipe, reproducers, benign, patches } = bench.program
  const base = await bench.build(null)
  if (typeof base !== 'string') return [base.fails]
  const named = (name?: string) => recipe.harnesses.find((one) => one.name === name) ?? recipe.harnesses[0]!
  const main = named(reproducers[0]!.harness)
  const reproducer = join(bench.folder, reproducers[0]!.file)
  const first = await bench.run(base, main, reproducer)
  if (!first.fired) wrong.push(`reproducer does not fire: ${answer(first)}${first.stderr}`.slice(0, 500))
  const samples = benign.map((one) => (typeof one === 'string' ? { harness: main.name, file: one } : one))
  const before = new Map<string, string>()
  for (const one of samples) {
    const ran = await bench.run(base, named(one.harness), join(bench.folder, one.file))
    if (ran.fired) wrong.push(`benign ${one.file} fires: ${ran.stderr}`.slice(0, 500))
    before.set(`${one.harness} ${one.file}`, answer(ran))
  }
  const failing = await bench.tests(base)
  if (failing) wrong.push(`base: ${failing}`)
  const hidden = existsSync(join(bench.folder, 'hidden')) ? readdirSync(join(bench.folder, 'hidden')).sort() : []
  const expected = await expectations(bench, base, hidden, wrong)
  for (const patch of patches) {
    const tree = await bench.build(patch.file)
    if (typeof tree !== 'string') {
      wrong.push(tree.fails)
      continue
    }
    if ((await bench.run(tree, main, reproducer)).fired) wrong.push(`${patch.id} does not silence the reproducer`)
    const missed = await missedBy(bench, tree, expected)
    if (patch.id !== 'right' && missed.length === 0) wrong.push(`${patch.id} passes every hidden case`)
    if (patch.id !== 'right') continue
    wrong.push(...missed.map((one) => `right patch: ${one}`))
    const broken = await bench.tests(tree)
    if (broken) wrong.push(`right patch: ${broken}`)
    for (const one of samples) {
      const ran = await bench.run(tree, named(one.harness), join(bench.folder, one.file))
      if (answer(ran) !== before.get(`${one.harness} ${one.file}`)) wrong.push(`right patch answers otherwise to ${one.file}`)
    }
  }
  return wrong
}

interface Expected {
  readonly file: string
  readonly harness: Harness
  /** Null: silent is enough. */
  readonly answer: string | null
}

/**
 * Hidden cases: `fires-*` fires before a fix and must not after it; with `NAME.out` beside it the answer must be that text.
 * `keeps-*` is silent before, and its answer must stay.
 */
async function expectations(bench: Bench, base: string, hidden: readonly string[], wrong: string[]): Promise<Expected[]> {
  const expected: Expected[] = []
  for (const name of hidden.filter((one) => !one.endsWith('.out'))) {
    const file = join(bench.folder, 'hidden', name)
    let fired = false
    for (const harness of bench.program.recipe.harnesses) {
      const ran = await bench.run(base, harness, file)
      fired ||= ran.fired
      const text = hidden.includes(`${name}.out`) ? readFileSync(`${file}.out`, 'latin1') : null
      const keeps = name.startsWith('keeps-') ? answer(ran) : text === null ? null : `0\n${text}`
      expected.push({ file, harness, answer: harness.kind === 'libfuzzer' ? null : keeps })
    }
    if (fired !== name.startsWith('fires-')) wrong.push(`hidden ${name} ${fired ? 'fires' : 'is silent'} before any patch`)
  }
  return expected
}

async function missedBy(bench: Bench, tree: string, expected: readonly Expected[]): Promise<string[]> {
  const missed: string[] = []
  for (const one of expected) {
    const ran = await bench.run(tree, one.harness, one.file)
    if (ran.fired) missed.push(`${basename(one.file)} fires`)
    else if (one.answer !== null && answer(ran) !== one.answer)
      missed.push(`${basename(one.file)} answers ${JSON.stringify(answer(ran).slice(0, 200))}`)
  }
  return missed
}

export const PROGRAMS = join(import.meta.dirname, 'programs')
/** Proofs that are none: each has to be called by its name. */
export const NEGATIVES = join(import.meta.dirname, 'negatives')

/** Names of all programs in a folder, in order. */
export function programNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'weir-proof.json')))
    .sort()
}

if (import.meta.main) {
  const chosen = process.argv.length > 2 ? process.argv.slice(2) : programNames(PROGRAMS)
  for (const name of chosen) {
    const began = performance.now()
    const lacking = lacks(readProgram(join(PROGRAMS, name)))
    const wrong = lacking ? [] : await verifyOutside(join(PROGRAMS, name))
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    process.stdout.write(
      `${name.padEnd(12)} ${lacking ? `left out: no ${lacking}` : wrong.length === 0 ? 'holds' : 'WRONG'}  ${seconds} s\n`,
    )
    for (const one of wrong) process.stdout.write(`  ${one.replaceAll('\n', '\n    ')}\n`)
    if (wrong.length > 0) process.exitCode = 1
  }
}
