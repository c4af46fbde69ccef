import { below, type JsonSchema, type Shape, type Tell } from './shape.ts'

/** A key that may be missing, and what then counts. */
interface Optional<T> {
  readonly shape: Shape<T>
  readonly otherwise: T
}

/** Each key of an object: a shape where it must be there, else a shape with what counts when it is missing. */
type Keys<T> = { readonly [K in keyof T]: Shape<T[K]> | Optional<T[K]> }

/** A key that may be missing. */
export function optional<T>(shape: Shape<T>, otherwise: T): Optional<T> {
  return { shape, otherwise }
}

/** An object of exactly these keys; an unknown one is a problem, so that no slip of the pen is silently without effect. */
export function object<T extends object>(keys: Keys<T>): Shape<T> {
  const rows = Object.entries(keys).map(([key, one]) => {
    const of = one as Shape<unknown> | Optional<unknown>
    return 'shape' in of
      ? { key, shape: of.shape, needed: false, otherwise: of.otherwise }
      : { key, shape: of, needed: true, otherwise: undefined }
  })
  const known = new Set(rows.map(({ key }) => key))
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(rows.map(({ key, shape }) => [key, shape.schema])),
      required: rows.filter(({ needed }) => needed).map(({ key }) => key),
      additionalProperties: false,
    },
    read(value, at, tell) {
      if (!isObject(value)) return void tell(at, 'must be an object')
      for (const key of Object.keys(value)) if (!known.has(key)) tell(below(at, key), 'is not known here')
      const read: [string, unknown][] = []
      for (const { key, shape, needed, otherwise } of rows) {
        if (!Object.hasOwn(value, key)) {
          if (needed) tell(below(at, key), 'is missing')
          else read.push([key, otherwise])
          continue
        }
        const got = shape.read(value[key], below(at, key), tell)
        if (got !== undefined) read.push([key, got])
      }
      return read.length === rows.length ? (Object.fromEntries(read) as T) : undefined
    },
  }
}

/** One of several objects, told apart by the word under `tag`; every form names its word itself. */
export function tagged<T extends object>(tag: keyof T & string, forms: Readonly<Record<string, Shape<T>>>): Shape<T> {
  const words = Object.keys(forms)
  const schemas: readonly JsonSchema[] = Object.values(forms).map((form) => form.schema)
  return {
    schema: { anyOf: schemas },
    read(value: unknown, at: string, tell: Tell) {
      if (!isObject(value)) return void tell(at, 'must be an object')
      const name = Object.hasOwn(value, tag) ? value[tag] : undefined
      if (typeof name !== 'string' || !words.includes(name))
        return void tell(below(at, tag), `must be one of: ${words.join(', ')}`)
      return forms[name]!.read(value, at, tell)
    },
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
