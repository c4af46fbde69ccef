import type { Principal } from '../../../core/access/principal.ts'
import type { Tx } from '../../store/connection.ts'
import { appendEvents, type NewEvent } from '../../store/events.ts'

/** Writes what happened to a target, validation or runner into the outbox. `payload` holds ids and closed words only. */
export async function recordValidation(
  tx: Tx,
  aggregate: Extract<NewEvent['aggregate'], 'target' | 'validation' | 'runner'>,
  id: string,
  version: number,
  type: string,
  at: number,
  by: Principal | 'system:validation',
  payload: object = {},
): Promise<void> {
  const actor =
    by === 'system:validation' ? by : by.person === null ? `organisation:${by.organisation ?? 'none'}` : `person:${by.person}`
  await appendEvents(tx, [{ aggregate, aggregate_id: id, version, type, at, actor, payload }])
}
