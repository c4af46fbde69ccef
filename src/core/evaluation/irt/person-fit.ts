import { logistic, logLikelihood } from './posterior.ts'
import type { ModelResponses } from './responses.ts'

/** Whether a model's answers have the pattern that its ability leads to expect. Never a verdict. */
export interface PersonFit {
  /** Standardised log-likelihood (Drasgow, Levine and Williams 1985): about N(0, 1); far below 0: hard solved while easy failed. */
  readonly lz: number
  /** Share of pairs of one item solved and one failed in which the solved one is the harder; null without such a pair. */
  readonly guttman: number | null
  /** l_z below −2: a flag that could mean sandbagging, contamination or a broken item. */
  readonly flagged: boolean
}

const FLAG_BELOW = -2

/** Person fit of a model on a scale of difficulties; null where every answer was certain. Costs a sort of the answers. */
export function personFit(theta: number, { item, score }: ModelResponses, difficulty: Float64Array): PersonFit | null {
  let observed = 0
  let expected = 0
  let variance = 0
  for (let i = 0; i < item.length; i++) {
    const z = theta - (difficulty[item[i] ?? 0] ?? 0)
    const p = logistic(z)
    observed += logLikelihood(z, score[i] ?? 0)
    expected += logLikelihood(z, p)
    // ln(P / (1 − P)) is the logit itself.
    variance += p * (1 - p) * z * z
  }
  if (!(variance > 1e-12)) return null
  const lz = (observed - expected) / Math.sqrt(variance)
  return { lz, guttman: guttmanErrors(item, score, difficulty), flagged: lz < FLAG_BELOW }
}

function guttmanErrors(item: Int32Array, score: Float64Array, difficulty: Float64Array): number | null {
  const answers = Array.from(item, (at, i) => ({ b: difficulty[at] ?? 0, solved: (score[i] ?? 0) >= 0.5 }))
  answers.sort((a, b) => a.b - b.b)
  let failed = 0
  let errors = 0
  for (const { solved } of answers) {
    if (solved) errors += failed
    else failed++
  }
  const pairs = failed * (answers.length - failed)
  return pairs === 0 ? null : errors / pairs
}
