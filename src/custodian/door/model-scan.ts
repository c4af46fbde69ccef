const LONGEST = 256
const NAME = 'model'

/**
 * Walks the bytes of a request's body and tells whether the model it names is the docket's, and no other: a key often opens more
 * than the one model that a window is about. Names and values with escapes count as strange, since readers differ over them.
 */
export class ModelScan {
  readonly #model: string
  #depth = 0
  #inString = false
  #escaped = false
  #text = ''
  /** At depth 1: the next string is a name; or the value of `model`. */
  #wants: 'name' | 'model' | null = null
  #isNamed = false
  #named = 0
  /** False as soon as another model, or something strange, was seen. */
  ok = true

  constructor(model: string) {
    this.#model = model
  }

  /** Whether what has come names the one model, at least once and never another. */
  get isOurs(): boolean {
    return this.ok && this.#named > 0 && this.#depth === 0
  }

  push(bytes: Uint8Array): void {
    for (const b of bytes) {
      if (!this.ok) return
      if (this.#inString) this.#string(b)
      else this.#structure(b)
    }
  }

  #string(b: number): void {
    if (this.#escaped) this.#escaped = false
    else if (b === 0x5c) {
      this.#escaped = true
      if (this.#wants !== null) this.ok = false
    } else if (b === 0x22) {
      this.#inString = false
      this.#closeString()
      return
    }
    if (this.#wants === null) return
    if (this.#text.length < LONGEST) this.#text += String.fromCharCode(b)
    else this.ok = false
  }

  #closeString(): void {
    if (this.#wants === 'name') this.#isNamed = this.#text === NAME
    else if (this.#wants === 'model') {
      if (Buffer.from(this.#text, 'latin1').toString('utf8') !== this.#model) this.ok = false
      this.#named++
    }
    this.#wants = null
  }

  #structure(b: number): void {
    const isBlank = b === 0x20 || b === 0x09 || b === 0x0a || b === 0x0d
    if (isBlank) return
    if (b === 0x22) {
      this.#inString = true
      this.#text = ''
      if (this.#depth === 0) this.ok = false
      return
    }
    // The value of `model` is a text or nothing we know.
    if (this.#wants === 'model') this.ok = false
    if (b === 0x7b || b === 0x5b) {
      if (this.#depth === 0 && (b === 0x5b || this.#named > 0)) this.ok = false
      this.#depth++
      if (this.#depth === 1) this.#wants = 'name'
    } else if (b === 0x7d || b === 0x5d) {
      this.#depth--
      if (this.#depth < 0) this.ok = false
      if (this.#depth === 0) this.#wants = null
    } else if (this.#depth === 1 && b === 0x2c) this.#wants = 'name'
    else if (this.#depth === 1 && b === 0x3a) {
      this.#wants = this.#isNamed ? 'model' : null
      this.#isNamed = false
    } else if (this.#depth === 0) this.ok = false
  }
}
