import { below, type Shape } from './shape.ts'

/** What a text must look like besides its length; the pattern is linear and is tried on a text of bounded length only. */
interface Form {
  readonly pattern: RegExp
  /** Completes the sentence "must be …". */
  readonly is: string
}

/** Text of 1 to `most` characters (Unicode code points), of a form where one is given. */
export function text(most: number, form?: Form): Shape<string> {
  return {
    schema: { type: 'string', minLength: 1, maxLength: most, ...(form ? { pattern: form.pattern.source } : {}) },
    read(value, at, tell) {
      if (typeof value !== 'string') return void tell(at, 'must be text')
      if (value.length === 0) return void tell(at, 'must not be empty')
      // A code point takes at most two units, so a longer text needs no counting.
      if (value.length > 2 * most || [...value].length > most) return void tell(at, `must have at most ${most} characters`)
      if (form && !form.pattern.test(value)) return void tell(at, `must be ${form.is}`)
      return value
    },
  }
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number): Shape<number> {
  return {
    schema: { type: 'integer', minimum: least, maximum: most },
    read(value, at, tell) {
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
      return void tell(at, `must be a whole number from ${least} to ${most}`)
    },
  }
}

/** A number from `least` to `most`. */
export function number(least: number, most: number): Shape<number> {
  return {
    schema: { type: 'number', minimum: least, maximum: most },
    read(value, at, tell) {
      if (typeof value === 'number' && value >= least && value <= most) return value
      return void tell(at, `must be a number from ${least} to ${most}`)
    },
  }
}

/** true or false. */
export const truth: Shape<boolean> = {
  schema: { type: 'boolean' },
  read: (value, at, tell) => (typeof value === 'boolean' ? value : void tell(at, 'must be true or false')),
}

/** One of a closed list of words. */
export function word<W extends string>(...words: readonly W[]): Shape<W> {
  return {
    schema: { enum: [...words] },
    read: (value, at, tell) => words.find((known) => known === value) ?? void tell(at, `must be one of: ${words.join(', ')}`),
  }
}

/** At most `most` values of one shape; `distinct` for texts and numbers that must not repeat. */
export function list<T>(item: Shape<T>, most: number, distinct = false): Shape<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema, maxItems: most, ...(distinct ? { uniqueItems: true } : {}) },
    read(value, at, tell) {
      if (!Array.isArray(value)) return void tell(at, 'must be a list')
      if (value.length > most) return void tell(at, `must have at most ${most} entries`)
      if (distinct && new Set(value).size < value.length) return void tell(at, 'must not say the same twice')
      const read: T[] = []
      for (const [n, one] of value.entries()) {
        const got = item.read(one, below(at, n), tell)
        if (got !== undefined) read.push(got)
      }
      return read.length === value.length ? read : undefined
    },
  }
}
