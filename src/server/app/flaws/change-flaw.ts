import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import type { FlawTable } from '../../store/tables.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'

export type LockedFlaw = Pick<FlawTable, 'target_key' | 'id' | 'version' | 'state' | 'need' | 'findings' | 'finders' | 'first_at' | 'last_at' | 'lead_finding' | 'key_slot' | 'summary' | 'priority' | 'priority_rank' | 'score' | 'words' | 'merged_into'>

export interface FlawChange {
  readonly set: Partial<Pick<FlawTable, 'need' | 'priority' | 'priority_rank' | 'state' | 'merged_into' | 'findings' | 'finders' | 'first_at' | 'last_at'>>
  readonly event: { readonly type: string; readonly payload: object }
}

/** Locks flaws the caller may decide about, in the order of their ids so that two commands never wait for each other. */
export async function lockFlaws(tx: Tx, who: Principal, ids: readonly string[]): Promise<Map<string, LockedFlaw>> {
  const known = ids.filter((id) => parseId('flaw', id) !== null)
  if (known.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('flaw').selectAll().where('id', 'in', [...known]).where(mayList(who, 'decide', 'flaw', { stage: 'flaw.stage' })).orderBy('id').forUpdate().execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Writes one flaw's change with its event; the version moves by one. */
export async function storeChange(tx: Tx, flaw: LockedFlaw, change: FlawChange, now: number, actor: string): Promise<void> {
  const { first_at, last_at, ...plain } = change.set
  const at = (ms: number) => new Date(ms).toISOString() as never
  await tx.db
    .updateTable('flaw')
    .set({ ...plain, ...(first_at === undefined ? {} : { first_at: at(first_at) }), ...(last_at === undefined ? {} : { last_at: at(last_at) }), version: flaw.version + 1 })
    .where('target_key', '=', flaw.target_key).where('id', '=', flaw.id).execute()
  await appendEvents(tx, [{ aggregate: 'flaw', aggregate_id: flaw.id, version: flaw.version + 1, type: change.event.type, at: now, actor, payload: change.event.payload }])
}

/** One command on one flaw: load, permit, decide, commit. A version that is no longer the newest is refused, never overwritten. */
export async function changeFlaw(
  ground: Ground, who: Principal, id: string, version: number, decide: (tx: Tx, flaw: LockedFlaw) => Promise<Answer<FlawChange>>,
): Promise<Answer<null>> {
  return await inTransaction(ground.store, scopeFor(who, 'decide', 'flaw'), async (tx) => {
    const flaw = (await lockFlaws(tx, who, [id])).get(id)
    if (flaw === undefined) return NOT_FOUND
    if (flaw.version !== version) return denied('flaw.changed', 'Load it again and decide on what you see then.')
    if (flaw.state !== 'open') return denied('flaw.not-open')
    const change = await decide(tx, flaw)
    if (!change.ok) return change
    await storeChange(tx, flaw, change.value, ground.clock(), `person:${who.person}`)
    return done(null)
  })
}
