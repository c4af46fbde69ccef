import type { Finding } from '../../../core/findings/finding.ts'
import type { Tx } from '../../store/connection.ts'
import type { CaseDesk } from '../cases/case-desk.ts'
import { readBody } from '../findings/body.ts'
import { findingOrder } from '../validation/finding-order.ts'

const MOST = 10

/** Findings of a flaw in the order of their worth, as they can still be read, and the organisations that sent any. */
export interface FlawFindings {
  readonly findings: readonly { readonly id: string; readonly organisation: string; readonly finding: Finding }[]
  readonly organisations: readonly string[]
}

/** Reads the first ten findings of a flaw with their own keys. */
export async function flawFindings(desk: CaseDesk, tx: Tx, flaw: string): Promise<FlawFindings> {
  const members = await tx.db
    .selectFrom('member')
    .select(['finding_id', 'organisation_id'])
    .where('flaw_id', '=', flaw)
    .limit(1000)
    .execute()
  const organisations = [...new Set(members.map((row) => row.organisation_id))]
  const ids = (
    await findingOrder(
      tx,
      members.map((row) => row.finding_id),
    )
  ).slice(0, MOST)
  if (ids.length === 0) return { findings: [], organisations }
  const rows = await tx.db
    .selectFrom('finding')
    .select(['id', 'organisation_id', 'key_slot', 'body'])
    .where('id', 'in', ids)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const findings: { id: string; organisation: string; finding: Finding }[] = []
  for (const id of ids) {
    const row = byId.get(id)
    const [key] = row === undefined ? [] : desk.keys.get([row.key_slot])
    if (row === undefined || !key) continue
    const { finding } = await readBody(desk, { slot: row.key_slot, key }, id, row.body)
    findings.push({ id, organisation: row.organisation_id, finding })
  }
  return { findings, organisations }
}
