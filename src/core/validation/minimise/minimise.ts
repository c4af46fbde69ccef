import { type Asking, ask, type Tools } from '../ask.ts'
import type { Built } from '../build/build.ts'
import { sameBug } from '../crash/same-bug.ts'
import type { MinimiseOutcome } from '../outcome.ts'
import type { Proof, Reproducer } from '../proof.ts'
import { batch } from '../run/batch.ts'
import type { Load } from '../run/load.ts'
import { replay } from '../run/replay.ts'
import type { Sighting } from '../verdict.ts'
import { type Budget, BYTES, type Holds, PARTS, shrink } from './shrink.ts'

const VERIFY = 3
const LONGEST_TEXT = 256 * 1024

/**
 * Shrinks what makes a reproducer fire within the proof's budget of runs, keeping the same crash; what is left is run again in
 * sandboxes of its own before it is believed. The original stays as it is.
 */
export function* minimise(
  proof: Proof,
  built: Built,
  reproducer: Reproducer,
  load: Load,
  seen: Sighting,
  tools: Tools,
): Asking<MinimiseOutcome> {
  const budget: Budget = { left: proof.settings.minimiseRuns }
  const fires = firesAlike(proof, built, reproducer, seen, tools)
  const best = load.kind === 'file' ? yield* smallerFile(load, fires, budget) : yield* smallerExchange(load, fires, budget)
  const before = sizeOf(load)
  const after = sizeOf(best)
  const runs = proof.settings.minimiseRuns - Math.max(0, budget.left)
  const outcome = { reproducer: reproducer.id, before, runs }
  if (after >= before) {
    return { ...outcome, after: before, minimised: null, say: `Nothing smaller fires alike in ${runs} runs.` }
  }
  const again = yield* replay(proof, built, reproducer, best, VERIFY, `${reproducer.id} minimised`, tools)
  if (again.length < VERIFY || !again.every((one) => sameBug(one, seen))) {
    return { ...outcome, after: before, minimised: null, say: 'What was left did not fire alike when it was run by itself.' }
  }
  const parts = best.kind === 'file' ? [best.bytes] : best.requests
  const digests: string[] = []
  for (const [i, bytes] of parts.entries()) {
    const name = parts.length === 1 ? `${reproducer.id}.min` : `${reproducer.id}.min-${i + 1}`
    digests.push((yield* ask({ ask: 'product', name, bytes })).digest)
  }
  const of = parts.length === 1 ? '' : ` in ${parts.length} requests, of which this is the first`
  return {
    ...outcome,
    after,
    minimised: digests[0] ?? null,
    say: `${before} bytes became ${after}${of}; the same crash ${VERIFY} of ${VERIFY} times.`,
  }
}

function firesAlike(proof: Proof, built: Built, reproducer: Reproducer, seen: Sighting, tools: Tools): Holds<Load> {
  const { oracle, files, claim } = reproducer
  return function* (candidates) {
    const items = candidates.map((load) => ({ load, oracle, files, claim }))
    const results = yield* batch(proof, built, reproducer.harness, items, `minimise ${reproducer.id}`, tools)
    return results.map((one) => sameBug(one.sighting, seen))
  }
}

type FileLoad = Extract<Load, { kind: 'file' }>
type Exchange = Extract<Load, { kind: 'exchange' }>

/** Whole lines first where it is text, then bytes. */
function* smallerFile(load: FileLoad, fires: Holds<Load>, budget: Budget): Asking<FileLoad> {
  const bytes = yield* smallerBytes(
    load.bytes,
    (candidates) => fires(candidates.map((one) => ({ ...load, bytes: one }))),
    budget,
  )
  return { ...load, bytes }
}

function* smallerBytes(bytes: Uint8Array, fires: Holds<Uint8Array>, budget: Budget): Asking<Uint8Array> {
  const lines = linesOf(bytes)
  const whole = lines.length < 3 ? bytes : joined(yield* shrink(lines, PARTS, (all) => fires(all.map(joined)), budget))
  return yield* shrink(whole, BYTES, fires, budget)
}

/** Whole requests first, then the lines and bytes of each that is left. */
function* smallerExchange(load: Exchange, fires: Holds<Load>, budget: Budget): Asking<Exchange> {
  let best = load
  const requests = yield* shrink(best.requests, PARTS, (all) => fires(all.map((one) => ({ ...load, requests: one }))), budget)
  best = { ...load, requests }
  for (let i = 0; i < best.requests.length && budget.left > 0; i++) {
    const kept = best
    const replaced = (bytes: Uint8Array): Exchange => ({ ...kept, requests: kept.requests.with(i, bytes) })
    best = replaced(yield* smallerBytes(kept.requests[i]!, (all) => fires(all.map(replaced)), budget))
  }
  return best
}

/** Lines with their ends. Bytes that hold NUL, or too many, count as one line. */
function linesOf(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.length > LONGEST_TEXT || bytes.includes(0)) return [bytes]
  const out: Uint8Array[] = []
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from)
    const to = end < 0 ? bytes.length : end + 1
    out.push(bytes.subarray(from, to))
    from = to
  }
  return out
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function sizeOf(load: Load): number {
  return load.kind === 'file' ? load.bytes.length : load.requests.reduce((sum, one) => sum + one.length, 0)
}
