import type { ReceiptStatus } from '../../../contract/shapes/report.ts'
import { finderState, presentReceipt, sayState } from '../../../core/access/present/finding.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { NEEDS, type NeedsCode, REFUSALS, type RefusalCode } from '../../../core/findings/refusal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'

/** What a receipt says to whoever holds it. The same for a stranger, its sender, and one who found it on the street. */
export async function readReceipt(
  ground: Ground,
  text: string,
  intervalSeconds: number,
): Promise<Answer<Presented<ReceiptStatus>>> {
  const id = parseId('receipt', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(ground.store, 'all', async ({ db }) => {
    const row = await db
      .selectFrom('receipt')
      .leftJoin('finding', (join) => join.onRef('finding.id', '=', 'receipt.finding_id'))
      .leftJoin('ledger_interval', 'ledger_interval.index', 'receipt.interval_index')
      .select([
        'receipt.id',
        'receipt.received_at',
        'receipt.outcome',
        'receipt.needs',
        'receipt.code',
        'receipt.interval_index',
        'finding.state',
        'finding.released',
        'finding.stage',
        'finding.id as finding',
      ])
      .select(['ledger_interval.leaf_index', 'ledger_interval.opened_at', 'ledger_interval.closed_at'])
      .where('receipt.id', '=', id)
      .executeTakeFirst()
    if (row === undefined) return NOT_FOUND
    const state =
      row.finding === null
        ? 'closed'
        : finderState({ state: row.state ?? 'received', released: row.released ?? false, stage: row.stage ?? 'open' })
    const clock = await db.selectFrom('ledger_clock').select('opened_at').executeTakeFirstOrThrow()
    return done(
      presentReceipt({
        receipt: row.id,
        receivedAt: formatInstant(instant(row.received_at)),
        outcome: row.outcome as ReceiptStatus['outcome'],
        state,
        say:
          row.finding === null
            ? `Not taken in: ${REFUSALS[row.code as RefusalCode] ?? 'see the answer you got.'}`
            : sayState(state),
        needs: row.needs.map((code) => ({ code, say: NEEDS[code as NeedsCode] })),
        ledger: {
          state: row.leaf_index === null ? ('pending' as const) : ('recorded' as const),
          due:
            row.leaf_index === null && row.interval_index !== null
              ? formatInstant(instant(clock.opened_at + intervalSeconds * 1000))
              : null,
          leaf: row.leaf_index,
          interval:
            row.opened_at === null || row.closed_at === null
              ? null
              : { from: formatInstant(instant(row.opened_at)), to: formatInstant(instant(row.closed_at)) },
        },
      }),
    )
  })
}
