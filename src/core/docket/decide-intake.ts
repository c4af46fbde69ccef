import { accept } from '../kernel/decision.ts'
import { termsInForce } from './decide-terms.ts'
import { no } from './docket-refusal.ts'
import { type CommandOf, type DocketDecision, isSigned, type SidedTurn, stamp, type Turn } from './turn.ts'
import { isText } from './written.ts'

const ITEM_MAX = 200
const ITEMS_MAX = 5000

/** One side's consent to carry one vulnerability from the docket to intake. */
export function consentIntake(turn: SidedTurn, { item }: CommandOf<'consent-intake'>): DocketDecision {
  const { docket, party, asker } = turn
  if (!isText(item, ITEM_MAX)) return no('text.malformed')
  if (termsInForce(docket)?.facts.findingsToIntake !== true) return no('intake.not-in-terms')
  const entry = docket.toIntake.find((one) => one.item === item)
  if (entry !== undefined && entry.signed[party] !== null) return no('intake.signed-already')
  if (entry === undefined && docket.toIntake.length >= ITEMS_MAX) return no('docket.full')
  return accept({ type: 'intake-consented' as const, ...stamp(turn), item, party, person: asker.person })
}

/** The finding has become a report at intake; only with both consents, and once. */
export function sendToIntake(turn: Turn, { item, report }: CommandOf<'sent-to-intake'>): DocketDecision {
  if (!isText(report, ITEM_MAX)) return no('text.malformed')
  const entry = turn.docket.toIntake.find((one) => one.item === item)
  if (entry === undefined || !isSigned(entry.signed)) return no('intake.unsigned')
  if (entry.report !== null) return entry.report === report ? accept() : no('intake.sent-already')
  return accept({ type: 'sent-to-intake' as const, ...stamp(turn), item, report })
}
