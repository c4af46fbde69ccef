import { Gathered } from '../../json/gathered.ts'
import { decodeKey } from '../../json/pointer.ts'
import type { Want } from './want.ts'

/** Keys and indices from the outermost in; it changes as the walk goes on. */
export type Path = readonly (string | number)[]

export interface WalkSink {
  /** A value wanted; null where it has more bytes than are kept. The bytes stand during the call only. */
  value(path: Path, bytes: Uint8Array | null): void
  /** An entered object or array begins at that byte of the document. */
  enter?(path: Path, at: number): void
  /** It ends before that byte, with so many elements. */
  leave?(path: Path, at: number, count: number): void
}

export interface WalkLimits {
  readonly depth: number
  readonly keepBytes: number
}

export interface WalkWrong {
  readonly code: 'json.broken' | 'json.truncated' | 'json.too-deep'
  readonly at: number
}

interface Container {
  readonly object: boolean
  readonly want: Want
  count: number
}

type State =
  | 'value'
  | 'value-or-end'
  | 'key'
  | 'key-or-end'
  | 'key-text'
  | 'colon'
  | 'after'
  | 'inside'
  | 'scalar'
  | 'done'
  | 'dead'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LONGEST_KEY = 1024
const NOTHING = new Uint8Array(0)
const MARK = [0xef, 0xbb, 0xbf]

/**
 * Walks a JSON document of hostile bytes over chunks of any size, in one linear pass, and hands on only what is wanted. What is
 * entered is held to the grammar; in what is passed over or kept only strings and brackets are followed, so `NaN` and `Infinity`
 * pass. Memory: one kept value, one key, `depth` open containers.
 */
export class Walk {
  private readonly root: Want
  private readonly sink: WalkSink
  private readonly limits: WalkLimits
  /** Only of a value that does not end in the chunk it begins in. */
  private kept: Gathered | null = null
  private keepBytes = 0
  private readonly key = new Gathered(LONGEST_KEY)
  private readonly stack: Container[] = []
  private readonly path: (string | number)[] = []
  private state: State = 'value'
  private offset = 0
  private keeping = false
  private depth = 0
  private inText = false
  private escaped = false
  private wrong: WalkWrong | null = null

  constructor(root: Want, sink: WalkSink, limits: WalkLimits) {
    this.root = root
    this.sink = sink
    this.limits = limits
  }

  /** What is wrong with the document, once it is known. */
  get fault(): WalkWrong | null {
    return this.wrong
  }

  get isDone(): boolean {
    return this.state === 'done'
  }

  push(chunk: Uint8Array): void {
    let i = 0
    while (i < chunk.length && this.state !== 'dead') {
      i = this.isInValue ? this.follow(chunk, i) : this.frame(chunk, i)
    }
    this.offset += chunk.length
  }

  end(): WalkWrong | null {
    if (this.state === 'scalar' && this.stack.length === 0) this.settle(NOTHING, 0, 0)
    if (this.state !== 'done' && this.state !== 'dead') this.fail('json.truncated', 0)
    return this.wrong
  }

  private get isInValue(): boolean {
    return this.state === 'inside' || this.state === 'scalar'
  }

  private frame(chunk: Uint8Array, from: number): number {
    let i = from
    while (i < chunk.length) {
      const c = chunk[i]!
      if (this.state === 'key-text') {
        const end = this.skipText(chunk, i)
        this.key.add(chunk, i, end)
        if (!this.inText) this.closeKey(this.key.take())
        return end
      }
      if (c <= 0x20) {
        if (!(c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09)) return this.fail('json.broken', i)
        i++
        continue
      }
      switch (this.state) {
        case 'value':
        case 'value-or-end':
          if (c === 0x5d && this.state === 'value-or-end') {
            this.close(++i)
            break
          }
          // A byte order mark at the very beginning is no value.
          if (c > 0x7f && this.stack.length === 0 && c === MARK[this.offset + i]) {
            i++
            break
          }
          if (c === 0x5d || c === 0x7d || c === 0x2c || c === 0x3a) return this.fail('json.broken', i)
          if (!this.open(c, i)) return i
          i++
          break
        case 'after': {
          const top = this.stack.at(-1)!
          if (c === 0x2c) this.state = top.object ? 'key' : 'value'
          else if (c === (top.object ? 0x7d : 0x5d)) this.close(i + 1)
          else return this.fail('json.broken', i)
          i++
          break
        }
        case 'colon':
          if (c !== 0x3a) return this.fail('json.broken', i)
          this.state = 'value'
          i++
          break
        case 'key':
        case 'key-or-end':
          i++
          if (c === 0x7d && this.state === 'key-or-end') this.close(i)
          else if (c === QUOTE) {
            this.state = 'key-text'
            this.inText = true
            const end = this.skipText(chunk, i)
            if (this.inText) this.key.add(chunk, i - 1, end)
            else this.closeKey(chunk.subarray(i - 1, Math.min(end, i - 1 + LONGEST_KEY)))
            i = end
          } else return this.fail('json.broken', i - 1)
          break
        default:
          return this.fail('json.broken', i)
      }
      // The value's first byte is looked at again by `follow`.
      if (this.isInValue) return i - 1
    }
    return i
  }

