import { isPlain, readJson } from '../keep/parse.ts'

const MOST_CAUGHT = 4096
const NAME = 'usage'

/**
 * Walks the bytes of one JSON text and catches the objects named `usage` of its first two levels, where all APIs have them.
 * Text inside strings is never taken for structure; memory is bounded whatever comes.
 */
export class UsageScan {
  readonly #found: (usage: Readonly<Record<string, unknown>>) => void
  #depth = 0
  /** For depths 1 and 2: whether the container is an object. */
  readonly #isObject = [false, false, false]
  #inString = false
  #escaped = false
  /** Bytes of a string that may be a name, as far as they matter. */
  #name = ''
  #wantsName = false
  #isUsage = false
  #caught: number[] | null = null
  #caughtDepth = 0

  constructor(found: (usage: Readonly<Record<string, unknown>>) => void) {
    this.#found = found
  }

  byte(b: number): void {
    if (this.#caught !== null) this.#catch(b)
    if (this.#inString) this.#string(b)
    else this.#structure(b)
  }

  #catch(b: number): void {
    if (this.#caught!.length < MOST_CAUGHT) this.#caught!.push(b)
  }

  #string(b: number): void {
    if (this.#escaped) this.#escaped = false
    else if (b === 0x5c) this.#escaped = true
    else if (b === 0x22) this.#inString = false
    if (this.#inString && this.#wantsName && this.#name.length <= NAME.length) this.#name += String.fromCharCode(b)
  }

  #structure(b: number): void {
    if (b === 0x22) {
      this.#inString = true
      this.#name = ''
    } else if (b === 0x3a) {
      this.#isUsage = this.#wantsName && this.#name === NAME
      this.#wantsName = false
    } else if (b === 0x7b || b === 0x5b) this.#open(b)
    else if (b === 0x7d || b === 0x5d) this.#close()
    else if (b === 0x2c) {
      this.#wantsName = this.#depth <= 2 && this.#isObject[this.#depth] === true
      this.#isUsage = false
    }
  }

  #open(b: number): void {
    if (this.#isUsage && b === 0x7b && this.#caught === null && this.#depth <= 2) {
      this.#caught = [b]
      this.#caughtDepth = this.#depth
    }
    this.#isUsage = false
    this.#depth++
    if (this.#depth <= 2) this.#isObject[this.#depth] = b === 0x7b
    this.#wantsName = this.#depth <= 2 && b === 0x7b
  }

  #close(): void {
    this.#depth = Math.max(0, this.#depth - 1)
    this.#wantsName = false
    if (this.#caught === null || this.#depth > this.#caughtDepth) return
    const value = this.#caught.length < MOST_CAUGHT ? readJson(Buffer.from(this.#caught).toString('utf8')) : null
    this.#caught = null
    if (isPlain(value)) this.#found(value)
  }
}
