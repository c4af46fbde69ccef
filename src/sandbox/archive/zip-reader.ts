import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs'
import { crc32, createInflateRaw } from 'node:zlib'
import { Refused } from '../refused.ts'
import type { TarEntry, TarTaker } from './tar-reader.ts'

// PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.5. The central directory counts; the local headers only say where bytes begin.

const END = 0x06054b50
const END_BYTES = 22
const END64 = 0x06064b50
const CENTRAL = 0x02014b50
const CENTRAL_BYTES = 46
const LOCAL = 0x04034b50
const LOCAL_BYTES = 30
const MOST_COMMENT = 65_535
const MOST_DIRECTORY = 256 << 20
const MOST_LINK = 4096

/** S_IFMT of the mode; none where the archiver was no Unix. */
const KINDS: ReadonlyMap<number, TarEntry['kind']> = new Map([
  [0, 'file'],
  [0o100000, 'file'],
  [0o040000, 'folder'],
  [0o120000, 'link'],
])

interface Central {
  readonly entry: TarEntry
  readonly method: number
  readonly packed: number
  readonly crc: number
  readonly at: number
  readonly encrypted: boolean
}

/** Gives the entries of a hostile zip to `taker` one after the other, unpacking as it goes; throws `bad-archive`. */
export async function readZip(file: string, taker: TarTaker, mostFiles: number): Promise<void> {
  const fd = openSync(file, 'r')
  try {
    const size = fstatSync(fd).size
    for (const one of centralEntries(fd, size, mostFiles)) await unpack(file, fd, size, one, taker)
  } finally {
    closeSync(fd)
  }
}

function bad(say: string): Refused {
  return new Refused('sandbox.bad-archive', `the zip archive ${say}`)
}

function read(fd: number, at: number, length: number, size: number): Buffer {
  if (!Number.isSafeInteger(at) || at < 0 || length < 0 || at + length > size) throw bad('points beyond its end')
  const bytes = Buffer.alloc(length)
  for (let got = 0; got < length; ) {
    const more = readSync(fd, bytes, got, length - got, at + got)
    if (more === 0) throw bad('ends in the middle')
    got += more
  }
  return bytes
}

function* centralEntries(fd: number, size: number, mostFiles: number): Generator<Central> {
  const { count, bytes, at } = findDirectory(fd, size)
  if (count > mostFiles) throw new Refused('sandbox.too-large', `more than ${mostFiles} files`)
  if (bytes > MOST_DIRECTORY) throw new Refused('sandbox.too-large', 'the archive has too long a directory')
  const directory = read(fd, at, bytes, size)
  let from = 0
  for (let n = 0; n < count; n++) {
    if (from + CENTRAL_BYTES > directory.length || directory.readUInt32LE(from) !== CENTRAL)
      throw bad('has a damaged directory')
    const lengths = [28, 30, 32].map((offset) => directory.readUInt16LE(from + offset))
    const end = from + CENTRAL_BYTES + lengths.reduce((sum, length) => sum + length, 0)
    if (end > directory.length) throw bad('has a damaged directory')
    yield centralEntry(directory.subarray(from, end), lengths[0]!, lengths[1]!)
    from = end
  }
}

function findDirectory(fd: number, size: number): { count: number; bytes: number; at: number } {
  const length = Math.min(size, END_BYTES + MOST_COMMENT)
  const tail = read(fd, size - length, length, size)
  let at = tail.length - END_BYTES
  while (at >= 0 && tail.readUInt32LE(at) !== END) at--
  if (at < 0) throw bad('has no directory')
  const plain = { count: tail.readUInt16LE(at + 10), bytes: tail.readUInt32LE(at + 12), at: tail.readUInt32LE(at + 16) }
  if (plain.count !== 0xffff && plain.bytes !== 0xffffffff && plain.at !== 0xffffffff) return plain
  const locator = size - length + at - 20
  const end64 = read(fd, Number(read(fd, locator, 20, size).readBigUInt64LE(8)), 56, size)
  if (end64.readUInt32LE(0) !== END64) throw bad('has a damaged directory')
  return { count: big(end64, 32), bytes: big(end64, 40), at: big(end64, 48) }
}

