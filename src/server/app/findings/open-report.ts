import { type Id, newId } from '../../../core/kernel/id.ts'
import type { FormatName } from '../../../formats/format.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import { seal } from '../../store/keys/seal.ts'
import type { IntakeMacs } from './macs.ts'
import type { Sender } from './sender.ts'

/** An upload under way: one row, whoever sends the same key again comes back to it. */
export interface OpenReport {
  readonly id: Id<'report'>
  readonly organisation: Id<'organisation'>
  readonly format: FormatName
  readonly slot: number
  readonly key: Buffer
  readonly uploadKey: Buffer
  readonly receivedAt: number
}

/** Opens the report of that idempotency key, or finds it again after a cut connection. `name` is the file's, and sealed. */
export async function openReport(
  ground: Ground,
  sender: Sender,
  key: string,
  format: FormatName,
  name: string | null,
  macs: IntakeMacs,
): Promise<OpenReport> {
  const uploadKey = macs.uploadKey(sender.organisation, key)
  return await inTransaction(ground.store, { organisation: sender.organisation }, async (tx) => {
    const found = await tx.db
      .selectFrom('report')
      .select(['id', 'key_slot', 'received_at'])
      .where('organisation_id', '=', sender.organisation)
      .where('key_digest', '=', uploadKey)
      .executeTakeFirst()
    if (found !== undefined) {
      const [dataKey] = ground.keys.get([found.key_slot])
      if (!dataKey) throw new Error('the key of an open report is gone')
      return {
        id: found.id as Id<'report'>,
        organisation: sender.organisation,
        format,
        slot: found.key_slot,
        key: dataKey,
        uploadKey,
        receivedAt: found.received_at,
      }
    }
    const id = newId('report', ground.random)
    const now = ground.clock()
    const [slot] = await ground.keys.allocate(1)
    const sealedName =
      name === null ? null : seal(slot!.key, Buffer.from(name.slice(0, 500)), `report/${id}/name`, ground.random)
    await tx.db
      .insertInto('report')
      .values({
        organisation_id: sender.organisation,
        id,
        person_id: sender.person,
        key_digest: uploadKey,
        format,
        key_slot: slot!.slot,
        name: sealedName,
        received_at: at(now) as never,
      })
      .execute()
    await appendEvents(tx, [
      {
        aggregate: 'report',
        aggregate_id: id,
        version: 1,
        type: 'report-opened',
        at: now,
        actor: sender.actor,
        payload: { organisation: sender.organisation, format },
      },
    ])
    return { id, organisation: sender.organisation, format, slot: slot!.slot, key: slot!.key, uploadKey, receivedAt: now }
  })
}

/** Marks the upload as whole. An upload that was cut stays open until it is sent again. */
export async function completeReport(ground: Ground, report: OpenReport): Promise<void> {
  await inTransaction(ground.store, { organisation: report.organisation }, async ({ db }) => {
    await db
      .updateTable('report')
      .set((set) => ({ completed_at: at(ground.clock()) as never, version: set('version', '+', 1) }))
      .where('organisation_id', '=', report.organisation)
      .where('id', '=', report.id)
      .where('completed_at', 'is', null)
      .execute()
  })
}
