/** What is wrong with a recipe, where, and how to mend it. Caught where the recipe is parsed, never further. */
export class RecipeFault extends Error {
  readonly at: string
  readonly mend: string

  constructor(at: string, say: string, mend: string) {
    super(say)
    this.at = at === '' ? 'recipe' : at
    this.mend = mend
  }
}

/** Reads one value of a recipe and says of each fault where it is. Text and lists are bounded by the caller's numbers. */
export class Reader {
  readonly value: unknown
  readonly at: string

  constructor(value: unknown, at: string) {
    this.value = value
    this.at = at
  }

  /** The fields of an object; refused where it is none or has more. */
  names(most: number): string[] {
    const names = Object.keys(this.record())
    if (names.length > most) throw new RecipeFault(this.at, `There are ${names.length} fields.`, `Write at most ${most}.`)
    return names
  }

  /** Refuses fields that are not among the known. */
  only(known: readonly string[]): void {
    for (const name of Object.keys(this.record())) {
      if (known.includes(name)) continue
      throw new RecipeFault(this.place(name.slice(0, 100)), 'There is no such field.', `Known are: ${known.join(', ')}.`)
    }
  }

  field(name: string): Reader {
    const record = this.record()
    const value = Object.hasOwn(record, name) ? record[name] : undefined
    return new Reader(value, this.place(name))
  }

  /** `absent` where the field is left out or null. */
  optional<T>(name: string, absent: T, read: (field: Reader) => T): T {
    const field = this.field(name)
    return field.value === undefined || field.value === null ? absent : read(field)
  }

  choice<const T extends string>(name: string, among: readonly T[]): T {
    const field = this.field(name)
    const found = among.find((one) => one === field.value)
    if (found !== undefined) return found
    throw new RecipeFault(
      field.at,
      field.value === undefined ? 'This is missing.' : 'This is none of the known values.',
      oneOf(among),
    )
  }

  list<T>(name: string, most: number, read: (item: Reader) => T): T[] {
    const field = this.field(name)
    if (!Array.isArray(field.value)) throw new RecipeFault(field.at, field.missing('This is no list.'), 'Write a list: [ … ].')
    if (field.value.length > most) {
      throw new RecipeFault(field.at, `It has ${field.value.length} entries.`, `Write at most ${most}.`)
    }
    return field.value.map((item, i) => read(new Reader(item, `${field.at}[${i}]`)))
  }

  /** Text without NUL, at most `most` characters; `mayBeEmpty` where nothing is something. */
  text(most: number, mayBeEmpty = false): string {
    const { value } = this
    if (typeof value !== 'string') throw new RecipeFault(this.at, this.missing('This is no text.'), 'Write a text in quotes.')
    if (value.length > most) throw new RecipeFault(this.at, `It has ${value.length} characters.`, `Write at most ${most}.`)
    if (value.includes('\0')) throw new RecipeFault(this.at, 'It holds a NUL character.', 'Take it out.')
    if (value === '' && !mayBeEmpty) throw new RecipeFault(this.at, 'It is empty.', 'Write it, or leave the field out.')
    return value
  }

  pattern(pattern: RegExp, says: string): string {
    const text = this.text(1000)
    if (pattern.test(text)) return text
    throw new RecipeFault(this.at, 'It is not written as it must be.', `Write ${says}.`)
  }

  whole(least: number, most: number): number {
    const { value } = this
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value
    throw new RecipeFault(
      this.at,
      this.missing('This is no number that will do.'),
      `Write a whole number, ${least} to ${most}.`,
    )
  }

  private record(): Readonly<Record<string, unknown>> {
    const { value } = this
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
    throw new RecipeFault(this.at, this.missing('This is no object.'), 'Write an object: { … }.')
  }

  private missing(say: string): string {
    return this.value === undefined ? 'This is missing.' : say
  }

  private place(name: string): string {
    return this.at === '' ? name : `${this.at}.${name}`
  }
}

function oneOf(among: readonly string[]): string {
  return among.length === 1 ? `Write ${among[0]}.` : `Write one of ${among.join(', ')}.`
}
