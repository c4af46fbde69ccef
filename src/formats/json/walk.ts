import { Gathered } from './gathered.ts'
import { Keeping } from './keeping.ts'
import { KeyNames } from './key-names.ts'
import { readScalar, readText } from './scalar.ts'
import { Odd, type Walked, type WalkLimits, type Wanted } from './wanted.ts'

const VALUE = 0
const VALUE_OR_END = 1
const KEY = 2
const KEY_OR_END = 3
const COLON = 4
const AFTER = 5
const SKIP = 6
const TEXT = 7
const KEY_TEXT = 8
const SCALAR = 9
const PIECES = 10
const DONE = 11
const DEAD = 12

const QUOTE = 0x22
const BACKSLASH = 0x5c
const LONGEST_KEY = 4096
const LONGEST_SCALAR = 128

/**
 * Walks one JSON document (RFC 8259) of hostile bytes, in chunks of any size, and hands out what is wanted of it as each item ends;
 * of what is passed over only strings and brackets are followed. Memory: the open containers, at most `depth` of them, each with what
 * is wanted of it. Nothing is thrown; every byte is looked at once.
 */
export class JsonWalk {
  private readonly to: Walked
  private readonly keeping: Keeping
  private readonly names = new KeyNames()
  private readonly held: Gathered
  private readonly limits: WalkLimits
  private state = VALUE
  private offset = 0
  /** What is wanted of the value that comes next or is being read. */
  private wanted: Wanted | null
  private escapes = false
  private escaped = false
  private inText = false
  private depth = 0

  private readonly root: Wanted
  private readonly many: boolean

  /** `many`: further documents may follow, as lines of JSON or simply one after the other. */
  constructor(root: Wanted, limits: WalkLimits, to: Walked, many = false) {
    this.to = to
    this.root = root
    this.many = many
    this.limits = limits
    this.wanted = root
    this.keeping = new Keeping(limits, to)
    this.held = new Gathered(limits.textBytes + 2)
  }

  /** Reads on; the chunk may be used again afterwards. */
  push(chunk: Uint8Array): void {
    const n = chunk.length
    let i = 0
    while (i < n && this.state !== DEAD) {
      switch (this.state) {
        case SKIP:
          i = this.skip(chunk, i)
          break
        case TEXT:
        case KEY_TEXT:
          i = this.text(chunk, i)
          break
        case PIECES:
          i = this.pieces(chunk, i)
          break
        case SCALAR:
          i = this.scalar(chunk, i)
          break
        default:
          i = this.step(chunk, i)
      }
    }
    this.offset += n
  }

  /** Says, if so, that the document ended too early. */
  end(): void {
    if (this.state === SCALAR) this.closeScalar()
    if (this.state === SKIP && !this.inText && this.depth === 0) this.after()
    if (this.state !== DONE && this.state !== DEAD) this.break(this.offset === 0 ? 'it is empty' : 'it is cut off')
  }

