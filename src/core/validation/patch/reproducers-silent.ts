import type { Asking } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import type { RungResult } from '../ladder.ts'
import { replay } from '../run/replay.ts'
import type { PatchGround } from '../validate-ground.ts'
import { firesAlike } from '../variants/survey.ts'
import type { Sighting } from '../verdict.ts'
import { type Held, otherBug } from './held.ts'
import { rungResult } from './standing.ts'

const RUNS_MOST = 20

/** The rung that says least: every reproducer of the flaw, run again on the patched build, is silent. */
export function* reproducersSilent(
  ground: PatchGround,
  built: PatchedBuild,
  held: readonly Held[],
  fixes: readonly string[],
): Asking<RungResult> {
  if (held.length === 0) {
    const named = fixes.length > 0 ? `None of ${fixes.slice(0, 10).join(', ')}` : 'No reproducer'
    return rungResult(
      'reproducers-silent',
      'not-possible',
      `${named} fired on the base, so there is nothing to hold against it.`,
    )
  }
  const notes = fixes
    .filter((id) => !held.some(({ reproducer }) => reproducer.id === id))
    .map((id) => `${id} did not fire on the base and was left out.`)
  const says: string[] = []
  for (const one of held) {
    const { reproducer, load } = one
    const say = `${reproducer.id} on the patched build`
    const runs = runsFor(ground, one)
    const sightings = yield* replay(ground.proof, built, reproducer, load, runs, say, ground.tools)
    const seen = judge(ground, one, sightings)
    notes.push(...seen.notes)
    if (seen.outcome !== 'passed') return rungResult('reproducers-silent', seen.outcome, seen.say, notes)
    says.push(seen.say)
  }
  return rungResult('reproducers-silent', 'passed', says.join(' '), notes)
}

// What fired k of n times must be silent often enough that luck is no likely reason.
function runsFor(ground: PatchGround, { verdict }: Held): number {
  const asked = ground.proof.settings.runs
  if (verdict.fired === 0 || verdict.fired >= verdict.of) return asked
  return Math.min(RUNS_MOST, Math.max(asked, Math.ceil((4 * verdict.of) / verdict.fired)))
}

function judge(ground: PatchGround, { reproducer, seen }: Held, sightings: readonly Sighting[]) {
  const notes: string[] = []
  const id = reproducer.id
  const of = sightings.length
  const same = sightings.filter((one) => firesAlike(reproducer, seen, one)).length
  if (same > 0) return { outcome: 'failed' as const, say: `${id} still fires, ${same} of ${of} times.`, notes }
  for (const one of sightings.filter(({ fired }) => fired)) {
    const other = otherBug(ground, reproducer, seen, one, [])
    if (!other.met) return { outcome: 'failed' as const, say: `${other.say}.`, notes }
    if (!notes.includes(`${other.say}.`)) notes.push(`${other.say}.`)
  }
  const stopped = sightings.filter((one) => one.stopped !== null && one.stopped !== 'lost' && one.stopped !== 'closed')
  if (stopped.length > 0 && seen.stopped === null) {
    const say = `${id} no longer crashes, but ${stopped.length} of ${of} runs had to be stopped (${stopped[0]!.stopped}).`
    return { outcome: 'failed' as const, say, notes }
  }
  if (sightings.some(({ stopped }) => stopped === 'lost' || stopped === 'closed')) {
    return { outcome: 'not-possible' as const, say: `Runs of ${id} were lost, so nothing can be said.`, notes }
  }
  return { outcome: 'passed' as const, say: `${id} is silent ${of} of ${of} times.`, notes }
}
