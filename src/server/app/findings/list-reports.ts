import type { ReportRow } from '../../../contract/shapes/report.ts'
import { presentReport } from '../../../core/access/present/finding.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { open } from '../../store/keys/seal.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'

/** The reports the caller may see, newest first; with `id` only that one. */
export async function listReports(
  ground: Ground,
  who: Principal,
  only: string | null = null,
  limit = 100,
): Promise<Presented<ReportRow>[]> {
  const action = only === null ? 'list' : 'read'
  const rows = await inTransaction(ground.store, scopeFor(who, action, 'report'), async ({ db }) => {
    let query = db
      .selectFrom('report')
      .innerJoin('organisation', 'organisation.id', 'report.organisation_id')
      .selectAll('report')
      .select('organisation.name as organisation_name')
      .where(mayList(who, action, 'report', { organisation: 'report.organisation_id' }))
    if (only !== null) query = query.where('report.id', '=', only)
    return await query.orderBy('report.received_at', 'desc').limit(limit).execute()
  })
  const keys = ground.keys.get(rows.map((row) => row.key_slot))
  return rows.flatMap((row, i) => {
    const key = keys[i] ?? null
    const view: ReportRow = {
      id: row.id,
      format: row.format,
      finder: row.organisation_name,
      receivedAt: formatInstant(instant(row.received_at)),
      complete: row.completed_at !== null,
      name: row.name === null || key === null ? null : open(key, row.name, `report/${row.id}/name`).toString('utf8'),
      counts: {
        accepted: row.accepted,
        repeated: row.repeated,
        merged: row.merged,
        needsInfo: row.needs_info,
        refused: row.refused,
      },
      clustered: row.clustered,
    }
    return presentReport(who, row.organisation_id as Id<'organisation'>, view) ?? []
  })
}

export async function readReport(ground: Ground, who: Principal, text: string): Promise<Answer<Presented<ReportRow>>> {
  const id = parseId('report', text)
  const [row] = id === null ? [] : await listReports(ground, who, id)
  return row === undefined ? NOT_FOUND : done(row)
}
