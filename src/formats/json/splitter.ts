import type { RefusalCode } from '../../core/findings/refusal.ts'
import type { Limits } from '../format.ts'
import { Gathered } from './gathered.ts'
import { isBlank } from './lines.ts'
import { type Piece, tooLarge } from './piece.ts'
import { decodeKey, pointerToken, shownPointer } from './pointer.ts'
import { type Skeleton, SkeletonBuilder } from './skeleton.ts'

export interface SplitterOptions {
  readonly limits: Limits
  /** Paths of the arrays whose elements are items: `['runs', '*', 'results']`; `[]` is a top-level array. */
  readonly arrays: readonly (readonly string[])[]
  /** Whether a top-level object is itself the one item. */
  readonly rootIsItem?: boolean
  /** Whether to gather the skeleton; the items are then passed over. */
  readonly survey?: boolean
}

interface Container {
  readonly object: boolean
  /** Whether its elements are items. */
  readonly emits: boolean
  readonly pointer: string
  /** Paths that still fit, as offsets into `arrays`. */
  readonly fits: readonly number[]
  index: number
  key: string
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LONGEST_KEY = 1024
const NO_FITS: readonly number[] = []

type State =
  | 'value'
  | 'value-or-end'
  | 'key'
  | 'key-or-end'
  | 'colon'
  | 'after'
  | 'text'
  | 'key-text'
  | 'scalar'
  | 'item'
  | 'done'
  | 'dead'

/**
 * Cuts a JSON document of hostile bytes into the raw bytes of its items, in one linear pass over chunks of any size. The frame
 * around the items is held to the grammar of RFC 8259; inside an item only strings and brackets are followed, so a broken item
 * leaves its neighbours whole. Memory: one item of at most `itemBytes`, `depth` open containers, and the skeleton if surveyed.
 */
export class Splitter {
  private readonly options: SplitterOptions
  private readonly skeleton: SkeletonBuilder | null
  private readonly item: Gathered
  private readonly key = new Gathered(LONGEST_KEY)
  private readonly stack: Container[] = []
  private state: State = 'value'
  private pieces: Piece[] = []
  private offset = 0
  // Where in a string or an item the last chunk ended.
  private depth = 0
  private inText = false
  private escaped = false
  private itemAt = ''
  /** Bytes of a byte order mark seen at the very beginning. */
  private mark = 0

  constructor(options: SplitterOptions) {
    this.options = options
    this.skeleton = options.survey ? new SkeletonBuilder(options.limits.frameBytes) : null
    this.item = new Gathered(options.limits.itemBytes)
  }

  /** The items that end in this chunk. The chunk may be used again afterwards. */
  push(chunk: Uint8Array): Piece[] {
    let i = this.offset < 3 ? this.skipMark(chunk) : 0
    while (i < chunk.length && this.state !== 'dead') i = this.state === 'item' ? this.inItem(chunk, i) : this.inFrame(chunk, i)
    this.offset += chunk.length
    return this.flush()
  }

  /** What is left to say at the end: that the document ended too early, if it did. */
  end(): Piece[] {
    if (this.state === 'scalar' && this.stack.length === 0) this.state = 'done'
    if (this.state !== 'done' && this.state !== 'dead') {
      const held = this.state === 'item' ? this.item.take() : new Uint8Array(0)
      this.fail('report.truncated', 'Send the whole file; what came before this place was read.', held)
    }
    return this.flush()
  }

  /** What stands around the items; call it after `end`, on a splitter made with `survey`. */
  taken(): Skeleton {
    if (!this.skeleton) throw new Error('this splitter does not survey')
    const closers = this.stack.map((container) => (container.object ? '}' : ']')).reverse()
    return this.skeleton.take(closers.join(''), this.state === 'done')
  }

  private flush(): Piece[] {
    const pieces = this.pieces
    this.pieces = []
    return pieces
  }

  private skipMark(chunk: Uint8Array): number {
    const bom = [0xef, 0xbb, 0xbf]
    let i = 0
    while (this.mark < 3 && this.mark === this.offset + i && i < chunk.length && chunk[i] === bom[this.mark]) {
      this.mark++
      i++
    }
    return i
  }

  private inFrame(chunk: Uint8Array, from: number): number {
    const n = chunk.length
    let i = from
    let recorded = this.stack.at(-1)?.emits ? -1 : from
    const record = (to: number): void => {
      if (recorded >= 0 && this.skeleton) this.skeleton.add(chunk, recorded, to)
      recorded = -1
    }
    const good = (to: number): void => {
      if (recorded >= 0) this.skeleton?.mark(to - recorded)
    }
    while (i < n) {
      const c = chunk[i]!
      if (this.state === 'text' || this.state === 'key-text') {
        const end = this.skipText(chunk, i)
        if (this.state === 'key-text') this.key.add(chunk, i, end)
        i = end
        if (this.inText) break
        if (this.state === 'key-text') this.closeKey()
        else {
          this.state = this.stack.length === 0 ? 'done' : 'after'
          good(i)
        }
        continue
      }
      if (this.state === 'scalar') {
        if (!endsScalar(c)) {
          i++
          continue
        }
        this.state = this.stack.length === 0 ? 'done' : 'after'
        good(i)
      }
      if (isBlank(c)) {
        i++
        continue
      }
      const top = this.stack.at(-1)
      if (this.state === 'value' || this.state === 'value-or-end') {
        if (c === 0x5d && this.state === 'value-or-end') {
          if (recorded < 0) recorded = i
          this.pop()
          good(++i)
          continue
        }
        if (c === 0x5d || c === 0x7d || c === 0x2c || c === 0x3a) return this.broken(i, record)
        if (top ? top.emits : this.options.rootIsItem && c === 0x7b) {
          record(i)
          this.openItem(top)
          return i
        }
        if (c === 0x7b || c === 0x5b) {
          if (!this.open(c === 0x7b)) {
            record(i)
            return n
          }
          good(++i)
          if (this.stack.at(-1)!.emits) record(i)
        } else if (c === QUOTE) {
          this.state = 'text'
          this.inText = true
          i++
        } else {
          this.state = 'scalar'
          i++
        }
      } else if (this.state === 'after') {
        if (c === 0x2c) {
          if (top!.object) this.state = 'key'
          else {
            top!.index++
            this.state = 'value'
          }
          i++
        } else if (c === (top!.object ? 0x7d : 0x5d)) {
          if (recorded < 0) recorded = i
          this.pop()
          good(++i)
        } else return this.broken(i, record)
      } else if (this.state === 'colon') {
        if (c !== 0x3a) return this.broken(i, record)
        this.state = 'value'
        i++
      } else if (c === QUOTE && (this.state === 'key' || this.state === 'key-or-end')) {
        this.state = 'key-text'
        this.inText = true
        this.key.add(chunk, i, ++i)
      } else if (c === 0x7d && this.state === 'key-or-end') {
        this.pop()
        good(++i)
      } else return this.broken(i, record)
    }
    record(n)
    return n
  }

