import { sql } from 'kysely'
import type { Tx } from './connection.ts'

/** How many rows of each kind a case has, and the names of its blobs. */
export async function countContent(tx: Tx, id: string): Promise<{ counts: Record<string, number>; blobs: string[] }> {
  const { rows } = await sql<{ papers: number; letters: number; entries: number }>`
    select (select count(*) from case_paper where case_id = ${id})::int as papers,
      (select count(*) from letter where case_id = ${id})::int as letters,
      (select count(*) from case_entry where case_id = ${id})::int as entries`.execute(tx.db)
  const blobs = await tx.db
    .selectFrom('case_paper')
    .select('blob')
    .distinct()
    .where('case_id', '=', id)
    .where('blob', 'is not', null)
    .execute()
  return { counts: { ...rows[0]! }, blobs: blobs.flatMap(({ blob }) => blob ?? []) }
}

/** Deletes everything of a case that had content; of its log the hashes stay. Harmless where nothing is left. */
export async function deleteContent(tx: Tx, id: string): Promise<void> {
  await tx.db.deleteFrom('case_paper').where('case_id', '=', id).execute()
  await tx.db
    .updateTable('relay')
    .set({ body: Buffer.alloc(0) })
    .where('case_id', '=', id)
    .execute()
  await tx.db.deleteFrom('letter_link').where('case_id', '=', id).execute()
  await tx.db.deleteFrom('letter').where('case_id', '=', id).execute()
  await tx.db.deleteFrom('reply_address').where('case_id', '=', id).execute()
  await tx.db
    .updateTable('case_entry')
    .set({ body: Buffer.alloc(0) })
    .where('case_id', '=', id)
    .execute()
}

/** Puts the skeleton of a case under a key of its own in the place of its body; the old slot stays until it is destroyed. */
export async function replaceCase(tx: Tx, id: string, slot: number, body: Buffer): Promise<void> {
  await tx.db.updateTable('case_file').set({ key_slot: slot, body }).where('id', '=', id).execute()
}
