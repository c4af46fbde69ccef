import type { Flaw } from '../../../core/findings/flaw/flaw.ts'
import { searchWords } from '../../../core/findings/summary.ts'
import type { Ground } from '../../ground.ts'
import { at, type Tx } from '../../store/connection.ts'
import { placeOf } from '../clustering/load-batch.ts'
import type { IntakeMacs } from '../findings/macs.ts'
import { openGist, unpackKeys } from '../findings/sealing.ts'
import type { FlawRecord } from './load-flaws.ts'

/** The row of a flaw that a split made; its own summary is that of its earliest finding. */
export async function openSplit(
  ground: Ground,
  macs: IntakeMacs,
  tx: Tx,
  parent: Pick<FlawRecord, 'priority' | 'priority_rank' | 'score'>,
  flaw: Flaw,
): Promise<void> {
  const first = flaw.members[0]!
  const lead = await tx.db
    .selectFrom('finding')
    .select(['id', 'target_key', 'key_slot', 'features', 'received_at'])
    .where('id', '=', first.finding)
    .executeTakeFirstOrThrow()
  const [key] = ground.keys.get([lead.key_slot])
  const words = key ? searchWords(openGist(key, lead.id, lead.features).summary).map((word) => macs.word(word)) : []
  await tx.db
    .insertInto('flaw')
    .values({
      target_key: lead.target_key,
      id: flaw.id,
      version: 0,
      state: 'open',
      lead_finding: lead.id,
      key_slot: lead.key_slot,
      summary: lead.features,
      deeds: null,
      need: 'nothing',
      merged_into: null,
      priority: parent.priority,
      priority_rank: parent.priority_rank,
      score: parent.score,
      findings: 1,
      finders: 1,
      first_at: at(lead.received_at) as never,
      last_at: at(lead.received_at) as never,
      words,
    })
    .execute()
  await storeKeys(tx, flaw, lead.id)
}

/**
 * Lets later findings be compared with the new flaw too: its lead's candidate keys, and the sure keys of all that left, so that
 * a key that both sides have is seen to tell nothing.
 */
async function storeKeys(tx: Tx, flaw: Flaw, lead: string): Promise<void> {
  const rows = await tx.db
    .selectFrom('finding')
    .select(['id', 'target_key', 'keys'])
    .where(
      'id',
      'in',
      flaw.members.map(({ finding }) => finding),
    )
    .execute()
  const keys = rows.flatMap((row) =>
    unpackKeys(row.keys)
      .filter(({ strength }) => strength === 'sure' || row.id === lead)
      .map(({ kind, digest }) => ({ place: placeOf(row.target_key, kind), digest: Buffer.from(digest), row })),
  )
  await tx.client.query(
    `insert into candidate_key (target_key, digest, finding_id, finding_target)
     select * from unnest($1::bytea[], $2::bytea[], $3::text[], $4::bytea[]) on conflict do nothing`,
    [
      keys.map(({ place }) => place),
      keys.map(({ digest }) => digest),
      keys.map(({ row }) => row.id),
      keys.map(({ row }) => row.target_key),
    ],
  )
}
