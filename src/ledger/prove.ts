import type { Sha256 } from './hash.ts'
import { isSize, type NodeReader, rangeHash } from './tree.ts'

/** Leaves [start, end); its Merkle tree hash is one hash of a proof. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** What an inclusion proof of leaf `index` in the tree of `size` consists of, leaf side first. RFC 6962 §2.1.1. */
export function inclusionRanges(index: number, size: number): Range[] {
  if (!isSize(index) || !isSize(size) || index >= size) throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  const ranges: Range[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + split(end - start)
    if (index < middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  return ranges.reverse()
}

/** What a consistency proof from `from` to `to` leaves consists of; empty for equal sizes. RFC 6962 §2.1.2. */
export function consistencyRanges(from: number, to: number): Range[] {
  if (!isSize(from) || !isSize(to) || from === 0 || from > to) throw new RangeError(`no proof from ${from} to ${to} leaves`)
  const ranges: Range[] = []
  let start = 0
  let end = to
  // Until the old tree ends exactly where the current range does; its hash is left out only while it is the whole old tree.
  while (end !== from) {
    const middle = start + split(end - start)
    if (from <= middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  if (start !== 0) ranges.push({ start, end })
  return ranges.reverse()
}

/** The hashes of those ranges from held nodes; null when one is not held. */
export function proofFrom(ranges: readonly Range[], read: NodeReader, sha256: Sha256): Uint8Array[] | null {
  const proof: Uint8Array[] = []
  for (const { start, end } of ranges) {
    const hash = rangeHash(start, end, read, sha256)
    if (!hash) return null
    proof.push(hash)
  }
  return proof
}

/** The largest power of two smaller than `width`, which is at least 2. */
function split(width: number): number {
  let half = 1
  while (half * 2 < width) half *= 2
  return half
}
