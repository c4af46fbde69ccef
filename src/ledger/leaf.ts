import { hashFromBase64, toBase64 } from './base64.ts'
import { HASH_BYTES } from './hash.ts'
import { isSize } from './tree.ts'

/** The one public leaf of an interval [from, to); it looks the same whether it holds no commitment or a million. */
export interface IntervalLeaf {
  /** Counts intervals from 0. */
  readonly index: number
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly from: number
  readonly to: number
  /** Root of the interval's padded tree. */
  readonly root: Uint8Array
}

const VERSION = 'weir/interval/1'
const MAX_BYTES = 160

/** The leaf as the log's entry: version, index, both instants in RFC 3339 UTC and the root in base 64, a line each. */
export function encodeLeaf({ index, from, to, root }: IntervalLeaf): Uint8Array {
  if (!isSize(index) || root.length !== HASH_BYTES || !isInstant(from) || !isInstant(to) || from >= to) {
    throw new RangeError('an interval has a whole index, a start before its end (years 0 to 9999) and a root of 32 bytes')
  }
  const lines = [VERSION, index, new Date(from).toISOString(), new Date(to).toISOString(), toBase64(root)]
  return new TextEncoder().encode(lines.join('\n') + '\n')
}

/** Reads a leaf back; null unless it is exactly what `encodeLeaf` writes. Hostile. */
export function parseLeaf(entry: Uint8Array): IntervalLeaf | null {
  if (entry.length > MAX_BYTES || entry.some((byte) => byte > 126)) return null
  const lines = String.fromCharCode(...entry).split('\n')
  if (lines.length !== 6 || lines[0] !== VERSION || lines[5] !== '' || !/^(0|[1-9]\d{0,15})$/.test(lines[1]!)) return null
  const index = Number(lines[1])
  const from = parseInstantText(lines[2])
  const to = parseInstantText(lines[3])
  const root = hashFromBase64(lines[4])
  return isSize(index) && from !== null && to !== null && from < to && root ? { index, from, to, root } : null
}

/** Milliseconds of an instant in the one form used here, `2026-11-21T17:00:00.000Z`; null for any other text. */
export function parseInstantText(text: unknown): number | null {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return null
  const at = Date.parse(text)
  return isInstant(at) && new Date(at).toISOString() === text ? at : null
}

/** Whether those milliseconds fall into years 0 to 9999, which the four-digit form can write. */
function isInstant(at: number): boolean {
  return Number.isInteger(at) && at >= -62_167_219_200_000 && at <= 253_402_300_799_999
}
