import type { Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import type { Grouping } from './group-batch.ts'

/** Brings counts, dates and needs of the flaws of a batch up to date, with an event for each that was there before. */
export async function touchFlaws(tx: Tx, grouping: Grouping, asked: ReadonlySet<string>, now: number): Promise<void> {
  const fresh = new Set(grouping.opened.map((opened) => opened.flaw))
  const joined = new Map<string, string[]>()
  for (const join of grouping.joins) joined.set(join.flaw, [...(joined.get(join.flaw) ?? []), join.finding.id])
  const touched = [...new Set([...[...joined.keys()].filter((flaw) => !fresh.has(flaw) || joined.get(flaw)!.length > 1), ...asked])]
  if (touched.length === 0) return
  const { rows } = await tx.client.query<{ id: string; version: number }>(
    `update flaw f set findings = c.findings, finders = c.finders, first_at = least(f.first_at, c.first_at), last_at = greatest(f.last_at, c.last_at),
       need = case when f.id = any($2::text[]) then 'decide' else f.need end, version = f.version + case when f.id = any($3::text[]) then 0 else 1 end
     from (
       select m.flaw_id, count(*)::int as findings, count(distinct m.organisation_id)::int as finders, min(g.received_at) as first_at, max(g.received_at) as last_at
       from member m join finding g on g.target_key = m.target_key and g.id = m.finding_id where m.flaw_id = any($1::text[]) group by m.flaw_id
     ) c where f.id = c.flaw_id returning f.id, f.version`,
    [touched, [...asked], [...fresh]],
  )
  await appendEvents(
    tx,
    rows.filter((row) => !fresh.has(row.id)).map((row) => ({
      aggregate: 'flaw' as const, aggregate_id: row.id, version: row.version, type: joined.has(row.id) ? 'findings-joined' : 'suggestion-raised', at: now, actor: 'system:grouping',
      payload: { findings: joined.get(row.id) ?? [] },
    })),
  )
}
