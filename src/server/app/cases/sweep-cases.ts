import { dueCases, nextDue } from '../../store/case.ts'
import { inTransaction } from '../../store/connection.ts'
import { eachAlone } from '../each-alone.ts'
import type { CaseDesk } from './case-desk.ts'
import { resumeCaseClosings } from './close-case.ts'
import { tellCase } from './command-case.ts'
import { releasingNow } from './releasing-now.ts'

const AT_ONCE = 100
const SIDE_BY_SIDE = 3

/**
 * Tells cases the time that wait for it: ends of embargoes, answers that did not come; while the clocks differ none is told
 * anything. Goes on with closings that were cut short. Returns how many waited.
 */
export async function sweepCases(desk: CaseDesk): Promise<number> {
  let told = 0
  try {
    told = await tellDue(desk)
  } finally {
    told += await resumeCaseClosings(desk)
  }
  return told
}

async function tellDue(desk: CaseDesk): Promise<number> {
  const told = new Set<string>()
  for (;;) {
    const due = await inTransaction(desk.store, 'all', async (tx) => {
      const now = await releasingNow(desk, tx)
      return now === null ? [] : await dueCases(tx, now, AT_ONCE)
    })
    // One that is still due after it was told waits for the next turn, or this one would never end.
    const fresh = due.filter((id) => !told.has(id))
    if (fresh.length === 0) return told.size
    await eachAlone(fresh, SIDE_BY_SIDE, (id) => tellCase(desk, id, { do: 'clock' }))
    for (const id of fresh) told.add(id)
  }
}

/** The next instant at which a case waits for the time, epoch milliseconds; null: none does. */
export async function nextCaseDue(desk: Pick<CaseDesk, 'store'>): Promise<number | null> {
  return await inTransaction(desk.store, 'all', nextDue)
}
