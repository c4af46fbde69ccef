import { Gathered } from '../json/gathered.ts'

/** Takes the parts of an XML document as they end. The bytes are the taker's only until it returns. */
export interface XmlTaker {
  /** What stands between `<` and `>`. */
  tag(bytes: Uint8Array): void
  /** A run of text, in as many pieces as it comes in; `plain` within CDATA, where nothing is a reference. */
  text(bytes: Uint8Array, plain: boolean): void
  /** What stands between `<?` and `?>`. */
  instruction(bytes: Uint8Array): void
  broken(what: string, unsafe: boolean): void
}

const TEXT = 0
const MARKUP = 1
const COMMENT = 2
const CDATA = 3
const INSTRUCTION = 4
const DEAD = 5

const LT = 0x3c
const GT = 0x3e
const BRACKET = 0x5d
const BRACKETS = new Uint8Array(1024).fill(BRACKET)
const CDATA_OPENS = '![CDATA['

/**
 * Cuts an XML document of hostile bytes into tags and text, in chunks of any size and one pass. A document type declaration, and with
 * it every entity that one could declare, ends the reading. Memory: one tag of at most `tagBytes`.
 */
export class XmlPieces {
  private readonly to: XmlTaker
  private readonly held: Gathered
  private readonly tagBytes: number
  private state = TEXT
  private quote = 0
  /** Beginning of what opens with `<!`, gathered until it is known what it is. */
  private opening = ''
  /** Bytes of the closing mark (`-->`, `]]>`, `?>`) seen already. */
  private closing = 0

  constructor(tagBytes: number, to: XmlTaker) {
    this.tagBytes = tagBytes
    this.to = to
    this.held = new Gathered(tagBytes)
  }

  push(chunk: Uint8Array): void {
    let i = 0
    while (i < chunk.length && this.state !== DEAD) {
      switch (this.state) {
        case TEXT:
          i = this.text(chunk, i)
          break
        case MARKUP:
          i = this.markup(chunk, i)
          break
        case COMMENT:
          i = this.until(chunk, i, 0x2d)
          break
        case CDATA:
          i = this.cdata(chunk, i)
          break
        default:
          i = this.until(chunk, i, 0x3f)
      }
    }
  }

  /** Says, if so, that the document ended within a tag or the like. */
  end(): void {
    if (this.state !== TEXT && this.state !== DEAD) this.stop('it is cut off')
  }

  stop(what: string, unsafe = false): void {
    if (this.state === DEAD) return
    this.state = DEAD
    this.to.broken(what, unsafe)
  }

  private text(chunk: Uint8Array, from: number): number {
    const found = chunk.indexOf(LT, from)
    const end = found < 0 ? chunk.length : found
    if (end > from) this.to.text(chunk.subarray(from, end), false)
    if (found < 0 || this.state === DEAD) return chunk.length
    this.state = MARKUP
    this.quote = 0
    return end + 1
  }

  private markup(chunk: Uint8Array, from: number): number {
    const n = chunk.length
    let i = from
    let quote = this.quote
    const first = this.held.empty ? chunk[i]! : 0
    // Comments and the like are told by their first bytes, which are gathered one by one.
    if (first === 0x21 || this.opening) return this.declaration(chunk, i)
    if (first === 0x3f) {
      this.state = INSTRUCTION
      this.closing = 0
      return i + 1
    }
    while (i < n) {
      const c = chunk[i]!
      if (quote !== 0) {
        if (c === quote) quote = 0
      } else if (c === GT) break
      else if (c === 0x22 || c === 0x27) quote = c
      else if (c === LT) {
        this.stop('a tag in it is not closed')
        return n
      }
      i++
    }
    this.quote = quote
    if (i === n || !this.held.empty) this.held.add(chunk, from, i)
    if (this.held.exceeded || i - from > this.tagBytes) {
      this.stop(`a tag in it is longer than ${this.tagBytes} bytes`)
      return n
    }
    if (i === n) return n
    this.state = TEXT
    this.to.tag(this.held.empty ? chunk.subarray(from, i) : this.held.take())
    return i + 1
  }

  private declaration(chunk: Uint8Array, from: number): number {
    let i = from
    while (i < chunk.length) {
      this.opening += String.fromCharCode(chunk[i++]!)
      if (this.opening === '!--' || this.opening === CDATA_OPENS) {
        this.state = this.opening === '!--' ? COMMENT : CDATA
        this.opening = ''
        this.closing = 0
        return i
      }
      if ('!--'.startsWith(this.opening) || CDATA_OPENS.startsWith(this.opening)) continue
      this.stop('it declares a document type, which is not read here', true)
      return i
    }
    return i
  }

  /** Runs to the end of a comment or an instruction; `mark` is the byte that closes it before `>`. */
  private until(chunk: Uint8Array, from: number, mark: number): number {
    const comment = this.state === COMMENT
    const need = comment ? 2 : 1
    let i = from
    while (i < chunk.length) {
      const c = chunk[i]!
      if (c === GT && this.closing >= need) break
      this.closing = c === mark ? this.closing + 1 : 0
      i++
    }
    if (!comment) this.held.add(chunk, from, i)
    if (i === chunk.length) return i
    this.state = TEXT
    if (!comment) this.to.instruction(this.held.take())
    return i + 1
  }

  /** Hands on what stands in a CDATA section, brackets held back until it is known whether they close it. */
  private cdata(chunk: Uint8Array, from: number): number {
    const n = chunk.length
    let carried = this.closing
    let marks = carried
    for (let i = from; i < n; i++) {
      const c = chunk[i]!
      if (c === BRACKET) {
        marks++
        continue
      }
      if (c === GT && marks >= 2) {
        if (carried > 0) this.brackets(marks - 2)
        else if (i - 2 > from) this.to.text(chunk.subarray(from, i - 2), true)
        if (this.state === CDATA) this.state = TEXT
        return i + 1
      }
      if (carried > 0) this.brackets(carried)
      carried = 0
      marks = 0
    }
    if (carried === 0 && n - marks > from) this.to.text(chunk.subarray(from, n - marks), true)
    this.closing = marks
    return n
  }

  private brackets(count: number): void {
    for (let left = count; left > 0; left -= BRACKETS.length) this.to.text(BRACKETS.subarray(0, left), true)
  }
}
