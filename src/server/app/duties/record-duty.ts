import type { Principal } from '../../../core/access/principal.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'

/** Writes what happened to a duty into the outbox: ids and closed words only, never what it says. */
export async function recordDuty(
  tx: Tx,
  aggregate: 'duty' | 'own-duty',
  thing: { readonly id: string; readonly version: number },
  type: string,
  now: Instant,
  who: Principal,
): Promise<void> {
  const actor = who.person === null ? `organisation:${who.organisation ?? 'none'}` : `person:${who.person}`
  await appendEvents(tx, [{ aggregate, aggregate_id: thing.id, version: thing.version, type, at: now, actor, payload: {} }])
}
