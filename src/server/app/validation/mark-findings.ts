import { sql } from 'kysely'
import { proofEdges } from '../../../core/validation/edges.ts'
import type { Outcome } from '../../../core/validation/outcome.ts'
import type { Verdict } from '../../../core/validation/verdict.ts'
import { at, type Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import type { ProofState } from '../../store/tables.ts'
import type { PieceName } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'

/** Verdicts that say something of the finding; the others say something of the machine, or too little. */
const SHOWS: Partial<Record<Verdict, ProofState>> = {
  confirmed: 'confirmed',
  'not-reproduced': 'not-reproduced',
  'different-bug': 'not-reproduced',
  'harness-only': 'not-reproduced',
}

/**
 * Writes what a validation showed of findings, flaws and pairs of findings. Only one that coordination asked for counts: whoever
 * brings the target can make anything crash in it, and would learn by it what others hold.
 */
export async function markFindings(
  desk: ValidationDesk,
  tx: Tx,
  validation: string,
  pieces: readonly PieceName[],
  outcome: Outcome,
): Promise<void> {
  const { coordination } = await tx.db
    .selectFrom('validation')
    .select('coordination')
    .where('id', '=', validation)
    .executeTakeFirstOrThrow()
  if (!coordination) return
  const findingOf = new Map(pieces.map(({ id, finding }) => [id, finding]))
  const shown = new Map<string, ProofState>()
  for (const { reproducer, verdict } of outcome.reproducers) {
    const finding = findingOf.get(reproducer)
    const state = SHOWS[verdict]
    if (finding !== undefined && state !== undefined && shown.get(finding) !== 'confirmed') shown.set(finding, state)
  }
  for (const [finding, state] of [...shown].sort()) {
    // What was confirmed once stays so: a later run on another version takes nothing back.
    await tx.db
      .updateTable('finding')
      .set({ proof: state })
      .where('id', '=', finding)
      .where('proof', '<>', 'confirmed')
      .execute()
    if (state === 'confirmed') await tellKnown(desk, tx, finding)
  }
  await storeEdges(desk, tx, validation, pieces, outcome)
  await markFlaws(tx, [...shown.keys()])
}

async function markFlaws(tx: Tx, findings: readonly string[]): Promise<void> {
  if (findings.length === 0) return
  await sql`
    update flaw set proof = s.proof from (
      select m.flaw_id, case when bool_or(f.proof = 'confirmed') then 'confirmed' when bool_or(f.proof = 'not-reproduced') then 'not-reproduced' else 'not-run' end as proof
      from member m join finding f on f.id = m.finding_id and f.target_key = m.target_key
      where m.flaw_id in (select flaw_id from member where finding_id = any(${[...findings]}::text[])) group by m.flaw_id
    ) s where flaw.id = s.flaw_id and flaw.proof <> s.proof`.execute(tx.db)
}

/** A flaw that is shared now: tells everyone in it who proved theirs before, as `tellKnown` does. */
export async function tellKnownIn(desk: Pick<ValidationDesk, 'clock'>, tx: Tx, flaw: string): Promise<void> {
  const rows = await tx.db
    .selectFrom('member')
    .innerJoin('finding', (join) =>
      join.onRef('finding.id', '=', 'member.finding_id').onRef('finding.target_key', '=', 'member.target_key'),
    )
    .select('finding.id')
    .where('member.flaw_id', '=', flaw)
    .where('finding.proof', '=', 'confirmed')
    .where('finding.released', '=', false)
    .orderBy('finding.id')
    .execute()
  for (const { id } of rows) await tellKnown(desk, tx, id)
}

/** Its sender proved it: where another organisation reported the same flaw before, they may be told that it is known. */
async function tellKnown(desk: Pick<ValidationDesk, 'clock'>, tx: Tx, finding: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update finding f set released = true where f.id = ${finding} and not f.released and f.stage = 'open' and exists (
      select 1 from member mine join member other on other.flaw_id = mine.flaw_id and other.organisation_id <> mine.organisation_id
      join finding g on g.id = other.finding_id and g.target_key = other.target_key
      where mine.finding_id = f.id and g.received_at < f.received_at
    ) returning f.id`.execute(tx.db)
  if (rows.length === 0) return
  const event = { aggregate: 'finding' as const, aggregate_id: finding, version: 1, type: 'finding-released' }
  await appendEvents(tx, [{ ...event, at: desk.clock(), actor: 'system:validation', payload: {} }])
}

async function storeEdges(
  desk: ValidationDesk,
  tx: Tx,
  validation: string,
  pieces: readonly PieceName[],
  { matrix }: Outcome,
): Promise<void> {
  const now = at(desk.clock()) as never
  const findingOf = new Map(pieces.map(({ id, finding }) => [id, finding]))
  for (const { a, b, kind } of proofEdges(matrix?.relations ?? [], findingOf)) {
    const { target_key } = await tx.db.selectFrom('finding').select('target_key').where('id', '=', a).executeTakeFirstOrThrow()
    // One edge of a pair: what was shown last. The pair may stand the other way round, where the other one covered.
    await tx.db.deleteFrom('proof_edge').where('a', 'in', [a, b]).where('b', 'in', [a, b]).execute()
    await tx.db.insertInto('proof_edge').values({ target_key, a, b, kind, validation_id: validation, at: now }).execute()
  }
}
