import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Talk, talk } from './talk.ts'
import { build, patched, run, type Tree } from './tree.ts'

// The independent judge of harbour: shows, without Weir, that every planted bug, reproducer and patch is what it claims to be.
// `node judge.ts` prints what it found. The cases in private/ are its alone.

interface Claims {
  readonly kind?: string
  readonly symbol: string
  readonly path: string
}

interface HarbourProof {
  readonly reproducers: readonly {
    readonly id: string
    readonly exchange?: readonly string[]
    readonly file?: string
    readonly claims: Claims
  }[]
  readonly benign: readonly { readonly exchange?: readonly string[]; readonly file?: string }[]
  readonly patches: readonly { readonly id: string; readonly file: string; readonly fixes: readonly string[] }[]
}

interface PrivateCase {
  readonly name: string
  readonly send: readonly string[]
  readonly status: number
  readonly has: readonly string[]
  readonly lacks: readonly string[]
}

export interface Judgement {
  /** Reproducer → what is wrong with it; empty where it crashes at its place, in the server and in the fuzzing harness. */
  readonly reproducers: ReadonlyMap<string, readonly string[]>
  /** Benign exchanges that were not answered in order. */
  readonly benign: readonly string[]
  readonly patches: ReadonlyMap<string, PatchJudgement>
  /** Good patches only: patch → the reproducers that it stops. */
  readonly matrix: ReadonlyMap<string, readonly string[]>
  /** What still fires with all good patches together. */
  readonly together: readonly string[]
}

export interface PatchJudgement {
  readonly fault: string | null
  readonly silences: boolean
  /** Public suite. */
  readonly suite: boolean
  /** Names of private cases that failed. */
  readonly failed: readonly string[]
}

export const HARBOUR = import.meta.dirname

/** Reads `weir-proof.json`, or the one for the fuzzing harness. */
export function readProof(fuzz = false): HarbourProof {
  return JSON.parse(readFileSync(join(HARBOUR, fuzz ? 'weir-proof-fuzz.json' : 'weir-proof.json'), 'utf8')) as HarbourProof
}

const bytesOf = (paths: readonly string[]) => paths.map((path) => readFileSync(join(HARBOUR, path)))
const fired = (said: Talk) => said.log.includes('ERROR: AddressSanitizer')

/** What does not agree with the claims in a report; empty where all does. */
function disagreement(log: string, claims: Claims): string[] {
  if (!log.includes('ERROR: AddressSanitizer')) return ['is silent']
  const top = log
    .split('\n')
    .filter((line) => /^\s*#[0-4] /.test(line))
    .slice(0, 5)
    .join('\n')
  return [
    ...(claims.kind === undefined || log.includes(claims.kind) ? [] : [`is not a ${claims.kind}`]),
    ...(top.includes(` in ${claims.symbol} `) && top.includes(claims.path) ? [] : [`is not in ${claims.symbol}:\n${top}`]),
  ]
}

async function judgeReproducers(base: Tree): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const one of readProof().reproducers) {
    const said = await talk(base, bytesOf(one.exchange!))
    found.set(one.id, disagreement(said.log, one.claims))
  }
  for (const one of readProof(true).reproducers) {
    const { said } = await fuzzed(base, one.file!)
    found.get(one.id)!.push(...disagreement(said, one.claims).map((what) => `fuzzing harness: ${what}`))
  }
  return found
}

const fuzzed = (tree: Tree, file: string) =>
  run(tree.folder, ['./harbour-fuzz', '-runs=1', join(HARBOUR, file)], { ASAN_OPTIONS: 'detect_leaks=1' })

async function judgeBenign(base: Tree): Promise<string[]> {
  const wrong: string[] = []
  for (const { exchange } of readProof().benign) {
    const said = await talk(base, bytesOf(exchange!))
    const answered = said.answers.length === exchange!.length && said.answers.every((one) => one.startsWith('HTTP/1.1 '))
    if (said.exit !== 0 || said.log !== '' || !answered) wrong.push(exchange![0]!)
  }
  for (const { file } of readProof(true).benign)
    if ((await fuzzed(base, file!)).exit !== 0) wrong.push(`${file} (fuzzing harness)`)
  return wrong
}

async function judgePrivate(tree: Tree, id: string): Promise<string[]> {
  const cases = JSON.parse(readFileSync(join(HARBOUR, 'private', `${id}.json`), 'utf8')) as PrivateCase[]
  const failed: string[] = []
  for (const one of cases) {
    const said = await talk(
      tree,
      one.send.map((text) => Buffer.from(text, 'latin1')),
      false,
    )
    const last = said.answers.length === one.send.length ? said.answers.at(-1)! : ''
    const status = [...last.matchAll(/HTTP\/1\.1 (\d{3}) /g)].at(-1)?.[1]
    const right =
      said.exit === 0 &&
      status === String(one.status) &&
      one.has.every((part) => last.includes(part)) &&
      one.lacks.every((part) => !last.includes(part))
    if (!right) failed.push(one.name)
  }
  return failed
}

async function stops(tree: Tree, id: string): Promise<boolean> {
  const one = readProof().reproducers.find((reproducer) => reproducer.id === id)!
  return !fired(await talk(tree, bytesOf(one.exchange!), false))
}

/** Judges everything; about half a minute on two cores. */
export async function judge(): Promise<Judgement> {
  const scratch = mkdtempSync(join(tmpdir(), 'harbour-'))
  try {
    const source = join(scratch, 'base')
    cpSync(join(HARBOUR, 'src'), source, { recursive: true })
    const base = await build(source, true)
    if (base.fault !== null) throw new Error(`harbour does not build: ${base.fault}`)
    const proof = readProof()
    const patches = new Map<string, PatchJudgement>()
    const matrix = new Map<string, string[]>()
    for (const patch of proof.patches) {
      const tree = await patched(base, join(scratch, patch.id), [join(HARBOUR, patch.file)], false)
      const [own] = patch.fixes
      const built = tree.fault === null
      patches.set(patch.id, {
        fault: tree.fault,
        silences: built && (await stops(tree, own!)),
        suite: built && (await run(tree.folder, ['perl', 'test/suite.pl'])).exit === 0,
        failed: built ? await judgePrivate(tree, own!) : [],
      })
      if (patch.id.endsWith('-good')) {
        const stopped: string[] = []
        for (const { id } of proof.reproducers) if (await stops(tree, id)) stopped.push(id)
        matrix.set(patch.id, stopped)
      }
      rmSync(tree.folder, { recursive: true, force: true })
    }
    const good = proof.patches.filter(({ id }) => id.endsWith('-good')).map(({ file }) => join(HARBOUR, file))
    const all = await patched(base, join(scratch, 'all'), good, false)
    const together: string[] = all.fault === null ? [] : [all.fault]
    for (const { id } of proof.reproducers) if (!(await stops(all, id))) together.push(id)
    return { reproducers: await judgeReproducers(base), benign: await judgeBenign(base), patches, matrix, together }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const began = performance.now()
  const found = await judge()
  for (const [id, wrong] of found.reproducers) console.log(id, wrong.length === 0 ? 'fires as claimed' : wrong.join('; '))
  console.log('benign not answered in order:', found.benign.join(', ') || 'none')
  for (const [id, one] of found.patches)
    console.log(
      id,
      one.fault ?? `${one.silences ? 'silences' : 'FIRES'} suite ${one.suite ? 'passes' : 'fails'}`,
      'private failed:',
      one.failed,
    )
  for (const [id, stopped] of found.matrix) console.log(id, 'stops', stopped.join(' '))
  console.log('still firing with all good patches:', found.together.join(' ') || 'none')
  console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`)
}
