import type { Docket } from './docket.ts'
import type { DocketEvent, EventOf } from './docket-event.ts'
import { signedBy, UNSIGNED } from './turn.ts'

const TYPES = [
  'plan-laid',
  'names-unblinded',
  'outcome-computed',
  'determination-recorded',
  'report-made',
  'report-signed',
  'model-remeasured',
  'intake-consented',
  'sent-to-intake',
] as const
type RecordEvent = EventOf<(typeof TYPES)[number]>

export function isOfRecord(event: DocketEvent): event is RecordEvent {
  return (TYPES as readonly string[]).includes(event.type)
}

/** What plans, record, report and the list for intake become. */
export function afterRecord(docket: Docket, event: RecordEvent): Partial<Docket> {
  const { report, toIntake } = docket
  switch (event.type) {
    case 'plan-laid':
      return { plans: [...docket.plans, { digest: event.digest, at: event.at, why: event.why }] }
    case 'names-unblinded':
      return { unblindedAt: docket.unblindedAt ?? event.at }
    case 'outcome-computed':
      return { computed: { outcome: event.outcome, at: event.at } }
    case 'determination-recorded':
      return { state: 'recorded', determination: event.determination }
    case 'report-made':
      return { report: { digest: event.digest, publicDigest: event.publicDigest, signed: UNSIGNED } }
    case 'report-signed': {
      const { party, person, at } = event
      return report === null ? {} : { report: { ...report, signed: signedBy(report.signed, party, person, at) } }
    }
    case 'model-remeasured':
      return { remeasured: [...docket.remeasured, { at: event.at, runSet: event.runSet }] }
    case 'intake-consented': {
      const { item, party, person, at } = event
      const known = toIntake.find((one) => one.item === item)
      const next = { item, signed: signedBy(known?.signed ?? UNSIGNED, party, person, at), report: null }
      return { toIntake: known === undefined ? [...toIntake, next] : toIntake.map((one) => (one === known ? next : one)) }
    }
    case 'sent-to-intake':
      return { toIntake: toIntake.map((one) => (one.item === event.item ? { ...one, report: event.report } : one)) }
  }
}
