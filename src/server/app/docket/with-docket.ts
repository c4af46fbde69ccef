import type { Action } from '../../../core/access/policy-table.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { ObjectKind } from '../../../core/docket/compartment.ts'
import { mayRead } from '../../../core/docket/reading.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, NOT_FOUND } from '../answer.ts'
import type { DocketDesk } from './docket-desk.ts'
import { type SeenDocket, seeDocket } from './load-docket.ts'
import { writeReading } from './write-access.ts'

export interface Wanted {
  readonly docket: string
  readonly object: ObjectKind
  /** Id of what is read within the docket; null: the list or the only one. */
  readonly thing?: string | null
  readonly action?: Action
  /** With its row locked: nobody else changes the docket until this is done. */
  readonly lock?: boolean
}

/**
 * Runs `work` on a docket for somebody who may read things of that kind in it: policy, seat and compartment are asked, and the
 * reading is written into the docket's log, all in one transaction. Who has a seat but is not read in is written down too and
 * sees nothing. One answer for what is not there and what may not be seen.
 */
export async function withDocket<T>(
  desk: DocketDesk,
  who: Principal,
  wanted: Wanted,
  work: (tx: Tx, seen: SeenDocket) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  return await inTransaction(desk.store, 'all', async (tx): Promise<Answer<T>> => {
    const seen = await seeDocket(desk, tx, who, wanted.action ?? 'read', wanted.docket, wanted.lock)
    if (seen === null) return NOT_FOUND
    const { object, thing = null } = wanted
    if (!mayRead(seen.docket, seen.person, object, seen.now)) {
      if (seen.seats.length > 0) await writeReading(tx, seen, object, null, true)
      return NOT_FOUND
    }
    if (seen.purge !== null && KEPT.every((one) => one !== object)) return denied('docket.closed')
    const answer = await work(tx, seen)
    if (answer.ok) await writeReading(tx, seen, object, thing)
    return answer
  })
}

/** What is still there once a docket was purged. */
const KEPT: readonly ObjectKind[] = ['head', 'log', 'receipt', 'grant']
