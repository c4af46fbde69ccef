import type { Docket } from './docket.ts'
import type { DocketEvent, EventOf } from './docket-event.ts'
import { signedBy, UNSIGNED } from './turn.ts'

const TYPES = ['docket-withdrawn', 'closing-begun', 'docket-purged', 'receipt-signed', 'docket-closed'] as const
type ClosingEvent = EventOf<(typeof TYPES)[number]>

export function isOfClosing(event: DocketEvent): event is ClosingEvent {
  return (TYPES as readonly string[]).includes(event.type)
}

/** What a docket becomes on its way to the end. From the beginning of the closing nobody is read in and no grant stands. */
export function afterClosing(docket: Docket, event: ClosingEvent): Partial<Docket> {
  const { closing } = docket
  switch (event.type) {
    case 'docket-withdrawn':
      return { withdrawnAt: docket.withdrawnAt ?? event.at }
    case 'closing-begun':
      return { state: 'closing', ...ended(docket, event) }
    case 'docket-purged':
      return closing === null ? {} : { closing: { ...closing, purgedAt: event.at, receiptDigest: event.receiptDigest } }
    case 'receipt-signed': {
      const { party, person, at } = event
      return closing === null ? {} : { closing: { ...closing, signed: signedBy(closing.signed, party, person, at) } }
    }
    case 'docket-closed':
      return { state: 'closed', closedAt: event.at }
  }
}

function ended(docket: Docket, { at }: EventOf<'closing-begun'>): Partial<Docket> {
  const why = docket.withdrawnAt === null ? 'ended' : 'withdrawn'
  return {
    closing: { startedAt: at, why, purgedAt: null, receiptDigest: null, signed: UNSIGNED },
    readIns: docket.readIns.map((one) => ({ ...one, endedAt: one.endedAt ?? at })),
    partners: docket.partners.map((one) => ({
      ...one,
      persons: one.persons.map((grant) => ({ ...grant, revoked: grant.revoked ?? at })),
    })),
  }
}
