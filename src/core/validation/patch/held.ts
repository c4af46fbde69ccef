import { sameBug } from '../crash/same-bug.ts'
import type { Reproducer } from '../proof.ts'
import type { Load } from '../run/load.ts'
import type { PatchGround } from '../validate-ground.ts'
import type { ReproducerVerdict, Sighting } from '../verdict.ts'

/** A reproducer that a patch can be held against: it fired on the base, and how. */
export interface Held {
  readonly reproducer: Reproducer
  readonly load: Load
  readonly seen: Sighting
  readonly verdict: ReproducerVerdict
}

const FIRES = new Set(['confirmed', 'flaky', 'different-bug'])

/** The reproducers of `fixes` that fired on the base; a patch that names none is held against all of them. */
export function heldAgainst(ground: PatchGround, fixes: readonly string[]): Held[] {
  return ground.verdicts.flatMap((verdict): Held[] => {
    const { reproducer: id, seen } = verdict
    const reproducer = ground.proof.reproducers.find((one) => one.id === id)
    const load = ground.loads.get(id)
    if (!reproducer || !load || seen === null || !FIRES.has(verdict.verdict)) return []
    return fixes.length === 0 || fixes.includes(id) ? [{ reproducer, load, seen, verdict }] : []
  })
}

export interface OtherBug {
  /** The base met it too: an input can hit two bugs, and a patch mends one. */
  readonly met: boolean
  /** It fires where the old one did: the fault only changed its face. */
  readonly moved: boolean
  readonly say: string
}

/** Tells another bug than the one seen, which fires on the patched build, apart from those the base has. */
export function otherBug(
  ground: PatchGround,
  reproducer: Reproducer,
  seen: Sighting,
  now: Sighting,
  known: readonly Sighting[],
): OtherBug {
  const what = `${now.type ?? now.signal ?? 'a crash'}${now.state.length > 0 ? ` in ${now.state[0]}` : ''}`
  const verdict = ground.verdicts.find((one) => one.reproducer === reproducer.id)
  const also = verdict?.alsoMet.some((state) => state.join('\n') === now.state.join('\n')) ?? false
  const others = ground.verdicts.filter((one) => one.reproducer !== reproducer.id).map((one) => one.seen)
  // A mutant of this very input that crashed in the same place on the base is the same fault with another face.
  const place = now.state[0] === seen.state[0]
  const theirs = also || others.some((one) => one !== null && sameBug(one, now))
  const met = theirs || (!place && known.some((one) => sameBug(one, now)))
  const moved = !met && place
  const where = met ? 'another bug that the base has too' : 'a bug that the base did not show'
  return { met, moved, say: `${reproducer.id}, or a variant of it, now meets ${where}: ${what}` }
}
