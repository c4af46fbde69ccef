import { fromBase64, hashFromBase64, toBase64 } from './base64.ts'
import { SALT_BYTES } from './commitment.ts'
import { areHashes } from './hash.ts'
import { DEPTH } from './interval-place.ts'
import { parseInstantText } from './leaf.ts'
import { canonicalBytes, type Json } from './statement.ts'
import { isSize } from './tree.ts'

/** Proof that a statement was accepted in an interval, checkable by whoever holds it and the log's key. Version 1. */
export interface Receipt {
  /** What was accepted, in words its holder can read; committed to, never published. */
  readonly statement: Json
  readonly salt: Uint8Array
  readonly commitment: Uint8Array
  /** Instants in milliseconds since 1970-01-01T00:00:00Z. */
  readonly interval: { readonly index: number; readonly from: number; readonly to: number }
  /** Place in the interval's padded tree, and the 24 hashes from there to its root. */
  readonly position: number
  readonly innerPath: readonly Uint8Array[]
  /** Place of the interval's leaf in the log, and its inclusion proof under the checkpoint. */
  readonly leafIndex: number
  readonly outerPath: readonly Uint8Array[]
  /** The signed note, whole. */
  readonly checkpoint: string
}

/** A receipt as JSON: hashes in base 64, instants in RFC 3339. */
export interface ReceiptJson {
  readonly v: 1
  readonly statement: Json
  readonly salt: string
  readonly commitment: string
  readonly interval: { readonly index: number; readonly from: string; readonly to: string }
  readonly position: number
  readonly innerPath: readonly string[]
  readonly leafIndex: number
  readonly outerPath: readonly string[]
  readonly checkpoint: string
}

/** A receipt in the form that is handed out. */
export function renderReceipt(receipt: Receipt): ReceiptJson {
  const { index, from, to } = receipt.interval
  return {
    v: 1,
    statement: receipt.statement,
    salt: toBase64(receipt.salt),
    commitment: toBase64(receipt.commitment),
    interval: { index, from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    position: receipt.position,
    innerPath: receipt.innerPath.map(toBase64),
    leafIndex: receipt.leafIndex,
    outerPath: receipt.outerPath.map(toBase64),
    checkpoint: receipt.checkpoint,
  }
}

const MAX_PROOF = 64
const MAX_CHECKPOINT = 1 << 17

/** Reads a receipt from parsed JSON. Hostile; unknown members are passed over, so that later minor additions stay readable. */
export function parseReceipt(value: unknown): Receipt | 'shape' | 'version' {
  if (!isRecord(value)) return 'shape'
  if (value['v'] !== 1) return Number.isInteger(value['v']) ? 'version' : 'shape'
  const { statement, interval, position, leafIndex, checkpoint } = value
  const salt = typeof value['salt'] === 'string' && value['salt'].length === 44 ? fromBase64(value['salt']) : null
  const commitment = hashFromBase64(value['commitment'])
  const innerPath = parseHashes(value['innerPath'], DEPTH)
  const outerPath = parseHashes(value['outerPath'], MAX_PROOF)
  if (salt?.length !== SALT_BYTES || commitment?.length !== 32 || innerPath?.length !== DEPTH || !outerPath) return 'shape'
  if (!isRecord(interval) || !isSize(position) || position >= 2 ** DEPTH || !isSize(leafIndex)) return 'shape'
  const { index } = interval
  const from = parseInstantText(interval['from'])
  const to = parseInstantText(interval['to'])
  if (!isSize(index) || from === null || to === null || from >= to) return 'shape'
  if (typeof checkpoint !== 'string' || checkpoint.length > MAX_CHECKPOINT || !canonicalBytes(statement)) return 'shape'
  return {
    statement: statement as Json,
    salt,
    commitment,
    interval: { index, from, to },
    position,
    innerPath,
    leafIndex,
    outerPath,
    checkpoint,
  }
}

function parseHashes(value: unknown, most: number): Uint8Array[] | null {
  if (!Array.isArray(value) || value.length > most) return null
  const hashes = value.map(hashFromBase64)
  return hashes.every((hash) => hash !== null) && areHashes(hashes) ? hashes : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
