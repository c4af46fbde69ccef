import type { z } from 'zod'
import type { FlawPage, UndoCommand } from '../../../contract/shapes/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { type FlawChange, type LockedFlaw, lockFlaws, storeChange } from './change-flaw.ts'
import { lastUndoable } from './history.ts'
import { readFlaw } from './read-flaw.ts'
import { tallyFlaw } from './tally-flaw.ts'

interface Deed {
  readonly version: number
  readonly type: string
  readonly payload: Record<string, unknown>
}

/** Takes the newest merge, split or "keep apart" of a flaw back. Findings that came meanwhile stay where they are. */
export async function undoFlaw(ground: Ground, who: Principal, id: string, command: z.infer<typeof UndoCommand>): Promise<Answer<Presented<FlawPage>>> {
  const undone = await inTransaction(ground.store, scopeFor(who, 'decide', 'flaw'), async (tx): Promise<Answer<null>> => {
    const before = await newestDeed(tx, id)
    const flaws = await lockFlaws(tx, who, [id, ...(before === null ? [] : [partner(before)])])
    const flaw = flaws.get(id)
    if (flaw === undefined) return NOT_FOUND
    if (flaw.version !== command.version) return denied('flaw.changed', 'Load it again and decide on what you see then.')
    if (flaw.state !== 'open') return denied('flaw.not-open', 'It was merged into another flaw; undo the merge there.')
    const other = before === null ? undefined : flaws.get(partner(before))
    if (before === null || other === undefined) return denied('flaw.nothing-to-undo')
    const actor = `person:${who.person}`
    switch (before.type) {
      case 'flaw-merged-in':
        return await undoMerge(ground, tx, actor, flaw, other, before)
      case 'flaw-split-off':
        return await undoSplit(ground, tx, actor, flaw, other, before)
      default:
        return await undoApart(ground, tx, actor, flaw, other, before)
    }
  })
  return undone.ok ? await readFlaw(ground, who, id) : undone
}

async function newestDeed(tx: Tx, flaw: string): Promise<Deed | null> {
  const rows = await tx.db.selectFrom('event').select(['version', 'type', 'payload']).where('aggregate', '=', 'flaw').where('aggregate_id', '=', flaw).orderBy('version', 'desc').execute()
  const deeds = rows.map((row) => ({ ...row, payload: row.payload as Record<string, unknown> }))
  const version = lastUndoable(deeds)
  return deeds.find((deed) => deed.version === version) ?? null
}

/** The other flaw of a deed. */
function partner({ payload }: Deed): string {
  return String(payload['from'] ?? payload['flaw'] ?? payload['other'] ?? '')
}

async function undoMerge(ground: Ground, tx: Tx, actor: string, into: LockedFlaw, from: LockedFlaw, deed: Deed): Promise<Answer<null>> {
  if (from.state !== 'merged' || from.merged_into !== into.id) return denied('flaw.nothing-to-undo')
  await moveFindings(tx, deed, into.id, from.id)
  await reopenSuggestion(tx, deed)
  const { priority, rank } = deed.payload['before'] as { priority: string | null; rank: number }
  await storeUndo(ground, tx, actor, from, { state: 'open', merged_into: null }, 'merge-undone', 0)
  await storeUndo(ground, tx, actor, into, { priority, priority_rank: rank }, 'merge-undone', deed.version)
  return done(null)
}

async function undoSplit(ground: Ground, tx: Tx, actor: string, flaw: LockedFlaw, split: LockedFlaw, deed: Deed): Promise<Answer<null>> {
  if (split.state !== 'open') return denied('flaw.not-open', 'The split-off flaw was merged or closed meanwhile.')
  // All of it goes back, also what joined it since: nothing may be left in a flaw that is no more.
  await tx.db.updateTable('member').set({ flaw_id: flaw.id }).where('flaw_id', '=', split.id).execute()
  await dropApart(tx, flaw, split)
  await storeUndo(ground, tx, actor, split, { state: 'merged', merged_into: flaw.id, need: 'nothing' }, 'split-undone', 0)
  await storeUndo(ground, tx, actor, flaw, {}, 'split-undone', deed.version)
  return done(null)
}

async function undoApart(ground: Ground, tx: Tx, actor: string, flaw: LockedFlaw, other: LockedFlaw, deed: Deed): Promise<Answer<null>> {
  await dropApart(tx, flaw, other)
  await reopenSuggestion(tx, deed)
  const there = await tx.db
    .selectFrom('event').select('version').where('aggregate', '=', 'flaw').where('aggregate_id', '=', other.id).where('type', '=', 'flaws-kept-apart').orderBy('version', 'desc').limit(1).executeTakeFirst()
  await storeUndo(ground, tx, actor, other, {}, 'kept-apart-undone', there?.version ?? 0)
  await storeUndo(ground, tx, actor, flaw, {}, 'kept-apart-undone', deed.version)
  return done(null)
}

async function moveFindings(tx: Tx, deed: Deed, from: string, to: string): Promise<void> {
  const findings = deed.payload['findings'] as string[]
  if (findings.length === 0) return
  await tx.db.updateTable('member').set({ flaw_id: to }).where('flaw_id', '=', from).where('finding_id', 'in', findings).execute()
}

async function reopenSuggestion(tx: Tx, deed: Deed): Promise<void> {
  const suggestion = deed.payload['suggestion']
  if (typeof suggestion === 'string') await tx.db.updateTable('suggestion').set({ state: 'open', decided_at: null }).where('id', '=', suggestion).execute()
}

async function dropApart(tx: Tx, one: LockedFlaw, other: LockedFlaw): Promise<void> {
  const [a, b] = one.id < other.id ? [one.id, other.id] : [other.id, one.id]
  await tx.db.deleteFrom('apart').where('target_key', '=', one.target_key).where('a', '=', a).where('b', '=', b).execute()
}

async function storeUndo(ground: Ground, tx: Tx, actor: string, flaw: LockedFlaw, set: FlawChange['set'], type: string, undoes: number): Promise<void> {
  if (Object.keys(set).length > 0) await tx.db.updateTable('flaw').set(set).where('target_key', '=', flaw.target_key).where('id', '=', flaw.id).execute()
  const counts = set.state === 'merged' ? {} : await tallyFlaw(tx, flaw.id)
  await storeChange(tx, flaw, { set: { ...counts, ...(set.need === undefined ? {} : { need: set.need }) }, event: { type, payload: { undoes } } }, ground.clock(), actor)
}
