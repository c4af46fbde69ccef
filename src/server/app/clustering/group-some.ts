import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { copyRows } from '../../store/copy.ts'
import { appendEvents, type NewEvent } from '../../store/events.ts'
import type { IntakeMacs } from '../findings/macs.ts'
import { FLAW, MEMBER } from '../findings/rows.ts'
import { openGist } from '../findings/sealing.ts'
import { candidateLeads, flawsOfSureKeys, takeWaiting, type Waiting } from './load-batch.ts'
import { newFlaw } from './new-flaw.ts'
import { type Grouping, groupBatch } from './group-batch.ts'
import { raiseSuggestions } from './raise-suggestions.ts'
import { touchFlaws } from './touch-flaws.ts'

export interface GroupedSome {
  readonly grouped: number
  readonly reports: readonly ReportProgress[]
}

/** How far a report's findings are grouped, for its sender's progress. */
export interface ReportProgress {
  readonly id: string
  readonly organisation_id: string
  readonly clustered: number
  readonly total: number
}

/**
 * Puts the next waiting findings into flaws, in one transaction. Only one at a time anywhere: the row lock makes a second
 * worker wait, so two findings of one new flaw cannot open two.
 */
export async function groupSome(ground: Ground, macs: IntakeMacs, most: number): Promise<GroupedSome> {
  return await inTransaction(ground.store, 'all', async (tx) => {
    await tx.db.selectFrom('work_lock').selectAll().where('name', '=', 'cluster').forUpdate().executeTakeFirstOrThrow()
    const waiting = await takeWaiting(tx, most)
    if (waiting.length === 0) return { grouped: 0, reports: [] }
    const gists = openGists(ground, waiting)
    const alive = waiting.filter((one) => gists.has(one.id))
    const known = await flawsOfSureKeys(tx, alive)
    const leads = await candidateLeads(tx, alive)
    const grouping = groupBatch(alive, known, leads, (lead) => gistOfLead(ground, gists, lead), () => newId('flaw', ground.random))
    await store(ground, macs, tx, grouping, gists)
    return { grouped: waiting.length, reports: await countReports(tx, waiting) }
  }, 'by-key')
}

export type Gists = Map<string, { key: Buffer; gist: ReturnType<typeof openGist> }>

/** Opens what scoring reads; a finding erased meanwhile drops out of the batch. */
function openGists(ground: Ground, waiting: readonly Waiting[]): Gists {
  const keys = ground.keys.get(waiting.map((one) => one.slot))
  const gists: Gists = new Map()
  for (const [i, one] of waiting.entries()) {
    const key = keys[i]
    if (key) gists.set(one.id, { key, gist: openGist(key, one.id, one.sealedFeatures) })
  }
  return gists
}

function gistOfLead(ground: Ground, gists: Gists, lead: { finding: string; slot: number; sealedFeatures: Buffer }) {
  const held = gists.get(lead.finding)
  if (held !== undefined) return held.gist
  const [key] = ground.keys.get([lead.slot])
  if (!key) return null
  const gist = openGist(key, lead.finding, lead.sealedFeatures)
  gists.set(lead.finding, { key, gist })
  return gist
}

async function store(ground: Ground, macs: IntakeMacs, tx: Tx, grouping: Grouping, gists: Gists): Promise<void> {
  const now = ground.clock()
  const flaws = grouping.opened.map((opened) => newFlaw(opened, gists.get(opened.lead.id)!.gist, macs, now))
  await copyRows(tx.client, 'flaw', FLAW, flaws.map((flaw) => flaw.row))
  await copyRows(
    tx.client, 'member', MEMBER,
    grouping.joins.map((join) => ({
      target_key: join.finding.targetKey, finding_id: join.finding.id, flaw_id: join.flaw, organisation_id: join.finding.organisation, joined_at: now, reason: join.reason,
      algorithm: join.algorithm, score: join.score,
    })),
  )
  await storeCandidates(tx, grouping)
  const events: NewEvent[] = flaws.map(({ row, judgements }) => ({
    aggregate: 'flaw', aggregate_id: row.id, version: 1, type: 'flaw-opened', at: now, actor: 'system:grouping',
    payload: { findings: grouping.joins.filter((join) => join.flaw === row.id).map((join) => join.finding.id), judgements: judgements.length },
  }))
  await appendEvents(tx, events)
  const questions = await raiseSuggestions(ground, tx, grouping.suggestions, gists)
  await touchFlaws(tx, grouping, questions, now)
}

async function storeCandidates(tx: Tx, grouping: Grouping): Promise<void> {
  const rows = grouping.opened.flatMap((opened) =>
    opened.lead.keys.filter((key) => key.strength === 'candidate').map((key) => ({ target: opened.lead.targetKey, digest: key.digest, finding: opened.lead.id })),
  )
  if (rows.length === 0) return
  await tx.client.query(
    'insert into candidate_key (target_key, digest, finding_id) select * from unnest($1::bytea[], $2::bytea[], $3::text[]) on conflict do nothing',
    [rows.map((row) => row.target), rows.map((row) => row.digest), rows.map((row) => row.finding)],
  )
}

async function countReports(tx: Tx, waiting: readonly Waiting[]): Promise<ReportProgress[]> {
  const counts = new Map<string, number>()
  for (const { report } of waiting) counts.set(report, (counts.get(report) ?? 0) + 1)
  const { rows } = await tx.client.query<ReportProgress>(
    `update report r set clustered = clustered + c.n from unnest($1::text[], $2::int[]) as c(id, n) where r.id = c.id
     returning r.id, r.organisation_id, r.clustered, r.accepted + r.merged + r.needs_info as total`,
    [[...counts.keys()], [...counts.values()]],
  )
  return rows
}
