import type { Asked, Settled } from '../../../core/findings/cluster/settle.ts'
import { CLUSTERING } from '../../../core/findings/cluster.ts'
import { SCORING } from '../../../core/findings/pair/weights.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import type { Tx } from '../../store/connection.ts'
import { copyRows } from '../../store/copy.ts'
import { appendEvents } from '../../store/events.ts'
import { seal } from '../../store/keys/seal.ts'
import type { IntakeMacs } from '../findings/macs.ts'
import { FLAW, MEMBER } from '../findings/rows.ts'
import type { Gists } from './group-some.ts'
import { placeOf, type Waiting } from './load-batch.ts'
import { newFlaw } from './new-flaw.ts'
import { touchFlaws } from './touch-flaws.ts'

/** Writes what the clusterer settled: members, new flaws with their keys for later, questions, counts and events. */
export async function storeGroups(
  ground: Ground,
  macs: IntakeMacs,
  tx: Tx,
  waiting: readonly Waiting[],
  settled: Settled,
  gists: Gists,
): Promise<void> {
  const now = ground.clock()
  const byId = new Map(waiting.map((one) => [one.id, one]))
  const opened = settled.placements
    .filter(({ because }) => because === null)
    .map(({ finding, flaw }) => ({ flaw, lead: byId.get(finding)! }))
  const members = new Map<string, string[]>()
  for (const { flaw, finding } of settled.placements) {
    const held = members.get(flaw)
    if (held === undefined) members.set(flaw, [finding])
    else held.push(finding)
  }
  await copyRows(
    tx,
    'flaw',
    FLAW,
    opened.map((one) => newFlaw(one, gists.get(one.lead.id)!.gist, macs, now)),
  )
  await copyRows(
    tx,
    'member',
    MEMBER,
    settled.placements.map(({ finding, flaw, because }) => {
      const one = byId.get(finding)!
      return {
        target_key: one.targetKey,
        finding_id: finding,
        flaw_id: flaw,
        organisation_id: one.organisation,
        joined_at: now,
        // What a score saw quotes the reports: only closed sentences stand here in the clear.
        reason:
          because === null ? 'First of its flaw' : because.kind === 'score' ? 'Alike in several points at once' : because.say,
        algorithm: because?.kind === 'score' ? SCORING : CLUSTERING,
        score: 1,
      }
    }),
  )
  await storeCandidates(
    tx,
    opened.map((one) => one.lead),
  )
  await appendEvents(
    tx,
    opened.map(({ flaw }) => ({
      aggregate: 'flaw' as const,
      aggregate_id: flaw,
      version: 1,
      type: 'flaw-opened',
      at: now,
      actor: 'system:grouping',
      payload: { findings: members.get(flaw)! },
    })),
  )
  const asked = await raiseQuestions(ground, tx, settled.asked, byId, gists)
  await touchFlaws(tx, members, new Set(opened.map((one) => one.flaw)), asked, now)
}

async function storeCandidates(tx: Tx, leads: readonly Waiting[]): Promise<void> {
  const rows = leads.flatMap((lead) =>
    lead.keys
      .filter((key) => key.strength === 'candidate')
      .map((key) => ({ place: placeOf(lead.targetKey, key.kind), digest: Buffer.from(key.digest), lead })),
  )
  if (rows.length === 0) return
  await tx.client.query(
    `insert into candidate_key (target_key, digest, finding_id, finding_target)
     select * from unnest($1::bytea[], $2::bytea[], $3::text[], $4::bytea[]) on conflict do nothing`,
    [
      rows.map((row) => row.place),
      rows.map((row) => row.digest),
      rows.map((row) => row.lead.id),
      rows.map((row) => row.lead.targetKey),
    ],
  )
}

/** Stores new questions, each pair of flaws once for all time; returns the flaws that are asked about now. */
async function raiseQuestions(
  ground: Ground,
  tx: Tx,
  questions: readonly Asked[],
  byId: ReadonlyMap<string, Waiting>,
  gists: Gists,
): Promise<Set<string>> {
  const rows = questions.flatMap((question) => {
    const of = byId.get(question.otherFinding) ?? byId.get(question.finding)
    const key = of === undefined ? undefined : gists.get(of.id)?.key
    if (of === undefined || key === undefined) return []
    const id = newId('suggestion', ground.random)
    const [a, b] = question.flaw < question.other ? [question.flaw, question.other] : [question.other, question.flaw]
    const plain = question.reasons.map(({ say, weight }) => ({ say, weight }))
    return {
      id,
      a,
      b,
      of,
      question,
      reasons: seal(key, Buffer.from(JSON.stringify(plain)), `suggestion/${id}/reasons`, ground.random),
    }
  })
  if (rows.length === 0) return new Set()
  const { rows: stored } = await tx.client.query<{ flaw_a: string; flaw_b: string }>(
    `insert into suggestion (target_key, id, flaw_a, flaw_b, score, algorithm, reasons, reasons_of, key_slot, state, raised_at)
     select t, i, a, b, s, g, r, o, k, 'open', $10::timestamptz
     from unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::real[], $6::text[], $7::bytea[], $8::text[], $9::int[]) as q(t, i, a, b, s, g, r, o, k)
     on conflict do nothing returning flaw_a, flaw_b`,
    [
      rows.map((row) => row.of.targetKey),
      rows.map((row) => row.id),
      rows.map((row) => row.a),
      rows.map((row) => row.b),
      rows.map((row) => row.question.score),
      rows.map((row) => row.question.algorithm),
      rows.map((row) => row.reasons),
      rows.map((row) => row.of.id),
      rows.map((row) => row.of.slot),
      new Date(ground.clock()).toISOString(),
    ],
  )
  return new Set(stored.flatMap((row) => [row.flaw_a, row.flaw_b]))
}
