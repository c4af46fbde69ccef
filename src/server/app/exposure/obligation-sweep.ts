import { inTransaction } from '../../store/connection.ts'
import { endedDeferrals, holdObligations, obligationsById, putObligations } from '../../store/obligation.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { obligationRow, openObligation, withNotes } from './obligation-body.ts'
import { tell } from './obligation-change.ts'
import { loadRule } from './obligation-rule.ts'

/**
 * Ends deferrals whose end has come: the date that stood before is in force again. How many it ended. What goes wrong with one
 * organisation's is thrown when all others are done.
 */
export async function sweepDeferrals(desk: ExposureDesk): Promise<number> {
  const now = desk.clock()
  const ended = await inTransaction(desk.store, 'all', async (tx) => await endedDeferrals(tx, now))
  let swept = 0
  const accidents: unknown[] = []
  for (const [organisation, named] of Map.groupBy(ended, ({ organisation_id }) => organisation_id)) {
    try {
      swept += await inTransaction(desk.store, { organisation }, async (tx) => {
        await holdObligations(tx, organisation)
        const { rule } = await loadRule(desk, tx, organisation)
        const rows = await obligationsById(
          tx,
          organisation,
          named.map(({ id }) => id),
        )
        const after = rows.flatMap((row) => {
          const one = openObligation(desk, row)
          if (one === null) return []
          const told = tell({ item: one.item, events: [] }, { do: 'clock' }, rule, now)
          if (told.events.length === 0) return []
          const { row: _, key, ...body } = one
          const next = { ...body, item: told.item, notes: withNotes(body.notes, told.events) }
          return [obligationRow(desk, { ...row, version: row.version + 1 }, key, next, now)]
        })
        await putObligations(tx, after)
        return after.length
      })
    } catch (error) {
      accidents.push(error)
    }
  }
  if (accidents.length > 0) throw accidents[0]
  return swept
}
