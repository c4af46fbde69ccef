import type { Selectable } from 'kysely'
import { at, type Tx } from './connection.ts'
import type { CertificateTable } from './scan-tables.ts'

export type CertificateRow = Selectable<CertificateTable>

/** When each of these packages and repositories was last certified. */
export async function lastCertified(tx: Tx, names: readonly string[]): Promise<(readonly [string, number])[]> {
  if (names.length === 0) return []
  const rows = await tx.db
    .selectFrom('certificate')
    .select((of) => ['name', of.fn.max('finished_at').as('last')])
    .where('name', 'in', [...names])
    .groupBy('name')
    .execute()
  return rows.map(({ name, last }) => [name, Number(last)] as const)
}

/** Certificates, the newest first; those of some names where they are given. */
export async function selectCertificates(
  tx: Tx,
  only: { readonly names: readonly string[] } | { readonly digest: Buffer } | null,
  most: number,
): Promise<CertificateRow[]> {
  let query = tx.db.selectFrom('certificate').selectAll()
  if (only !== null)
    query = 'names' in only ? query.where('name', 'in', [...only.names]) : query.where('digest', '=', only.digest)
  return await query.orderBy('at', 'desc').orderBy('id').limit(most).execute()
}

export async function insertCertificate(tx: Tx, row: CertificateRow): Promise<void> {
  await tx.db
    .insertInto('certificate')
    .values({
      ...row,
      envelope: JSON.stringify(row.envelope),
      finished_at: at(row.finished_at) as never,
      at: at(row.at) as never,
    })
    .execute()
}