  /** Follows strings and brackets only, to where the item ends. */
  private inItem(chunk: Uint8Array, from: number): number {
    const n = chunk.length
    let i = from
    let depth = this.depth
    let ended = false
    while (i < n) {
      if (this.inText) {
        i = this.skipText(chunk, i)
        if (this.inText) break
        if (depth === 0) {
          ended = true
          break
        }
      }
      while (i < n) {
        const c = chunk[i]!
        if (c === QUOTE) {
          this.inText = true
          i++
          break
        }
        if (c === 0x7b || c === 0x5b) depth++
        else if (c === 0x7d || c === 0x5d) {
          // A bracket at depth 0 closes the array around a scalar.
          if (depth === 0) ended = true
          else if (--depth === 0) {
            i++
            ended = true
          }
          if (ended) break
        } else if (depth === 0 && (c === 0x2c || isBlank(c))) {
          ended = true
          break
        }
        i++
      }
      if (ended) break
    }
    this.depth = depth
    if (!this.skeleton) this.item.add(chunk, from, i)
    if (ended) this.closeItem()
    return i
  }

  /** Moves to just after the closing quote, or to the chunk's end with `inText` still set. */
  private skipText(chunk: Uint8Array, from: number): number {
    const n = chunk.length
    let i = from
    if (this.escaped && i < n) {
      this.escaped = false
      i++
    }
    while (i < n) {
      const c = chunk[i++]!
      if (c === QUOTE) {
        this.inText = false
        return i
      }
      if (c === BACKSLASH) {
        if (i === n) this.escaped = true
        else i++
      }
    }
    return n
  }

  private openItem(top: Container | undefined): void {
    this.itemAt = top ? `${top.pointer}/${top.index}` : ''
    this.depth = 0
    this.state = 'item'
  }

  private closeItem(): void {
    this.state = this.stack.length === 0 ? 'done' : 'after'
    if (this.skeleton) return
    const exceeded = this.item.exceeded
    const bytes = this.item.take()
    const at = shownPointer(this.itemAt)
    this.pieces.push(
      exceeded ? tooLarge(at, bytes, this.options.limits.itemBytes) : { at, bytes, refusal: null, unfinished: false },
    )
  }

  private closeKey(): void {
    const bytes = this.key.take()
    this.stack.at(-1)!.key = decodeKey(bytes, 0, bytes.length)
    this.state = 'colon'
  }

  private open(object: boolean): boolean {
    const top = this.stack.at(-1)
    const { arrays, limits } = this.options
    const depth = this.stack.length
    if (depth >= limits.depth) {
      this.fail('item.too-deep', `Nest arrays and objects at most ${limits.depth} deep.`)
      return false
    }
    const segment = top ? (top.object ? top.key : '*') : ''
    const from = top ? top.fits : arrays.map((_, k) => k)
    const fits = top && from.length > 0 ? from.filter((k) => arrays[k]![depth - 1] === segment) : from
    const emits = !object && fits.some((k) => arrays[k]!.length === depth)
    const pointer = top ? `${top.pointer}/${top.object ? pointerToken(top.key) : top.index}` : ''
    this.stack.push({ object, emits, pointer, fits: fits.length > 0 ? fits : NO_FITS, index: 0, key: '' })
    this.state = object ? 'key-or-end' : 'value-or-end'
    return true
  }

  private pop(): void {
    this.stack.pop()
    this.state = this.stack.length === 0 ? 'done' : 'after'
  }

  private broken(i: number, record: (to: number) => void): number {
    record(i)
    const what = this.state === 'done' ? 'Something follows the end of the document' : 'The document stops being JSON'
    this.fail('item.not-json', `${what} at byte ${this.offset + i}; what came before was read.`)
    return i
  }

  private fail(code: RefusalCode, mend: string, bytes: Uint8Array = new Uint8Array(0)): void {
    const top = this.stack.at(-1)
    const step = top ? `/${top.object ? pointerToken(top.key) : top.index}` : ''
    const where = shownPointer(this.state === 'item' ? this.itemAt : (top?.pointer ?? '') + step)
    this.state = 'dead'
    this.pieces.push({ at: where, bytes, refusal: { code, where, mend }, unfinished: false })
  }
}

function endsScalar(c: number): boolean {
  return c === 0x2c || c === 0x5d || c === 0x7d || c === 0x3a || c === QUOTE || c === 0x5b || c === 0x7b || isBlank(c)
}
