import type { Selectable } from 'kysely'
import type { Agreement } from '../../core/docket/agreement.ts'
import { at, type Tx } from './connection.ts'
import type { AgreementTable } from './tables.ts'

/** A new agreement's row. */
export async function insertAgreement(tx: Tx, agreement: Agreement, slot: number, body: Buffer): Promise<void> {
  const { id, version, state, developer, office, endsAt, openedAt } = agreement
  await tx.db
    .insertInto('agreement')
    .values({
      id,
      version,
      state,
      developer_id: developer,
      office_id: office,
      key_slot: slot,
      body,
      ends_at: endsAt === null ? null : (at(endsAt) as never),
      opened_at: at(openedAt) as never,
    })
    .execute()
}

/** What changes in an agreement's row with each command. */
export async function updateAgreement(tx: Tx, { id, version, state }: Agreement, body: Buffer): Promise<void> {
  await tx.db.updateTable('agreement').set({ version, state, body }).where('id', '=', id).execute()
}

/** Rows of the agreements that an organisation is a side of, the newest first. */
export async function selectAgreements(tx: Tx, organisation: string): Promise<Selectable<AgreementTable>[]> {
  return await tx.db
    .selectFrom('agreement')
    .selectAll()
    .where((is) => is.or([is('developer_id', '=', organisation), is('office_id', '=', organisation)]))
    .orderBy('opened_at', 'desc')
    .limit(200)
    .execute()
}
