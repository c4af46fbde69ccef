import type { Id } from '../../../core/kernel/id.ts'
import { dropDraft, dueReleases, nextRelease, putAdvisory, strandedDrafts } from '../../store/advisory.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { loadCase } from '../cases/load-case.ts'
import { eachAlone } from '../each-alone.ts'
import { sealAdvisory } from './advisory-body.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { loadAdvisory } from './load-advisory.ts'
import { release } from './release-advisory.ts'

const AT_ONCE = 50

/**
 * Lets out what a person planned and whose instant has come, each in a transaction of its own; what its case does not permit yet,
 * or what waits for the clocks, waits on. Drafts of closed cases go: into the case that theirs was merged into, or with their key.
 * Returns how many went out.
 */
export async function sweepReleases(desk: AdvisoryDesk): Promise<number> {
  const due = await inTransaction(desk.store, 'all', (tx) => dueReleases(tx, desk.clock(), AT_ONCE))
  let out = 0
  try {
    await eachAlone(due, 1, async (id) => {
      if (await releaseOne(desk, id)) out += 1
    })
  } finally {
    await settleStranded(desk)
  }
  return out
}

/** The next instant at which something of that is due, epoch milliseconds; null: nothing is. */
export async function nextReleaseDue(desk: Pick<AdvisoryDesk, 'store'>): Promise<number | null> {
  return await inTransaction(desk.store, 'all', nextRelease)
}

async function releaseOne(desk: AdvisoryDesk, id: string): Promise<boolean> {
  try {
    return await inTransaction(desk.store, 'all', async (tx) => {
      const loaded = await loadAdvisory(desk, tx, id, true)
      if (loaded === null || loaded.plan === null || loaded.home.case.state === 'closed') return false
      const answer = await release(desk, tx, loaded, loaded.plan, 'machine')
      // Part of it may be written: all of it goes back.
      if (!answer.ok) throw new Waits()
      return true
    })
  } catch (error) {
    if (error instanceof Waits) return false
    throw error
  }
}

class Waits extends Error {
  override name = 'Waits'
}

async function settleStranded(desk: AdvisoryDesk): Promise<void> {
  const slots = await inTransaction(desk.store, 'all', async (tx) => {
    const slots: number[] = []
    for (const draft of await strandedDrafts(tx, AT_ONCE)) {
      if (await followMerge(desk, tx, draft.id)) continue
      await dropDraft(tx, draft.id)
      slots.push(draft.key_slot)
    }
    return slots
  })
  if (slots.length > 0) await desk.keys.erase(slots)
}

/** Whether the draft went over to the case that its own was merged into; where that has a draft, this one does not. */
async function followMerge(desk: AdvisoryDesk, tx: Tx, id: string): Promise<boolean> {
  const loaded = await loadAdvisory(desk, tx, id, true)
  const into: Id<'case'> | null = loaded?.home.case.mergedInto ?? null
  const other = into === null ? null : await loadCase(desk, tx, into)
  if (loaded === null || into === null || other === null || other.case.state === 'closed') return false
  const taken = await tx.db
    .selectFrom('advisory')
    .select('id')
    .where('case_id', '=', into)
    .where('published_at', 'is', null)
    .executeTakeFirst()
  if (taken !== undefined) return false
  const advisory = {
    ...loaded.advisory,
    case: into,
    state: 'draft' as const,
    release: null,
    version: loaded.advisory.version + 1,
  }
  await putAdvisory(tx, {
    id: advisory.id,
    version: advisory.version,
    state: advisory.state,
    case: into,
    slot: loaded.key.slot,
    body: sealAdvisory(loaded.key.key, { advisory, plan: null }, desk.random),
    public: null,
    releaseAt: null,
    publishedAt: null,
    changedAt: other.now,
  })
  return true
}
