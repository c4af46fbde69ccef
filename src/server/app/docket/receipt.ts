import { hash, sign } from 'node:crypto'
import type { DocketReceipt, ReceiptRow, ReceiptStatement, SignedStatement } from '../../../contract/docket-receipt.ts'
import type { BothSigned } from '../../../core/docket/docket.ts'
import { toBase64 } from '../../../ledger/base64.ts'
import { canonicalBytes } from '../../../ledger/statement.ts'
import type { KeyStore } from '../../store/keys/key-store.ts'

/** SHA-256 of a receipt's canonical bytes, hex: what both sides sign and the ledger holds. */
export function receiptDigest(statement: ReceiptStatement): string {
  return hash('sha256', bytesOf(statement), 'hex')
}

/** Signs a statement with the instance's key. */
export function signStatement(keys: Pick<KeyStore, 'signingKey'>, statement: object): string {
  return toBase64(sign(null, bytesOf(statement), keys.signingKey().privateKey))
}

/** The row's receipt; null before a purge. */
export function readReceiptRow({ receipt }: { readonly receipt: Buffer | null }): ReceiptRow | null {
  return receipt === null ? null : (JSON.parse(receipt.toString('utf8')) as ReceiptRow)
}

/** The whole receipt with the signatures that are there so far. */
export function wholeReceipt(keys: KeyStore, row: ReceiptRow, signed: BothSigned, ledger: unknown): DocketReceipt {
  const digest = receiptDigest(row.statement)
  const { origin, publicKey } = keys.signingKey()
  const { developer, office } = signed
  const type = 'weir/docket-receipt-signatures/1' as const
  const signatures: SignedStatement = { type, docket: row.statement.docket, digest, developer, office }
  const signedSignature = signStatement(keys, signatures)
  // Signed anew by the key of today: the log may have gone on under another since.
  const signature = signStatement(keys, row.statement)
  return {
    v: 1,
    statement: row.statement,
    signature,
    digest,
    instance: { origin, key: toBase64(publicKey) },
    signed: signatures,
    signedSignature,
    ledger,
  }
}

function bytesOf(statement: object): Uint8Array {
  const bytes = canonicalBytes(statement)
  if (bytes === null) throw new Error('a receipt is always canonical')
  return bytes
}
