import type { Tx } from '../../store/connection.ts'

/** Findings in the order of the flaw's page: the first received first. */
export async function findingOrder(tx: Tx, findings: readonly string[]): Promise<string[]> {
  if (findings.length === 0) return []
  const rows = await tx.db
    .selectFrom('finding')
    .select('id')
    .where('id', 'in', [...findings])
    .orderBy('received_at')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
