import type { Tx } from './connection.ts'
import type { ExposureTables } from './exposure-tables.ts'
import { tellOwed } from './owed-news.ts'

export type RuleRow = ExposureTables['exposure_rule']

/** The rule that an organisation set itself; undefined where it set none. */
export async function ruleRowOf(tx: Tx, organisation: string): Promise<RuleRow | undefined> {
  return await tx.db.selectFrom('exposure_rule').selectAll().where('organisation_id', '=', organisation).executeTakeFirst()
}

export async function putRuleRow(tx: Tx, row: RuleRow): Promise<void> {
  await tx.db
    .insertInto('exposure_rule')
    .values(row)
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet({ version: row.version, body: row.body }))
    .execute()
  await tellOwed(tx, row.organisation_id)
}
