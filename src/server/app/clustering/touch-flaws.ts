import type { Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'

/** Brings counts, dates and needs of the flaws of a batch up to date, with an event for each that was there before. */
export async function touchFlaws(
  tx: Tx,
  members: ReadonlyMap<string, readonly string[]>,
  fresh: ReadonlySet<string>,
  asked: ReadonlySet<string>,
  now: number,
): Promise<void> {
  const touched = [
    ...new Set([
      ...[...members].flatMap(([flaw, findings]) => (fresh.has(flaw) && findings.length === 1 ? [] : [flaw])),
      ...asked,
    ]),
  ]
  if (touched.length === 0) return
  const { rows } = await tx.client.query<{ id: string; version: number }>(
    `update flaw f set findings = c.findings, finders = c.finders, first_at = least(f.first_at, c.first_at), last_at = greatest(f.last_at, c.last_at),
       need = case when f.id = any($2::text[]) then 'decide' else f.need end, version = f.version + case when f.id = any($3::text[]) then 0 else 1 end
     from (
       select m.flaw_id, count(*)::int as findings, count(distinct m.organisation_id)::int as finders, min(g.received_at) as first_at, max(g.received_at) as last_at
       from member m cross join lateral (select received_at from finding where target_key = m.target_key and id = m.finding_id limit 1) g
       where m.flaw_id = any($1::text[]) group by m.flaw_id
     ) c where f.id = c.flaw_id returning f.id, f.version`,
    [touched, [...asked], [...fresh]],
  )
  await appendEvents(
    tx,
    rows
      .filter((row) => !fresh.has(row.id))
      .map((row) => ({
        aggregate: 'flaw' as const,
        aggregate_id: row.id,
        version: row.version,
        type: members.has(row.id) ? 'findings-joined' : 'suggestion-raised',
        at: now,
        actor: 'system:grouping',
        payload: { findings: members.get(row.id) ?? [] },
      })),
  )
}
