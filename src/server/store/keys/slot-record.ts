import { crc32 } from 'node:zlib'

// 64 bytes, so that a record never straddles a disk sector: "WKEY", state, 3 spare, slot, key, 16 spare, CRC-32 of the rest.
export const RECORD_BYTES = 64
const MAGIC = 0x574b4559
const STATE_AT = 4
const SLOT_AT = 8
const KEY_AT = 12
const KEY_BYTES = 32
const SUM_AT = 60

const LIVE = 1
const ERASED = 2

/** What a record holds: a key, null for an erased one, undefined where the bytes are not a whole record of that slot. */
export type SlotContent = Buffer | null | undefined

export function writeRecord(into: Buffer, at: number, slot: number, key: Uint8Array | null): void {
  const record = into.subarray(at, at + RECORD_BYTES)
  record.fill(0)
  record.writeUInt32BE(MAGIC, 0)
  record[STATE_AT] = key === null ? ERASED : LIVE
  record.writeUInt32BE(slot, SLOT_AT)
  if (key !== null) record.set(key.subarray(0, KEY_BYTES), KEY_AT)
  record.writeUInt32BE(crc32(record.subarray(0, SUM_AT)), SUM_AT)
}

export function readRecord(from: Buffer, at: number, slot: number): SlotContent {
  const record = from.subarray(at, at + RECORD_BYTES)
  if (record.length < RECORD_BYTES || record.readUInt32BE(0) !== MAGIC || record.readUInt32BE(SLOT_AT) !== slot)
    return undefined
  if (record.readUInt32BE(SUM_AT) !== crc32(record.subarray(0, SUM_AT))) return undefined
  if (record[STATE_AT] === ERASED) return null
  // A copy: the caller's key must not keep a whole block of other keys alive, nor change under it.
  return record[STATE_AT] === LIVE ? Buffer.from(record.subarray(KEY_AT, KEY_AT + KEY_BYTES)) : undefined
}
