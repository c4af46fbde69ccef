import type { CustodyEntry } from '../../contract/custody.ts'
import { entryHash, firstHash, follows } from '../../core/docket/custody-log.ts'
import type { Disk } from './disk.ts'
import { sha256 } from './ground.ts'
import { isPlain, readJson } from './parse.ts'

/** What an entry says; its number and its hash come from the chain. */
export type Said = Omit<CustodyEntry, 'entry' | 'hash'>

const EVERY = 256
const PIECE = 1_048_576
const LONGEST_LINE = 4096

interface Loaded {
  readonly calls: number
  /** The latest instant that an entry since the first window tells; the deciding clock had come that far. */
  readonly highest: number | null
  readonly latched: CustodyEntry | null
  readonly erased: boolean
}

/** The chained log of one docket: lines of JSON in a file that only grows. */
export class LogFile {
  readonly #disk: Disk
  readonly #name: string
  readonly #docket: string
  /** Where every 256th entry begins, so that a page in the middle is read without what stands before it. */
  readonly #marks: number[] = [0]
  #bytes = 0
  #count = 0
  #head: string
  #keptHead: string
  #unwritten: CustodyEntry[] = []
  /** What the file told when it was opened. */
  loaded: Loaded = { calls: 0, highest: null, latched: null, erased: false }
  damage: string | null = null

  constructor(disk: Disk, docket: string, name: string) {
    this.#disk = disk
    this.#docket = docket
    this.#name = name
    this.#head = firstHash(docket, sha256)
    this.#load()
    this.#keptHead = this.#head
  }

  /** How many entries are on disk, and the hash of the last of them. */
  get kept(): { readonly entries: number; readonly head: string } {
    const first = this.#unwritten[0]
    return first === undefined ? { entries: this.#count, head: this.#head } : { entries: first.entry - 1, head: this.#keptHead }
  }

  /** Puts an entry at the end of the chain; it is on disk after the next `flush`. */
  add(said: Said): CustodyEntry {
    const fields = { entry: this.#count + 1, ...said }
    const entry = { ...fields, hash: entryHash(this.#head, fields, sha256) }
    this.#count++
    this.#head = entry.hash
    this.#unwritten.push(entry)
    return entry
  }

  /** Makes durable what was added; answers those entries. Throws what the disk says, and then nothing may pass any more. */
  flush(): readonly CustodyEntry[] {
    const entries = this.#unwritten
    if (entries.length === 0) return entries
    const lines = entries.map((entry) => Buffer.from(`${JSON.stringify(entry)}\n`))
    this.#disk.append(this.#name, Buffer.concat(lines))
    this.#unwritten = []
    this.#keptHead = entries.at(-1)!.hash
    for (const [n, line] of lines.entries()) this.#grown(entries[n]!.entry, line.length)
    return entries
  }

  /** Entries on disk after that number, at most `most`. */
  page(after: number, most: number): CustodyEntry[] {
    const from = Math.max(0, Math.min(after, this.#count))
    const start = this.#marks[Math.floor(from / EVERY)] ?? this.#bytes
    const end = this.#marks[Math.floor((from + most) / EVERY) + 1] ?? this.#bytes
    const bytes = this.#disk.read(this.#name, start, end - start) ?? new Uint8Array()
    const entries: CustodyEntry[] = []
    for (const line of Buffer.from(bytes).toString('utf8').split('\n')) {
      const entry = parseEntry(line)
      if (entry !== null && entry.entry > from && entries.length < most) entries.push(entry)
    }
    return entries
  }

  #grown(entry: number, bytes: number): void {
    this.#bytes += bytes
    if (entry % EVERY === 0) this.#marks.push(this.#bytes)
  }

  /** Walks the file in pieces. A last line without its end was never answered for and is cut off; all else must follow. */
  #load(): void {
    const size = this.#disk.size(this.#name)
    let rest = Buffer.alloc(0)
    let last: CustodyEntry | null = null
    for (let at = 0; at < size && this.damage === null; at += PIECE) {
      const text = Buffer.concat([rest, this.#disk.read(this.#name, at, PIECE) ?? Buffer.alloc(0)])
      let from = 0
      for (let end = text.indexOf(0x0a); end >= 0; from = end + 1, end = text.indexOf(0x0a, from)) {
        const entry = parseEntry(text.toString('utf8', from, end))
        if (entry === null || !follows(last, entry, this.#docket, sha256)) {
          this.damage = `The log is damaged at entry ${(last?.entry ?? 0) + 1}.`
          return
        }
        last = entry
        this.#count = entry.entry
        this.#head = entry.hash
        this.#grown(entry.entry, end + 1 - from)
        this.#remember(entry)
      }
      rest = text.subarray(from)
      if (rest.length > LONGEST_LINE) this.damage = `The log is damaged after entry ${this.#count}.`
    }
    if (this.damage === null && rest.length > 0) this.#disk.truncate(this.#name, this.#bytes)
  }

  #remember(entry: CustodyEntry): void {
    const { calls, highest, latched, erased } = this.loaded
    const counts = highest !== null || entry.what === 'window'
    this.loaded = {
      calls: calls + (isUse(entry) ? 1 : 0),
      highest: counts ? Math.max(highest ?? 0, entry.at) : null,
      latched: latched ?? (entry.what === 'latched' ? entry : null),
      erased: erased || entry.what === 'erased',
    }
  }
}

/** Whether an entry tells of a use of the key on somebody's behalf. */
export function isUse(entry: { readonly what: CustodyEntry['what'] }): boolean {
  return entry.what === 'call' || entry.what === 'cut'
}

// The chain's hash vouches for all fields; the shape is looked at only as far as this file itself relies on it.
function parseEntry(line: string): CustodyEntry | null {
  if (line.length > LONGEST_LINE) return null
  const value = readJson(line)
  if (!isPlain(value) || !Number.isSafeInteger(value['entry']) || !Number.isSafeInteger(value['at'])) return null
  return typeof value['hash'] === 'string' && typeof value['what'] === 'string' ? (value as unknown as CustodyEntry) : null
}
