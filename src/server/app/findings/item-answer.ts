import type { ItemAnswer } from '../../../contract/shapes/report.ts'
import { type ItemRefusal, NEEDS, type NeedsCode, REFUSALS, type RefusalCode } from '../../../core/findings/refusal.ts'
import type { EarlierReceipt } from './earlier.ts'
import type { OpenReport } from './open-report.ts'
import type { Prepared } from './prepare.ts'
import type { ReceiptRow } from './rows.ts'
import { openNote } from './sealing.ts'

type Kept = Pick<ReceiptRow, 'id' | 'outcome' | 'finding_id' | 'same_receipt' | 'needs'>

const SILENT = { receipt: null, finding: null, same: null, needs: [], refusal: null }

/** A new item that was kept. A stranger has no list to look a finding up in, so only the receipt is theirs. */
export function answerKept(item: Prepared, row: Kept, anonymous: boolean): ItemAnswer {
  return {
    n: item.n,
    at: item.at,
    outcome: row.outcome as ItemAnswer['outcome'],
    receipt: row.id,
    finding: anonymous ? null : row.finding_id,
    same: row.same_receipt,
    needs: row.needs.map((code) => ({ code, say: NEEDS[code as NeedsCode] })),
    refusal: null,
  }
}

/** The same key or content from the same sender: nothing new is made, the first receipt stands. */
export function answerEarlier(item: Prepared, earlier: EarlierReceipt, report: OpenReport): ItemAnswer {
  if (earlier.outcome === 'refused') {
    const refusal = item.refusal ??
      openNote(report, earlier) ?? {
        code: earlier.code as RefusalCode,
        where: item.at,
        mend: 'See the first answer to this item.',
      }
    return answerRefused(item, earlier, refusal)
  }
  return { ...SILENT, n: item.n, at: item.at, outcome: 'repeated', receipt: earlier.id, finding: null, same: earlier.id }
}

export function answerRefused(
  item: Pick<Prepared, 'n' | 'at'>,
  row: Pick<ReceiptRow, 'id'> | null,
  refusal: ItemRefusal,
): ItemAnswer {
  return {
    ...SILENT,
    n: item.n,
    at: item.at,
    outcome: 'refused',
    receipt: row?.id ?? null,
    refusal: { code: refusal.code, say: REFUSALS[refusal.code], where: refusal.where, mend: refusal.mend },
  }
}

export function answerOverQuota(item: Prepared): ItemAnswer {
  const code = 'quota.exceeded'
  const mend = 'Not stored. Send the rest again after 00:00 UTC, or ask the operator of this server for a larger quota.'
  return { ...SILENT, n: item.n, at: item.at, outcome: 'refused', refusal: { code, say: REFUSALS[code], where: item.at, mend } }
}
