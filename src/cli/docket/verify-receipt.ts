import { fromBase64 } from '../../ledger/base64.ts'
import type { Trust } from '../../ledger/checkpoint.ts'
import type { Sha256 } from '../../ledger/hash.ts'
import { canonicalBytes } from '../../ledger/statement.ts'
import { verifyReceipt } from '../../ledger/verify-receipt.ts'
import { count, type Loose, object, text } from '../http/read.ts'

export type DocketReceiptError =
  | 'docket-receipt.shape' // not a receipt of a docket
  | 'docket-receipt.key' // signed by a key that is not trusted here
  | 'docket-receipt.digest' // the statement was changed
  | 'docket-receipt.signature' // the instance did not sign this
  | 'docket-receipt.ledger' // the ledger's part proves something else, or nothing

export interface CheckedReceipt {
  readonly statement: Loose
  readonly digest: string
  /** Instants, epoch milliseconds; null: that side has not signed. */
  readonly developer: number | null
  readonly office: number | null
  /** False: its interval had not ended when the receipt was fetched. */
  readonly inLedger: boolean
}

export type Checked =
  | { readonly ok: true; readonly receipt: CheckedReceipt }
  | { readonly ok: false; readonly code: DocketReceiptError; readonly say: string }

interface ReceiptTrust extends Trust {
  readonly sha256: Sha256
}

const no = (code: DocketReceiptError, say: string): Checked => ({ ok: false, code, say })

/**
 * Checks a docket's receipt (parsed JSON, hostile) without any server: the statement's digest, the instance's signatures over it
 * and over who signed for both sides, and the paths of the ledger. The instance's key is the ledger's.
 */
export function checkDocketReceipt(json: unknown, trust: ReceiptTrust): Checked {
  const whole = object(json)
  const statement = object(whole['statement'])
  const signed = object(whole['signed'])
  const bytes = canonicalBytes(statement)
  const signedBytes = canonicalBytes(signed)
  const docket = text(statement['docket'])
  if (
    whole['v'] !== 1 ||
    !Object.hasOwn(whole, 'ledger') ||
    statement['type'] !== 'weir/docket-receipt/1' ||
    docket === null ||
    !bytes ||
    !signedBytes
  )
    return no('docket-receipt.shape', 'this is no receipt of a docket')
  const digest = Buffer.from(trust.sha256(bytes)).toString('hex')
  if (whole['digest'] !== digest) return no('docket-receipt.digest', 'the statement was changed: it does not give its digest')
  if (
    signed['type'] !== 'weir/docket-receipt-signatures/1' ||
    signed['digest'] !== digest ||
    signed['docket'] !== docket ||
    signed['docket'] !== statement['docket']
  )
    return no('docket-receipt.digest', 'the signatures of both sides are for another receipt')
  const instance = object(whole['instance'])
  const key = fromBase64(text(instance['key']) ?? '')
  const trusted = trust.keys.find(
    ({ name, publicKey }) => name === instance['origin'] && key !== null && Buffer.from(publicKey).equals(Buffer.from(key)),
  )
  if (trusted === undefined) return no('docket-receipt.key', 'it is signed by a key that is not the one of this log')
  const holds = (over: Uint8Array, signature: unknown) => {
    const signatureBytes = fromBase64(text(signature) ?? '')
    return signatureBytes !== null && trust.verifySignature(trusted.publicKey, over, signatureBytes)
  }
  if (!holds(bytes, whole['signature'])) return no('docket-receipt.signature', 'the instance did not sign this statement')
  if (!holds(signedBytes, whole['signedSignature']))
    return no('docket-receipt.signature', 'the instance did not say who signed like that')
  const inLedger = whole['ledger'] !== null
  if (inLedger) {
    const proved = verifyReceipt(whole['ledger'], trust)
    if (!proved.ok) return no('docket-receipt.ledger', proved.say)
    const held = object(proved.receipt.statement)
    if (held['type'] !== statement['type'] || held['docket'] !== docket || held['digest'] !== digest)
      return no('docket-receipt.ledger', 'the ledger’s part proves another statement')
  }
  const { developer, office } = { developer: signedAt(signed['developer']), office: signedAt(signed['office']) }
  return { ok: true, receipt: { statement, digest, developer, office, inLedger } }
}

function signedAt(side: unknown): number | null {
  const at = count(object(side)['at'])
  return at === 0 ? null : at
}
