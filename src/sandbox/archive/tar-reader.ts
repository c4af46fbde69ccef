import { Refused } from '../refused.ts'

const BLOCK = 512
/** A pax or long-name record larger than this is no name. */
const MOST_RECORD = 64 << 10

export interface TarEntry {
  readonly kind: 'file' | 'folder' | 'link' | 'hard-link' | 'other'
  /** Null where it is not UTF-8. */
  readonly path: string | null
  readonly target: string | null
  readonly size: number
  /** Seconds since 1970, with a fraction where the archive has one. */
  readonly mtime: number
  readonly executable: boolean
}

export interface TarTaker {
  begin(entry: TarEntry): void
  data(chunk: Uint8Array): void
  end(): void
}

const KINDS: Readonly<Record<string, TarEntry['kind']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hard-link',
  '2': 'link',
  '5': 'folder',
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads a hostile ustar, pax or GNU archive as it comes (POSIX.1-2017, pax); holds one block and one name. Throws `bad-archive`. */
export class TarReader {
  readonly #taker: TarTaker
  readonly #block = Buffer.alloc(BLOCK)
  #filled = 0
  /** What the bytes that come next are. */
  #phase: 'header' | 'data' | 'padding' | 'record' | 'over' = 'header'
  #left = 0
  #padding = 0
  #record: { type: string; chunks: Buffer[] } | null = null
  #extra = new Map<string, Buffer>()

  constructor(taker: TarTaker) {
    this.#taker = taker
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let at = 0; at < bytes.length && this.#phase !== 'over'; ) {
      if (this.#phase === 'header') {
        const taken = bytes.copy(this.#block, this.#filled, at, at + BLOCK - this.#filled)
        this.#filled += taken
        at += taken
        if (this.#filled === BLOCK) this.#header()
      } else {
        const length = Math.min(this.#left, bytes.length - at)
        const piece = bytes.subarray(at, at + length)
        if (this.#phase === 'data') this.#taker.data(piece)
        else if (this.#phase === 'record') this.#record!.chunks.push(Buffer.from(piece))
        at += length
        this.#left -= length
        if (this.#left === 0) this.#next()
      }
    }
  }

  /** To be called when no more bytes come. */
  finish(): void {
    if (this.#phase === 'over' || (this.#phase === 'header' && this.#filled === 0 && this.#record === null)) return
    throw new Refused('sandbox.bad-archive', 'the archive ends in the middle')
  }

  #next(): void {
    if (this.#phase === 'data') this.#taker.end()
    if (this.#phase === 'record') this.#keepRecord()
    if (this.#phase !== 'padding' && this.#padding > 0) {
      this.#phase = 'padding'
      this.#left = this.#padding
    } else this.#phase = 'header'
  }

  #header(): void {
    this.#filled = 0
    const block = this.#block
    if (block.every((byte) => byte === 0)) {
      this.#phase = 'over'
      return
    }
    checkSum(block)
    const type = String.fromCharCode(block[156]!)
    const size = number(block, 124, 12)
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK
    this.#left = size
    if ('xgLK'.includes(type)) {
      if (size > MOST_RECORD) throw new Refused('sandbox.bad-archive', 'the archive has a name longer than any name')
      this.#record = { type, chunks: [] }
      this.#phase = 'record'
    } else this.#entry(block, type, size)
    if (this.#left === 0 && this.#phase !== 'header') this.#next()
  }

  #entry(block: Buffer, type: string, plainSize: number): void {
    const extra = this.#extra
    this.#extra = new Map()
    this.#record = null
    const text = (key: string, otherwise: Buffer) => decode(extra.get(key) ?? otherwise)
    const own = until0(block.subarray(0, 100))
    // The prefix is ustar's; GNU's header has other things in its place.
    const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? until0(block.subarray(345, 500)) : Buffer.alloc(0)
    const name = prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), own]) : own
    const path = text('path', name)
    let kind = KINDS[type] ?? 'other'
    if (kind === 'file' && path?.endsWith('/') === true) kind = 'folder'
    if ([...extra.keys()].some((key) => key.startsWith('GNU.sparse'))) kind = 'other'
    const size = extra.has('size') ? decimal(extra.get('size')!) : plainSize
    // Links and folders have no bytes, whatever an old archiver wrote as their size.
    const carries = kind === 'file' || kind === 'other'
    this.#left = carries ? size : 0
    this.#padding = (BLOCK - (this.#left % BLOCK)) % BLOCK
    const mtime = extra.has('mtime') ? Number(extra.get('mtime')!.toString('latin1')) : number(block, 136, 12)
    this.#taker.begin({
      kind,
      path,
      target: kind === 'link' || kind === 'hard-link' ? text('linkpath', until0(block.subarray(157, 257))) : null,
      size: this.#left,
      mtime: Number.isFinite(mtime) && Math.abs(mtime) < 2 ** 40 ? mtime : 0,
      executable: (number(block, 100, 8) & 0o111) !== 0,
    })
    this.#phase = 'data'
  }

  #keepRecord(): void {
    const { type, chunks } = this.#record!
    const bytes = Buffer.concat(chunks)
    if (type === 'L') this.#extra.set('path', until0(bytes))
    if (type === 'K') this.#extra.set('linkpath', until0(bytes))
    if (type === 'x') for (const [key, value] of paxRecords(bytes)) this.#extra.set(key, value)
  }
}

/** Records of the form "LENGTH KEY=VALUE\n". */
function paxRecords(bytes: Buffer): [string, Buffer][] {
  const records: [string, Buffer][] = []
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(32, at)
    const length = blank < 0 ? 0 : decimal(bytes.subarray(at, blank))
    const equals = bytes.indexOf(61, blank)
    if (blank < 0 || equals < 0 || equals >= at + length || at + length > bytes.length || bytes[at + length - 1] !== 10)
      throw new Refused('sandbox.bad-archive', 'the archive has a malformed pax record')
    records.push([bytes.toString('latin1', blank + 1, equals), bytes.subarray(equals + 1, at + length - 1)])
    at += length
  }
  return records
}

function checkSum(block: Buffer): void {
  let sum = 8 * 32
  for (let n = 0; n < BLOCK; n++) if (n < 148 || n >= 156) sum += block[n]!
  if (sum !== number(block, 148, 8)) throw new Refused('sandbox.bad-archive', 'the archive is not a tar archive, or is damaged')
}

/** An octal field, or GNU's binary one. */
function number(block: Buffer, at: number, length: number): number {
  if (block[at]! & 0x80) {
    let value = BigInt(block[at]! & 0x7f)
    for (let n = 1; n < length; n++) value = (value << 8n) | BigInt(block[at + n]!)
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value)
    // A time before 1970 is of no matter; a size like that is.
    if (at !== 124) return 0
    throw new Refused('sandbox.bad-archive', 'the archive has a size beyond measure')
  }
  const text = block
    .toString('latin1', at, at + length)
    .replace(/\0.*$/s, '')
    .trim()
  if (!/^[0-7]*$/.test(text)) throw new Refused('sandbox.bad-archive', 'the archive has a malformed number')
  return text === '' ? 0 : Number.parseInt(text, 8)
}

function decimal(bytes: Buffer): number {
  const text = bytes.toString('latin1')
  if (!/^\d{1,15}$/.test(text)) throw new Refused('sandbox.bad-archive', 'the archive has a malformed number')
  return Number(text)
}

function until0(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0)
  return end < 0 ? bytes : bytes.subarray(0, end)
}

function decode(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes)
  } catch {
    return null
  }
}
