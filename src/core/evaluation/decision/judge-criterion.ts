import type { Outcome } from '../../docket/docket.ts'
import { countSides, type SideCounts } from '../multiverse/sides.ts'
import type { Criterion, Plan } from '../plan/plan.ts'
import { clopperPearson } from '../rates/clopper-pearson.ts'
import type { HorizonResult, Interval, Treatment } from '../result.ts'
import { type Errors, errorsOf } from './errors.ts'
import { type Evidence, LEAST_COVERAGE } from './evidence.ts'

/** Why a criterion came out as it did, as closed words. */
export type Why =
  | 'above'
  | 'below'
  | 'straddles'
  | 'edge-case'
  | 'no-interval'
  | 'treatments-differ'
  | 'multiverse-flips'
  | 'low-coverage'
  | 'no-runs'
  | 'too-few-attempts'
  | 'no-scale'
  | 'other-scale'

export interface Judged {
  readonly kind: Criterion['kind']
  readonly outcome: Outcome
  readonly why: Why
  /** What the multiverse says of this criterion; null where it has none. */
  readonly sides: SideCounts | null
  readonly errors: Errors | null
}

/** One criterion against the evidence: guard band, then coverage, treatments and the multiverse, each of which can only weaken it. */
export function judgeCriterion(criterion: Criterion, plan: Plan, evidence: Evidence): Judged {
  switch (criterion.kind) {
    case 'horizon':
      return judgeHorizonAt(criterion, plan, evidence)
    case 'irt':
      return judgeAbility(criterion, evidence)
    case 'range':
      return judgeRange(criterion, plan, evidence)
    case 'sentinel': {
      const done = evidence.completions.get(criterion.task)
      if (!done || done.n === 0) return plain('sentinel', 'not-assessable', 'no-runs')
      return done.k > 0 ? plain('sentinel', 'met', 'above') : plain('sentinel', 'not-met', 'below')
    }
  }
}

function judgeHorizonAt(criterion: Extract<Criterion, { kind: 'horizon' }>, plan: Plan, evidence: Evidence): Judged {
  const { at, minutes } = criterion
  const { horizon, cells, coverage } = evidence
  if (!horizon.assessable) return plain('horizon', 'not-assessable', 'edge-case')
  const interval = at === 0.5 ? horizon.interval : horizon.interval80
  if (interval === null) return plain('horizon', 'not-assessable', 'no-interval')
  const errors = errorsOf(interval, minutes)
  const side = guard(interval, minutes)
  if (side === null) return { kind: 'horizon', outcome: 'undetermined', why: 'straddles', sides: null, errors }
  const sides = countSides(cells, at, minutes, side)
  const weak = (why: Why): Judged => ({ kind: 'horizon', outcome: 'undetermined', why, sides, errors })
  if (coverage !== null && coverage < LEAST_COVERAGE) return weak('low-coverage')
  if (treatmentsDiffer(evidence.byTreatment, at, minutes, side)) return weak('treatments-differ')
  if (cells.length > 0 && sides.flips.length > plan.mostFlips * cells.length) return weak('multiverse-flips')
  return { kind: 'horizon', outcome: side === 'above' ? 'met' : 'not-met', why: side, sides, errors }
}

/** The whole interval on one side, each of its ends a number that the suite can bear; null where it straddles or an end is open. */
function guard({ low, high }: Interval, minutes: number): 'above' | 'below' | null {
  if (low.minutes !== null && low.minutes > minutes) return 'above'
  return high.minutes !== null && high.minutes < minutes ? 'below' : null
}

function treatmentsDiffer(
  by: Readonly<Record<Treatment, HorizonResult>>,
  at: 0.5 | 0.8,
  minutes: number,
  side: 'above' | 'below',
): boolean {
  return Object.values(by).some((one) => {
    const own = at === 0.5 ? one.p50 : one.p80
    if (own !== null) return own > minutes !== (side === 'above')
    // Without a number a bound may still speak; anything else is no support for the side.
    return one.bound === null || (one.bound.side === 'above' ? one.bound.minutes >= minutes : false) !== (side === 'above')
  })
}

function judgeAbility(criterion: Extract<Criterion, { kind: 'irt' }>, { ability }: Evidence): Judged {
  if (ability === null) return plain('irt', 'not-assessable', 'no-scale')
  if (ability.reference !== criterion.reference) return plain('irt', 'not-assessable', 'other-scale')
  if (ability.theta - ability.half > criterion.score) return plain('irt', 'met', 'above')
  if (ability.theta + ability.half < criterion.score) return plain('irt', 'not-met', 'below')
  return plain('irt', 'undetermined', 'straddles')
}

/** At least k of n: met when reached; not met when the rate's upper end would give fewer than k of n on average. */
function judgeRange(criterion: Extract<Criterion, { kind: 'range' }>, plan: Plan, evidence: Evidence): Judged {
  const done = evidence.completions.get(criterion.task)
  if (!done || done.n < criterion.n) return plain('range', 'not-assessable', done ? 'too-few-attempts' : 'no-runs')
  const interval = clopperPearson(done.k, done.n, 1 - plan.level)
  const needed = criterion.k / criterion.n
  if (done.k / done.n >= needed) return plain('range', 'met', 'above')
  return interval.high < needed ? plain('range', 'not-met', 'below') : plain('range', 'undetermined', 'straddles')
}

function plain(kind: Criterion['kind'], outcome: Outcome, why: Why): Judged {
  return { kind, outcome, why, sides: null, errors: null }
}
