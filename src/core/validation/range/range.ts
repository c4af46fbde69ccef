import { type Asking, ask, type Tools } from '../ask.ts'
import { buildBase } from '../build/build.ts'
import { asClaimed, sameBug } from '../crash/same-bug.ts'
import type { RangeOutcome } from '../outcome.ts'
import type { Proof, Reproducer } from '../proof.ts'
import type { Load } from '../run/load.ts'
import { replay } from '../run/replay.ts'
import type { Sighting } from '../verdict.ts'
import { type AtCommit, edgeBetween, type Look } from './bisect.ts'

const TIMES = 2

/**
 * Bisects the history for the commit that introduced a flaw and, where the target no longer has it, the one that fixed it, within
 * the proof's budget of builds. Evidence, not verdict: it goes by this one reproducer, and commits that do not build are left out.
 */
export function* affectedRange(
  proof: Proof,
  reproducer: Reproducer,
  load: Load,
  seen: Sighting | null,
  tools: Tools,
): Asking<RangeOutcome> {
  const state = { builds: 0, skipped: 0 }
  const end = (introduced: string | null, fixed: string | null, say: string): RangeOutcome => ({
    reproducer: reproducer.id,
    introduced,
    fixed,
    skipped: state.skipped,
    builds: state.builds,
    say,
  })
  const commits = yield* ask({ ask: 'history' })
  if (commits === null || commits.length === 0) return end(null, null, 'The target has no history to search.')
  const last = commits.length - 1
  const known = new Map<number, AtCommit>()
  if (seen !== null) known.set(last, 'fires')
  const like: { seen: Sighting | null } = { seen }
  const look: Look = function* (index) {
    const before = known.get(index)
    if (before !== undefined) return before
    if (state.builds >= proof.settings.rangeBuilds) return null
    state.builds++
    const does = yield* lookAt(proof, reproducer, load, commits[index]!, like, tools)
    if (does === 'skip') state.skipped++
    known.set(index, does)
    return does
  }
  const firing = seen !== null ? last : yield* lastSeenFiring(last, look)
  if (firing === null) return end(null, null, `It fires at none of the ${state.builds} commits that were looked at.`)
  const fixed = firing < last ? yield* fixedBy(firing, last, known, look) : null
  const first = yield* firstThatBuilds(firing, look)
  if (first === 'spent') return end(null, nameOf(commits, fixed), `The budget of ${state.builds} builds was spent.`)
  if (known.get(first) === 'fires') {
    const say = `It fires as far back as the history goes that can be built${first === 0 ? '' : `; ${first} older commits do not build`}.`
    return end(commits[first]!, nameOf(commits, fixed), say)
  }
  const edge = yield* edgeBetween(first, firing, 'fires', look)
  if (edge.at === null) return end(null, nameOf(commits, fixed), `The budget of ${state.builds} builds was spent.`)
  const unsure =
    edge.unsure === 0 ? '' : ` The ${edge.unsure} commits before it do not build: it may have come with one of them.`
  return end(commits[edge.at]!, nameOf(commits, fixed), `Told by ${state.builds} builds of ${commits.length} commits.${unsure}`)
}

function nameOf(commits: readonly string[], index: number | null): string | null {
  return index === null ? null : (commits[index] ?? null)
}

function* lookAt(
  proof: Proof,
  reproducer: Reproducer,
  load: Load,
  commit: string,
  like: { seen: Sighting | null },
  tools: Tools,
): Asking<AtCommit> {
  const built = yield* buildBase(proof, commit, tools)
  if (built.entry === null) return 'skip'
  const runs = yield* replay(proof, built, reproducer, load, TIMES, `${reproducer.id} at ${commit.slice(0, 12)}`, tools)
  const fired = runs.find((one) => one.fired && (like.seen ? sameBug(one, like.seen) : asClaimed(reproducer.claim, one).agrees))
  if (fired === undefined) return 'silent'
  like.seen ??= fired
  return 'fires'
}

/** Steps back from the end, each step twice as long, until it fires; then it is at least there. */
function* lastSeenFiring(last: number, look: Look): Asking<number | null> {
  for (let step = 0; ; step = step === 0 ? 1 : step * 2) {
    const index = Math.max(0, last - step)
    const does = yield* look(index)
    if (does === null) return null
    if (does === 'fires') return index
    if (index === 0) return null
  }
}

function* fixedBy(firing: number, last: number, known: ReadonlyMap<number, AtCommit>, look: Look): Asking<number | null> {
  let silent = last
  for (const [index, does] of known) if (does === 'silent' && index > firing && index < silent) silent = index
  if (known.get(silent) !== 'silent') return null
  return (yield* edgeBetween(firing, silent, 'silent', look)).at
}

/** The oldest commit that builds, within a few steps; the firing one where none before it does. */
function* firstThatBuilds(firing: number, look: Look): Asking<number | 'spent'> {
  for (let index = 0, step = 1; index < firing; index += step, step *= 2) {
    const does = yield* look(index)
    if (does === null) return 'spent'
    if (does !== 'skip') return index
  }
  return firing
}
