// Reading foreign formats: a field of the wrong type counts as not stated, for its sender cannot change the tool that wrote it.

export type JsonObject = Readonly<Record<string, unknown>>

const NO_FIELDS: JsonObject = Object.freeze({})
const NO_ELEMENTS: readonly unknown[] = Object.freeze([])

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own field; never what a prototype brings. */
export function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** The object in a field, or an empty one. */
export function objectIn(object: JsonObject, name: string): JsonObject {
  const value = own(object, name)
  return isObject(value) ? value : NO_FIELDS
}

/** The array in a field, or an empty one. */
export function listIn(object: JsonObject, name: string): readonly unknown[] {
  const value = own(object, name)
  return Array.isArray(value) ? value : NO_ELEMENTS
}

/** The objects of an array in a field. */
export function objectsIn(object: JsonObject, name: string): JsonObject[] {
  return listIn(object, name).filter(isObject)
}

/** The non-empty string in a field, lone surrogates replaced; null where there is none. */
export function textIn(object: JsonObject, name: string): string | null {
  const value = own(object, name)
  return typeof value === 'string' && value !== '' ? value.toWellFormed() : null
}

/** The non-empty strings of an array in a field. */
export function textsIn(object: JsonObject, name: string): string[] {
  return listIn(object, name).flatMap((value) => (typeof value === 'string' && value !== '' ? [value.toWellFormed()] : []))
}

/** The whole number of 1 or more in a field; null where there is none. */
export function positiveIn(object: JsonObject, name: string): number | null {
  const value = own(object, name)
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null
}

/** The whole number of 0 or more in a field; null where there is none. */
export function indexIn(object: JsonObject, name: string): number | null {
  const value = own(object, name)
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** The fields whose names are not in `known`, as they came. `__proto__` stays a field like any other. */
export function otherFields(object: JsonObject, known: ReadonlySet<string>): JsonObject {
  const names = Object.keys(object).filter((name) => !known.has(name))
  return names.length === 0 ? NO_FIELDS : Object.fromEntries(names.map((name) => [name, object[name]]))
}
