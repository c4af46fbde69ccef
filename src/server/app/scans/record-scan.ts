import type { Principal } from '../../../core/access/principal.ts'
import type { Tx } from '../../store/connection.ts'
import { appendEvents, type NewEvent } from '../../store/events.ts'

type Kind = Extract<NewEvent['aggregate'], 'claim' | 'opt-out' | 'scan-route' | 'scan-request' | 'certificate'>

/** Writes what happened to a thing of this desk into the outbox: ids and closed words only, never what a claim names. */
export async function recordScan(
  tx: Tx,
  aggregate: Kind,
  thing: { readonly id: string; readonly version: number },
  type: string,
  at: number,
  by: Principal | 'system:scans',
): Promise<void> {
  const actor =
    by === 'system:scans' ? by : by.person === null ? `organisation:${by.organisation ?? 'none'}` : `person:${by.person}`
  await appendEvents(tx, [{ aggregate, aggregate_id: thing.id, version: thing.version, type, at, actor, payload: {} }])
}