function big(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw bad('has a size beyond measure')
  return Number(value)
}

function centralEntry(bytes: Buffer, nameLength: number, extraLength: number): Central {
  const name = bytes.subarray(CENTRAL_BYTES, CENTRAL_BYTES + nameLength)
  const sizes = { packed: bytes.readUInt32LE(20), plain: bytes.readUInt32LE(24), at: bytes.readUInt32LE(42) }
  let mtime = dosTime(bytes.readUInt16LE(14), bytes.readUInt16LE(12))
  const extra = bytes.subarray(CENTRAL_BYTES + nameLength, CENTRAL_BYTES + nameLength + extraLength)
  for (let at = 0; at + 4 <= extra.length; ) {
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
    const id = extra.readUInt16LE(at)
    if (id === 0x5455 && field.length >= 5 && (field[0]! & 1) === 1) mtime = field.readInt32LE(1)
    if (id === 1) {
      let next = 0
      for (const key of ['plain', 'packed', 'at'] as const)
        if (sizes[key] === 0xffffffff && next + 8 <= field.length) {
          sizes[key] = big(field, next)
          next += 8
        }
    }
    at += 4 + field.length
  }
  // The upper half of the external attributes is Unix's mode where the archiver was a Unix.
  const mode = bytes[5] === 3 ? bytes.readUInt32LE(38) >>> 16 : 0
  const path = text(name)
  const kind = path?.endsWith('/') === true ? 'folder' : (KINDS.get(mode & 0o170000) ?? 'other')
  return {
    entry: { kind, path, target: null, size: sizes.plain, mtime, executable: (mode & 0o111) !== 0 },
    method: bytes.readUInt16LE(10),
    packed: sizes.packed,
    crc: bytes.readUInt32LE(16),
    at: sizes.at,
    encrypted: (bytes.readUInt16LE(8) & 1) === 1,
  }
}

async function unpack(file: string, fd: number, size: number, one: Central, taker: TarTaker): Promise<void> {
  if (one.encrypted) throw bad('is encrypted')
  if (one.entry.kind === 'folder' || one.entry.kind === 'other') return taker.begin(one.entry)
  const head = read(fd, one.at, LOCAL_BYTES, size)
  if (head.readUInt32LE(0) !== LOCAL) throw bad('has a damaged entry')
  const start = one.at + LOCAL_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28)
  if (one.packed > 0 && start + one.packed > size) throw bad('points beyond its end')
  const target: Buffer[] = []
  if (one.entry.kind === 'file') taker.begin(one.entry)
  let length = 0
  let crc = 0
  for await (const chunk of plainBytes(file, start, one)) {
    length += chunk.length
    if (length > one.entry.size || (one.entry.kind === 'link' && length > MOST_LINK)) throw bad('holds more than it says')
    crc = crc32(chunk, crc)
    if (one.entry.kind === 'file') taker.data(chunk)
    else target.push(chunk)
  }
  if (length !== one.entry.size || crc !== one.crc) throw bad('is damaged')
  if (one.entry.kind === 'file') taker.end()
  else taker.begin({ ...one.entry, target: text(Buffer.concat(target)) })
}

async function* plainBytes(file: string, start: number, { packed, method }: Central): AsyncGenerator<Buffer> {
  if (method !== 0 && method !== 8) throw bad('is packed by a method that is not taken')
  if (packed === 0) return
  const source = createReadStream(file, { start, end: start + packed - 1 })
  const inflate = method === 8 ? createInflateRaw() : null
  source.on('error', (error) => inflate?.destroy(error))
  try {
    for await (const chunk of inflate === null ? source : source.pipe(inflate)) yield chunk as Buffer
  } catch (error) {
    throw error instanceof Refused ? error : bad('is damaged')
  } finally {
    source.destroy()
    inflate?.destroy()
  }
}

function dosTime(date: number, time: number): number {
  const [year, month, day] = [1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31]
  return Date.UTC(year, month, day, time >> 11, (time >> 5) & 63, (time & 31) * 2) / 1000
}

function text(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
