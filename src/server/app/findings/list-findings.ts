import { sql } from 'kysely'
import type { FindingRow } from '../../../contract/shapes/report.ts'
import { finderState, presentFinding, sayState } from '../../../core/access/present/finding.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { openGist } from './sealing.ts'

/** Where cases that these findings of one organisation are in stand in their maintainer's line, as far as it may know. */
export type PlacesOf = (
  organisation: string,
  findings: readonly string[],
) => Promise<ReadonlyMap<string, NonNullable<FindingRow['waits']>>>

/** What the caller may list of findings, newest first, with a state that says nothing of what others sent. */
export async function listFindings(
  ground: Ground,
  who: Principal,
  page: { before: { at: number; id: string } | null; limit: number; report: string | null; finding?: Id<'finding'> },
  placesOf: PlacesOf = async () => new Map(),
): Promise<{ rows: Presented<FindingRow>[]; next: { at: number; id: string } | null }> {
  const rows = await inTransaction(ground.store, scopeFor(who, 'list', 'finding'), async ({ db }) => {
    let query = db
      .selectFrom('finding')
      .innerJoin('receipt', (join) =>
        join.onRef('receipt.organisation_id', '=', 'finding.organisation_id').onRef('receipt.id', '=', 'finding.receipt_id'),
      )
      .select([
        'finding.id',
        'finding.organisation_id',
        'finding.receipt_id',
        'finding.report_id',
        'finding.received_at',
        'finding.state',
        'finding.released',
        'finding.stage',
      ])
      .select(['finding.features', 'finding.key_slot', 'receipt.own_group'])
      .where(mayList(who, 'list', 'finding', { organisation: 'finding.organisation_id', stage: 'finding.stage' }))
    if (page.report !== null) query = query.where('finding.report_id', '=', page.report)
    if (page.finding !== undefined) query = query.where('finding.id', '=', page.finding)
    if (page.before !== null)
      query = query.where(
        sql<boolean>`(finding.received_at, finding.id) < (to_timestamp(${page.before.at}::double precision / 1000), ${page.before.id})`,
      )
    return await query
      .orderBy('finding.received_at', 'desc')
      .orderBy('finding.id', 'desc')
      .limit(page.limit + 1)
      .execute()
  })
  const shown = rows.slice(0, page.limit)
  const own = shown.filter((row) => row.organisation_id === who.organisation).map(({ id }) => id)
  const places = who.organisation === null ? new Map() : await placesOf(who.organisation, own)
  const keys = ground.keys.get(shown.map((row) => row.key_slot))
  const views = shown.flatMap((row, i) => {
    const key = keys[i] ?? null
    const summary = key === null ? null : openGist(key, row.id, row.features).summary
    const state = finderState({ state: row.state, released: row.released, stage: row.stage })
    const view: FindingRow = {
      id: row.id,
      receipt: row.receipt_id,
      report: row.report_id,
      title: summary?.title ?? 'Erased under its terms',
      target: summary?.target ?? null,
      state,
      say: sayState(state),
      receivedAt: formatInstant(instant(row.received_at)),
      group: row.own_group ?? row.receipt_id,
      ...(places.has(row.id) ? { waits: places.get(row.id) } : {}),
    }
    return presentFinding(who, { organisation: row.organisation_id as Id<'organisation'>, stage: row.stage }, view) ?? []
  })
  const last = shown.at(-1)
  return { rows: views, next: rows.length > page.limit && last !== undefined ? { at: last.received_at, id: last.id } : null }
}
