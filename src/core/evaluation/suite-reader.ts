/** What is wrong with a suite and where. Caught where the suite is parsed, never further. */
export class SuiteFault extends Error {
  readonly at: string

  constructor(at: string, say: string) {
    super(say)
    this.at = at === '' ? 'suite' : at.slice(0, 200)
  }
}

/** Reads one value of a suite and says of each fault where it is; the caller's numbers bound texts and lists. */
export class SuiteReader {
  readonly value: unknown
  readonly at: string

  constructor(value: unknown, at: string) {
    this.value = value
    this.at = at
  }

  fault(say: string): SuiteFault {
    return new SuiteFault(this.at, this.value === undefined ? 'This is missing.' : say)
  }

  /** The fields' names; refused where one is not among `known`, as a misspelt one would silently do nothing. */
  only(known: readonly string[]): this {
    for (const name of this.names(known.length + 1)) {
      if (!known.includes(name)) {
        throw new SuiteFault(this.#place(name), `There is no such field. Known are: ${known.join(', ')}.`)
      }
    }
    return this
  }

  names(most: number): readonly string[] {
    const names = Object.keys(this.#record())
    if (names.length > most) throw this.fault(`It has ${names.length} fields; at most ${most} are read.`)
    return names
  }

  field(name: string): SuiteReader {
    const record = this.#record()
    return new SuiteReader(Object.hasOwn(record, name) ? record[name] : undefined, this.#place(name))
  }

  choice<const T extends string>(among: readonly T[]): T {
    const found = among.find((one) => one === this.value)
    if (found !== undefined) return found
    throw this.fault(`Write one of: ${among.join(', ')}.`)
  }

  list<T>(least: number, most: number, read: (item: SuiteReader) => T): readonly T[] {
    if (!Array.isArray(this.value)) throw this.fault('This is no list.')
    if (this.value.length < least || this.value.length > most) {
      throw this.fault(`It has ${this.value.length} entries; write ${least} to ${most}.`)
    }
    return this.value.map((item, n) => read(new SuiteReader(item, `${this.at}[${n}]`)))
  }

  /** Well-formed text without NUL, 1 to `most` characters. */
  text(most: number): string {
    const { value } = this
    if (typeof value !== 'string') throw this.fault('This is no text.')
    if (value.length === 0 || value.length > most) throw this.fault(`It has ${value.length} characters; write 1 to ${most}.`)
    if (value.includes('\0') || !value.isWellFormed()) throw this.fault('It holds a character that is none.')
    return value
  }

  /** Text of at most 1,000 characters that `pattern` describes and `says` tells in words. */
  pattern(pattern: RegExp, says: string): string {
    const text = this.text(1000)
    if (pattern.test(text)) return text
    throw this.fault(`Write ${says}.`)
  }

  whole(least: number, most: number): number {
    const { value } = this
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value
    throw this.fault(`Write a whole number, ${least} to ${most}.`)
  }

  above(floor: number, most: number): number {
    const { value } = this
    if (typeof value === 'number' && value > floor && value <= most) return value
    throw this.fault(`Write a number above ${floor}, at most ${most}.`)
  }

  #record(): Readonly<Record<string, unknown>> {
    const { value } = this
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    throw this.fault('This is no object.')
  }

  #place(name: string): string {
    return this.at === '' ? name.slice(0, 100) : `${this.at}.${name.slice(0, 100)}`
  }
}
