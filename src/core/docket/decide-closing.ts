import { accept } from '../kernel/decision.ts'
import { DAY } from '../kernel/instant.ts'
import type { Party } from './docket.ts'
import type { DocketEvent } from './docket-event.ts'
import { no } from './docket-refusal.ts'
import { type CommandOf, type DocketDecision, isSigned, type SidedTurn, signedBy, stamp, type Turn } from './turn.ts'
import { isDigest } from './written.ts'

/** The developer withdraws, from any state and without a reason: the command has no field for one. A second time changes nothing. */
export function withdraw(turn: Turn): DocketDecision {
  const { docket } = turn
  if (docket.withdrawnAt !== null) return accept()
  const events: DocketEvent[] = []
  if (docket.state === 'window-open') events.push({ type: 'window-closed', ...stamp(turn), why: 'withdrawn' })
  events.push({ type: 'docket-withdrawn', ...stamp(turn) })
  if (docket.closing === null) events.push({ type: 'closing-begun', ...stamp(turn) })
  return accept(...events)
}

/**
 * Ends a docket without withdrawing it. During analysis only the office does: a developer who wants the results gone before
 * anything is recorded withdraws.
 */
export function beginClosing(turn: SidedTurn): DocketDecision {
  if (turn.docket.state === 'analysis' && turn.party === 'developer') return no('docket.wrong-state')
  return accept({ type: 'closing-begun' as const, ...stamp(turn) })
}

/** The purge ran; the digest is of the receipt with its list of copies. Once. */
export function purge(turn: Turn, { receiptDigest }: CommandOf<'purged'>): DocketDecision {
  if (!isDigest(receiptDigest)) return no('digest.malformed')
  const known = turn.docket.closing?.receiptDigest ?? null
  if (known !== null) return known === receiptDigest ? accept() : no('receipt.other')
  return accept({ type: 'docket-purged' as const, ...stamp(turn), receiptDigest })
}

/** One side's signature under the receipt; the second one closes the docket. */
export function signReceipt(turn: SidedTurn, { digest }: CommandOf<'sign-receipt'>): DocketDecision {
  const { docket, party, asker, now } = turn
  const { closing } = docket
  if (closing === null || closing.receiptDigest === null) return no('receipt.none')
  if (closing.receiptDigest !== digest) return no('receipt.other')
  if (closing.signed[party] !== null) return no('receipt.signed-already')
  const signed: DocketEvent = { type: 'receipt-signed', ...stamp(turn), party, person: asker.person }
  return isSigned(signedBy(closing.signed, party, asker.person, now))
    ? accept<DocketEvent>(signed, { type: 'docket-closed', ...stamp(turn), missing: [] })
    : accept(signed)
}

/** The receipt's days are over: the docket closes, and says which side did not sign. Nobody can keep it from ending. */
export function closeIfOverdue(turn: Turn): readonly DocketEvent[] {
  const { docket, now, policy } = turn
  const { closing } = docket
  if (docket.state !== 'closing' || closing === null || closing.purgedAt === null) return []
  if (now < closing.purgedAt + policy.receiptDays * DAY) return []
  return [{ type: 'docket-closed', ...stamp(turn), missing: missingSignatures(closing.signed) }]
}

/** The sides that have not signed. */
function missingSignatures(signed: Readonly<Record<Party, unknown>>): readonly Party[] {
  return (['developer', 'office'] as const).filter((party) => signed[party] === null)
}
