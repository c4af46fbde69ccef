import type { Ground } from '../../ground.ts'
import type { Tx } from '../../store/connection.ts'
import { openLetter } from '../../store/letter.ts'
import { sealLetterBody } from '../../store/letter-queue.ts'

/**
 * Takes the letters of a case into the one that it is merged into, sealed anew: their links still act, answers and bounces still
 * arrive, and what was sent still counts for the project's pace. `ids`: participants by the id that they have there.
 */
export async function moveLetters(
  desk: Pick<Ground, 'keys' | 'random'>,
  tx: Tx,
  from: string,
  into: { readonly id: string; readonly slot: number },
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = await tx.db.selectFrom('letter').selectAll().where('case_id', '=', from).forUpdate().execute()
  for (const row of rows) {
    const body = openLetter(desk.keys, row)
    if (body === null) continue
    const moved = { id: row.id, key_slot: into.slot }
    const party_id = row.party_id === null ? null : (ids.get(row.party_id) ?? row.party_id)
    // Terms are numbered in each case for itself: what was told before the merge is no version of the other one's.
    const sealed = sealLetterBody(desk, moved, { ...body, terms: null })
    await tx.db
      .updateTable('letter')
      .set({ case_id: into.id, party_id, key_slot: into.slot, body: sealed })
      .where('id', '=', row.id)
      .execute()
  }
  await tx.db.updateTable('letter_link').set({ case_id: into.id }).where('case_id', '=', from).execute()
  const addresses = await tx.db.selectFrom('reply_address').select(['digest', 'party_id']).where('case_id', '=', from).execute()
  for (const { digest, party_id } of addresses)
    await tx.db
      .updateTable('reply_address')
      .set({ case_id: into.id, party_id: ids.get(party_id) ?? party_id })
      .where('digest', '=', digest)
      .execute()
  const sendings = await tx.db.selectFrom('project_sending').selectAll().where('case_id', '=', from).execute()
  for (const { project_id } of sendings) {
    const known = await tx.db
      .selectFrom('project_sending')
      .select('case_id')
      .where('project_id', '=', project_id)
      .where('case_id', '=', into.id)
      .executeTakeFirst()
    // Two cases that became one were written about twice, and count once more as long as the older one is kept.
    if (known === undefined)
      await tx.db
        .updateTable('project_sending')
        .set({ case_id: into.id })
        .where('project_id', '=', project_id)
        .where('case_id', '=', from)
        .execute()
  }
}
