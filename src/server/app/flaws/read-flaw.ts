import { sql } from 'kysely'
import type { FlawPage, JudgementOut, SuggestionOut } from '../../../contract/shapes/flaw.ts'
import { presentFlaw } from '../../../core/access/present/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { open, openJson } from '../../store/keys/seal.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { readBody } from '../findings/body.ts'
import { openGist } from '../findings/sealing.ts'
import { findingColumn, type StoredColumn } from './finding-column.ts'
import { firstJudgements } from './first-judgements.ts'
import { FLAW_COLUMNS, flawRows } from './flaw-view.ts'
import { flawHistory } from './history.ts'
import { judgementOut } from './judgement-view.ts'
import type { Deeds } from './load-flaws.ts'
import { type Deed, newestDeed } from './newest-deed.ts'
import { openQuestions } from './open-questions.ts'

/** Columns a page shows at once; the rest is counted. */
const COLUMNS = 40

/** One flaw whole: its findings side by side, why they were put together, what is asked about it, and what happened. */
export async function readFlaw(ground: Ground, who: Principal, id: string): Promise<Answer<Presented<FlawPage>>> {
  return await inTransaction(ground.store, scopeFor(who, 'read', 'flaw'), async (tx) => {
    const flaw = await tx.db
      .selectFrom('flaw')
      .select(FLAW_COLUMNS)
      .select('deeds')
      .where('id', '=', id)
      .where(mayList(who, 'read', 'flaw', { stage: 'flaw.stage' }))
      .executeTakeFirst()
    if (flaw === undefined) return NOT_FOUND
    const page: FlawPage = {
      row: flawRows(ground.keys, [flaw])[0]!,
      mergedInto: flaw.merged_into,
      findings: await columnsOf(ground, tx, id),
      moreFindings: Math.max(0, flaw.findings - COLUMNS),
      suggestions: await suggestionsOf(ground, tx, id),
      judgements: [...(await judgementsOf(tx, id)), ...assumedOf(ground, flaw)],
      history: await flawHistory(tx, id, deedOf(ground, flaw)),
    }
    const view = presentFlaw(who, page)
    return view === null ? NOT_FOUND : done(view)
  })
}

/** The first cut, computed from what the leading finding states; nothing once it was erased. */
function assumedOf(
  ground: Ground,
  flaw: { lead_finding: string; key_slot: number; summary: Buffer; first_at: number },
): JudgementOut[] {
  const [key] = ground.keys.get([flaw.key_slot])
  return key ? firstJudgements(openGist(key, flaw.lead_finding, flaw.summary).summary, instant(flaw.first_at)) : []
}

function deedOf(ground: Ground, flaw: { id: string; key_slot: number; deeds: Buffer | null; state: string }): Deed | null {
  const [key] = ground.keys.get([flaw.key_slot])
  if (flaw.deeds === null || !key || flaw.state !== 'open') return null
  return newestDeed(openJson<Deeds>(key, flaw.deeds, `flaw/${flaw.id}/deeds`))
}

async function columnsOf(ground: Ground, tx: Tx, flaw: string): Promise<FlawPage['findings']> {
  const rows = await tx.db
    .selectFrom('member')
    .innerJoin('finding', (join) =>
      join.onRef('finding.target_key', '=', 'member.target_key').onRef('finding.id', '=', 'member.finding_id'),
    )
    .innerJoin('organisation', 'organisation.id', 'finding.organisation_id')
    .select([
      'finding.id',
      'finding.organisation_id',
      'organisation.name',
      'finding.receipt_id',
      'finding.received_at',
      'finding.released',
      'finding.body',
      'finding.key_slot',
    ])
    .select(['member.joined_at', 'member.reason', 'member.algorithm', 'member.score'])
    .where('member.flaw_id', '=', flaw)
    .orderBy('finding.received_at')
    .orderBy('finding.id')
    .limit(COLUMNS)
    .execute()
  const keys = ground.keys.get(rows.map((row) => row.key_slot))
  const columns: FlawPage['findings'] = []
  for (const [n, row] of rows.entries()) {
    const stored: StoredColumn = {
      id: row.id,
      organisation: row.organisation_id,
      organisationName: row.name,
      receipt: row.receipt_id,
      receivedAt: row.received_at,
      released: row.released,
      joined: { at: row.joined_at, reason: row.reason, algorithm: row.algorithm, score: row.score },
    }
    const key = keys[n] ?? null
    const body = key === null ? null : await readBody(ground, { slot: row.key_slot, key }, row.id, row.body)
    columns.push(findingColumn(stored, body?.finding ?? null, n))
  }
  return columns
}

async function suggestionsOf(ground: Ground, tx: Tx, flaw: string): Promise<SuggestionOut[]> {
  const asked = new Map((await openQuestions(tx, flaw)).map((question) => [question.id, question.other]))
  const rows = await tx.db
    .selectFrom('suggestion')
    .selectAll()
    .where((where) =>
      where.or([
        where('id', 'in', asked.size > 0 ? [...asked.keys()] : ['']),
        where.and([where('state', '<>', 'open'), where.or([where('flaw_a', '=', flaw), where('flaw_b', '=', flaw)])]),
      ]),
    )
    .orderBy(sql`state = 'open'`, 'desc')
    .orderBy('score', 'desc')
    .orderBy('raised_at')
    .orderBy('id')
    .limit(30)
    .execute()
  if (rows.length === 0) return []
  const otherOf = (row: { id: string; flaw_a: string; flaw_b: string }) =>
    asked.get(row.id) ?? (row.flaw_a === flaw ? row.flaw_b : row.flaw_a)
  const others = await tx.db.selectFrom('flaw').select(FLAW_COLUMNS).where('id', 'in', rows.map(otherOf)).execute()
  const byId = new Map(flawRows(ground.keys, others).map((row) => [row.id, row]))
  const keys = ground.keys.get(rows.map((row) => row.key_slot))
  return rows.flatMap((row, i) => {
    const other = byId.get(otherOf(row))
    const key = keys[i]
    if (other === undefined || !key) return []
    const reasons = JSON.parse(
      open(key, row.reasons, `suggestion/${row.id}/reasons`).toString('utf8'),
    ) as SuggestionOut['reasons']
    return [
      {
        id: row.id,
        other,
        score: row.score,
        algorithm: row.algorithm,
        reasons,
        state: row.state,
        raisedAt: formatInstant(instant(row.raised_at)),
      },
    ]
  })
}

async function judgementsOf(tx: Tx, flaw: string): Promise<JudgementOut[]> {
  const rows = await tx.db
    .selectFrom('judgement')
    .leftJoin('person', 'person.id', 'judgement.person_id')
    .selectAll('judgement')
    .select('person.name as person_name')
    .where('judgement.flaw_id', '=', flaw)
    .orderBy('judgement.at', 'desc')
    .limit(50)
    .execute()
  return rows.map(judgementOut)
}
