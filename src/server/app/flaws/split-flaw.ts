import type { z } from 'zod'
import type { FlawPage, SplitCommand } from '../../../contract/shapes/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { searchWords } from '../../../core/findings/summary.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { IntakeMacs } from '../findings/macs.ts'
import { openGist } from '../findings/sealing.ts'
import { type LockedFlaw, lockFlaws, storeChange } from './change-flaw.ts'
import { readFlaw } from './read-flaw.ts'
import { tallyFlaw } from './tally-flaw.ts'

/** A person takes findings out into a flaw of their own; from then on the two are kept apart until somebody undoes it. */
export async function splitFlaw(ground: Ground, macs: IntakeMacs, who: Principal, id: string, command: z.infer<typeof SplitCommand>): Promise<Answer<Presented<FlawPage>>> {
  const split = await inTransaction(ground.store, scopeFor(who, 'decide', 'flaw'), async (tx): Promise<Answer<null>> => {
    const flaw = (await lockFlaws(tx, who, [id])).get(id)
    if (flaw === undefined) return NOT_FOUND
    if (flaw.version !== command.version) return denied('flaw.changed', 'Load it again and decide on what you see then.')
    if (flaw.state !== 'open') return denied('flaw.not-open')
    const wanted = [...new Set(command.findings)].filter((finding) => parseId('finding', finding) !== null)
    const inside = await tx.db.selectFrom('member').select('finding_id').where('flaw_id', '=', id).where('finding_id', 'in', wanted.length > 0 ? wanted : ['']).execute()
    if (inside.length !== command.findings.length) return denied('request.invalid', 'Some of these findings are not in this flaw.', '/findings')
    if (inside.length >= flaw.findings) return denied('flaw.split-all')
    return await splitLocked(ground, macs, tx, who, flaw, wanted)
  })
  return split.ok ? await readFlaw(ground, who, id) : split
}

async function splitLocked(ground: Ground, macs: IntakeMacs, tx: Tx, who: Principal, flaw: LockedFlaw, findings: readonly string[]): Promise<Answer<null>> {
  const lead = await tx.db
    .selectFrom('finding').select(['id', 'target_key', 'key_slot', 'features', 'received_at']).where('id', 'in', [...findings]).orderBy('received_at').orderBy('id').executeTakeFirstOrThrow()
  const [key] = ground.keys.get([lead.key_slot])
  if (!key) return denied('flaw.not-open', 'These findings were erased under their terms.')
  const now = ground.clock()
  const actor = `person:${who.person}`
  const id = newId('flaw', ground.random)
  const words = searchWords(openGist(key, lead.id, lead.features).summary).map((word) => macs.word(word))
  await tx.db
    .insertInto('flaw')
    .values({
      target_key: lead.target_key, id, version: 1, state: 'open', lead_finding: lead.id, key_slot: lead.key_slot, summary: lead.features, need: 'nothing', merged_into: null,
      priority: flaw.priority, priority_rank: flaw.priority_rank, score: flaw.score, findings: findings.length, finders: 1,
      first_at: at(lead.received_at) as never, last_at: at(lead.received_at) as never, words,
    })
    .execute()
  await tx.db.updateTable('member').set({ flaw_id: id }).where('flaw_id', '=', flaw.id).where('finding_id', 'in', [...findings]).execute()
  const [a, b] = flaw.id < id ? [flaw.id, id] : [id, flaw.id]
  await tx.db.insertInto('apart').values({ target_key: flaw.target_key, a, b, at: at(now) as never }).onConflict((conflict) => conflict.doNothing()).execute()
  const { first_at, last_at, ...counts } = await tallyFlaw(tx, id)
  await tx.db.updateTable('flaw').set({ ...counts, first_at: at(first_at) as never, last_at: at(last_at) as never }).where('id', '=', id).execute()
  await appendEvents(tx, [{ aggregate: 'flaw', aggregate_id: id, version: 1, type: 'flaw-opened', at: now, actor, payload: { splitFrom: flaw.id, findings } }])
  await storeChange(tx, flaw, { set: await tallyFlaw(tx, flaw.id), event: { type: 'flaw-split-off', payload: { flaw: id, findings } } }, now, actor)
  return done(null)
}
