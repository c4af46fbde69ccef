import { settle } from '../../../core/findings/cluster/settle.ts'
import { cluster } from '../../../core/findings/cluster.ts'
import type { Features } from '../../../core/findings/pair/features.ts'
import { scorePair } from '../../../core/findings/score.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import type { IntakeMacs } from '../findings/macs.ts'
import { type Gist, openGist } from '../findings/sealing.ts'
import { loadApart, loadFeatures, loadKnown, type SealedFeatures, takeWaiting, type Waiting } from './load-batch.ts'
import { storeGroups } from './store-groups.ts'

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

export interface Opened {
  readonly key: Buffer
  readonly gist: Gist
}

/** Opened gists by finding; what was erased is not there. */
export type Gists = Map<string, Opened>

/**
 * Puts the next waiting findings into flaws, in one transaction. Only one at a time anywhere: the row lock makes a second
 * worker wait, so two findings of one new flaw cannot open two.
 */
export async function groupSome(ground: Ground, macs: IntakeMacs, most: number): Promise<GroupedSome> {
  return await inTransaction(
    ground.store,
    'all',
    async (tx) => {
      await tx.db.selectFrom('work_lock').selectAll().where('name', '=', 'cluster').forUpdate().executeTakeFirstOrThrow()
      const waiting = await takeWaiting(tx, most)
      if (waiting.length === 0) return { grouped: 0, reports: [] }
      const gists = openGists(ground, waiting)
      const alive = waiting.filter((one) => gists.has(one.id))
      const { known, targets } = await loadKnown(tx, alive)
      const apart = await loadApart(
        tx,
        [...known.values()].flatMap((holders) => holders.map((holder) => holder.flaw)),
      )
      const batch = alive.map((one) => ({
        finding: one.id,
        finder: one.organisation,
        receivedAt: one.receivedAt,
        keys: one.keys,
        freshFlaw: newId('flaw', ground.random),
      }))
      const clustering = cluster(batch, known, apart)
      const wanted = new Set(clustering.pairs.map((pair) => pair.other).filter((finding) => !gists.has(finding)))
      const sealed = await loadFeatures(tx, [...wanted], targets)
      const featuresOf = (finding: string): Features | null => gistOf(ground, gists, sealed, finding)?.gist.features ?? null
      const scored = clustering.pairs.flatMap((pair) => {
        const [one, other] = [featuresOf(pair.finding), featuresOf(pair.other)]
        return one === null || other === null ? [] : [{ ...pair, ...scorePair(one, other) }]
      })
      await storeGroups(ground, macs, tx, alive, settle(clustering, scored, apart), gists)
      return { grouped: waiting.length, reports: await countReports(tx, waiting) }
    },
    'by-key',
  )
}

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

function gistOf(ground: Ground, gists: Gists, sealed: ReadonlyMap<string, SealedFeatures>, finding: string): Opened | null {
  const held = gists.get(finding)
  if (held !== undefined) return held
  const lies = sealed.get(finding)
  const [key] = lies === undefined ? [] : ground.keys.get([lies.slot])
  if (lies === undefined || !key) return null
  const opened = { key, gist: openGist(key, finding, lies.features) }
  gists.set(finding, opened)
  return opened
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
