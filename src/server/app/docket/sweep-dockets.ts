import { parseId } from '../../../core/kernel/id.ts'
import { inTransaction } from '../../store/connection.ts'
import { dueDockets, leftSeats, openWindowIds } from '../../store/docket.ts'
import { done } from '../answer.ts'
import { probe } from './act-endpoint.ts'
import { tellDocket } from './command-docket.ts'
import type { DocketDesk } from './docket-desk.ts'

const AT_ONCE = 100

/**
 * Tells dockets the time that wait for it (openings, ends, receipts whose days are over), and who left their organisation. Returns
 * how many waited for the time.
 */
export async function sweepDockets(desk: DocketDesk): Promise<number> {
  const due = await inTransaction(desk.store, 'all', (tx) => dueDockets(tx, desk.clock(), AT_ONCE))
  for (const id of due) await tellDocket(desk, id, () => done({ command: { do: 'clock' } }))
  const left = await inTransaction(desk.store, 'all', (tx) => leftSeats(tx, AT_ONCE))
  for (const { docket, person: text } of left) {
    const person = parseId('person', text)
    if (person !== null) await tellDocket(desk, docket, () => done({ command: { do: 'person-left', person } }))
  }
  return due.length
}

/** Asks the endpoints of all open windows the fixed questions, so that another build is noticed within the hour. */
export async function probeWindows(desk: DocketDesk): Promise<void> {
  const ids = await inTransaction(desk.store, 'all', openWindowIds)
  for (const id of ids) await probe(desk, id)
}
