import type { DocketTally } from '../../../contract/shapes/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentPublic } from '../../../core/access/present/public.ts'
import { countedOf, type DocketCounted, tallyDockets } from '../../../core/docket/tally.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import type { DocketDesk } from './docket-desk.ts'
import { loadDocket } from './load-docket.ts'

const NAME = 'docket-tally'

/** Counts all dockets once; strangers are shown such a count from before, never a live one. */
export async function takeDocketTally(desk: DocketDesk): Promise<void> {
  await inTransaction(desk.store, 'all', async (tx) => {
    const ids = await tx.db.selectFrom('docket').select(['id', 'counted', 'stage']).execute()
    const counted: DocketCounted[] = []
    for (const { id, counted: kept, stage } of ids) {
      const loaded = stage === 'closed' && kept !== null ? null : await loadDocket(desk, tx, id)
      if (loaded !== null) counted.push(countedOf(loaded.docket))
      else if (kept !== null) counted.push({ ...(JSON.parse(kept) as DocketCounted), state: 'closed' })
    }
    const value = JSON.stringify({ at: desk.clock(), tally: tallyDockets(counted) })
    await tx.db
      .insertInto('setting')
      .values({ name: NAME, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute()
  })
}

/** The newest count of dockets, for everyone. */
export async function docketTally(desk: DocketDesk): Promise<Presented<DocketTally>> {
  const row = await desk.store.db.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirst()
  const kept = row?.value as { at: number; tally: Omit<DocketTally, 'asOf'> } | undefined
  const asOf = formatInstant(instant(kept?.at ?? desk.clock()))
  return presentPublic({ ...(kept?.tally ?? tallyDockets([])), asOf })
}
