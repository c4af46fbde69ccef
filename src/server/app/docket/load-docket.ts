import { permits, type Subject } from '../../../core/access/permits.ts'
import type { Action } from '../../../core/access/policy-table.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Compartment } from '../../../core/docket/compartment.ts'
import type { Docket } from '../../../core/docket/docket.ts'
import { isLeaderless, seatsOf } from '../../../core/docket/reading.ts'
import type { Seat } from '../../../core/docket/seat.ts'
import { type Id, parseId } from '../../../core/kernel/id.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type DocketRecord, loadDocketRow } from '../../store/docket.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { type DocketBody, openBody } from './docket-body.ts'
import { type DocketDesk, decidingNow } from './docket-desk.ts'
import { keyOf } from './docket-keys.ts'

/** A docket as one command or query sees it, at one instant. */
export interface LoadedDocket extends DocketBody {
  readonly row: DocketRecord
  readonly now: Instant
  /** The key of a compartment; null once it is destroyed. */
  readonly key: (compartment: Compartment) => DataKey | null
}

/** The same, with who asks. */
export interface SeenDocket extends LoadedDocket {
  readonly person: Id<'person'>
  readonly seats: readonly Seat[]
}

/** Loads a docket for Weir itself; null where there is none or its key is gone. */
export async function loadDocket(desk: DocketDesk, tx: Tx, id: string, lock = false): Promise<LoadedDocket | null> {
  const row = await loadDocketRow(tx, id, lock)
  const joint = row === undefined ? null : keyOf(desk.keys, row, 'J')
  if (row === undefined || joint === null) return null
  const body = openBody(joint.key, row.id, row.body)
  return { ...body, row, now: await decidingNow(desk, tx), key: (compartment) => keyOf(desk.keys, row, compartment) }
}

/** Loads a docket for a person whom the policy lets come near it; null for everyone else, whether there is such a docket or not. */
export async function seeDocket(
  desk: DocketDesk,
  tx: Tx,
  who: Principal,
  action: Action,
  text: string,
  lock = false,
): Promise<SeenDocket | null> {
  const id = parseId('docket', text)
  const { person } = who
  if (id === null || person === null) return null
  const loaded = await loadDocket(desk, tx, id, lock)
  if (loaded === null) return null
  const seats = seatsOf(loaded.docket, person, loaded.now)
  const comesNear = seats.length > 0 || (action === 'decide' && mayTakeOver(who, loaded.docket))
  return permits(who, action, subjectOf(loaded.row, comesNear)) ? { ...loaded, person, seats } : null
}

/** A developer whose only lead left must not be without a say in its own docket: a colleague takes the seat, reading nothing before. */
function mayTakeOver(who: Principal, docket: Docket): boolean {
  return who.organisation === docket.developer && who.roles.includes('developer') && isLeaderless(docket, 'developer')
}

/** What the policy is told of a docket: an office's officers see those of their own office, all others need a seat. */
export function subjectOf(row: Pick<DocketRecord, 'office_id' | 'stage'>, seated: boolean): Subject {
  const organisation = row.office_id as Id<'organisation'>
  return { noun: 'docket', stage: row.stage, organisation, person: null, held: false, seated }
}