  /** Begins the value whose first byte is `c`. False where the walk is over. */
  private open(c: number, i: number): boolean {
    const top = this.stack.at(-1)
    if (top && !top.object) this.path.push(top.count)
    if (top) top.count++
    const want = this.wanted(top)
    const container = c === 0x7b || c === 0x5b
    if (container && typeof want === 'object') {
      if (this.stack.length >= this.limits.depth) {
        this.fail('json.too-deep', i)
        return false
      }
      this.sink.enter?.(this.path, this.offset + i)
      this.stack.push({ object: c === 0x7b, want, count: 0 })
      this.state = c === 0x7b ? 'key-or-end' : 'value-or-end'
      return true
    }
    this.keeping = want !== 'skip'
    this.keepBytes = typeof want === 'number' ? want : this.limits.keepBytes
    this.depth = 0
    this.inText = false
    this.state = container || c === QUOTE ? 'inside' : 'scalar'
    return true
  }

  private wanted(top: Container | undefined): Want {
    if (top === undefined) return this.root
    if (typeof top.want !== 'object') return 'skip'
    if (!top.object) return top.want.each ?? 'skip'
    return top.want.keys?.get(this.path.at(-1) as string) ?? top.want.other ?? 'skip'
  }

  /** Follows strings and brackets, to where the value ends; the byte at `from` is its first or one inside it. */
  private follow(chunk: Uint8Array, from: number): number {
    const n = chunk.length
    let i = from
    let depth = this.depth
    let ended = false
    if (this.state === 'scalar') {
      while (i < n && !endsScalar(chunk[i]!)) i++
      ended = i < n
    }
    while (this.state === 'inside' && i < n && !ended) {
      if (this.inText) {
        i = this.skipText(chunk, i)
        ended = depth === 0 && !this.inText
        continue
      }
      const c = chunk[i++]!
      if (c === QUOTE) this.inText = true
      else if (c === 0x7b || c === 0x5b) depth++
      else if (c === 0x7d || c === 0x5d) ended = --depth === 0
      if (depth + this.stack.length > this.limits.depth) return this.fail('json.too-deep', i)
    }
    this.depth = depth
    if (this.keeping && (!ended || this.kept !== null)) {
      this.kept ??= new Gathered(this.keepBytes)
      this.kept.add(chunk, from, i)
    }
    if (ended) this.settle(chunk, from, i)
    return i
  }

  private settle(chunk: Uint8Array, from: number, to: number): void {
    if (this.keeping) {
      const exceeded = this.kept ? this.kept.exceeded : to - from > this.keepBytes
      const bytes = exceeded ? null : (this.kept?.take() ?? chunk.subarray(from, to))
      this.kept = null
      this.sink.value(this.path, bytes)
    }
    this.afterValue()
  }

  private close(end: number): void {
    const closed = this.stack.pop()!
    this.sink.leave?.(this.path, this.offset + end, closed.count)
    this.afterValue()
  }

  private afterValue(): void {
    if (this.stack.length > 0) this.path.pop()
    this.state = this.stack.length === 0 ? 'done' : 'after'
  }

  private closeKey(bytes: Uint8Array): void {
    this.path.push(decodeKey(bytes, 0, bytes.length))
    this.state = 'colon'
  }

  /** Moves to just after the closing quote, or to the chunk's end with `inText` still set. */
  private skipText(chunk: Uint8Array, from: number): number {
    let at = from
    if (this.escaped) {
      this.escaped = false
      at++
    }
    for (;;) {
      const quote = chunk.indexOf(QUOTE, at)
      const stop = quote < 0 ? chunk.length : quote
      let run = stop
      while (run > at && chunk[run - 1] === BACKSLASH) run--
      const odd = ((stop - run) & 1) === 1
      if (quote < 0) {
        this.escaped = odd
        return chunk.length
      }
      if (!odd) {
        this.inText = false
        return quote + 1
      }
      at = quote + 1
    }
  }

  private fail(code: WalkWrong['code'], i: number): number {
    this.wrong = { code, at: this.offset + i }
    this.state = 'dead'
    return i
  }
}

function endsScalar(c: number): boolean {
  return c <= 0x20 || c === 0x2c || c === 0x5d || c === 0x7d || c === 0x3a || c === QUOTE || c === 0x5b || c === 0x7b
}
