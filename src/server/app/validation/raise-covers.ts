import { areApart } from '../../../core/findings/flaw/apart.ts'
import { newId } from '../../../core/kernel/id.ts'
import { at, type Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import type { LoadedFlaw } from '../flaws/load-flaws.ts'
import { tallyFlaw } from '../flaws/tally-flaw.ts'
import { MATRIX } from './matrix-version.ts'
import type { ValidationDesk } from './validation-desk.ts'

interface Covers {
  /** The flaw whose patch also stops the other's reproducers. */
  readonly over: LoadedFlaw
  readonly under: LoadedFlaw
  readonly say: string
}

interface Reason {
  readonly say: string
  readonly weight: number
}

/** How alike two flaws are of which one patch stops both: a strong hint, and no proof of one cause. */
const SCORE = 0.9

/**
 * One patch stops both, the other does not: never a merge. A question about the two that stands open gets this as a reason, else it
 * is asked; where people have answered it, it stays answered.
 */
export async function raiseCovers(desk: ValidationDesk, tx: Tx, { over, under, say }: Covers): Promise<boolean> {
  if (over.flaw.stage !== 'open' || under.flaw.stage !== 'open' || areApart(over.flaw, under.flaw)) return false
  const [a, b] = over.record.id < under.record.id ? [over, under] : [under, over]
  const reason: Reason = { say: `One covers the other: ${say}`, weight: 3 }
  const asked = await tx.db
    .selectFrom('suggestion')
    .select(['id', 'target_key', 'key_slot', 'reasons', 'state'])
    .where('flaw_a', '=', a.record.id)
    .where('flaw_b', '=', b.record.id)
    .forUpdate()
    .executeTakeFirst()
  if (asked !== undefined && asked.state !== 'open') return false
  if (asked !== undefined) {
    const [key] = desk.keys.get([asked.key_slot])
    if (!key) return false
    const place = `suggestion/${asked.id}/reasons`
    const reasons = openJson<Reason[]>(key, asked.reasons, place)
    if (reasons.some((one) => one.say === reason.say)) return false
    const sealed = sealJson(key, [reason, ...reasons].slice(0, 50), place, desk.random)
    await tx.db.updateTable('suggestion').set({ reasons: sealed }).where('id', '=', asked.id).execute()
    return true
  }
  if (over.key === null) return false
  const id = newId('suggestion', desk.random)
  await tx.db
    .insertInto('suggestion')
    .values({
      target_key: a.record.target_key,
      id,
      flaw_a: a.record.id,
      flaw_b: b.record.id,
      score: SCORE,
      algorithm: MATRIX,
      reasons: sealJson(over.key, [reason], `suggestion/${id}/reasons`, desk.random),
      reasons_of: over.record.lead_finding,
      key_slot: over.record.key_slot,
      state: 'open',
      raised_at: at(desk.clock()) as never,
      decided_at: null,
    })
    .execute()
  for (const { record } of [a, b]) {
    const { need } = await tallyFlaw(tx, record.id)
    await tx.db
      .updateTable('flaw')
      .set({ need, version: record.version + 1 })
      .where('id', '=', record.id)
      .execute()
  }
  await appendEvents(
    tx,
    [a, b].map(({ record }) => ({
      aggregate: 'flaw' as const,
      aggregate_id: record.id,
      version: record.version + 1,
      type: 'suggestion-raised',
      at: desk.clock(),
      actor: 'system:validation',
      payload: { findings: [] },
    })),
  )
  return true
}
