import type { z } from 'zod'
import type { DecideCommand, FlawPage } from '../../../contract/shapes/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { type LockedFlaw, lockFlaws, storeChange } from './change-flaw.ts'
import { mergeLocked } from './merge-flaws.ts'
import { readFlaw } from './read-flaw.ts'
import { tallyFlaw } from './tally-flaw.ts'

/** A person answers whether two flaws are one. Both answers can be undone. */
export async function decideSuggestion(ground: Ground, who: Principal, text: string, command: z.infer<typeof DecideCommand>): Promise<Answer<Presented<FlawPage>>> {
  const id = parseId('suggestion', text)
  if (id === null) return NOT_FOUND
  const decided = await inTransaction(ground.store, scopeFor(who, 'decide', 'suggestion'), async (tx): Promise<Answer<string>> => {
    const suggestion = await tx.db.selectFrom('suggestion').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (suggestion === undefined) return NOT_FOUND
    if (suggestion.state !== 'open') return denied('suggestion.decided')
    const [one, other] = [await standing(tx, suggestion.flaw_a), await standing(tx, suggestion.flaw_b)]
    const flaws = await lockFlaws(tx, who, [one, other])
    const a = flaws.get(one)
    const b = flaws.get(other)
    if (a === undefined || b === undefined) return NOT_FOUND
    if (a.id === b.id) return denied('flaw.same')
    // The older flaw stays: its id is the one people know.
    const [into, from] = b.first_at < a.first_at ? [b, a] : [a, b]
    const done_ = command.verdict === 'merge' ? await mergeLocked(ground, tx, who, into, from, id) : await keepApart(ground, tx, who, id, into, from)
    if (command.verdict === 'merge' && done_.ok) await tx.db.updateTable('suggestion').set({ state: 'merged', decided_at: at(ground.clock()) as never }).where('id', '=', id).execute()
    return done_.ok ? done(into.id) : done_
  })
  return decided.ok ? await readFlaw(ground, who, decided.value) : decided
}

/** The open flaw that a flaw became part of. */
async function standing(tx: Tx, flaw: string): Promise<string> {
  let id = flaw
  for (let hops = 0; hops < 100; hops++) {
    const row = await tx.db.selectFrom('flaw').select(['merged_into', 'state']).where('id', '=', id).executeTakeFirst()
    if (row === undefined || row.state !== 'merged' || row.merged_into === null) return id
    id = row.merged_into
  }
  return id
}

async function keepApart(ground: Ground, tx: Tx, who: Principal, suggestion: string, one: LockedFlaw, other: LockedFlaw): Promise<Answer<null>> {
  const now = ground.clock()
  await tx.db.updateTable('suggestion').set({ state: 'kept-apart', decided_at: at(now) as never }).where('id', '=', suggestion).execute()
  const [a, b] = one.id < other.id ? [one.id, other.id] : [other.id, one.id]
  await tx.db.insertInto('apart').values({ target_key: one.target_key, a, b, at: at(now) as never }).onConflict((conflict) => conflict.doNothing()).execute()
  for (const [flaw, peer] of [[one, other], [other, one]] as const) {
    await storeChange(tx, flaw, { set: { need: (await tallyFlaw(tx, flaw.id)).need }, event: { type: 'flaws-kept-apart', payload: { suggestion, other: peer.id } } }, now, `person:${who.person}`)
  }
  return done(null)
}
