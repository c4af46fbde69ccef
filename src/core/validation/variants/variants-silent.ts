import type { Asking } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import type { RungResult } from '../ladder.ts'
import { type Held, otherBug } from '../patch/held.ts'
import { rungResult } from '../patch/standing.ts'
import { batch } from '../run/batch.ts'
import type { PatchGround } from '../validate-ground.ts'
import { firesAlike, itemOf, survey } from './survey.ts'

/** The rung that a patch for this one input does not climb: inputs near the reproducer that fired before must be silent. */
export function* variantsSilent(ground: PatchGround, built: PatchedBuild, held: readonly Held[]): Asking<RungResult> {
  const notes: string[] = []
  const bad: string[] = []
  let [tried, fired, silent, unanswered] = [0, 0, 0, 0]
  for (const { reproducer, load, seen } of held) {
    const found = yield* survey(ground, reproducer, load, seen)
    tried += found.tried
    fired += found.variants.length
    if (found.variants.length === 0) continue
    const items = found.variants.map((probe) => ({ ...itemOf(reproducer), load: probe.load }))
    const say = `variants of ${reproducer.id} on the patched build`
    const results = yield* batch(ground.proof, built, reproducer.harness, items, say, ground.tools)
    let still = 0
    for (const { sighting } of results) {
      if (firesAlike(reproducer, seen, sighting)) still++
      else if (sighting.fired) {
        const other = otherBug(ground, reproducer, seen, sighting, found.others)
        if (other.moved) bad.push(other.say)
        else notes.push(other.say)
      } else if (sighting.stopped === 'lost' || sighting.stopped === 'closed') unanswered++
      else silent++
    }
    if (still > 0) bad.unshift(`${still} of ${results.length} variants of ${reproducer.id} still fire the same bug`)
  }
  const figures = `${tried} mutants tried on the base, ${fired} fired the same bug there`
  if (bad.length > 0) return rungResult('variants-silent', 'failed', `${bad[0]} (${figures}).`, [...bad.slice(1), ...notes])
  if (fired === 0) return rungResult('variants-silent', 'not-possible', `No variant was found: ${figures}.`, notes)
  if (unanswered === fired) return rungResult('variants-silent', 'not-possible', `No run gave an answer (${figures}).`, notes)
  return rungResult('variants-silent', 'passed', `${silent} of ${fired} variants are silent (${figures}).`, notes)
}
