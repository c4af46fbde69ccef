import type { ObjectKind } from '../../../core/docket/compartment.ts'
import type { DocketEvent } from '../../../core/docket/docket-event.ts'

/** Which kind of thing an event is about: what its entry in the log says beside its name. */
export function objectOf(type: DocketEvent['type']): ObjectKind {
  switch (type) {
    case 'terms-offered':
    case 'terms-signed':
      return 'terms'
    case 'endpoint-registered':
    case 'baseline-taken':
    case 'build-changed':
    case 'dry-run-passed':
      return 'endpoint'
    case 'plan-laid':
      return 'criterion'
    case 'outcome-computed':
    case 'names-unblinded':
    case 'model-remeasured':
      return 'analysis'
    case 'determination-recorded':
    case 'report-made':
    case 'report-signed':
      return 'report'
    case 'partner-proposed':
    case 'partner-signed':
    case 'partner-selected':
    case 'partner-declined':
    case 'partner-admitted':
    case 'partner-revoked':
    case 'grant-given':
      return 'partner'
    case 'docket-purged':
    case 'receipt-signed':
      return 'receipt'
    default:
      return 'head'
  }
}

/** What an event is about, as an id to stand in the log; never a text. */
export function thingOf(event: DocketEvent): string | null {
  if ('grant' in event && event.grant !== null) return event.grant
  if ('partner' in event) return event.partner
  if ('person' in event) return event.person
  if ('runSet' in event) return event.runSet
  return null
}
