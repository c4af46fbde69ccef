import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { RegisterRunner, RunnerList, RunnerOut } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentRunner } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import type { RunnerTable } from '../../store/tables.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { recordValidation } from './record-validation.ts'
import { loseHeldBy } from './sweep-leases.ts'
import type { ValidationDesk } from './validation-desk.ts'

/**
 * Records a runner under its key, or what it offers now. A key belongs to the organisation of the token it first came with, so that
 * nobody else's token can speak for it.
 */
export async function registerRunner(
  desk: ValidationDesk,
  who: Principal,
  wanted: z.infer<typeof RegisterRunner>,
): Promise<Answer<Presented<RunnerOut>>> {
  const key = Buffer.from(wanted.publicKey, 'base64')
  if (key.length !== 32 || key.toString('base64') !== wanted.publicKey)
    return denied('request.invalid', 'An Ed25519 public key is 32 bytes, in base64.', '/publicKey')
  return await inTransaction(desk.store, 'all', async (tx) => {
    const now = at(desk.clock()) as never
    const offers = {
      name: wanted.name,
      tiers: JSON.stringify(wanted.tiers),
      lacking: JSON.stringify(wanted.lacking),
      slots: wanted.slots,
      last_seen: now,
    }
    const known = await tx.db
      .selectFrom('runner')
      .select(['id', 'owner_id'])
      .where('public_key', '=', key)
      .forUpdate()
      .executeTakeFirst()
    if (known !== undefined && known.owner_id !== who.organisation) return NOT_FOUND
    const id = known?.id ?? newId('runner', desk.random)
    if (known === undefined) {
      const fresh = { id, owner_id: who.organisation, public_key: key, registered_at: now }
      await tx.db
        .insertInto('runner')
        .values({ ...fresh, ...offers })
        .execute()
      await recordValidation(tx, 'runner', id, 1, 'runner-registered', desk.clock(), who)
    } else {
      await tx.db.updateTable('runner').set(offers).where('id', '=', id).execute()
      await loseHeldBy(desk, tx, id)
    }
    const view = presentRunner(who, (await runnersOf(tx, id))[0]!)
    return view === null ? NOT_FOUND : done(view)
  })
}

/** The runner of that id as the asker's own; null when it is another's or none. Being asked for is being seen. */
export async function seenRunner(tx: Tx, who: Principal, text: string, now: number): Promise<RunnerTable | null> {
  const id = parseId('runner', text)
  if (id === null) return null
  const row = await tx.db.selectFrom('runner').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined || row.owner_id !== who.organisation) return null
  await tx.db
    .updateTable('runner')
    .set({ last_seen: at(now) as never })
    .where('id', '=', id)
    .execute()
  return row
}

/** All runners, the last seen first. */
export async function listRunners(ground: Ground, who: Principal): Promise<Answer<Presented<RunnerList>>> {
  return await inTransaction(ground.store, 'all', async (tx) => {
    const view = presentRunner(who, { rows: await runnersOf(tx, null) })
    return view === null ? NOT_FOUND : done(view)
  })
}

/** The id of a key as statements name it: the first 16 bytes of its SHA-256, hex. */
export function keyId(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex').slice(0, 32)
}

const SHOWN = 200

async function runnersOf(tx: Tx, id: string | null): Promise<RunnerOut[]> {
  let query = tx.db
    .selectFrom('runner')
    .selectAll()
    .select((from) =>
      from
        .selectFrom('validation')
        .select((of) => of.fn.countAll<number>().as('n'))
        .where('state', '=', 'running')
        .whereRef('runner_id', '=', 'runner.id')
        .as('running'),
    )
  if (id !== null) query = query.where('id', '=', id)
  const rows = await query.orderBy('last_seen', 'desc').orderBy('id').limit(SHOWN).execute()
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    key: keyId(row.public_key),
    tiers: row.tiers as RunnerOut['tiers'],
    lacking: row.lacking as RunnerOut['lacking'],
    lastSeen: formatInstant(instant(row.last_seen)),
    running: Number(row.running),
  }))
}
