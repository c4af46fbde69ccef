import { type AnswerPair, isChanged, isComparable, isRefusedNow, isTaken, shapeOf } from './answer-pair.ts'

/**
 * Of inputs one small change away from a benign one, this share may answer otherwise: a mutant can stray into what the patch
 * has to refuse without firing on the base.
 */
export const MUTANT_SHARE = 0.1
/**
 * Of near misses that both builds take, this share may get another answer. Near misses share what is wrong with the reproducer, so a
 * right patch may refuse all of them; taking them and saying something else is what a neutered feature does. A right patch
 * changes some too, where the base went wrong without being seen: 6 of 90 for the event bus of conformance/proof.
 */
export const OTHER_ANSWER_SHARE = 0.1
/** Fewer near misses than this say nothing of a share. */
export const NEAR_MISS_LEAST = 5
/** A kind of answer that so many inputs got and that none gets any more: the feature behind it is gone. */
export const SHAPE_LEAST = 3

export interface Weighed {
  readonly failed: boolean
  readonly compared: number
  readonly changed: number
  readonly unstable: number
  readonly say: string
  readonly notes: readonly string[]
}

/** What differing answers say of a patch: any on benign samples, or systematic ones on their neighbours, count against it. */
export function weigh(pairs: readonly AnswerPair[]): Weighed {
  const known = pairs.filter(isComparable)
  const changed = known.filter(isChanged)
  const of = (origin: AnswerPair['origin']) => known.filter((pair) => pair.origin === origin)
  const reasons = [benign(of('benign')), fires(known), share(of('mutant')), taken(of('near-miss')), vanished(known)]
  const bad = reasons.filter((reason) => reason !== null)
  const near = of('near-miss').filter(({ base }) => isTaken(base))
  const moved = near.filter(isChanged)
  const refused = moved.filter(isRefusedNow).length
  const other = moved.length - refused
  const figures = `${changed.length} of ${known.length} inputs answer otherwise (of ${near.length} near misses that were taken, ${refused} are refused now and ${other} get another answer)`
  return {
    failed: bad.length > 0,
    compared: known.length,
    changed: changed.length,
    unstable: pairs.length - known.length,
    say: bad[0] ?? `${figures}, none of the benign samples, and no kind of answer is gone`,
    notes: [...bad.slice(1), ...changed.slice(0, 6).map(described)],
  }
}

/** Whether the answers can tell anything: a harness that answers every input alike shows no difference either. */
export function isTelling(pairs: readonly AnswerPair[]): boolean {
  return new Set(pairs.filter(isComparable).map(({ base }) => base.answer)).size > 1
}

function benign(pairs: readonly AnswerPair[]): string | null {
  const changed = pairs.filter(isChanged)
  return changed.length === 0 ? null : `${changed.length} of ${pairs.length} benign samples answer otherwise`
}

function fires(pairs: readonly AnswerPair[]): string | null {
  const now = pairs.filter(({ patched }) => patched.sighting.fired)
  return now.length === 0 ? null : `${now.length} inputs that were silent before fire on the patched build`
}

function share(mutants: readonly AnswerPair[]): string | null {
  const took = mutants.filter(({ base }) => isTaken(base))
  const changed = took.filter(isChanged)
  if (changed.length < 2 || changed.length <= took.length * MUTANT_SHARE) return null
  return `${changed.length} of ${took.length} neighbours of benign samples that were taken before answer otherwise`
}

function taken(near: readonly AnswerPair[]): string | null {
  const took = near.filter(({ base }) => isTaken(base))
  const changed = took.filter(isChanged)
  if (took.length < NEAR_MISS_LEAST) return null
  const other = changed.filter((pair) => !isRefusedNow(pair))
  if (other.length >= 2 && other.length > took.length * OTHER_ANSWER_SHARE) {
    return `${other.length} of ${took.length} near misses are taken as before but answered otherwise`
  }
  return null
}

// A neutered feature shows as a kind of answer that is gone, also where few of the inputs use the feature. Only inputs near
// benign ones count, and only where they are not refused: refusing malformed ones of a kind is what the patch is for.
function vanished(pairs: readonly AnswerPair[]): string | null {
  const after = new Set(pairs.map(({ patched }) => shapeOf(patched)))
  const before = new Map<string, number>()
  for (const pair of pairs) {
    const { base, origin } = pair
    if (isTaken(base) && origin !== 'near-miss' && !isRefusedNow(pair))
      before.set(shapeOf(base), (before.get(shapeOf(base)) ?? 0) + 1)
  }
  for (const [shape, count] of before) {
    if (count >= SHAPE_LEAST && !after.has(shape)) return `No input is answered with "${shape}" any more; ${count} were before`
  }
  return null
}

function described(pair: AnswerPair): string {
  const said = ({ answerSay, sighting }: AnswerPair['base']) =>
    sighting.fired ? 'fires' : (sighting.stopped ?? `"${answerSay.slice(0, 80)}" (exit ${sighting.exit ?? sighting.signal})`)
  return `${pair.name} (${pair.origin}): ${said(pair.base)} before, ${said(pair.patched)} now.`
}
