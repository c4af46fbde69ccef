import type { FlawPage, JudgementOut, SuggestionOut } from '../../../contract/shapes/flaw.ts'
import { presentFlaw } from '../../../core/access/present/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { open } from '../../store/keys/seal.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { openBody } from '../findings/sealing.ts'
import { type StoredColumn, findingColumn } from './finding-column.ts'
import { FLAW_COLUMNS, flawRows } from './flaw-view.ts'
import { flawHistory } from './history.ts'
import { judgementOut } from './judgement-view.ts'

/** Columns a page shows at once; the rest is counted. */
const COLUMNS = 40

/** One flaw whole: its findings side by side, why they were put together, what is asked about it, and what happened. */
export async function readFlaw(ground: Ground, who: Principal, id: string): Promise<Answer<Presented<FlawPage>>> {
  return await inTransaction(ground.store, scopeFor(who, 'read', 'flaw'), async (tx) => {
    const flaw = await tx.db.selectFrom('flaw').select(FLAW_COLUMNS).where('id', '=', id).where(mayList(who, 'read', 'flaw', { stage: 'flaw.stage' })).executeTakeFirst()
    if (flaw === undefined) return NOT_FOUND
    const page: FlawPage = {
      row: flawRows(ground.keys, [flaw])[0]!,
      mergedInto: flaw.merged_into,
      findings: await columnsOf(ground, tx, id),
      moreFindings: Math.max(0, flaw.findings - COLUMNS),
      suggestions: await suggestionsOf(ground, tx, id),
      judgements: await judgementsOf(tx, id),
      history: await flawHistory(tx, id),
    }
    const view = presentFlaw(who, page)
    return view === null ? NOT_FOUND : done(view)
  })
}

async function columnsOf(ground: Ground, tx: Tx, flaw: string): Promise<FlawPage['findings']> {
  const rows = await tx.db
    .selectFrom('member').innerJoin('finding', (join) => join.onRef('finding.target_key', '=', 'member.target_key').onRef('finding.id', '=', 'member.finding_id'))
    .innerJoin('organisation', 'organisation.id', 'finding.organisation_id')
    .select(['finding.id', 'finding.organisation_id', 'organisation.name', 'finding.receipt_id', 'finding.received_at', 'finding.released', 'finding.body', 'finding.key_slot'])
    .select(['member.joined_at', 'member.reason', 'member.algorithm', 'member.score'])
    .where('member.flaw_id', '=', flaw).orderBy('finding.received_at').orderBy('finding.id').limit(COLUMNS).execute()
  const keys = ground.keys.get(rows.map((row) => row.key_slot))
  return rows.map((row, n) => {
    const stored: StoredColumn = {
      id: row.id, organisation: row.organisation_id, organisationName: row.name, receipt: row.receipt_id, receivedAt: row.received_at, released: row.released,
      joined: { at: row.joined_at, reason: row.reason, algorithm: row.algorithm, score: row.score },
    }
    const key = keys[n] ?? null
    return findingColumn(stored, key === null ? null : openBody(key, row.id, row.body).finding, n)
  })
}

async function suggestionsOf(ground: Ground, tx: Tx, flaw: string): Promise<SuggestionOut[]> {
  const rows = await tx.db
    .selectFrom('suggestion').selectAll()
    .where((where) => where.or([where('flaw_a', '=', flaw), where('flaw_b', '=', flaw)])).orderBy('state').orderBy('score', 'desc').limit(30).execute()
  if (rows.length === 0) return []
  const others = await tx.db.selectFrom('flaw').select(FLAW_COLUMNS).where('id', 'in', rows.map((row) => (row.flaw_a === flaw ? row.flaw_b : row.flaw_a))).execute()
  const byId = new Map(flawRows(ground.keys, others).map((row) => [row.id, row]))
  const keys = ground.keys.get(rows.map((row) => row.key_slot))
  return rows.flatMap((row, i) => {
    const other = byId.get(row.flaw_a === flaw ? row.flaw_b : row.flaw_a)
    const key = keys[i]
    if (other === undefined || !key) return []
    const reasons = JSON.parse(open(key, row.reasons, `suggestion/${row.id}/reasons`).toString('utf8')) as SuggestionOut['reasons']
    return [{ id: row.id, other, score: row.score, algorithm: row.algorithm, reasons, state: row.state, raisedAt: formatInstant(instant(row.raised_at)) }]
  })
}

async function judgementsOf(tx: Tx, flaw: string): Promise<JudgementOut[]> {
  const rows = await tx.db
    .selectFrom('judgement').leftJoin('person', 'person.id', 'judgement.person_id').selectAll('judgement').select('person.name as person_name')
    .where('judgement.flaw_id', '=', flaw).orderBy('judgement.at', 'desc').limit(50).execute()
  return rows.map(judgementOut)
}
