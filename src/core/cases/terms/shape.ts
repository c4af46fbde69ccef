// One description of a JSON value gives both its reader and its JSON Schema, so that the two cannot drift apart.

export type JsonSchema = Readonly<Record<string, unknown>>

/** What is wrong with a value, where (RFC 6901 JSON pointer), in one sentence. */
export interface ShapeProblem {
  readonly at: string
  readonly says: string
}

/** Keeps a problem. */
export type Tell = (at: string, says: string) => void

export interface Shape<T> {
  /** JSON Schema 2020-12 that accepts exactly what `read` accepts. */
  readonly schema: JsonSchema
  /** The value, or undefined after telling at least one problem. Never throws; bounded by the shape's own limits. */
  read(value: unknown, at: string, tell: Tell): T | undefined
}

const MOST_PROBLEMS = 50

/** Reads any JSON value by a shape: the value, or at most 50 problems. */
export function readShape<T>(
  shape: Shape<T>,
  value: unknown,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly ShapeProblem[] } {
  const problems: ShapeProblem[] = []
  const read = shape.read(value, '', (at, says) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ at, says })
  })
  return problems.length === 0 && read !== undefined ? { ok: true, value: read } : { ok: false, problems }
}

/** The pointer to a key of what `at` points to; long and foreign keys are cut. */
export function below(at: string, key: string | number): string {
  return `${at}/${String(key).slice(0, 60).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The same shape with a sentence for readers of the schema. */
export function described<T>(description: string, shape: Shape<T>): Shape<T> {
  return { schema: { ...shape.schema, description }, read: shape.read }
}

/** A value that may be null. */
export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return {
    schema: { anyOf: [shape.schema, { type: 'null' }] },
    read: (value, at, tell) => (value === null ? null : shape.read(value, at, tell)),
  }
}
