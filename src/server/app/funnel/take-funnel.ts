import type { FunnelOut } from '../../../contract/shapes/case.ts'
import { presentFunnel } from '../../../core/access/present/funnel.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { inTransaction } from '../../store/connection.ts'
import type { CaseDesk } from '../cases/case-desk.ts'
import { countSteps } from './count-steps.ts'
import { cutFunnel, exactFunnel } from './cut-funnel.ts'
import type { FunnelCount } from './funnel-step.ts'
import { readRoads } from './read-roads.ts'
import { readStarts } from './read-starts.ts'

const NAME = 'funnel'

/** Counts the whole way from found to deployed once; everyone is shown such a count from before, never a live one. */
export async function takeFunnel(desk: CaseDesk): Promise<void> {
  const at = desk.clock()
  const { roads, dates } = await readRoads(desk)
  await inTransaction(desk.store, 'all', async (tx) => {
    const { steps, inNone } = await readStarts(tx)
    const cases = countSteps(roads.values()).map((one) =>
      one.step === 'in-a-case' && inNone > 0
        ? { ...one, held: [{ why: 'in no case yet; a coordinator decides', flaws: inNone }, ...one.held] }
        : one,
    )
    const count: FunnelCount = { at, steps: [...steps, ...cases], missed: dates.counts }
    const value = JSON.stringify(count)
    await tx.db
      .insertInto('setting')
      .values({ name: NAME, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute()
  })
}

/** The newest count: exact for coordination, without its small cells for everyone else. */
export async function readFunnel(desk: CaseDesk, who: Principal): Promise<Presented<FunnelOut>> {
  const row = await desk.store.db.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirst()
  const count = (row?.value as FunnelCount | undefined) ?? { at: desk.clock(), steps: [], missed: [] }
  return presentFunnel(who, exactFunnel(count), cutFunnel(count))
}
