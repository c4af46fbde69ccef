import { dueCases, nextDue } from '../../store/case.ts'
import { inTransaction } from '../../store/connection.ts'
import type { CaseDesk } from './case-desk.ts'
import { resumeCaseClosings } from './close-case.ts'
import { tellCase } from './command-case.ts'
import { releasingNow } from './releasing-now.ts'

const AT_ONCE = 100

/**
 * Tells cases the time that wait for it: ends of embargoes, answers that did not come; while the clocks differ none is told
 * anything. Goes on with closings that were cut short. Returns how many waited.
 */
export async function sweepCases(desk: CaseDesk): Promise<number> {
  const due = await inTransaction(desk.store, 'all', async (tx) => {
    const now = await releasingNow(desk, tx)
    return now === null ? [] : await dueCases(tx, now, AT_ONCE)
  })
  for (const id of due) await tellCase(desk, id, { do: 'clock' })
  return due.length + (await resumeCaseClosings(desk))
}

/** The next instant at which a case waits for the time, epoch milliseconds; null: none does. */
export async function nextCaseDue(desk: Pick<CaseDesk, 'store'>): Promise<number | null> {
  return await inTransaction(desk.store, 'all', nextDue)
}
