import { closeSync, fdatasync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, write, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import type { Random } from '../../../core/kernel/id.ts'
import { syncFolder } from '../disk/durable.ts'
import { type DataKey, KeysDamaged } from './key-store.ts'
import { RECORD_BYTES, readRecord, type SlotContent, writeRecord } from './slot-record.ts'

/** Layout of the file and of its records. */
const KEYS_VERSION = 1
const HEADER = Buffer.alloc(RECORD_BYTES)
HEADER.write('WEIRKEYS', 0, 'latin1')
HEADER.writeUInt32BE(KEYS_VERSION, 8)

const RUN = 1024
const MOST_SLOTS = 2 ** 31 - 1
const fdatasyncAsync = promisify(fdatasync)
const writeAsync = promisify(write)

/** Keys by slot in fixed records of one file: a million take 64 MB on disk and nothing in memory. One process writes it. */
export class SlotFile {
  readonly #fd: number
  readonly #random: Random
  #next: number
  #line: Promise<unknown> = Promise.resolve()
  #waiting: { count: number; done: (keys: DataKey[]) => void; failed: (error: unknown) => void }[] = []

  constructor(path: string, random: Random) {
    this.#random = random
    const { fd, isNew } = openOrCreate(path)
    this.#fd = fd
    if (isNew) {
      writeSync(fd, HEADER, 0, RECORD_BYTES, 0)
      fsyncSync(fd)
      syncFolder(dirname(path))
    }
    checkHeader(fd, path)
    this.#next = settleEnd(fd)
  }

  /** Calls that come while a write is under way share the next one: one append and one sync for all of them. */
  async allocate(count: number): Promise<DataKey[]> {
    if (!Number.isInteger(count) || count < 0 || count > 10_000_000) throw new RangeError(`not a number of keys: ${count}`)
    if (count === 0) return []
    return await new Promise((done, failed) => {
      this.#waiting.push({ count, done, failed })
      if (this.#waiting.length === 1) this.#enqueue(() => this.#append())
    })
  }

  get(slots: readonly number[]): (Buffer | null)[] {
    const out: (Buffer | null)[] = []
    for (let i = 0; i < slots.length; ) {
      const first = slots[i]!
      let length = 1
      while (length < RUN && slots[i + length] === first + length) length++
      for (const content of this.#read(first, length)) out.push(content)
      i += length
    }
    return out
  }

  async erase(slots: readonly number[]): Promise<void> {
    await this.#enqueue(async () => {
      const record = Buffer.alloc(RECORD_BYTES)
      for (const slot of new Set(slots)) {
        if (!this.#holds(slot)) continue
        writeRecord(record, 0, slot, null)
        await writeWhole(this.#fd, record, slot * RECORD_BYTES)
      }
      await fdatasyncAsync(this.#fd)
    })
  }

  async close(): Promise<void> {
    await this.#line.catch(() => {})
    closeSync(this.#fd)
  }

  #holds(slot: number): boolean {
    return Number.isInteger(slot) && slot >= 1 && slot < this.#next
  }

  #read(first: number, length: number): (Buffer | null)[] {
    if (length === 1 && !this.#holds(first)) return [null]
    const block = Buffer.allocUnsafe(length * RECORD_BYTES)
    const got = readSync(this.#fd, block, 0, block.length, first * RECORD_BYTES)
    const out = Array.from({ length }, (_, i): Buffer | null => {
      if (!this.#holds(first + i)) return null
      const content: SlotContent = readRecord(block.subarray(0, got), i * RECORD_BYTES, first + i)
      if (content === undefined)
        throw new KeysDamaged(`the record of key ${first + i} is damaged; bring the key folder back from its own copy`)
      return content
    })
    block.fill(0)
    return out
  }

  async #append(): Promise<void> {
    const calls = this.#waiting
    this.#waiting = []
    try {
      const total = calls.reduce((sum, { count }) => sum + count, 0)
      if (this.#next + total > MOST_SLOTS) throw new Error('the key store is full')
      const start = this.#next
      const keys = Buffer.from(this.#random(total * 32))
      const block = Buffer.allocUnsafe(total * RECORD_BYTES)
      for (let i = 0; i < total; i++) writeRecord(block, i * RECORD_BYTES, start + i, keys.subarray(i * 32, i * 32 + 32))
      await writeWhole(this.#fd, block, start * RECORD_BYTES)
      await fdatasyncAsync(this.#fd)
      block.fill(0)
      this.#next = start + total
      let i = 0
      for (const { count, done } of calls) {
        done(
          Array.from({ length: count }, (_, n) => ({
            slot: start + i + n,
            key: keys.subarray((i + n) * 32, (i + n + 1) * 32),
          })),
        )
        i += count
      }
    } catch (error) {
      for (const { failed } of calls) failed(error)
    }
  }

  /** Writes go one after another; a failed one does not stop those behind it. */
  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#line.then(work, work)
    this.#line = turn.catch(() => {})
    return turn
  }
}

function openOrCreate(path: string): { fd: number; isNew: boolean } {
  const fd = openSync(path, 'a+', 0o600)
  closeSync(fd)
  const writable = openSync(path, 'r+')
  // A crash between creating the file and its header leaves less than a header, and no key was handed out.
  return { fd: writable, isNew: fstatSync(writable).size < RECORD_BYTES }
}

function checkHeader(fd: number, path: string): void {
  const header = Buffer.alloc(RECORD_BYTES)
  readSync(fd, header, 0, RECORD_BYTES, 0)
  if (header.toString('latin1', 0, 8) !== 'WEIRKEYS') throw new KeysDamaged(`${path} is not a file of Weir's keys`)
  const version = header.readUInt32BE(8)
  if (version !== KEYS_VERSION) throw new KeysDamaged(`${path} has version ${version}; this Weir reads version ${KEYS_VERSION}`)
}

/**
 * The first free slot. What a crash left half-written at the end (part of a record, or zeros where the file grew and the data
 * did not follow) was never handed out and is cut off; a bad record of any other kind is damage, and refused.
 */
function settleEnd(fd: number): number {
  const { size } = fstatSync(fd)
  const whole = Math.floor(size / RECORD_BYTES)
  const record = Buffer.alloc(RECORD_BYTES)
  let next = whole
  for (; next > 1; next--) {
    readSync(fd, record, 0, RECORD_BYTES, (next - 1) * RECORD_BYTES)
    if (readRecord(record, 0, next - 1) !== undefined) break
    // A record lies within one sector: it is written or it is zeros. Anything else may be a key that was in use.
    const torn = record.every((byte) => byte === 0)
    if (!torn) throw new KeysDamaged(`the record of key ${next - 1} is damaged; bring the key folder back from its own copy`)
  }
  if (size !== next * RECORD_BYTES) {
    ftruncateSync(fd, next * RECORD_BYTES)
    fsyncSync(fd)
  }
  return next
}

async function writeWhole(fd: number, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await writeAsync(fd, bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}
