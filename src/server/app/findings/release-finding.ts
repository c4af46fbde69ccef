import { presentFinding } from '../../../core/access/present/finding.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'

/**
 * A coordinator lets a finding's sender know that the flaw is known already: only while another organisation's finding is in
 * the same flaw, because nothing untrue is told. Said once, it stays said.
 */
export async function releaseFinding(
  ground: Ground,
  who: Principal,
  text: string,
): Promise<Answer<Presented<{ id: string; released: true }>>> {
  const id = parseId('finding', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(ground.store, scopeFor(who, 'release', 'finding'), async (tx) => {
    const row = await tx.db
      .selectFrom('finding')
      .select(['organisation_id', 'stage', 'released'])
      .where('id', '=', id)
      .where(mayList(who, 'release', 'finding', { organisation: 'finding.organisation_id', stage: 'finding.stage' }))
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return NOT_FOUND
    if (!row.released) {
      if (!(await knownToOthers(tx, id)))
        return denied('flaw.refused', 'No other organisation has a finding in this flaw; there is nothing to tell.')
      await tx.db.updateTable('finding').set({ released: true }).where('id', '=', id).execute()
      await appendEvents(tx, [
        {
          aggregate: 'finding',
          aggregate_id: id,
          version: 1,
          type: 'finding-released',
          at: ground.clock(),
          actor: `person:${who.person}`,
          payload: {},
        },
      ])
    }
    const view = presentFinding(
      who,
      { organisation: row.organisation_id as Id<'organisation'>, stage: row.stage },
      { id, released: true as const },
    )
    return view === null ? NOT_FOUND : done(view)
  })
}

async function knownToOthers(tx: Tx, finding: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('member as mine')
    .innerJoin('member as other', 'other.flaw_id', 'mine.flaw_id')
    .select('other.finding_id')
    .where('mine.finding_id', '=', finding)
    .whereRef('other.organisation_id', '<>', 'mine.organisation_id')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
