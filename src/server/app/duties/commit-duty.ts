import type { TrackEvent } from '../../../core/duties/track.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Json } from '../../../ledger/statement.ts'
import type { Ground } from '../../ground.ts'
import { openInterval } from '../../ledger/open-interval.ts'
import type { Tx } from '../../store/connection.ts'
import { dayOf } from './duty-out.ts'

/** Commits what was said of a public duty to the ledger, in the transaction that stores it. Who said it is not in it. */
export async function commitDuty(ground: Ground, tx: Tx, version: number, event: TrackEvent): Promise<void> {
  const statement = statementOf(version, event)
  const id = `duty/${event.duty}/${version}`
  const interval = await openInterval(tx, ground.keys)
  const { bytes, position } = interval.commit(id, statement)
  await tx.db
    .insertInto('duty_entry')
    .values({
      id,
      duty: event.duty,
      version,
      statement: JSON.stringify(statement),
      interval_index: interval.index,
      position,
      commitment: bytes,
    })
    .execute()
}

function statementOf(version: number, event: TrackEvent): { readonly [name: string]: Json } {
  const { duty, at } = event
  const head = { type: 'weir/duty/1', duty, version, event: event.type, at: formatInstant(at) }
  switch (event.type) {
    case 'duty-reported':
      return { ...head, doneOn: dayOf(event.doneAt), evidence: event.evidence.map((one) => ({ ...one })) }
    case 'report-disputed':
      return { ...head, says: event.reason, evidence: event.evidence.map((one) => ({ ...one })) }
    case 'report-taken-back':
      return { ...head, says: event.reason }
    case 'dispute-answered':
      return { ...head, says: event.reason, stands: event.stands }
    case 'duty-noted':
      return { ...head, says: event.text, mark: event.mark }
  }
}
