import type { Tx } from '../../store/connection.ts'
import type { ReceiptTable } from '../../store/tables.ts'
import type { Prepared } from './prepare.ts'

export type EarlierReceipt = Pick<
  ReceiptTable,
  'id' | 'outcome' | 'finding_id' | 'same_receipt' | 'own_group' | 'needs' | 'code' | 'note' | 'report_id' | 'key_slot'
>

/** What this sender sent before, by content and by the item's own key; items of the batch at hand are added as they are kept. */
export interface EarlierItems {
  find(item: Prepared): EarlierReceipt | null
  add(item: Prepared, receipt: EarlierReceipt): void
}

/** Looks up all items of a batch at once. */
export async function earlierItems(tx: Tx, organisation: string, items: readonly Prepared[]): Promise<EarlierItems> {
  const contents = items.map((item) => item.contentDigest)
  const keys = items.flatMap((item) => item.keyDigest ?? [])
  const byDigest = new Map<string, EarlierReceipt>()
  const columns = [
    'id',
    'outcome',
    'finding_id',
    'same_receipt',
    'own_group',
    'needs',
    'code',
    'note',
    'report_id',
    'key_slot',
    'content_digest',
    'key_digest',
  ] as const
  const remember = (rows: (EarlierReceipt & Pick<ReceiptTable, 'content_digest' | 'key_digest'>)[]) => {
    for (const row of rows) {
      byDigest.set(name('content', row.content_digest), row)
      if (row.key_digest !== null) byDigest.set(name('key', row.key_digest), row)
    }
  }
  const mine = tx.db.selectFrom('receipt').select(columns).where('organisation_id', '=', organisation)
  remember(await mine.where((where) => where('content_digest', '=', where.fn.any(where.val(contents)))).execute())
  if (keys.length > 0) remember(await mine.where((where) => where('key_digest', '=', where.fn.any(where.val(keys)))).execute())
  return {
    find: (item) =>
      byDigest.get(name('content', item.contentDigest)) ??
      (item.keyDigest && byDigest.get(name('key', item.keyDigest))) ??
      null,
    add(item, receipt) {
      byDigest.set(name('content', item.contentDigest), receipt)
      if (item.keyDigest !== null) byDigest.set(name('key', item.keyDigest), receipt)
    },
  }
}

function name(kind: 'content' | 'key', digest: Buffer): string {
  return kind + digest.toString('latin1')
}
