import type { z } from 'zod'
import type { FlawPage, MergeCommand } from '../../../contract/shapes/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { type LockedFlaw, lockFlaws, storeChange } from './change-flaw.ts'
import { readFlaw } from './read-flaw.ts'
import { tallyFlaw } from './tally-flaw.ts'

/** A person puts one flaw into another. Every finding, finder and date goes along; nothing is lost, and it can be undone. */
export async function mergeFlaws(ground: Ground, who: Principal, command: z.infer<typeof MergeCommand>): Promise<Answer<Presented<FlawPage>>> {
  const merged = await inTransaction(ground.store, scopeFor(who, 'decide', 'flaw'), async (tx) => {
    const flaws = await lockFlaws(tx, who, [command.into, command.from])
    const into = flaws.get(command.into)
    const from = flaws.get(command.from)
    if (into === undefined || from === undefined) return NOT_FOUND
    if (into.version !== command.version) return denied('flaw.changed', 'Load it again and decide on what you see then.')
    return await mergeLocked(ground, tx, who, into, from, null)
  })
  return merged.ok ? await readFlaw(ground, who, command.into) : merged
}

/** The merge itself, on flaws that are locked and may be decided about. `suggestion` is the question it answers, if any. */
export async function mergeLocked(ground: Ground, tx: Tx, who: Principal, into: LockedFlaw, from: LockedFlaw, suggestion: string | null): Promise<Answer<null>> {
  if (into.id === from.id) return denied('flaw.same')
  if (into.state !== 'open' || from.state !== 'open') return denied('flaw.not-open', 'One of the two was merged or closed meanwhile.')
  const moved = await tx.db.updateTable('member').set({ flaw_id: into.id }).where('flaw_id', '=', from.id).returning('finding_id').execute()
  await tx.db
    .updateTable('suggestion').set({ state: 'merged', decided_at: new Date(ground.clock()).toISOString() as never }).where('state', '=', 'open')
    .where((where) => where.or([where.and([where('flaw_a', '=', into.id), where('flaw_b', '=', from.id)]), where.and([where('flaw_a', '=', from.id), where('flaw_b', '=', into.id)])])).execute()
  const now = ground.clock()
  const actor = `person:${who.person}`
  await storeChange(tx, from, { set: { state: 'merged', merged_into: into.id }, event: { type: 'flaw-merged-away', payload: { into: into.id } } }, now, actor)
  const priority = from.priority_rank > into.priority_rank ? { priority: from.priority, priority_rank: from.priority_rank } : {}
  const before = { priority: into.priority, rank: into.priority_rank }
  const payload = { from: from.id, findings: moved.map((row) => row.finding_id), suggestion, before }
  await storeChange(tx, into, { set: { ...(await tallyFlaw(tx, into.id)), ...priority }, event: { type: 'flaw-merged-in', payload } }, now, actor)
  return done(null)
}
