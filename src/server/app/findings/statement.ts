import { createHash } from 'node:crypto'

/** What the ledger commits to for one item: enough for its holder to prove when exactly these bytes came. */
export interface Statement {
  readonly v: 1
  readonly receipt: string
  readonly receivedAt: string
  readonly content: string
  readonly [name: string]: string | number
}

export function statementOf(receipt: string, receivedAt: number, raw: Uint8Array): Statement {
  return {
    v: 1,
    receipt,
    receivedAt: new Date(receivedAt).toISOString(),
    content: `sha256:${createHash('sha256').update(raw).digest('hex')}`,
  }
}