  private step(chunk: Uint8Array, from: number): number {
    let i = from
    let c = chunk[i]!
    while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) {
      if (++i === chunk.length) return i
      c = chunk[i]!
    }
    switch (this.state) {
      case KEY:
      case KEY_OR_END:
        if (c === QUOTE) return this.openText(KEY_TEXT, chunk, i)
        if (c === 0x7d && this.state === KEY_OR_END) return this.close(i)
        break
      case COLON:
        if (c !== 0x3a) break
        this.state = VALUE
        return i + 1
      case AFTER:
        if (c === 0x2c) {
          this.state = this.keeping.inObject ? KEY : VALUE
          if (this.state === VALUE) this.wanted = this.keeping.nextElement()
          return i + 1
        }
        if (c === (this.keeping.inObject ? 0x7d : 0x5d)) return this.close(i)
        break
      case VALUE_OR_END:
        if (c === 0x5d) return this.close(i)
        return this.value(chunk, i, c)
      case VALUE:
        return this.value(chunk, i, c)
      case DONE:
        if (!this.many) break
        this.wanted = this.root
        return this.value(chunk, i, c)
    }
    return this.stray(i)
  }

  private value(chunk: Uint8Array, i: number, c: number): number {
    if (c === 0x5d || c === 0x7d || c === 0x2c || c === 0x3a) return this.stray(i)
    const wanted = this.wanted
    if (wanted === null) return this.openSkip(i)
    if (c === QUOTE) {
      if (wanted.text || wanted.item !== undefined) return this.openText(TEXT, chunk, i)
      if (wanted.stream !== undefined) {
        this.state = PIECES
        return i + 1
      }
      this.keeping.store(wanted, new Odd('type', 'a text'))
      return this.openSkip(i)
    }
    if (c !== 0x7b && c !== 0x5b) {
      this.state = SCALAR
      return i
    }
    const object = c === 0x7b
    if (object ? !wanted.keys && !wanted.others : !wanted.element) {
      this.keeping.store(wanted, new Odd('type', object ? 'an object' : 'a list'))
      return this.openSkip(i)
    }
    if (!this.keeping.open(wanted, object)) return this.openSkip(i)
    this.state = object ? KEY_OR_END : VALUE_OR_END
    if (!object) this.wanted = this.keeping.nextElement()
    return i + 1
  }

  private close(i: number): number {
    this.keeping.close()
    this.after()
    return i + 1
  }

  private after(): void {
    this.state = this.keeping.atRoot ? DONE : AFTER
  }

  private openText(state: number, chunk: Uint8Array, i: number): number {
    this.state = state
    this.escapes = false
    // The usual case: the string ends in this chunk and need not be gathered.
    const end = this.textEnd(chunk, i + 1)
    if (end > 0 && end - i <= this.limits.textBytes) this.closeText(chunk, i, end)
    else this.held.add(chunk, i, end < 0 ? chunk.length : end)
    if (end > 0 && !this.held.empty) this.closeHeld()
    return end < 0 ? chunk.length : end
  }

  private text(chunk: Uint8Array, from: number): number {
    const end = this.textEnd(chunk, from)
    this.held.add(chunk, from, end < 0 ? chunk.length : end)
    if (end > 0) this.closeHeld()
    return end < 0 ? chunk.length : end
  }

  /** Just after the closing quote; -1 where the chunk ends first. A control character ends the document. */
  private textEnd(chunk: Uint8Array, from: number): number {
    const n = chunk.length
    let i = from
    if (this.escaped && i < n) {
      this.escaped = false
      i++
    }
    while (i < n) {
      const c = chunk[i++]!
      if (c === QUOTE) return i
      if (c === BACKSLASH) {
        this.escapes = true
        if (i === n) this.escaped = true
        else i++
      }
    }
    return -1
  }

  private closeHeld(): void {
    const large = this.held.exceeded
    const bytes = this.held.take()
    if (!large) {
      this.closeText(bytes, 0, bytes.length)
      return
    }
    const said = readText(bytes, 0, Math.min(bytes.length, 200), false)
    if (this.state === KEY_TEXT) this.key('')
    else this.put(new Odd('large', said instanceof Odd ? said.said : (said ?? '')))
  }

  private closeText(bytes: Uint8Array, start: number, end: number): void {
    if (this.state === KEY_TEXT) {
      const name = end - start > LONGEST_KEY ? '' : this.names.name(bytes, start, end)
      this.key(name)
      return
    }
    const read = readText(bytes, start + 1, end - 1, this.escapes)
    if (read === null) this.break('a text in it holds what no JSON text may')
    else this.put(read)
  }

  private key(name: string): void {
    this.wanted = this.keeping.key(name)
    this.state = COLON
  }

  private put(value: string | Odd): void {
    const wanted = this.wanted!
    this.keeping.store(wanted, wanted.text || value instanceof Odd ? value : new Odd('type', value))
    this.after()
  }

  private scalar(chunk: Uint8Array, from: number): number {
    let i = from
    while (i < chunk.length && !endsScalar(chunk[i]!)) i++
    this.held.add(chunk, from, i)
    if (i < chunk.length) this.closeScalar()
    return i
  }

  private closeScalar(): void {
    const bytes = this.held.take()
    const read = bytes.length > LONGEST_SCALAR ? undefined : readScalar(bytes)
    if (read === undefined) {
      this.break('it stops being JSON')
      return
    }
    const wanted = this.wanted!
    if (read !== null && wanted.scalar) this.keeping.store(wanted, read)
    else if (read !== null || wanted.item !== undefined) this.keeping.store(wanted, new Odd('type', read ?? 'null'))
    this.after()
  }

  private pieces(chunk: Uint8Array, from: number): number {
    const end = this.textEnd(chunk, from)
    const to = end < 0 ? chunk.length : end - 1
    const name = this.wanted!.stream!
    if (to > from) this.to.piece(name, chunk.subarray(from, to), this.keeping.place())
    if (end < 0) return chunk.length
    this.to.piece(name, null, this.keeping.place())
    this.after()
    return end
  }

  private openSkip(i: number): number {
    this.state = SKIP
    this.depth = 0
    return i
  }

  private skip(chunk: Uint8Array, from: number): number {
    const n = chunk.length
    let i = from
    let depth = this.depth
    for (;;) {
      if (this.inText) {
        const end = this.textEnd(chunk, i)
        if (end < 0) break
        i = end
        this.inText = false
        if (depth === 0) return this.endSkip(i)
      }
      let c = 0
      while (i < n) {
        c = chunk[i]!
        if (c === QUOTE) break
        if (c === 0x7b || c === 0x5b) depth++
        else if (c === 0x7d || c === 0x5d) {
          // A bracket at depth 0 closes what is around a number.
          if (depth === 0) return this.endSkip(i)
          if (--depth === 0) return this.endSkip(i + 1)
        } else if (depth === 0 && (c === 0x2c || c <= 0x20)) return this.endSkip(i)
        i++
      }
      if (i === n) break
      this.inText = true
      i++
    }
    this.depth = depth
    return n
  }

  private endSkip(i: number): number {
    this.depth = 0
    this.after()
    return i
  }

  private stray(i: number): number {
    this.break(this.state === DONE ? 'something follows its end' : `it stops being JSON at byte ${this.offset + i}`)
    return i
  }

  private break(what: string): void {
    this.state = DEAD
    this.to.broken(what, this.keeping.place())
  }
}

function endsScalar(c: number): boolean {
  return c <= 0x20 || c === 0x2c || c === 0x5d || c === 0x7d || c === QUOTE || c === 0x5b || c === 0x7b || c === 0x3a
}
