import { nameReasons, weaknessReasons } from './pair/claim-reasons.ts'
import type { Features } from './pair/features.ts'
import { crashReasons, placeReasons } from './pair/place-reasons.ts'
import type { Reason } from './pair/reason.ts'
import { textReasons } from './pair/text-reasons.ts'
import { ASK_AT, HARD, MERGE_AT, OPPOSED, PRIOR, SOFT_MOST } from './pair/weights.ts'

export interface PairScore {
  /** 0 to 1, three decimals: how sure it is that one fix mends both. Symmetric. */
  readonly score: number
  /** The heaviest first. */
  readonly reasons: readonly Reason[]
}

export type Verdict = 'merge' | 'ask' | 'apart'

/** Compares two findings by their features: the sum of what is seen, in log-odds, as a share; with the reasons in words. */
export function scorePair(a: Features, b: Features): PairScore {
  // One order for both directions, so that the sentences are the same whoever is asked first.
  const [one, two] = ordered(a, b)
  const reasons = [nameReasons, placeReasons, crashReasons, weaknessReasons, textReasons].flatMap((look) => look(one, two))
  const odds = reasons.reduce((sum, { weight }) => sum + weight, PRIOR)
  const most = isHard(reasons) ? 1 : SOFT_MOST
  return {
    score: Math.min(most, Math.round(1000 / (1 + Math.exp(-odds))) / 1000),
    reasons: reasons.sort((x, y) => Math.abs(y.weight) - Math.abs(x.weight) || (x.seen < y.seen ? -1 : 1)),
  }
}

// Words alone never merge: bulletins describe different flaws in the same sentences, and paraphrases of one flaw differ.
function isHard(reasons: readonly Reason[]): boolean {
  const seen = new Set(reasons.map((one) => one.seen))
  return HARD.some((one) => seen.has(one)) && !OPPOSED.some((one) => seen.has(one))
}

/** What a score asks for. In doubt findings stay apart: a wrong merge hides a flaw, a missed one costs a look. */
export function verdictOf(score: number): Verdict {
  return score >= MERGE_AT ? 'merge' : score >= ASK_AT ? 'ask' : 'apart'
}

function ordered(a: Features, b: Features): readonly [Features, Features] {
  for (const field of ['path', 'line', 'symbol', 'target'] as const) {
    const [one, two] = [String(a[field]), String(b[field])]
    if (one !== two) return one < two ? [a, b] : [b, a]
  }
  return JSON.stringify(a) <= JSON.stringify(b) ? [a, b] : [b, a]
}
