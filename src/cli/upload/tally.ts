import type { ItemAnswer, Outcome } from '../../contract/shapes/report.ts'
import { count, list, object, text } from '../http/read.ts'

const OUTCOMES: readonly Outcome[] = ['accepted', 'repeated', 'merged', 'needs-info', 'refused']

/** One item's answer out of a line of the server's; null when it is not one. Hostile. */
export function readItem(value: unknown): ItemAnswer | null {
  const line = object(value)
  const outcome = OUTCOMES.find((one) => one === line['outcome'])
  if (outcome === undefined || typeof line['n'] !== 'number' || !Number.isSafeInteger(line['n']) || line['n'] < 0) return null
  const refusal = line['refusal'] === null || line['refusal'] === undefined ? null : object(line['refusal'])
  const word = (from: Readonly<Record<string, unknown>>, name: string) => text(from[name]) ?? ''
  return {
    n: line['n'],
    at: word(line, 'at'),
    outcome,
    receipt: text(line['receipt']),
    finding: text(line['finding']),
    same: text(line['same']),
    needs: list(line['needs']).map((one) => ({ code: word(object(one), 'code'), say: word(object(one), 'say') })),
    refusal: refusal && {
      code: word(refusal, 'code'),
      say: word(refusal, 'say'),
      where: word(refusal, 'where'),
      mend: word(refusal, 'mend'),
    },
  }
}

/** The last line of `weir report --json`. */
export interface Summary {
  accepted: number
  repeated: number
  merged: number
  needsInfo: number
  refused: number
  flaws: number
}

const SHOWN = 5

/** What came of the items so far; keeps a few of those that need something, never all, so a million items cost no memory. */
export class Tally {
  readonly summary: Summary = { accepted: 0, repeated: 0, merged: 0, needsInfo: 0, refused: 0, flaws: 0 }
  readonly needs: ItemAnswer[] = []
  readonly refused: ItemAnswer[] = []
  readonly receipts: string[] = []
  readonly #mostReceipts: number
  #taken = 0
  constructor(mostReceipts = 3) {
    this.#mostReceipts = mostReceipts
  }

  add(item: ItemAnswer): void {
    const { summary } = this
    if (item.outcome === 'needs-info') summary.needsInfo++
    else summary[item.outcome]++
    if (item.outcome === 'needs-info' && this.needs.length < SHOWN) this.needs.push(item)
    if (item.outcome === 'refused' && this.refused.length < SHOWN) this.refused.push(item)
    if (item.receipt === null) return
    this.#taken++
    if (this.receipts.length < this.#mostReceipts) this.receipts.push(item.receipt)
  }

  get total(): number {
    const { accepted, repeated, merged, needsInfo, refused } = this.summary
    return accepted + repeated + merged + needsInfo + refused
  }

  /** Items that a receipt was given for. */
  get taken(): number {
    return this.#taken
  }
}

/** What the server says at the end of an upload. */
export function readSummary(value: unknown): { report: string | null; flaws: number } {
  const line = object(value)
  return { report: text(line['report']), flaws: count(line['flaws']) }
}
