import type { Asking, LogSource } from '../ask.ts'
import { u16, u32, u64 } from './little-endian.ts'

/** Where the archive's directory stands. */
export interface DirectoryPlace {
  readonly at: number
  readonly length: number
  readonly entries: number
  /** Bytes before the archive proper, by which every offset in it is short. */
  readonly shift: number
}

// APPNOTE 6.3.10, 4.3.14 to 4.3.16.
const END = 0x06054b50
const END_BYTES = 22
const LONGEST_COMMENT = 65_535
const LOCATOR64 = 0x07064b50
const LOCATOR64_BYTES = 20
const END64 = 0x06064b50
const END64_BYTES = 56
const NO_32 = 0xffffffff

/** Finds the end record (zip64 too) and from it the directory; null where the bytes are no archive. */
export function* findDirectory(source: LogSource): Asking<DirectoryPlace | null> {
  const wanted = Math.min(source.size, END_BYTES + LONGEST_COMMENT + LOCATOR64_BYTES)
  const from = source.size - wanted
  const tail = new Uint8Array(yield { at: from, length: wanted })
  if (tail.length < wanted) return null
  // The last record that ends in the file counts: a comment may hold another.
  for (let i = tail.length - END_BYTES; i >= 0; i--) {
    if (tail[i] !== 0x50 || u32(tail, i) !== END || i + END_BYTES + u16(tail, i + 20) > tail.length) continue
    const end = {
      entries: u16(tail, i + 10),
      length: u32(tail, i + 12),
      at: u32(tail, i + 16),
      ends: from + i,
    }
    const big = end.entries === 0xffff || end.length === NO_32 || end.at === NO_32
    const locator = i - LOCATOR64_BYTES
    if (big && locator >= 0 && u32(tail, locator) === LOCATOR64)
      return yield* read64(source, u64(tail, locator + 8), from + locator)
    return placed(end.at, end.length, end.entries, end.ends)
  }
  return null
}

function* read64(source: LogSource, stated: number, ends: number): Asking<DirectoryPlace | null> {
  // Bytes before the archive shift the record too; then it stands right before its locator.
  for (const at of [stated, ends - END64_BYTES]) {
    if (at < 0 || at + END64_BYTES > source.size) continue
    const bytes = new Uint8Array(yield { at, length: END64_BYTES })
    if (bytes.length === END64_BYTES && u32(bytes, 0) === END64)
      return placed(u64(bytes, 48), u64(bytes, 40), u64(bytes, 32), at)
  }
  return null
}

function placed(at: number, length: number, entries: number, ends: number): DirectoryPlace | null {
  const shift = ends - (at + length)
  if (!Number.isSafeInteger(shift) || shift < 0) return null
  return { at: at + shift, length, entries, shift }
}
