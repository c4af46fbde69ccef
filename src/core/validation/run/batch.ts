import { type Asking, ask, type Tools } from '../ask.ts'
import type { Built } from '../build/build.ts'
import type { Claim, Input, Oracle, Proof } from '../proof.ts'
import type { Harness } from '../recipe.ts'
import type { Sighting } from '../verdict.ts'
import { type DriveResult, parseReport } from './drive.ts'
import { type Driven, drivenAsk } from './driven.ts'
import { harnessOf } from './harness-argv.ts'
import type { Load } from './load.ts'
import { laidBeside } from './replay.ts'
import { lostRun, type Shown, showDriven } from './show.ts'
import type { Laid } from './single.ts'

export interface BatchItem {
  readonly load: Load
  readonly oracle: Oracle
  /** Laid beside it in /in under their names. */
  readonly files: readonly Input[]
  /** Give the reproducer's claim where it may be a hang or use of all memory: then being stopped by the wall counts as fired. */
  readonly claim?: Claim
}

export interface BatchResult {
  readonly sighting: Sighting
  /** Digest of the normalised standard output (a server: the responses) and the exit: equal answers have equal digests. */
  readonly answer: string
  /** Short inert excerpt of the answer. */
  readonly answerSay: string
}

/** Runs many loads against one harness in few fresh sandboxes; results stand in the order of the loads. */
export function* batch(
  proof: Proof,
  built: Built,
  harness: string,
  loads: readonly BatchItem[],
  purpose: string,
  tools: Tools,
): Asking<BatchResult[]> {
  const shown = yield* batchShown(proof, built, harness, loads, purpose, tools)
  return shown.map(({ sighting, answer, answerSay }) => ({ sighting, answer, answerSay }))
}

// Loads in one sandbox: enough that its start and the driver's cost little, few enough that all cores have work.
const MOST_IN_ONE = 64
const BYTES_IN_ONE = 32 << 20

/** The same with what else is known of each run. No results where there is no build or no such harness. */
export function* batchShown(
  proof: Proof,
  built: Built,
  name: string,
  loads: readonly BatchItem[],
  purpose: string,
  tools: Tools,
): Asking<Shown[]> {
  const harness = harnessOf(proof.recipe, name)
  if (built.entry === null || harness === null || loads.length === 0) return []
  const items: Driven[] = []
  const laid = new Map<readonly Input[], Laid>()
  for (const one of loads) {
    const beside = laid.get(one.files) ?? (yield* laidBeside(one.files))
    laid.set(one.files, beside)
    items.push({ load: one.load, oracle: one.oracle, claim: one.claim ?? null, beside })
  }
  const out = new Map<number, Shown>()
  let chunks = chunked(items)
  while (chunks.length > 0) {
    const current: readonly (readonly number[])[] = chunks
    const asks = current.map((chunk) => drivenAsk(proof, built.entry!, harness, pick(items, chunk), purpose))
    const runs = yield* ask({ ask: 'runs', runs: asks })
    chunks = []
    for (const [i, ran] of runs.entries()) {
      const chunk = current[i]!
      const report = [...ran.got.values()].map((bytes) => parseReport(bytes, chunk.length)).find((one) => one !== null)
      if (report) chunks.push(...settle(report, chunk, items, harness, out, tools))
      else if (chunk.length === 1) out.set(chunk[0]!, lostRun(ran, aimOf(items[chunk[0]!]!), tools))
      // One of them took the sandbox down with it (memory, as a rule): the halves tell which.
      else chunks.push(chunk.slice(0, chunk.length >> 1), chunk.slice(chunk.length >> 1))
    }
  }
  return items.map((_, i) => out.get(i)!)
}

/** Takes the results of one sandbox; what was not begun is asked for again, and at least one was. */
function settle(
  report: readonly DriveResult[],
  chunk: readonly number[],
  items: readonly Driven[],
  harness: Harness,
  out: Map<number, Shown>,
  tools: Tools,
): number[][] {
  const again: number[] = []
  for (const [i, result] of report.entries()) {
    const at = chunk[i]!
    if (result.how === 'not-begun' && i > 0) again.push(at)
    else out.set(at, showDriven(result, harness.kind === 'server', aimOf(items[at]!), tools))
  }
  return again.length === 0 ? [] : [again]
}

function chunked(items: readonly Driven[]): number[][] {
  const parts = Math.max(Math.min(2, items.length), Math.ceil(items.length / MOST_IN_ONE))
  const size = Math.ceil(items.length / parts)
  const out: number[][] = []
  let chunk: number[] = []
  let bytes = 0
  for (const [i, item] of items.entries()) {
    const own = sizeOf(item)
    if (chunk.length > 0 && (chunk.length >= size || bytes + own > BYTES_IN_ONE)) {
      out.push(chunk)
      chunk = []
      bytes = 0
    }
    chunk.push(i)
    bytes += own
  }
  out.push(chunk)
  return out
}

function sizeOf(item: Driven): number {
  const own = item.load.kind === 'file' ? [item.load.bytes] : item.load.requests
  return [...own, ...item.beside.map((one) => one.bytes)].reduce((sum, bytes) => sum + bytes.length, 0)
}

function pick(items: readonly Driven[], chunk: readonly number[]): Driven[] {
  return chunk.map((i) => items[i]!)
}

function aimOf(item: Driven) {
  return { oracle: item.oracle, claim: item.claim }
}
