import type { DutyHistory } from '../../../contract/shapes/duty.ts'
import { presentDuties } from '../../../core/access/present/duty.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { dutyById } from '../../../core/duties/registry.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { entriesOf } from '../../store/duty.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'

type Row = DutyHistory['rows'][number]

const MOST = 1_000

/** All that was said of a public duty, what was taken back too, the newest first, as the ledger holds it. */
export async function dutyHistory(ground: Ground, who: Principal, id: string): Promise<Answer<Presented<DutyHistory>>> {
  if (dutyById(id) === null) return NOT_FOUND
  const entries = await inTransaction(ground.store, 'none', async (tx) => await entriesOf(tx, id, MOST))
  const rows = entries.map(({ version, statement }): Row => {
    // Written by commitDuty alone.
    const said = statement as Partial<Row> & { readonly at: string; readonly event: string }
    const { at, event: type, says = null, doneOn = null, evidence = [] } = said
    return { version, at, type, says, doneOn, evidence }
  })
  const shown = presentDuties(who, { duty: id, rows })
  return shown === null ? NOT_FOUND : done(shown)
}
