import { inTransaction } from '../../store/connection.ts'
import { dueDockets, openWindowIds } from '../../store/docket.ts'
import { done } from '../answer.ts'
import { probe } from './act-endpoint.ts'
import { tellDocket } from './command-docket.ts'
import type { DocketDesk } from './docket-desk.ts'

const AT_ONCE = 100

/** Tells dockets the time that wait for it: openings, ends, receipts whose days are over. Returns how many there were. */
export async function sweepDockets(desk: DocketDesk): Promise<number> {
  const due = await inTransaction(desk.store, 'all', (tx) => dueDockets(tx, desk.clock(), AT_ONCE))
  for (const id of due) await tellDocket(desk, id, () => done({ command: { do: 'clock' } }))
  return due.length
}

/** Asks the endpoints of all open windows the fixed questions, so that another build is noticed within the hour. */
export async function probeWindows(desk: DocketDesk): Promise<void> {
  const ids = await inTransaction(desk.store, 'all', openWindowIds)
  for (const id of ids) await probe(desk, id)
}
