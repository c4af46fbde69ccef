import { accept } from '../kernel/decision.ts'
import type { Outcome, Recorded } from './docket.ts'
import { no } from './docket-refusal.ts'
import { type CommandOf, type DocketDecision, type SidedTurn, stamp, type Turn } from './turn.ts'
import { isDigest, isText } from './written.ts'

const WHY_MAX = 4000
const PLANS_MAX = 200
const NAME_MAX = 200
const REMEASURED_MAX = 1000

/** What a computed outcome says when the office departs from nothing. Nothing measured: not assessed. */
export const RECORDED_AS: Readonly<Record<Outcome, Recorded>> = {
  met: 'covered',
  'not-met': 'not-covered',
  undetermined: 'undetermined',
  'not-assessable': 'not-assessed',
}

/** Lays down the decision plan by its digest. After the first, or once names are unblinded, only as a new plan with a reason. */
export function layPlan(turn: Turn, { digest, why }: CommandOf<'lay-plan'>): DocketDecision {
  const { plans, unblindedAt } = turn.docket
  if (!isDigest(digest)) return no('digest.malformed')
  if (plans.at(-1)?.digest === digest) return no('plan.same')
  if (plans.length > 0 || unblindedAt !== null) {
    if (!isText(why, WHY_MAX)) return no('plan.reason-needed')
  } else if (why !== null && !isText(why, WHY_MAX)) return no('text.malformed')
  if (plans.length >= PLANS_MAX) return no('docket.full')
  return accept({ type: 'plan-laid' as const, ...stamp(turn), digest, why })
}

/** Somebody could see which model a result belongs to; only the first time counts. */
export function unblind(turn: Turn): DocketDecision {
  return turn.docket.unblindedAt === null ? accept({ type: 'names-unblinded' as const, ...stamp(turn) }) : accept()
}

/** What the rule came to. */
export function compute(turn: Turn, { outcome }: CommandOf<'computed'>): DocketDecision {
  return accept({ type: 'outcome-computed' as const, ...stamp(turn), outcome })
}

/** The determining authority's record. Where it departs from what the rule computed, the sealed reason's digest is needed. */
export function record(turn: SidedTurn, { recorded, reasonDigest }: CommandOf<'record'>): DocketDecision {
  const { docket, now, asker } = turn
  const computed = docket.computed?.outcome ?? null
  const departs = recorded !== (computed === null ? 'not-assessed' : RECORDED_AS[computed])
  if (reasonDigest !== null && !isDigest(reasonDigest)) return no('digest.malformed')
  if (departs && reasonDigest === null) return no('determination.reason-needed')
  const determination = { recorded, computed, departs, reasonDigest, by: asker.person, at: now }
  return accept({ type: 'determination-recorded' as const, ...stamp(turn), determination })
}

/** The report as the program made it; a newer one has no signatures yet. */
export function makeReport(turn: Turn, { digest, publicDigest }: CommandOf<'report-made'>): DocketDecision {
  if (!isDigest(digest) || !isDigest(publicDigest)) return no('digest.malformed')
  const { report } = turn.docket
  if (report?.digest === digest && report.publicDigest === publicDigest) return accept()
  return accept({ type: 'report-made' as const, ...stamp(turn), digest, publicDigest })
}

/** One side's signature under the report; nothing waits for it, and an unsigned report says so. */
export function signReport(turn: SidedTurn, { digest, publicDigest }: CommandOf<'sign-report'>): DocketDecision {
  const { docket, party, asker } = turn
  if (docket.report === null) return no('report.none')
  if (docket.report.digest !== digest || docket.report.publicDigest !== publicDigest) return no('report.other')
  if (docket.report.signed[party] !== null) return no('report.signed-already')
  return accept({ type: 'report-signed' as const, ...stamp(turn), party, person: asker.person })
}

/** The same model, measured again after its release. */
export function remeasure(turn: Turn, { runSet }: CommandOf<'remeasured'>): DocketDecision {
  const { docket, now } = turn
  if (!isText(runSet, NAME_MAX)) return no('text.malformed')
  if (docket.kind === 'access' && (docket.planned === null || now < docket.planned.at)) return no('remeasure.before-release')
  if (docket.remeasured.some((one) => one.runSet === runSet)) return accept()
  if (docket.remeasured.length >= REMEASURED_MAX) return no('docket.full')
  return accept({ type: 'model-remeasured' as const, ...stamp(turn), runSet })
}
