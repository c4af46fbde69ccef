import { permits, type Subject } from '../../../core/access/permits.ts'
import type { Action } from '../../../core/access/policy-table.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { isNearCase } from '../../store/case.ts'
import type { Tx } from '../../store/connection.ts'
import type { CaseDesk } from '../cases/case-desk.ts'
import { loadCase, type SeenCase, seenBy, subjectOf } from '../cases/load-case.ts'

/** A case as whoever coordinates it sees it, for what is passed on of it. */
export interface RelayHome {
  readonly home: SeenCase
  readonly subject: Subject
}

/** Loads a case for somebody who may pass it on; null for everyone else, whether there is such a case or not. */
export async function seeHome(
  desk: CaseDesk,
  tx: Tx,
  who: Principal,
  action: Action,
  text: string,
  lock = false,
): Promise<RelayHome | null> {
  const id = parseId('case', text)
  if (id === null || !(await isNearCase(tx, who.organisation, id))) return null
  const loaded = await loadCase(desk, tx, id, lock)
  if (loaded === null) return null
  const home = seenBy(who, loaded)
  const subject: Subject = { ...subjectOf(home), noun: 'relay' }
  return permits(who, action, subject) ? { home, subject } : null
}
